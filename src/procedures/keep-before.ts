import { HoldfastError } from '../errors/holdfast-error.ts';
import { isGlassBroken } from '../gates/openings.ts';
import type { Subject } from '../gates/types.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { sha256 } from '../lib/hash.ts';
import type { Target } from '../targets/types.ts';
import type { Company } from './company.ts';
import type { Entry } from './ledger.ts';
import { performUntilKnown } from './perform-until-known.ts';
import { type Keeping, keepingOf } from './plan-step.ts';
import { summaryOf } from './summary.ts';

/**
 * Before a step destroys on a live target, what the site asks for is kept: a snapshot, a dump, logs. A live target for which the site asks
 * nothing is not touched, unless somebody broke the glass. Throws `nothing-kept`; nothing was done yet.
 */
export async function requireKeeping(company: Company, attempt: string, targets: readonly Target[]): Promise<void> {
  for (const target of targets) {
    if (target.live && keepingOf(company.world.input.source.site, target).length === 0)
      await requireBrokenGlass(company, target, attempt);
  }
}

/** Keeps it: each command must succeed before anything is destroyed. Throws `nothing-kept`. */
export async function keepBefore(
  company: Company,
  entry: Entry,
  attempt: string,
  targets: readonly Target[],
): Promise<void> {
  const { run, world } = company;
  for (const target of targets) {
    for (const keeping of keepingOf(world.input.source.site, target)) {
      const { name, command, effects, gates } = keeping;
      if (entry.keptBefore.some((kept) => kept.name === name && kept.target === target.name)) continue;
      const before = entry.outcome;
      const { targets: results, settled } = await performUntilKnown(
        company,
        entry,
        {
          name: `${attempt}:keep-${target.name}-${name}`,
          title: `Keep ${name} of ${target.name} before it is destroyed`,
          label: `${attempt.replace(/\.\d+$/, '')}  keep ${name} of ${target.name}`,
          gates,
          effects,
          target: `target ${target.name}`,
          subject: subjectOf(company, keeping, target),
        },
        {
          run: run.id,
          id: `${attempt}.keep-${name}`,
          attempt: 1,
          targets: [target],
          width: 1,
          errorLimit: 0,
          command,
          env: {},
          timeoutMs: world.input.timeoutMs,
        },
      );
      entry.outcome = before;
      const [done] = results;
      if (done?.outcome !== 'succeeded' && settled !== 'done')
        throw new HoldfastError('nothing-kept', { target: target.name, reason: `${name}: ${summaryOf(results)}` });
      entry.keptBefore.push({
        name,
        target: target.name,
        stdoutSha256: done?.stdout?.sha256 ?? '',
        durationMs: done?.durationMs ?? 0,
      });
    }
  }
}

/** Whoever must agree to it reads the command itself. */
function subjectOf({ world, sessions, estate }: Company, { command, effects }: Keeping, { name }: Target): Subject {
  const { runbook } = world.input;
  const identity = { ...sessions.proven.get(name) };
  return {
    command: estate.redact(command),
    sha256: sha256(canonicalJson({ command, effects: [...effects], runbook: runbook.sha256, target: name, identity })),
    target: `target ${name}`,
    runbook: runbook.path,
    effects,
  };
}

/** A broken glass lets a step destroy without anything kept; the look at it is recorded, as whether it was broken may change. */
async function requireBrokenGlass(
  { run, estate, world }: Pick<Company, 'run' | 'estate' | 'world'>,
  target: Target,
  attempt: string,
): Promise<void> {
  const { result: broken } = await run.step<boolean>(
    {
      name: `${attempt}:glass-${target.name}`,
      title: `Look whether ${target.name} may be destroyed with nothing kept`,
      label: `${target.name}: broken glass?`,
      gates: [],
      effects: [],
      target: `target ${target.name}`,
    },
    async () =>
      await isGlassBroken(estate.database, {
        site: world.input.source.site.site,
        gate: 'host.destroy',
        target: `target ${target.name}`,
        at: estate.clock.now(),
      }),
  );
  if (!broken)
    throw new HoldfastError('nothing-kept', { target: target.name, reason: 'the site file asks for nothing' });
}
