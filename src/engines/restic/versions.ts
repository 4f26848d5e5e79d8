import { HoldfastError } from '../../errors/holdfast-error.ts';
import { run } from '../../process/run.ts';

/** Where versions of restic differ. Only this file compares version numbers. */
export interface ResticDialect {
  readonly version: string;
  /** Exit codes 10 (no repository), 11 (locked) and 12 (wrong password); before 0.17.1 each of them is 1. */
  readonly tellingExitCodes: boolean;
  /** `restore --json` says how far it is; before 0.16 it prints text only. */
  readonly restoreJson: boolean;
  /** `backup --group-by` chooses the snapshot to compare with; before 0.16 it is always host and paths. */
  readonly backupGroupBy: boolean;
  /** `-o sftp.args` adds arguments to ssh; before 0.17 the whole command must be given, one for all repositories of a call. */
  readonly sftpArgs: boolean;
}

const oldest = [0, 14] as const;
const limit = { timeoutMs: 20_000 };

let known: Promise<ResticDialect> | undefined;

/** The dialect of the restic that is installed; asked once per process. Throws `program-missing`, `store-output` when it is too old. */
export function resticDialect(): Promise<ResticDialect> {
  known ??= ask().catch((error: unknown) => {
    known = undefined;
    throw error;
  });
  return known;
}

/** Reads the output of `restic version`. */
export function dialectOf(versionOutput: string): ResticDialect {
  const match = /^restic (\d+)\.(\d+)\.(\d+)/m.exec(versionOutput);
  if (match === null) throw unknownVersion(versionOutput.trim().slice(0, 80) || 'it gave no version');
  const [major, minor, patch] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const atLeast = (m: number, p = 0): boolean => major > 0 || minor > m || (minor === m && patch >= p);
  if (!atLeast(oldest[1])) throw unknownVersion(`version ${major}.${minor}.${patch}; 0.14 is the oldest that works`);
  return {
    version: `${major}.${minor}.${patch}`,
    tellingExitCodes: atLeast(17, 1),
    restoreJson: atLeast(16),
    backupGroupBy: atLeast(16),
    sftpArgs: atLeast(17),
  };
}

async function ask(): Promise<ResticDialect> {
  const finished = await run(
    { program: 'restic', args: ['version'] },
    { signal: new AbortController().signal, ...limit },
  );
  return dialectOf(finished.stdout);
}

function unknownVersion(reason: string): HoldfastError {
  return new HoldfastError('store-output', { program: 'restic', store: '(any)', reason });
}
