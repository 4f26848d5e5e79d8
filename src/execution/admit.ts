import { setTimeout as delay } from 'node:timers/promises';
import type { HoldfastError } from '../errors/holdfast-error.ts';
import { refusalOf } from '../gates/ask.ts';
import { decide } from '../gates/decide.ts';
import type { Decision, Request } from '../gates/types.ts';
import { sha256 } from '../lib/hash.ts';
import type { Queryable } from '../store/types.ts';
import { appendStepLeaf, type Place, recorded, stepKey } from './place.ts';
import { asOutcome, type StepOutcome, type StepRow } from './step-rows.ts';
import type { StepSpec } from './types.ts';

/** Let in, or not, or done before. */
export type Admission =
  | { readonly outcome: StepOutcome }
  | {
      readonly decision: Decision;
      readonly refused: HoldfastError | undefined;
      /** It was let in before, in an earlier life of Holdfast or as the step that it looks at. */
      readonly again: boolean;
    };

/** How often it is looked whether those who must agree did. */
const lookEveryMs = 1000;

/**
 * Asks the gate for a step, and records its answer and the start in one transaction. Where all but the agreement of others is
 * there it waits for them, until the approval expires; a process that was killed while it waited waits for the same one again.
 */
export async function admit<Result>(place: Place, spec: StepSpec<Result>): Promise<Admission> {
  const { shop, tree, row } = place;
  for (let told = ''; ; ) {
    const admission = await recorded(place, () => shop.database.transaction((tx) => decideStep(tx, place, spec)));
    if ('outcome' in admission || admission.decision.allowed !== 'waiting' || tree.cancelled) return admission;
    const { approval, reason, mode } = admission.decision;
    if (told !== approval) {
      told = approval;
      const agree = `holdfast approval grant ${approval}${mode === 'team' ? ' --as NAME --key FILE' : ''}`;
      const message = `${spec.title} waits: ${reason}. They agree with: ${agree}`;
      shop.report({ kind: 'note', level: 'warning', message: shop.redact(message) });
    }
    await delay(lookEveryMs, undefined, { signal: tree.signal }).catch(() => undefined);
    if (tree.stopped !== undefined) throw shop.engine.disowned(row.id);
    if (tree.cancelled) return admission;
  }
}

async function decideStep<Result>(transaction: Queryable, place: Place, spec: StepSpec<Result>): Promise<Admission> {
  const { shop, row } = place;
  const [found] = await transaction.query<{ ours: boolean; again: boolean } & Partial<StepRow>>(
    `select runs.executor = $3 and runs.status = 'running' as ours, steps.status, steps.started_at, steps.finished_at,
            steps.duration_ms, steps.summary, steps.result, steps.error,
            exists (select from audit_leaves where key = $4) as again
     from runs left join steps on steps.run = runs.id and steps.name = $2
     where runs.id = $1`,
    [row.id, spec.name, shop.executor, stepKey(row.id, spec.name, 'started')],
  );
  if (found?.status != null) return { outcome: asOutcome(found as StepRow) };
  if (found?.ours !== true) throw shop.engine.disowned(row.id);
  const request = requestOf(place, spec);
  const decision = await decide(transaction, shop, request);
  const again = found.again || spec.begunBy !== undefined;
  if (decision.allowed === 'waiting') return { decision, refused: undefined, again };
  const { gates, effects, target } = request;
  const asked = { gates: [...gates], effects: [...effects], target };
  const { allowed, mode, reason, approval } = decision;
  const by = decision.allowed ? { by: [...decision.by] } : {};
  await appendStepLeaf(transaction, place, spec.name, allowed ? 'decision' : 'refused', {
    kind: 'decision',
    facts: { ...asked, allowed, mode, reason, ...by, ...(approval === undefined ? {} : { approval }) },
  });
  if (!decision.allowed)
    return { decision, refused: refusalOf({ ...request, step: `"${spec.title}"` }, decision), again };
  await appendStepLeaf(transaction, place, spec.name, 'started', { kind: 'step-started', facts: asked });
  return { decision, refused: undefined, again };
}

/** What is asked. Redacted: it is kept, and shown to those who must agree; the hash of its subject is over the whole of it. */
function requestOf<Result>({ shop, row }: Place, spec: StepSpec<Result>): Request {
  const { redact } = shop;
  const target = redact(spec.target);
  const { gates, effects, approve, subject } = spec;
  return {
    actor: row.actor,
    site: row.site,
    run: row.id,
    step: spec.begunBy ?? spec.name,
    gates,
    effects,
    target,
    subject:
      subject === undefined
        ? {
            command: redact(`${row.operation}: ${spec.title}`),
            sha256: sha256(JSON.stringify([row.operation, row.input, spec.name, target, effects])),
            target,
            effects,
          }
        : {
            ...subject,
            command: redact(subject.command),
            target: redact(subject.target),
            ...(subject.runbook === undefined ? {} : { runbook: redact(subject.runbook) }),
          },
    ...(approve === undefined ? {} : { approve }),
  };
}
