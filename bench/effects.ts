/**
 * How well and how fast `explain` judges: `npm run bench -- effects [--mistakes 40] [--rounds 7]`. The labelled set is judged by our engine and,
 * beside it, by a list of forbidden words as other tools keep one. Commands are text here; none is ever run.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { explain, prepareEffects } from '../src/effects/explain.ts';
import { type LabelledCommand, labelledCommands } from '../test/effects/labelled.ts';
import {
  countLabels,
  isDangerMissed,
  isExact,
  isFalseAlarm,
  isRead,
  type Judged,
  judgeAll,
  share,
} from '../test/effects/measures.ts';
import { line, median, spread } from './support/figures.ts';
import { judgeBySubstrings } from './support/substring-list.ts';
import { root, timed } from './support/timed.ts';

const { values } = parseArgs({
  options: { mistakes: { type: 'string', default: '1000' }, rounds: { type: 'string', default: '7' } },
});
const rounds = Number(values.rounds);

const set = labelledCommands();
const begun = performance.now();
await prepareEffects();
const preparedMs = performance.now() - begun;

const ours = judgeAll(set, (command) => explain(command).effects);
accuracy('Holdfast', ours);
accuracy('a list of forbidden words', judgeAll(set, judgeBySubstrings));
labelTable(ours);
familyTable(ours);
mistakes(ours, Number(values.mistakes));
console.log('\n  speed');
line('made ready', `${preparedMs.toFixed(0)} ms`);
throughput(set);
await fromTheShell();

function accuracy(name: string, judged: readonly Judged[]): void {
  const hard = judged.filter(({ labelled }) => labelled.hard);
  const reads = judged.filter(isRead);
  const missed = judged.filter(isDangerMissed).length;
  const exact = share(judged, isExact);
  const recognised = share(reads, isExact);
  console.log(`\n  ${name}, ${judged.length} commands, ${hard.length} of them hard`);
  line('dangerous, judged harmless', String(missed), { text: '0', met: missed === 0 });
  line(`reads recognised, of ${reads.length}`, percent(recognised), { text: '97%', met: recognised >= 0.97 });
  line('exact set of labels', percent(exact), { text: '95%', met: exact >= 0.95 });
  line('exact set of labels, the hard ones', percent(share(hard, isExact)));
  line('harmless, judged to need a gate', String(judged.filter(isFalseAlarm).length));
}

function labelTable(judged: readonly Judged[]): void {
  console.log('\n  label            due   found  missed   extra');
  for (const [label, { expected, right, missed, extra }] of countLabels(judged)) {
    const figures = [expected, right, missed, extra].map((figure) => String(figure).padStart(7)).join(' ');
    console.log(`  ${label.padEnd(13)}${figures}`);
  }
  const confused = new Map<string, number>();
  for (const one of judged.filter((each) => !isExact(each))) {
    const pair = `${one.labelled.effects.join(',')} -> ${one.effects.join(',')}`;
    confused.set(pair, (confused.get(pair) ?? 0) + 1);
  }
  console.log('\n  due -> judged, the most frequent confusions');
  for (const [pair, count] of [...confused].sort(([, a], [, b]) => b - a).slice(0, 20)) {
    console.log(`  ${String(count).padStart(5)}  ${pair}`);
  }
}

function familyTable(judged: readonly Judged[]): void {
  console.log('\n  family');
  for (const family of new Set(set.map((one) => one.family))) {
    const members = judged.filter(({ labelled }) => labelled.family === family);
    line(family, `${percent(share(members, isExact)).padStart(6)} of ${members.length}`);
  }
}

function mistakes(judged: readonly Judged[], most: number): void {
  const wrong = judged.filter((one) => !isExact(one));
  console.log(`\n  mistakes: ${wrong.length}${wrong.length > most ? `, the first ${most}` : ''}`);
  for (const { labelled, effects } of wrong.slice(0, most)) {
    const danger = isDangerMissed({ labelled, effects }) ? '✘' : ' ';
    console.log(
      `  ${danger} ${labelled.effects.join(',')} -> ${effects.join(',')}  ${JSON.stringify(labelled.command)}`,
    );
  }
}

/** Commands a second on one core: all labelled commands, `rounds` times after as many to warm up: after start. */
function throughput(commands: readonly LabelledCommand[]): void {
  const found: number[] = [];
  for (let round = -rounds; round < rounds; round += 1) {
    const from = process.cpuUsage();
    for (const { command } of commands) explain(command);
    const { user, system } = process.cpuUsage(from);
    if (round >= 0) found.push(commands.length / ((user + system) / 1_000_000));
  }
  const middle = median(found);
  line('commands a second a core', Math.round(middle).toLocaleString('en'), { text: '20,000', met: middle >= 20_000 });
}

async function fromTheShell(): Promise<void> {
  const holdfast = join(root, 'holdfast');
  const { stdout } = await timed(holdfast, ['--help']);
  if (!/^\s+explain\b/m.test(stdout)) {
    line('holdfast explain', '(no such command yet)');
    return;
  }
  const found: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    found.push((await timed(holdfast, ['explain', 'kubectl get pods -n prod'])).wallMs);
  }
  line('holdfast explain, one command', spread(found), { text: 'under 150 ms', met: median(found) < 150 });
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)}%`;
}
