import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { Authority } from '../../src/config/site.ts';
import { namespaceOf } from '../../src/gates/decision-text.ts';
import type { Policy } from '../../src/gates/policy.ts';
import type { Signer } from '../../src/gates/sign-decision.ts';
import type { Signature } from '../../src/gates/types.ts';

/** Somebody with an SSH key of their own, in this process. */
export interface TestPerson {
  readonly name: string;
  /** As ssh-keygen writes it. */
  readonly key: string;
  /** What `ssh-keygen -Y sign` would write. */
  signature(site: string, text: string): Signature;
  signer(site: string): Signer;
}

export function person(name: string): TestPerson {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const blob = Buffer.concat([wire('ssh-ed25519'), wire(raw)]);
  const key = `ssh-ed25519 ${blob.toString('base64')}`;
  const signature = (site: string, text: string): Signature => {
    const namespace = wire(namespaceOf(site));
    const digest = createHash('sha512').update(text).digest();
    const rest = Buffer.concat([namespace, wire(''), wire('sha512')]);
    const signed = sign(null, Buffer.concat([Buffer.from('SSHSIG'), rest, wire(digest)]), privateKey);
    const version = Buffer.from([0, 0, 0, 1]);
    const inner = wire(Buffer.concat([wire('ssh-ed25519'), wire(signed)]));
    const body = Buffer.concat([Buffer.from('SSHSIG'), version, wire(blob), rest, inner]).toString('base64');
    const lines = body.match(/.{1,70}/g) ?? [];
    return {
      by: name,
      key,
      signature: ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----'].join('\n'),
    };
  };
  return { name, key, signature, signer: (site) => ({ name, sign: async (text) => signature(site, text) }) };
}

/** A policy of these people; the first owns all gates. */
export function policyOf(people: readonly TestPerson[], rest: Readonly<Record<string, unknown>> = {}): Policy {
  const roles = (rest.roles ?? {}) as Readonly<Record<string, readonly string[]>>;
  return Authority.parse({
    people: Object.fromEntries(people.map(({ name, key }) => [name, { keys: [key], roles: roles[name] ?? [] }])),
    owners: { '*': [people[0]?.name] },
    ...(rest.approvals === undefined ? {} : { approvals: rest.approvals }),
  });
}

function wire(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
