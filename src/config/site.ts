import { z } from 'zod';
import { parseDuration } from '../lib/duration.ts';
import { referenceProblems } from './site-references.ts';

/** A secret is never written in the site file: it says where the secret is read when it is needed. */
export const SecretRef = z
  .union([
    z.strictObject({ env: z.string().min(1).describe('Name of an environment variable') }),
    z.strictObject({
      file: z
        .string()
        .min(1)
        .describe('A file whose first line is the secret; relative to the site file, ~ is your home'),
    }),
    z.strictObject({
      command: z.array(z.string()).min(1).describe('A program and its arguments that print the secret'),
    }),
  ])
  .describe('Where a secret is read from: one of env, file, command');
export type SecretRef = z.infer<typeof SecretRef>;

/** A duration in the file (`15m`, `1h`, `1d`), milliseconds in the program. */
const Duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, { message: 'not a duration; write for example 15m, 1h or 1d' })
  .transform((text) => parseDuration(text) ?? 0);

const Name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'a name is lower-case letters, digits and hyphens, and starts with a letter');

export const StoreConfig = z
  .strictObject({
    engine: z.enum(['restic']).default('restic').describe('The program that keeps the recovery points'),
    path: z.string().min(1).optional().describe('A directory on this machine; relative to the site file'),
    sftp: z
      .string()
      .regex(/^[^-\s:][^\s:]*:.+$/, 'write it as host:/path or user@host:/path')
      .optional()
      .describe('A directory on another machine: host:/path, reached with your OpenSSH configuration'),
    tier: z
      .enum(['local', 'ring', 'cold', 'object', 'offline'])
      .default('local')
      .describe('How far the copy is from what it protects'),
    password: SecretRef.describe(
      'The password that encrypts the repository. Without it nothing comes back: keep a copy elsewhere',
    ),
  })
  .refine((store) => (store.path === undefined) !== (store.sftp === undefined), {
    message: 'a store has either path or sftp',
  });
export type StoreConfig = z.output<typeof StoreConfig>;

const Objectives = z.strictObject({
  rpo: Duration.describe('Recovery point objective: how much work may be lost at most'),
  rto: Duration.describe('Recovery time objective: how long until it is back at most'),
});

const SqlCheck = z.strictObject({
  sql: z
    .strictObject({
      query: z.string().min(1).describe('A query that returns one row with one column'),
      expect: z.union([z.string(), z.number(), z.boolean(), z.null()]).describe('The value it must return'),
    })
    .describe('A query on the restored database, with the value that it must return'),
});

const common = {
  objectives: Objectives.describe('What you promise; drills and recoveries are measured against it'),
  copies: z
    .array(Name)
    .min(1)
    .describe('Stores that keep its recovery points; the first is written first, the others get copies'),
  after: z.array(Name).default([]).describe('Assets that must be back before this one is recovered'),
  'shrink-limit': z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('A backup smaller than this share of the last good one is a failure, not a recovery point'),
  'allow-empty': z
    .boolean()
    .default(false)
    .describe('Set it when the asset is empty on purpose; otherwise an empty backup is a failure'),
};

const PostgresAsset = z.strictObject({
  ...common,
  postgres: z
    .strictObject({
      url: SecretRef.describe('Connection URL of the database: postgres://user:password@host:port/database'),
      engine: z.enum(['pg-dump']).default('pg-dump').describe('The program that dumps and loads the database'),
      'audit-table': z
        .string()
        .optional()
        .describe(
          'Table with actor, op, table_name and ts that Holdfast copies off every few seconds, for loss analysis',
        ),
      canary: z
        .boolean()
        .default(false)
        .describe('Write a canary row into schema holdfast before each backup, and look for it after each restore'),
      cluster: z
        .strictObject({
          data: z.string().min(1).describe('Data directory of the server'),
          port: z.number().int().min(1).max(65_535).default(5432).describe('TCP port, also part of the socket name'),
          socket: z.string().optional().describe('Directory of the unix socket'),
          account: z.string().optional().describe('System user that runs the server'),
        })
        .optional()
        .describe('How `recover` makes the server anew when it is gone; without it a running, empty server is needed'),
    })
    .describe('A PostgreSQL database'),
  checks: z.array(SqlCheck).default([]).describe('Your own expectations, checked after each restore'),
});

const FilesAsset = z.strictObject({
  ...common,
  files: z
    .strictObject({
      paths: z.array(z.string().min(1)).min(1).describe('Directories to protect; relative to the site file'),
      exclude: z.array(z.string()).default([]).describe('Patterns to leave out, as restic reads them'),
      canary: z.boolean().default(false).describe('Write a canary file into the first directory before each backup'),
    })
    .describe('Directories of files'),
});

export const Asset = z.union([PostgresAsset, FilesAsset]);
export type Asset = z.output<typeof Asset>;
export type PostgresAsset = z.output<typeof PostgresAsset>;
export type FilesAsset = z.output<typeof FilesAsset>;

/** What a target must prove to be before anything runs there. */
const IdentityConfig = z
  .strictObject({
    'machine-id': z.string().min(1).optional().describe('Content of /etc/machine-id, or the hardware UUID of a Mac'),
    'host-name': z.string().min(1).optional().describe('What `uname -n` says'),
    context: z.string().min(1).optional().describe('Context of kubectl'),
    cluster: z.string().min(1).optional().describe('uid of the namespace kube-system'),
    container: z.string().min(1).optional().describe('Id of the container, or its beginning'),
    'database-system': z.string().min(1).optional().describe('System identifier of the PostgreSQL cluster'),
  })
  .describe('Facts by which the target is known; `holdfast target identify` shows them');

const Evidence = z.strictObject({
  name: Name.describe('Name of what is kept: snapshot, dump, logs'),
  run: z.string().min(1).describe('A command for the target; it must succeed before anything is destroyed there'),
});

const reach = {
  directory: z.string().min(1).optional().describe('Directory in which each step starts; the home without it'),
  identity: IdentityConfig.default({}),
  live: z
    .boolean()
    .default(true)
    .describe('false for a machine for rehearsals: nothing needs to be kept before it is destroyed there'),
  'before-destroy': z
    .array(Evidence)
    .default([])
    .describe('What is kept of a live target before a step destroys; without it such a step is refused'),
};

const hostName = z.string().regex(/^[^-\s][^\s]*$/, 'a host may not begin with - and holds no blanks');

export const TargetConfig = z.union([
  z.strictObject({
    ...reach,
    local: z.literal(true).describe('This machine'),
    account: z.string().min(1).optional().describe('System user that runs the steps, when Holdfast runs as root'),
  }),
  z.strictObject({
    ...reach,
    ssh: hostName.describe('user@host, or a Host of your OpenSSH configuration'),
    port: z.number().int().min(1).max(65_535).optional().describe('Port, when your configuration does not say'),
    config: z.string().min(1).optional().describe('An OpenSSH configuration file instead of yours'),
    key: z.string().min(1).optional().describe('A private key file; your agent and configuration without it'),
    'known-hosts': z.string().min(1).optional().describe('A file of known host keys instead of yours'),
    jump: hostName.optional().describe('A host to go through'),
  }),
  z.strictObject({
    ...reach,
    docker: hostName.describe('Name of a running container'),
    program: z.enum(['docker', 'podman']).default('docker').describe('The program that reaches it'),
  }),
  z.strictObject({
    ...reach,
    kubernetes: z
      .strictObject({
        context: hostName.optional().describe('Context of kubectl'),
        namespace: hostName.optional().describe('Namespace'),
        pod: hostName.describe('Pod, or deploy/name'),
        container: hostName.optional().describe('Container of the pod'),
      })
      .describe('A pod, reached with kubectl exec'),
  }),
]);
export type TargetConfig = z.output<typeof TargetConfig>;

const Group = z.strictObject({
  targets: z.array(Name).min(1).describe('Targets in it'),
  width: z.number().int().min(1).default(5).describe('How many at a time'),
  'error-limit': z.number().int().min(0).default(0).describe('How many may fail before the rest is left alone'),
});

const Person = z.strictObject({
  keys: z
    .array(
      z.string().regex(/^(?:ssh|sk-ssh|ecdsa|sk-ecdsa)-\S+ [A-Za-z0-9+/=]+/, 'a public key as ssh-keygen writes it'),
    )
    .min(1)
    .describe('Their public SSH keys: what they sign decisions with'),
  roles: z.array(Name).default([]).describe('Roles they have'),
});

const ApprovalRule = z.strictObject({
  effects: z
    .array(z.enum(['read', 'secret', 'write', 'destroy', 'remote-delete', 'privilege', 'egress', 'disrupt', 'unknown']))
    .min(1)
    .describe('A step that has one of these effects needs it'),
  need: z.number().int().min(1).default(1).describe('How many must agree'),
  roles: z.array(Name).default([]).describe('Who may agree; anybody else of the people without it'),
  expires: Duration.default(3_600_000).describe('How long an approval is good for'),
});

export const Authority = z.strictObject({
  people: z
    .record(Name, Person)
    .default({})
    .describe('Who decides here. Without people the site is `solo`: one person, who answers to themself'),
  owners: z
    .record(z.string(), z.array(Name).min(1))
    .default({})
    .describe('Who may open a gate, by the name of the gate; `*` for all others'),
  approvals: z
    .array(ApprovalRule)
    .default([{ effects: ['destroy', 'remote-delete', 'unknown'], need: 1, roles: [], expires: 3_600_000 }])
    .describe('Which steps need the agreement of others'),
});
export type Authority = z.output<typeof Authority>;

const Runbooks = z.strictObject({
  paths: z.array(z.string().min(1)).default([]).describe('Files and directories of runbooks; relative to this file'),
  'verified-for': Duration.default(90 * 86_400_000).describe('How long a step counts as verified after it last ran'),
});

export const Site = z
  .strictObject({
    site: Name.describe('Name of the site'),
    timezone: z.string().default('UTC').describe('Time zone of the people who read the reports, as in Asia/Seoul'),
    language: z.enum(['en', 'ko', 'zh-Hant']).default('en').describe('Language of reports'),
    isolation: z
      .enum(['sandbox', 'any'])
      .default('any')
      .describe('`sandbox` refuses drills that cannot be kept apart by a sandbox without network'),
    stores: z.record(Name, StoreConfig).default({}).describe('Where recovery points lie, by name'),
    assets: z.record(Name, Asset).default({}).describe('What is protected, by name: each has either postgres or files'),
    targets: z.record(Name, TargetConfig).default({}).describe('Where runbooks run, by name'),
    groups: z.record(Name, Group).default({}).describe('Targets that are worked on together, by name'),
    runbooks: Runbooks.prefault({}).describe('The runbooks of this site'),
    parameters: z.record(z.string(), z.string()).default({}).describe('Values for parameters of runbooks. No secrets'),
    secrets: z.record(z.string(), SecretRef).default({}).describe('Secret values for parameters of runbooks'),
    authority: Authority.prefault({}).describe('Who may open gates and approve'),
  })
  .superRefine((site, context) => {
    for (const { path, message } of referenceProblems(site)) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  });
export type Site = z.output<typeof Site>;
