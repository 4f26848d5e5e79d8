/**
 * How long it takes until Holdfast answers: `npm run bench -- start [--rounds 15]`. Beside it programs that people of this field start every
 * day, and Node doing nothing, which is the floor under everything that runs on it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../src/store/open-database.ts';
import { line, median, spread } from './support/figures.ts';
import { interrupted, root, timed } from './support/timed.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
const rounds = Number(values.rounds);
const goalMs = 200;

interface Contender {
  readonly name: string;
  readonly words: readonly [string, ...string[]];
  readonly goalMs?: number;
}

const data = mkdtempSync('/var/tmp/hf-start-');
try {
  await bench();
} finally {
  rmSync(data, { recursive: true, force: true, maxRetries: 5 });
}

async function bench(): Promise<void> {
  const node = process.execPath;
  const main = join(root, 'src/main.ts');
  const list = ['runs', 'list', '--json', '--data', data] as const;
  const alone: readonly Contender[] = [
    { name: 'node, doing nothing', words: [node, '-e', '0'] },
    { name: './holdfast --help', words: [join(root, 'holdfast'), '--help'], goalMs },
    { name: 'node src/main.ts --help', words: [node, main, '--help'] },
    { name: 'restic version', words: ['restic', 'version'] },
    { name: 'pgbackrest help', words: ['pgbackrest', 'help'] },
  ];
  const measured = await inTurns(await present(alone));
  // The first makes the database of this data directory, once.
  await timed(node, [main, ...list]);
  const starting = await inTurns([
    { name: 'runs list, its own server starts and stops', words: [node, main, ...list] },
  ]);
  const seat = await openDatabase({ dataDirectory: data, signal: interrupted });
  try {
    const attached = await inTurns([{ name: 'runs list, its own server runs', words: [node, main, ...list] }]);
    for (const [{ name, goalMs: goal }, found] of [...measured, ...starting, ...attached]) {
      const met = goal === undefined ? undefined : { text: `under ${goal} ms`, met: median(found) < goal };
      line(name, spread(found), met);
    }
  } finally {
    await seat.close();
  }
}

/** Those that are installed here. */
async function present(contenders: readonly Contender[]): Promise<Contender[]> {
  const found: Contender[] = [];
  for (const contender of contenders) {
    const [program, ...args] = contender.words;
    try {
      await timed(program, args);
      found.push(contender);
    } catch {
      console.log(`  (${contender.name}: not here)`);
    }
  }
  return found;
}

async function inTurns(contenders: readonly Contender[]): Promise<Map<Contender, number[]>> {
  const found = new Map<Contender, number[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of contenders) {
      const [program, ...args] = contender.words;
      found.get(contender)?.push((await timed(program, args)).wallMs);
    }
  }
  return found;
}
