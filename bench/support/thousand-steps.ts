import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSigningKey } from '../../src/audit/keys.ts';
import { openAuditLog } from '../../src/audit/log.ts';
import { SecretMemory } from '../../src/config/secret-memory.ts';
import { openRuns } from '../../src/execution/open-runs.ts';
import type { Run, Workflow } from '../../src/execution/types.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { ProgressEvent } from '../../src/lib/progress.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { openGatesOf } from '../../test/fixtures/open-gates.ts';
import { interrupted } from './timed.ts';

/** One run of steps that do nothing, on the private server of a data directory. */
export interface StepsRequest {
  readonly data: string;
  readonly id: string;
  readonly verb: 'start' | 'resume';
  readonly steps: number;
  /** Branches among which the steps are divided; 1 is the run itself. */
  readonly branches: number;
  /** Ends this process with SIGKILL once so many steps have finished. */
  readonly killAfter?: number;
}

export interface StepsMeasured {
  /** Of each step that was done, not replayed. */
  readonly stepMs: readonly number[];
  readonly wholeMs: number;
  /** From asking for it until the first step that was not done before has begun. */
  readonly firstStepMs: number;
  readonly replayed: number;
}

/** Runs steps that do nothing and measures each from the call to the record of its end. */
export async function runSteps(request: StepsRequest): Promise<StepsMeasured> {
  const { data, id, verb, steps, branches } = request;
  const stepMs: number[] = [];
  let replayed = 0;
  let finished = 0;
  let begun = 0;
  let firstStepMs = Number.NaN;
  const report = (event: ProgressEvent): void => {
    if (event.kind === 'step-started' && Number.isNaN(firstStepMs)) firstStepMs = performance.now() - begun;
    if (event.kind !== 'step-finished') return;
    if (event.outcome === 'replayed') replayed += 1;
    else finished += 1;
    if (finished === request.killAfter) {
      appendFileSync(join(data, 'killed'), `${Date.now()}\n`);
      process.kill(process.pid, 'SIGKILL');
    }
  };
  const many = async (run: Run, count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      const name = `step-${index}`;
      const before = performance.now();
      const was = replayed;
      await run.step(
        { name, title: name, gates: ['host.write'], effects: ['write'], target: 'nothing' },
        async () => null,
      );
      if (replayed === was) stepMs.push(performance.now() - before);
    }
  };
  const part: Workflow<number, null> = {
    name: 'bench part',
    execute: async (run, count) => {
      await many(run, count);
      return null;
    },
  };
  const whole: Workflow<{ steps: number; branches: number }, null> = {
    name: 'bench whole',
    execute: async (run, input) => {
      if (input.branches === 1) {
        await many(run, input.steps);
        return null;
      }
      const share = Math.round(input.steps / input.branches);
      const parts = [];
      for (let index = 0; index < input.branches; index += 1)
        parts.push(await run.branch(`part-${index}`, part, share));
      await Promise.all(parts.map((one) => one.result()));
      return null;
    },
  };
  const database = await openDatabase({ dataDirectory: data, signal: interrupted });
  const key = await openSigningKey(data);
  const audit = openAuditLog({ database, directory: join(data, 'audit'), key, clock: systemClock });
  if (verb === 'start') await openGatesOf(database, audit, 'bench', ['host.write']);
  const runs = openRuns({
    database,
    audit,
    clock: systemClock,
    report,
    redact: new SecretMemory().redact,
    workflows: [whole, part],
    actor: { name: 'bench', kind: 'person', face: 'cli' },
    signal: interrupted,
    applicationVersion: 'bench',
  });
  try {
    begun = performance.now();
    const handle =
      verb === 'start' ? await runs.start(whole, { steps, branches }, { site: 'bench', id }) : await runs.resume(id);
    await handle.result();
    return { stepMs, wholeMs: performance.now() - begun, firstStepMs, replayed };
  } finally {
    await runs.close();
    await database.close();
  }
}
