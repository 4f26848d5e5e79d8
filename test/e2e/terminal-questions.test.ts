import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { sha256 } from '../../src/lib/hash.ts';
import { onTerminal, plain, type Terminal } from '../services/terminal.ts';

const program = fileURLToPath(new URL('../fixtures/asking-terminal.ts', import.meta.url));
const limitMs = 20_000;

let data: string;
const open: Terminal[] = [];

beforeAll(async () => {
  data = await mkdtemp('/tmp/hf-tty-');
});

afterAll(async () => {
  await rm(data, { recursive: true, force: true });
});

afterEach(async () => {
  for (const terminal of open.splice(0)) await terminal.close();
});

function terminal(...words: readonly string[]): Terminal {
  const shown = onTerminal([program, data, ...words], {}, limitMs);
  open.push(shown);
  return shown;
}

test('a person answers one question after the other at the terminal, beside work that goes on', async () => {
  const proof = join(data, 'proof.txt');
  await writeFile(proof, 'done\n');
  const { shows, fills, ended, written } = terminal('ask', 'tty-1');
  await shows('first');
  await shows('drop?');
  await shows('dropdb ledger');
  await fills('r/s/a', 'x');
  await shows('Not understood');
  await fills('r/s/a', 'run');
  await fills('Type db1 to run', 'db2');
  await shows('That is not db1');
  await fills('r/s/a', 's');
  await fills('Why', '');
  await fills('Why', 'wron\u007f\u007f\u007f\u007flast night');
  await shows('skip, by kim');
  await fills('HOST', 'db 1');
  await shows('does not match');
  await fills('HOST', '\u{d55c}\u{ae00}\u007f\u{ad6d}1');
  await fills('TOKEN', 'planted-Sup3r');
  await fills('d', 'd');
  await fills('Note (Enter for none)', '');
  await fills('File as proof (Enter for none)', '/dev/null');
  await fills('Another file (Enter for no more)', '');
  await shows('no regular file');
  await fills('d', 'd');
  await fills('Note (Enter for none)', '');
  await fills('File as proof (Enter for none)', proof);
  await fills('Another file (Enter for no more)', '');
  expect(await ended).toBe(0);
  const result = JSON.parse(
    plain(written())
      .split('\n')
      .find((line) => line.startsWith('[')) ?? '',
  ) as unknown;
  expect(result).toMatchObject([
    { choice: 'skip', reason: 'last night', by: 'kim' },
    { choice: 'value', value: '\u{d55c}\u{ad6d}1' },
    { choice: 'value', secret: true, value: '13 characters' },
    { choice: 'done', attachments: [{ name: 'proof.txt', sha256: sha256('done\n'), bytes: 5 }] },
  ]);
  expect(await readFile(join(data, 'attachments', sha256('done\n')), 'utf8')).toBe('done\n');
  // The lines of the command came with the name of their target, and its title for the window did not.
  expect(plain(written())).toContain('db1 │ second line');
  expect(written()).not.toContain('\u001b]0;');
  expect(written()).not.toContain('\u001b[31m');
  // What moves stayed above the line that was typed, and a secret was dots.
  expect(written()).toMatch(/turning[^\n]*\n[^\n]*HOST/);
  expect(written()).not.toContain('planted');
  expect(written().lastIndexOf('\u001b[?25h')).toBeGreaterThan(written().lastIndexOf('\u001b[?25l'));
});

test('Ctrl-C at a question cancels the run, and the terminal is as it was', async () => {
  const { shows, types, ended, written } = terminal('ask', 'tty-2');
  await shows('r/s/a: ');
  types('ru\u0003');
  expect(await ended).toBe(130);
  expect(plain(written())).toContain('cancelled');
  const again = terminal('ask', 'tty-2');
  expect(await again.ended).not.toBe(0);
  expect(plain(again.written())).toContain('only an interrupted run can be resumed');
});

test('what was typed before a question is shown does not answer it', async () => {
  const { shows, types, fills, ended, written } = terminal('ask', 'tty-3');
  types('a\ra\ra\r');
  await shows('drop?');
  types('a\r');
  await fills('r/s/a', 's');
  await fills('Why', 'because');
  await shows('skip, by kim');
  types('\u0003');
  expect(await ended).toBe(130);
  expect(plain(written())).not.toContain('abort, by kim');
});

test('a terminal that is closed leaves the run to be resumed or cancelled, never to go on', async () => {
  const { shows, close, written } = terminal('ask', 'tty-4');
  await shows('r/s/a: ');
  await close();
  expect(plain(written())).not.toContain('by kim');
});

test('without a terminal the question and the commands that answer it are shown once', async () => {
  const child = spawn(process.execPath, [program, data, 'ask', 'pipe-1'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  await expect.poll(() => text, { timeout: limitMs }).toContain('It waits for an answer.');
  expect(text).toContain('    holdfast runs answer pipe-1 drop run --value db1\n');
  expect(text).toContain('    holdfast runs answer pipe-1 drop skip --reason\n');
  expect(text.split('drop?')).toHaveLength(2);
  expect(text).not.toContain('\u001b');
  child.kill('SIGINT');
  await ended;
  expect(text.match(/It waits/g)).toHaveLength(1);
});
