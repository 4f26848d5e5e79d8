import { chmodSync, existsSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { listLeaves } from '../../src/audit/list.ts';
import { removeDirectory } from '../services/programs.ts';
import { onTerminal, plain, type Terminal } from '../services/terminal.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Where everything is, and `elsewhere` the data directory that nobody named to the demo. */
let place: string;
const open: Terminal[] = [];
const needed = ['backup.run', 'host.read', 'offsite.sync', 'restore.drill', 'restore.run'];

beforeAll(() => {
  place = mkdtempSync('/var/tmp/hf-gates-');
  // The demo's server is not root's.
  chmodSync(place, 0o711);
});

afterAll(() => removeDirectory(place));

afterEach(async () => {
  for (const terminal of open.splice(0)) await terminal.close();
});

function holdfast(...words: readonly string[]): Terminal {
  // A shell of an assistant says so in its environment, and an assistant is asked nothing.
  const assistants = { CLAUDECODE: '', CURSOR_AGENT: '', AI_AGENT: '' };
  const env = { ...assistants, HOLDFAST_DATA: join(place, 'elsewhere'), XDG_RUNTIME_DIR: '' };
  const terminal = onTerminal([main, ...words], env, 60_000);
  open.push(terminal);
  return terminal;
}

async function openings(data: string) {
  const { leaves } = await listLeaves(join(data, 'audit'), { limit: 1000, kind: 'gate-opened' });
  return leaves.map(({ facts }) => facts);
}

test('the demo asks which gates to open and for how long, and Enter opens what it needs in its own directory alone', {
  timeout: 120_000,
}, async () => {
  const directory = join(place, 'demo');
  const { shows, types, ended, written } = holdfast('demo', '--scale', '0.003', '--directory', directory);
  await shows(`${directory} alone`);
  await shows('or none: ');
  types('backup.run\r');
  await shows('cannot do without offsite.sync');
  await shows('or none: ');
  types('bakup.run\r');
  await shows('Did you mean backup.run?');
  await shows('or none: ');
  expect(existsSync(directory)).toBe(false);
  types('\r');
  await shows('Enter for 1h: ');
  types('2 moons\r');
  await shows('is no duration');
  types('30m\r');
  expect(await ended, plain(written())).toBe(0);
  expect(plain(written())).toMatch(/Open for 30m, in that directory alone: backup\.run.*chosen at the terminal/s);
  const opened = await openings(join(directory, 'holdfast'));
  expect(opened.map(({ gate }) => gate).sort()).toEqual(needed);
  for (const facts of opened) {
    expect(facts).toMatchObject({ site: 'haneul-hospital', mode: 'solo' });
    expect(facts.reason).toMatch(/^the demo, in .*\/demo alone; chosen at the terminal by /);
  }
  expect(existsSync(join(place, 'elsewhere'))).toBe(false);
});

test('the demo with --yes asks nothing, and the record says that nobody was asked', { timeout: 60_000 }, async () => {
  const directory = join(place, 'demo-yes');
  const { shows, types, ended, written } = holdfast('demo', '--yes', '--scale', '0.003', '--directory', directory);
  await shows('nobody was asked: --yes');
  await shows('protect');
  types('\u0003');
  expect(await ended).toBe(130);
  expect(plain(written())).not.toContain('or none');
  expect(existsSync(join(place, 'elsewhere'))).toBe(false);
});

test.each([
  ['none\r', 5, '(demo-gates-closed)'],
  ['\u0003', 130, '(cancelled)'],
  ['\u0004', 130, '(cancelled)'],
])('the demo that is answered %j makes nothing', { timeout: 60_000 }, async (typed, code, said) => {
  const directory = join(place, 'demo-none');
  const { shows, types, ended, written } = holdfast('demo', '--directory', directory);
  await shows('or none: ');
  types(typed);
  expect(await ended).toBe(code);
  expect(plain(written())).toContain(said);
  expect(existsSync(directory)).toBe(false);
});

test('init asks the same way, and opens what is said for as long as is said', { timeout: 60_000 }, async () => {
  const data = join(place, 'init-data');
  const words = ['init', '--site', join(place, 'clinic', 'holdfast.yaml'), '--data', data];
  const { shows, types, ended, written } = holdfast(...words);
  await shows('or none: ');
  types('backup.run, restore.drill\r');
  await shows('Enter for 90d: ');
  types('2h\r');
  expect(await ended, plain(written())).toBe(0);
  expect(plain(written())).toContain('gate restore.drill is open until');
  expect((await openings(data)).map(({ gate, site }) => [site, gate])).toEqual([
    ['clinic', 'restore.drill'],
    ['clinic', 'backup.run'],
  ]);
});
