import { join } from 'node:path';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import type { Sandbox } from '../../process/types.ts';
import { databaseArgument, insideOf } from '../postgres-client.ts';
import type { Bench, RestoreTarget } from '../types.ts';
import { endingOf, runClient } from './client.ts';
import { layout } from './layout.ts';
import { demandSums } from './sums.ts';

/**
 * Makes a database of a dump: hashes first, then roles, then the database under its own name with owner, rights and settings.
 * Every error counts, save roles that are there already. Throws `dump-damaged`, `database-exists`, `dump-of-other-database`,
 * `restore-failed`, `cancelled`; a database that was begun is dropped again where the server still answers.
 */
export async function restore(
  from: string,
  target: RestoreTarget,
  bench: Bench,
): Promise<{ warnings: readonly string[]; durationMs: number }> {
  const begun = bench.clock.monotonic();
  await demandSums(from, bench.signal);
  const place = placeOf(from, target);
  await demandName(place, target, bench);
  await demandAbsent(place, target, bench);
  const warnings = await loadGlobals(place, target, bench);
  try {
    await load(place, target, bench);
  } catch (error) {
    const others = error instanceof HoldfastError && error.code === 'database-exists';
    if (!others) await dropBegun(place, target, bench);
    throw error;
  }
  return { warnings, durationMs: bench.clock.monotonic() - begun };
}

/** The dump as the loader sees it, and what each of its calls shares. */
interface Place {
  readonly dump: string;
  readonly globals: string;
  readonly call: {
    readonly connection: RestoreTarget['connection'];
    readonly bin: string;
    readonly superuser: true;
    readonly sandbox?: Sandbox;
  };
}

function placeOf(from: string, target: RestoreTarget): Place {
  const { connection, bin } = target;
  if (target.sandbox === undefined) {
    return {
      dump: join(from, layout.dump),
      globals: join(from, layout.globals),
      call: { connection, bin, superuser: true },
    };
  }
  const { readable, writable } = target.sandbox;
  const seen = [...Object.keys(readable), ...Object.keys(writable)];
  const covered = seen.some((host) => from === host || from.startsWith(`${host}/`));
  const sandbox = covered ? target.sandbox : { ...target.sandbox, readable: { ...readable, [from]: from } };
  const inside = insideOf(sandbox, from);
  return {
    dump: join(inside, layout.dump),
    globals: join(inside, layout.globals),
    call: { connection, bin, superuser: true, sandbox },
  };
}

async function demandName(place: Place, target: RestoreTarget, bench: Bench): Promise<void> {
  const end = await runClient({ ...place.call, program: 'pg_restore', args: ['--list', place.dump] }, bench);
  const output = end.lines.join('\n');
  if (!end.finished.ok) throw new HoldfastError('dump-damaged', { problem: end.lines[0] ?? 'no contents' }, { output });
  const found = /^;\s+dbname: (.*)$/m.exec(end.finished.stdout)?.[1] ?? '';
  if (found === target.database) return;
  throw new HoldfastError('dump-of-other-database', { found, database: target.database });
}

async function demandAbsent(place: Place, target: RestoreTarget, bench: Bench): Promise<void> {
  const { database } = target;
  const there = await ask(place, "select 1 from pg_database where datname = :'name'", database, bench);
  if (there !== '') throw new HoldfastError('database-exists', { database });
}

/** Roles first: the database belongs to them. */
async function loadGlobals(place: Place, target: RestoreTarget, bench: Bench): Promise<string[]> {
  const args = [...quiet, '--set=VERBOSITY=verbose', `--file=${place.globals}`];
  const end = await runClient({ ...place.call, program: 'psql', args }, bench);
  const errors = end.lines.filter((line) => /\b(?:ERROR|FATAL|PANIC|error):/.test(line) && !roleExists.test(line));
  if (end.finished.ok && errors.length === 0) return warningsOf(end.lines);
  const reason = errors[0] ?? end.lines[0] ?? 'it said nothing';
  throw failed('psql', target, reason, endingOf(end.finished), end.lines);
}

/** 42710 is duplicate_object (PostgreSQL documentation, appendix A). */
const roleExists = /ERROR: {2}42710: role ".*" already exists$/;

async function load(place: Place, target: RestoreTarget, bench: Bench): Promise<void> {
  const args = [
    ...['--create', '--exit-on-error', `--jobs=${target.jobs}`, '--no-tablespaces', '--no-password'],
    // A maintenance database must be named; the one that is made is named by the dump.
    ...[`--dbname=${databaseArgument(target.connection.database)}`, place.dump],
  ];
  const end = await runClient({ ...place.call, program: 'pg_restore', args }, bench);
  const errors = end.lines.filter((line) => /\b(?:error|fatal|panic):|errors ignored/i.test(line));
  if (end.finished.ok && errors.length === 0) {
    for (const warning of end.lines) bench.warn(warning);
    return;
  }
  const reason = errors[0] ?? end.lines[0] ?? 'it said nothing';
  if (/database ".*" already exists/.test(reason))
    throw new HoldfastError('database-exists', { database: target.database });
  throw failed('pg_restore', target, reason, endingOf(end.finished), end.lines);
}

/** Also after a cancellation, so it has a limit of its own. It was not there before: what is there now was begun here. */
async function dropBegun(place: Place, target: RestoreTarget, bench: Bench): Promise<void> {
  try {
    const own = { ...bench, signal: AbortSignal.timeout(30_000) };
    await ask(place, 'drop database if exists :"name" with (force)', target.database, own);
  } catch {
    bench.warn(`The unfinished database ${target.database} could not be dropped.`);
  }
}

const quiet = ['--no-psqlrc', '--quiet', '--no-password', '--no-align', '--tuples-only'] as const;

async function ask(place: Place, statement: string, name: string, bench: Bench): Promise<string> {
  const args = [...quiet, '--set=ON_ERROR_STOP=1', `--set=name=${name}`, '--file=-'];
  const end = await runClient({ ...place.call, program: 'psql', args, stdin: `${statement};\n` }, bench);
  if (end.finished.ok) return end.finished.stdout.trim();
  throw new HoldfastError(
    'restore-failed',
    { program: 'psql', database: name, reason: end.lines[0] ?? 'it said nothing', exit: endingOf(end.finished) },
    { output: end.lines.join('\n') },
  );
}

function failed(
  program: string,
  target: RestoreTarget,
  reason: string,
  exit: string,
  lines: readonly string[],
): HoldfastError {
  const details = { program, database: target.database, reason: dataFree(reason).slice(0, 300), exit };
  const output = lines.filter((line) => !holdsData(line)).map(dataFree);
  return new HoldfastError('restore-failed', details, { output: output.join('\n') });
}

/** A loader's complaint quotes rows (`CONTEXT: COPY t, line 3: "…"`, `DETAIL: Key (…)=(…)`): those lines are left out. */
function holdsData(line: string): boolean {
  return /^\s*(?:CONTEXT|DETAIL|Command was|QUERY|STATEMENT):?/i.test(line);
}

function dataFree(line: string): string {
  return line.replace(/: "[^"]*"$/, '').replace(/^\w+: error: /, '');
}

function warningsOf(lines: readonly string[]): string[] {
  return lines.filter((line) => /WARNING:/.test(line));
}
