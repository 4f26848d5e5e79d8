import { toHoldfastError } from '../errors/holdfast-error.ts';
import type { ProcedureOutcome } from '../evidence/procedure-model.ts';
import { CannotGoOn, type Run, type Workflow } from '../execution/types.ts';
import { redactAll } from '../lib/redact-all.ts';
import type { Estate } from '../protection/estate.ts';
import { readProcedure } from '../runbooks/index.ts';
import type { Procedure, Step } from '../runbooks/types.ts';
import { targetsOf } from '../targets/index.ts';
import { Alternation } from './alternation.ts';
import { carryOut } from './carry-out.ts';
import type { Company } from './company.ts';
import { type ConcludedProcedure, concludeRun } from './conclude-run.ts';
import { type RunbookInput, runbookWorkflow } from './input.ts';
import { readKeptRunbook } from './keep-runbook.ts';
import { Ledger } from './ledger.ts';
import { Sessions } from './sessions.ts';
import { knownValues, unreadSecret } from './values.ts';
import { expectedDurations } from './verification.ts';
import { wordsOf } from './words/index.ts';
import { stepsOf, type World } from './world.ts';

/** Carries out a runbook, step by step, and signs what was done. */
export function runProcedure(estate: Estate): Workflow<RunbookInput, ConcludedProcedure> {
  return {
    name: runbookWorkflow,
    execute: async (run, input) => {
      const prepared = await prepareHere(run, input, estate);
      try {
        const ending = await throughSteps(prepared);
        const concluded = await concludeRun(prepared.company, outcomeOf(prepared, ending));
        await tidy(prepared.company);
        return concluded;
      } catch (thrown) {
        // Cancelled, it is over; whatever else ends it here, it may be resumed and will look for its markers.
        if (toHoldfastError(thrown).code === 'cancelled') await tidy(prepared.company);
        throw thrown;
      } finally {
        await prepared.company.sessions.close();
      }
    },
  };
}

/**
 * Where the kept text is not, or a secret cannot be read, the run is not over: somebody else, or the same person with the secret at hand, goes
 * on with what may be at work on a target.
 */
async function prepareHere(run: Run, input: RunbookInput, estate: Estate): Promise<Prepared> {
  try {
    return await prepare(run, input, estate);
  } catch (thrown) {
    const error = toHoldfastError(thrown);
    throw error.code === 'cancelled' ? error : new CannotGoOn(error);
  }
}

/** What a run of a runbook is made of, before its first step. */
export interface Prepared {
  readonly company: Company;
  readonly steps: readonly Step[];
  readonly alternation: Alternation;
}

/** Reads the runbook as it was when the run began. The same each time a run comes back. */
export async function prepare(run: Run, input: RunbookInput, estate: Estate): Promise<Prepared> {
  const procedure = await readRunbook(estate, input);
  const { site, directory } = input.source;
  const world: World = { input, procedure, targets: targetsOf(site, directory) };
  const steps = stepsOf(world);
  const begun = await run.step<{ readonly at: string; readonly expected: Record<string, number> }>(
    {
      name: 'begin',
      title: `Read ${procedure.title}`,
      label: 'read the runbook',
      gates: [],
      effects: [],
      target: `runbook ${input.runbook.path}`,
    },
    async () => ({
      at: estate.clock.now().toISOString(),
      expected: Object.fromEntries(
        await expectedDurations(
          estate.database,
          steps.map(({ hash }) => hash),
        ),
      ),
    }),
  );
  const words = wordsOf(estate.language ?? site.language);
  const company: Company = {
    run,
    estate,
    world,
    sessions: new Sessions(),
    // What begins nothing any more needs no secret.
    values: await knownValues(input, procedure, run.ending ? { ...estate, secret: async () => unreadSecret } : estate),
    ledger: new Ledger(steps, begun.result.expected),
    words,
    startedAt: begun.result.at,
  };
  const { notUnderstood } = procedure;
  if (notUnderstood.length > 0)
    run.note('warning', words.notUnderstood(notUnderstood.length, notUnderstood.map(({ line }) => line).join(', ')));
  return { company, steps, alternation: new Alternation(procedure.alternatives, input.choices) };
}

async function readRunbook({ dataDirectory }: Estate, { runbook }: RunbookInput): Promise<Procedure> {
  const { prepareEffects } = await import('../effects/explain.ts');
  await prepareEffects();
  return readProcedure(await readKeptRunbook(dataDirectory, runbook.sha256), { path: runbook.path });
}

/** All steps in their order, but those of alternatives that were not chosen. */
export async function throughSteps({ company, steps, alternation }: Prepared): Promise<'completed' | 'stopped'> {
  for (const step of steps) {
    if (!(await alternation.isChosen(company, step))) {
      company.ledger.entry(step.id).outcome = 'not-chosen';
      continue;
    }
    if ((await carryOut(company, step)) === 'stop') return 'stopped';
  }
  return 'completed';
}

/** What was done so far. */
export function outcomeOf(
  { company }: Prepared,
  ending: 'completed' | 'stopped' | 'cancelled',
): Omit<ProcedureOutcome, 'finishedAt' | 'durationMs'> {
  const { run, world, ledger, values, startedAt } = company;
  const { input, procedure } = world;
  const { site } = input.source;
  const gaps = ledger.entries.some(({ outcome }) => gap.has(outcome));
  // Only where it is known of every command: the sum of some would promise too much.
  const commands = ledger.entries.filter(({ kind, outcome }) => kind === 'command' && outcome !== 'not-chosen');
  const expected = commands.flatMap(({ expectedMs }) => (expectedMs === undefined ? [] : [expectedMs]));
  const outcome: Omit<ProcedureOutcome, 'finishedAt' | 'durationMs'> = {
    format: 'holdfast-procedure-v1',
    run: run.id,
    site: site.site,
    timezone: site.timezone,
    actor: run.actor,
    mode: Object.keys(site.authority.people).length === 0 ? 'solo' : 'team',
    runbook: { title: procedure.title, path: input.runbook.path, sha256: input.runbook.sha256 },
    startedAt,
    ...(expected.length < Math.max(1, commands.length)
      ? {}
      : { expectedMs: expected.reduce((sum, ms) => sum + ms, 0) }),
    ...(input.rtoMs === undefined ? {} : { rtoMs: input.rtoMs }),
    ending: ending === 'completed' && gaps ? 'completed-with-gaps' : ending,
    targets: [...ledger.targets.values()],
    parameters: values.recorded(),
    alternatives: ledger.alternatives,
    steps: ledger.entries,
    notUnderstood: procedure.notUnderstood.map(({ line, why, said }) => ({ line, why, said })),
  };
  // A title is made of the command that it stands for, and a runbook may hold what it should not.
  return redactAll(outcome, company.estate.redact);
}

/** What a run that went through to its end did not do, or does not know. */
const gap: ReadonlySet<string> = new Set(['skipped', 'rolled-back', 'unknown']);

/** The markers on the targets have served their purpose once all is known and recorded, and nothing is alive there. */
async function tidy({ run, sessions, ledger, world }: Company): Promise<void> {
  const uncertain = ledger.entries
    .flatMap(({ targets }) => targets)
    .filter(({ outcome, survivors = [] }) => outcome === 'unknown' || survivors.length > 0);
  const used = [...world.targets.values()].filter(({ name }) => ledger.targets.has(name));
  const problems = await sessions.forget(run.id, used, new Set(uncertain.map(({ target }) => target)));
  for (const problem of problems)
    run.note('warning', `Markers stay on a target: ${problem instanceof Error ? problem.message : String(problem)}`);
}
