/**
 * A drill by Holdfast beside the same drill by hand: `npm run bench -- drill [--scale 1] [--rounds 5]`. Both restore the same
 * snapshots from the same store with the same programs under the same account, and do the same checks.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Outcome } from '../src/evidence/model.ts';
import { openDatabase } from '../src/store/open-database.ts';
import { smallSite, type TestSite } from '../test/services/holdfast.ts';
import { removeDirectory } from '../test/services/programs.ts';
import { type ByHand, prepareByHand } from './support/by-hand.ts';
import { line, ratio, spread } from './support/figures.ts';
import { interrupted, root, type Timed, timed } from './support/timed.ts';

const { values } = parseArgs({
  options: { scale: { type: 'string', default: '1' }, rounds: { type: 'string', default: '5' } },
});
const scale = Number(values.scale);
const rounds = Number(values.rounds);

/** How one kind of drill went, a value for each round. Parts in milliseconds. */
interface Series {
  readonly wall: number[];
  readonly parts: Map<string, number[]>;
}

const site = await smallSite(scale);
try {
  await site.json(0, 'protect');
  const script = await prepareByHand(site);
  try {
    const { hospital, documents } = site.world.made;
    console.log(`  ${hospital.rows} rows, ${documents.files} documents; ${rounds} rounds, in turns`);
    report(await measure(site, script));
  } finally {
    removeDirectory(script.home);
  }
} finally {
  await site.remove();
}

type Contender = 'alone' | 'served' | 'script' | 'beside';

async function measure(from: TestSite, script: ByHand): Promise<Record<Contender, Series>> {
  const contenders: Record<Contender, () => Promise<[Timed, Iterable<[string, number]>]>> = {
    alone: () => byHoldfast(from),
    served: () => byHoldfastServed(from),
    script: () => byScript(script, []),
    beside: () => byScript(script, ['--side-by-side']),
  };
  const names = Object.keys(contenders) as Contender[];
  const series = Object.fromEntries(names.map((name) => [name, { wall: [], parts: new Map() }])) as unknown as Record<
    Contender,
    Series
  >;
  for (let round = -1; round < rounds; round += 1) {
    // Every other round the other way round: what grows slower or faster with time befalls all alike.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const [ran, parts] = await contenders[name]();
      // The first time fills caches.
      if (round < 0) continue;
      series[name].wall.push(ran.wallMs);
      for (const [part, ms] of parts) {
        series[name].parts.set(part, [...(series[name].parts.get(part) ?? []), ms]);
      }
    }
  }
  return series;
}

async function byHoldfast({ options }: TestSite): Promise<[Timed, Iterable<[string, number]>]> {
  const ran = await timed(process.execPath, [join(root, 'src/main.ts'), 'drill', '--json', ...options]);
  const { outcome } = JSON.parse(ran.stdout) as { outcome: Outcome };
  if (outcome.verdict !== 'PROVEN') throw new Error(`the drill came out ${outcome.verdict}`);
  const parts: [string, number][] = [
    ['before: program, private server, engine', Date.parse(outcome.startedAt) - ran.from],
    ['drill itself', outcome.durationMs],
    ['after: evidence, report, log, server down', ran.to - Date.parse(outcome.finishedAt)],
  ];
  for (const { asset, phases } of outcome.assets) {
    for (const [phase, ms] of Object.entries(phases)) {
      if (ms !== null) parts.push([`${asset} ${phase.replace('Ms', '')}`, ms]);
    }
  }
  return [ran, parts];
}

/** While Holdfast's own server runs already, as it does beside `holdfast serve`. */
async function byHoldfastServed(from: TestSite): Promise<[Timed, Iterable<[string, number]>]> {
  const seat = await openDatabase({ dataDirectory: from.data, signal: interrupted });
  try {
    return await byHoldfast(from);
  } finally {
    await seat.close();
  }
}

async function byScript(script: ByHand, args: readonly string[]): Promise<[Timed, Iterable<[string, number]>]> {
  const ran = await timed(script.program, [...script.args, ...args], script.env);
  const laps = ran.stdout
    .trim()
    .split('\n')
    .map((text): [string, number] => [text.split(' ')[0] ?? '', Number(text.split(' ')[1]) / 1000]);
  return [ran, laps];
}

function report({ alone, served, script, beside }: Record<Contender, Series>): void {
  show('holdfast drill, with its sandbox', alone);
  show('the same while its own server runs already', served);
  show('by hand, one thing after the other', script);
  show('by hand, documents beside the database', beside);
  console.log('  ratios, round by round');
  for (const [name, one] of [
    ['holdfast drill', alone],
    ['holdfast drill, server running', served],
  ] as const) {
    const serial = ratio(one.wall, script.wall);
    const parallel = ratio(one.wall, beside.wall);
    line(`${name} : by hand, serial`, serial.toFixed(3), { text: 'below 1', met: serial < 1 });
    line(`${name} : by hand, beside`, parallel.toFixed(3), { text: 'at most 1.05', met: parallel <= 1.05 });
  }
}

function show(name: string, { wall, parts }: Series): void {
  line(name, spread(wall));
  for (const [part, ms] of parts) line(`  ${part}`, spread(ms));
}
