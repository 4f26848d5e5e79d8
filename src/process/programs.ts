import { toHoldfastError } from '../errors/holdfast-error.ts';
import type { Packages } from './install.ts';
import { findProgram } from './path.ts';
import { postgresInstallations } from './postgres-programs.ts';
import { run } from './run.ts';

export { postgresPrograms } from './postgres-programs.ts';

/** A program that Holdfast drives. */
export interface ProgramSpec {
  readonly name: string;
  /** What it is for, in a few words. */
  readonly purpose: string;
  /** `always`, `linux`: without it Holdfast's main work cannot be done. `sometimes`: only for what `purpose` says. */
  readonly needed: 'always' | 'linux' | 'sometimes';
  /** Oldest version that is known to work. */
  readonly minimum: string;
  readonly versionArgs: readonly string[];
  readonly packages: Packages;
}

/** PostgreSQL's own programs are not here: each major version has its own, in a directory of its own. */
export const programs: readonly ProgramSpec[] = [
  {
    name: 'restic',
    purpose: 'keeps recovery points in stores, encrypted and deduplicated',
    needed: 'always',
    minimum: '0.14.0',
    versionArgs: ['version'],
    packages: { apt: ['restic'], dnf: ['restic'], brew: ['restic'] },
  },
  {
    name: 'bwrap',
    purpose: 'the sandbox without network that drills restore into',
    needed: 'linux',
    // 0.5.0 brought --perms.
    minimum: '0.5.0',
    versionArgs: ['--version'],
    packages: { apt: ['bubblewrap'], dnf: ['bubblewrap'], brew: [] },
  },
  {
    name: 'setpriv',
    purpose: 'drops the rights of root, and ends servers when Holdfast is killed',
    needed: 'linux',
    // util-linux 2.33 brought --pdeathsig.
    minimum: '2.33',
    versionArgs: ['--version'],
    packages: { apt: ['util-linux'], dnf: ['util-linux'], brew: [] },
  },
  {
    name: 'ssh',
    purpose: 'reaches stores on other machines (sftp)',
    needed: 'sometimes',
    minimum: '7.0',
    versionArgs: ['-V'],
    packages: { apt: ['openssh-client'], dnf: ['openssh-clients'], brew: ['openssh'] },
  },
];

/** Installs the server and client programs of the system's own major version. */
export const postgresPackages: Packages = {
  apt: ['postgresql', 'postgresql-client'],
  dnf: ['postgresql-server', 'postgresql', 'postgresql-contrib'],
  brew: ['postgresql@17'],
};

/** Oldest PostgreSQL that Holdfast is tested to protect: pg_amcheck came with 14, and 13 is out of support. */
export const postgresMinimum = 13;

export interface FoundProgram {
  readonly spec: ProgramSpec;
  readonly state: 'present' | 'too-old' | 'unusable' | 'missing';
  readonly path?: string;
  readonly version?: string;
  /** Why it cannot be used, when `unusable`. */
  readonly problem?: string;
  /** Whether this machine needs it. */
  readonly needed: boolean;
}

/** Looks for every program and asks it for its version, as the account that will run it. */
export async function findPrograms(): Promise<FoundProgram[]> {
  const wanted = programs.filter((spec) => spec.needed !== 'linux' || process.platform === 'linux');
  return Promise.all(wanted.map(find));
}

/** Names and versions of what is installed, for evidence. Asked once per process. */
export function toolVersions(): Promise<readonly { readonly name: string; readonly version: string }[]> {
  versions ??= askVersions();
  return versions;
}

let versions: Promise<readonly { readonly name: string; readonly version: string }[]> | undefined;

async function askVersions(): Promise<{ name: string; version: string }[]> {
  const [found, servers] = await Promise.all([findPrograms(), postgresInstallations()]);
  return [
    ...found.flatMap(({ spec, version }) => (version === undefined ? [] : [{ name: spec.name, version }])),
    ...servers.map(({ version }) => ({ name: 'postgresql', version })),
  ];
}

async function find(spec: ProgramSpec): Promise<FoundProgram> {
  const needed = spec.needed !== 'sometimes';
  const path = findProgram(spec.name);
  if (path === undefined) return { spec, needed, state: 'missing' };
  const answer = await askVersion(path, spec.versionArgs);
  if ('problem' in answer) return { spec, needed, path, state: 'unusable', problem: answer.problem };
  const { version } = answer;
  return { spec, needed, path, version, state: isOlder(version, spec.minimum) ? 'too-old' : 'present' };
}

/** The first version number that a program prints; OpenSSH prints it on standard error. */
async function askVersion(
  path: string,
  args: readonly string[],
): Promise<{ readonly version: string } | { readonly problem: string }> {
  try {
    const finished = await run({ program: path, args }, { signal: new AbortController().signal, timeoutMs: 10_000 });
    const version = /\d+(?:\.\d+)+/.exec(finished.stdout + finished.stderr)?.[0];
    if (finished.ok && version !== undefined) return { version };
    return { problem: `\`${finished.command}\` ended with ${finished.exitCode ?? finished.signal}` };
  } catch (thrown) {
    return { problem: toHoldfastError(thrown).message };
  }
}

/** Compares dotted version numbers. */
export function isOlder(version: string, minimum: string): boolean {
  const [ours, least] = [version, minimum].map((text) => text.split('.').map(Number));
  for (const [index, wanted] of (least ?? []).entries()) {
    const have = ours?.[index] ?? 0;
    if (have !== wanted) return have < wanted;
  }
  return false;
}
