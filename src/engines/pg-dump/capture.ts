import { chown, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { together } from '../../lib/together.ts';
import { childAccount } from '../../process/account.ts';
import type { Bench, Captured, PostgresConnection } from '../types.ts';
import { type ClientEnd, endingOf, runClient } from './client.ts';
import { layout } from './layout.ts';
import { writeSums } from './sums.ts';

export interface CaptureFrom {
  readonly connection: PostgresConnection;
  readonly bin: string;
  /** An exported snapshot: the dump and the facts see the same rows. */
  readonly snapshot: string;
  readonly jobs: number;
}

/**
 * Dumps a database and its roles into an empty directory, side by side, and hashes what was written. Throws `dump-failed`,
 * `dump-empty`, `directory-not-empty`, `cancelled` and the login errors; then the directory is empty again.
 */
export async function capture(from: CaptureFrom, into: string, bench: Bench): Promise<Captured> {
  const begun = bench.clock.monotonic();
  await makeEmpty(into);
  try {
    const [dumped, globals] = await together(
      bench.signal,
      (signal) => dump(from, into, { ...bench, signal }),
      (signal) => dumpGlobals(from, into, { ...bench, signal }),
    );
    const artifacts = await writeSums(into, bench.signal);
    for (const file of [layout.contents, layout.globals]) demandContent(artifacts, file);
    const warnings = [...dumped, ...globals];
    for (const warning of warnings) bench.warn(warning);
    const bytes = artifacts.reduce((sum, artifact) => sum + artifact.size, 0);
    bench.progress({ done: bytes, total: bytes, unit: 'bytes' });
    return { artifacts, bytes, warnings, durationMs: bench.clock.monotonic() - begun };
  } catch (error) {
    for (const name of await readdir(into)) await rm(join(into, name), { recursive: true, force: true });
    throw error;
  }
}

/** Not compressed: the store compresses, and deduplicates only what is not. Without fsync: the store's copy is the one that counts. */
async function dump(from: CaptureFrom, into: string, bench: Bench): Promise<string[]> {
  const args = [
    ...['--format=directory', `--jobs=${from.jobs}`, '--compress=0', '--no-sync', '--no-password', '--blobs'],
    ...[`--snapshot=${from.snapshot}`, `--file=${join(into, layout.dump)}`],
  ];
  const end = await runClient(
    { connection: from.connection, bin: from.bin, superuser: false, program: 'pg_dump', args },
    bench,
  );
  return warningsOf('pg_dump', from, end);
}

/** Only a superuser reads the passwords of roles; anybody else gets the roles without them, and is told. */
async function dumpGlobals(from: CaptureFrom, into: string, bench: Bench): Promise<string[]> {
  const call = { connection: from.connection, bin: from.bin, superuser: false } as const;
  const asked = await runClient({ ...call, program: 'psql', args: question }, bench);
  warningsOf('psql', from, asked);
  const whole = asked.finished.stdout.trim() === 't';
  const file = join(into, layout.globals);
  const args = ['--globals-only', '--no-tablespaces', '--no-sync', '--no-password', `--file=${file}`];
  const passwords = whole ? [] : ['--no-role-passwords'];
  const end = await runClient({ ...call, program: 'pg_dumpall', args: [...args, ...passwords] }, bench);
  const warnings = warningsOf('pg_dumpall', from, end);
  if (whole) return warnings;
  return [`User ${from.connection.user} is no superuser: the passwords of roles are not in this backup.`, ...warnings];
}

const question = [
  ...['--no-psqlrc', '--quiet', '--no-password', '--no-align', '--tuples-only'],
  "--command=select has_table_privilege('pg_catalog.pg_authid', 'select')",
];

/** Standard error of a success may hold warnings, never errors. */
function warningsOf(program: string, from: CaptureFrom, end: ClientEnd): string[] {
  const error = end.lines.find((line) => /\b(?:error|fatal|panic):/i.test(line));
  if (end.finished.ok && error === undefined) return [...end.lines];
  const reason = (error ?? end.lines[0] ?? 'it said nothing').replace(/^\w+: error: /, '').slice(0, 300);
  const { database } = from.connection;
  const details = { program, database, reason, exit: endingOf(end.finished) };
  throw new HoldfastError('dump-failed', details, { output: end.lines.join('\n') });
}

function demandContent(artifacts: Captured['artifacts'], file: string): void {
  const size = artifacts.find((artifact) => artifact.path === file)?.size ?? 0;
  const program = file === layout.globals ? 'pg_dumpall' : 'pg_dump';
  if (size === 0) throw new HoldfastError('dump-empty', { program, file });
}

async function makeEmpty(into: string): Promise<void> {
  await mkdir(into, { recursive: true, mode: 0o700 });
  const [example] = await readdir(into);
  if (example !== undefined) throw new HoldfastError('directory-not-empty', { into, example });
  const account = await childAccount();
  if (process.getuid?.() === 0 && (await stat(into)).uid !== account.uid) await chown(into, account.uid, account.gid);
}
