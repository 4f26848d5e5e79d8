import type { Label } from '../types.ts';

/** What making or changing an object of a kind does to a cluster, whatever runs in it. Every other kind is `write`. */
export const kinds: Readonly<Record<string, { readonly effects: readonly Label[]; readonly why: string }>> = {
  Secret: { effects: ['write', 'secret'], why: 'carries credentials into the cluster' },
  SealedSecret: { effects: ['write', 'secret'], why: 'carries credentials into the cluster' },
  ExternalSecret: { effects: ['write', 'secret'], why: 'copies credentials into the cluster' },
  ServiceAccount: { effects: ['write', 'privilege'], why: 'an identity that can be given rights' },
  Role: { effects: ['write', 'privilege'], why: 'rights in a namespace' },
  ClusterRole: { effects: ['write', 'privilege'], why: 'rights in the whole cluster' },
  RoleBinding: { effects: ['write', 'privilege'], why: 'gives rights in a namespace' },
  ClusterRoleBinding: { effects: ['write', 'privilege'], why: 'gives rights in the whole cluster' },
  CertificateSigningRequest: { effects: ['write', 'privilege'], why: 'asks for a certificate that signs in' },
  PodSecurityPolicy: { effects: ['write', 'privilege'], why: 'says what pods may do to their node' },
  MutatingWebhookConfiguration: { effects: ['write', 'privilege'], why: 'changes every object that it matches' },
  ValidatingWebhookConfiguration: {
    effects: ['write', 'privilege'],
    why: 'decides about every object that it matches',
  },
  DeleteOptions: { effects: ['destroy'], why: 'goes with the deletion of an object' },
  DeleteBackupRequest: { effects: ['remote-delete'], why: 'deletes a backup from its storage' },
  Eviction: { effects: ['disrupt'], why: 'drives a pod off its node' },
};

/** API groups whose objects do harm on purpose: they break what runs, to see how it copes. */
export const chaosGroups = /^(?:chaos-mesh\.org|litmuschaos\.io|chaosblade\.io)\//;

/** Kinds of files that look like objects and are read by a tool on this side: nothing is made in a cluster by them alone. */
export const localKinds: ReadonlySet<string> = new Set(['Config', 'KubeletConfiguration', 'ClientConfiguration']);
