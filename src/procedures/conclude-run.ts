import type { ProcedureOutcome, StepOutcome } from '../evidence/procedure-model.ts';
import { approvalsOfRun } from '../gates/approvals.ts';
import { brokenBetween } from '../gates/openings.ts';
import type { Approval, Opening } from '../gates/types.ts';
import type { Company } from './company.ts';
import { extrasOf } from './extras.ts';
import { type ConcludedProcedure, concludeProcedure } from './report/conclude.ts';
import { askToolVersions } from './tool-versions.ts';
import { recordVerifications } from './verification.ts';

export type { ConcludedProcedure };

/** Completes the outcome of a run that came to its end, signs it, and remembers which steps are verified now. */
export async function concludeRun(
  company: Company,
  found: Omit<ProcedureOutcome, 'finishedAt' | 'durationMs'>,
): Promise<ConcludedProcedure> {
  const { run, estate, world } = company;
  const { site } = world.input.source;
  const target = `evidence of ${run.id}`;
  const { result: outcome } = await run.step<ProcedureOutcome>(
    { name: 'conclude', title: 'Sum up', gates: [], effects: [], target },
    async () => await completed(estate, found),
  );
  const toolVersions = await askToolVersions(company, outcome);
  const { result } = await run.step<ConcludedProcedure>(
    {
      name: 'evidence',
      title: 'Sign the evidence and write the report',
      gates: [],
      effects: [],
      target,
      summary: ({ leaf }) => `leaf ${leaf} of the audit log`,
    },
    async () => {
      const extras = await extrasOf(estate, world, run.id);
      const language = estate.language ?? site.language;
      const concluded = await concludeProcedure({ ...estate, outcome, extras, language });
      await recordVerifications(estate.database, outcome, toolVersions);
      return concluded;
    },
  );
  return result;
}

/** With its end, and with who agreed to which step. */
export async function completed(
  { clock, database }: Pick<Company['estate'], 'clock' | 'database'>,
  found: Omit<ProcedureOutcome, 'finishedAt' | 'durationMs'>,
): Promise<ProcedureOutcome> {
  const now = clock.now();
  const approvals = await approvalsOfRun(database, found.run);
  const span = { from: found.startedAt, to: now.toISOString() };
  const glasses = await brokenBetween(database, found.site, span);
  return {
    ...found,
    steps: found.steps.map((step) => ({ ...step, approvals: votesFor(step.id, approvals), ...glassOf(step, glasses) })),
    finishedAt: now.toISOString(),
    durationMs: Math.max(0, now.getTime() - Date.parse(found.startedAt)),
  };
}

/** What ran while the glass of one of its gates was broken: whoever reads of it must know. */
function glassOf(
  { gates, startedAt, finishedAt = startedAt, targets }: StepOutcome,
  glasses: readonly Opening[],
): Pick<StepOutcome, 'brokenGlass'> {
  if (startedAt === undefined || finishedAt === undefined) return {};
  const open = glasses.filter(
    ({ gate, scope, openedAt, expiresAt, closedAt = expiresAt }) =>
      gates.includes(gate) &&
      // Of a group the scope may name the group.
      (scope.includes('*') || targets.length > 1 || targets.some(({ target }) => scope.includes(`target ${target}`))) &&
      openedAt <= finishedAt &&
      startedAt < closedAt,
  );
  if (open.length === 0) return {};
  return {
    brokenGlass: open.map(({ gate, id, signedBy, owner, reason }) => ({
      ...{ gate, id, reason },
      by: signedBy.length === 0 ? [owner] : [...signedBy],
    })),
  };
}

/** Who agreed to a step of the runbook, in all its attempts. */
function votesFor(id: string, approvals: readonly Approval[]): ProcedureOutcome['steps'][number]['approvals'] {
  return approvals
    .filter(({ step, state }) => state === 'granted' && (step.startsWith(`${id}.`) || step.startsWith(`${id}~`)))
    .flatMap((approval) =>
      approval.votes.filter(({ grants }) => grants).map(({ by, at }) => ({ id: approval.id, by, at })),
    );
}
