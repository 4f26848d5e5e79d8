/**
 * What a durable step costs of itself, on the private PostgreSQL with fsync on: `npm run bench -- steps [--steps 1000]`. Beside it, on the
 * same server at the same time, a bare committed row: the least that any durable record costs.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type OpenDatabase, openDatabase } from '../src/store/open-database.ts';
import { line, median, quantile } from './support/figures.ts';
import { runSteps, type StepsMeasured, type StepsRequest } from './support/thousand-steps.ts';
import { interrupted } from './support/timed.ts';

const { values } = parseArgs({ options: { steps: { type: 'string', default: '1000' }, child: { type: 'string' } } });
const steps = Number(values.steps);

if (values.child === undefined) await bench();
else process.stdout.write(JSON.stringify(await runSteps(JSON.parse(values.child) as StepsRequest)));

async function bench(): Promise<void> {
  const data = mkdtempSync('/var/tmp/hf-steps-');
  // A seat of our own keeps the private server up between the processes.
  const database = await openDatabase({ dataDirectory: data, signal: interrupted });
  try {
    await commits(database, 100);
    const before = await commits(database, steps);
    const alone = await measured({ data, id: 'alone', verb: 'start', steps, branches: 1 });
    const after = await commits(database, steps);
    const bare = median([...before, ...after]);
    const pair = await measured({ data, id: 'pair', verb: 'start', steps, branches: 2 });
    line('a bare committed row, median', `${bare.toFixed(2)} ms`);
    line('  p99', `${quantile([...before, ...after], 0.99).toFixed(1)} ms`);
    const middle = median(alone.stepMs);
    line('a step, median', `${middle.toFixed(2)} ms`, { text: 'at most 10 ms', met: middle <= 10 });
    line('  p99', `${quantile(alone.stepMs, 0.99).toFixed(1)} ms`);
    line('  in bare committed rows', (middle / bare).toFixed(1));
    line('  first hundred : last hundred, median', drift(alone.stepMs));
    line('a step beside another branch, median', `${median(pair.stepMs).toFixed(2)} ms`);
    line('  p99', `${quantile(pair.stepMs, 0.99).toFixed(1)} ms`);
    line(`${steps} steps in one run`, `${(alone.wholeMs / 1000).toFixed(2)} s`);
    line(`${steps} steps in two branches`, `${(pair.wholeMs / 1000).toFixed(2)} s`);
    await resumption(data);
  } finally {
    await database.close();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function resumption(data: string): Promise<void> {
  const killAfter = Math.round(steps * 0.9);
  const run = { data, id: 'killed', steps, branches: 1 };
  await child({ ...run, verb: 'start', killAfter }, 'SIGKILL');
  const begun = performance.now();
  const resumed = await measured({ ...run, verb: 'resume' });
  const whole = performance.now() - begun;
  const killedAt = Number(readFileSync(join(data, 'killed'), 'utf8'));
  if (Number.isNaN(killedAt) || resumed.stepMs.length + resumed.replayed !== steps) {
    throw new Error(`${resumed.stepMs.length} steps were done and ${resumed.replayed} replayed, of ${steps}`);
  }
  line(`killed at step ${killAfter}: resumed at work after`, `${resumed.firstStepMs.toFixed(0)} ms`);
  line('  a replayed step', `${(resumed.firstStepMs / resumed.replayed).toFixed(2)} ms`);
  line('  until all is done, with the program', `${(whole / 1000).toFixed(2)} s`);
}

/** In a process of its own, as it is in use: nothing else shares its event loop. */
async function measured(request: StepsRequest): Promise<StepsMeasured> {
  return JSON.parse(await child(request, 0)) as StepsMeasured;
}

async function child(request: StepsRequest, ending: number | NodeJS.Signals): Promise<string> {
  const args = [fileURLToPath(import.meta.url), '--child', JSON.stringify(request)];
  const started = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  started.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  const [code, signal] = (await once(started, 'close')) as [number | null, NodeJS.Signals | null];
  if ((signal ?? code) !== ending) throw new Error(`the run ${request.id} ended with ${signal ?? code}`);
  return output;
}

/** Milliseconds of each of so many transactions that write one row. */
async function commits(database: OpenDatabase, count: number): Promise<number[]> {
  await database.query('create table if not exists bench_rows (n bigserial primary key, text text)');
  const found: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const begun = performance.now();
    await database.query('insert into bench_rows (text) values ($1)', ['a row as small as a step']);
    found.push(performance.now() - begun);
  }
  return found;
}

function drift(stepMs: readonly number[]): string {
  return `${median(stepMs.slice(0, 100)).toFixed(2)} : ${median(stepMs.slice(-100)).toFixed(2)} ms`;
}
