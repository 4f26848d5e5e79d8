/**
 * The memory of Holdfast's own process while it protects and drills 1 GB: `npm run bench -- memory [--megabytes 1024]
 * [--files 4000]`. What its children use (restic, PostgreSQL) is not counted: a person who works by hand runs the same.
 */
import { createHash } from 'node:crypto';
import { chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { childAccountNow } from '../src/process/account.ts';
import { smallSite, type TestSite } from '../test/services/holdfast.ts';
import { query } from '../test/services/postgres.ts';
import { asRoot } from '../test/services/programs.ts';
import { line } from './support/figures.ts';
import { interrupted } from './support/timed.ts';

const { values } = parseArgs({
  options: { megabytes: { type: 'string', default: '1024' }, files: { type: 'string', default: '4000' } },
});
const megabytes = Number(values.megabytes);
const files = Number(values.files);
const goalMb = 250;

/** How often the kernel is asked. It keeps the peak itself: only what grows in the last moment before the end is missed. */
const everyMs = 20;

const site = await smallSite(0.01);
try {
  fillDocuments(site);
  const bytes = await fillDatabase(site);
  console.log(`  ${files} files of ${megabytes} MB together; a database of ${Math.round(bytes / 1048576)} MB`);
  await show('runs list', ['runs', 'list']);
  for (const asset of ['documents', 'records']) {
    await show(`protect ${asset}`, ['protect', asset]);
    await show(`drill ${asset}`, ['drill', asset]);
  }
  await show('drill of both side by side', ['drill']);
} finally {
  await site.remove();
}

/** Bytes that do not repeat and do not compress: nothing is saved for a store that is clever. */
function fillDocuments({ world }: TestSite): void {
  const size = Math.floor((megabytes * 1048576) / files);
  for (let index = 0; index < files; index += 1) {
    const directory = join(world.documents, 'bulk', String(index % 50));
    const path = join(directory, `${index}.bin`);
    mkdirSync(directory, { recursive: true });
    writeFileSync(path, noise(`file ${index}`, size));
    for (const made of [join(world.documents, 'bulk'), directory, path]) own(made);
  }
}

function noise(seed: string, bytes: number): Buffer {
  return createHash('shake256', { outputLength: bytes }).update(seed).digest();
}

/** Rows of 2,000 bytes in four tables, so that two may be loaded and read at once; none is compressed in the table. */
async function fillDatabase({ world }: TestSite): Promise<number> {
  const { connection } = world;
  const rows = Math.round((megabytes * 1048576) / 4 / 2100);
  for (let table = 1; table <= 4; table += 1) {
    interrupted.throwIfAborted();
    await query(
      connection,
      `create table bulk_${table} (id integer primary key, at timestamptz not null, text text not null);
       alter table bulk_${table} alter column text set storage plain;
       insert into bulk_${table}
         select n, timestamptz '2026-01-01' + n * interval '1 second',
                (select string_agg(md5(n::text || '/' || part::text), ' ') from generate_series(1, 60) part)
           from generate_series(1, ${rows}) n`,
    );
  }
  const [size] = await query(connection, 'select pg_database_size(current_database())::float8 as bytes');
  return Number(size?.bytes);
}

async function show(name: string, words: readonly string[]): Promise<void> {
  const begun = performance.now();
  const running = site.start(...words, '--json');
  let peakKb = 0;
  const sampling = setInterval(() => {
    peakKb = Math.max(peakKb, peakOf(running.pid));
    if (interrupted.aborted) running.kill('SIGTERM');
  }, everyMs);
  const ended = await running.ended.finally(() => clearInterval(sampling));
  if (ended.code !== 0)
    throw new Error(`${name} ended with ${ended.code}\n${ended.stdout.slice(-4000)}\n${ended.stderr}`);
  const peakMb = peakKb / 1024;
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const met = { text: `under ${goalMb} MB`, met: peakMb < goalMb };
  line(name, `${peakMb.toFixed(0)} MB in ${seconds} s`, met);
}

/** The highest resident memory of a process so far, in kilobytes; 0 once it is gone. */
function peakOf(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function own(path: string): void {
  const { uid, gid } = childAccountNow();
  if (asRoot) chownSync(path, uid, gid);
}
