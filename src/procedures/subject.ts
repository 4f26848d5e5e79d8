import type { Subject } from '../gates/types.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { sha256 } from '../lib/hash.ts';
import type { Redact } from '../lib/redact.ts';
import type { Step } from '../runbooks/types.ts';
import type { Identity } from '../targets/types.ts';
import type { Resolved } from './plan-step.ts';
import type { World } from './world.ts';

/** What an approval of a step is bound to: the resolved command with its values, the targets and who they proved to be, the runbook, the effects. */
export function subjectOf(
  step: Step,
  { command, env, shown, effects, places }: Resolved,
  identities: ReadonlyMap<string, Identity>,
  { input }: World,
  redact: Redact,
): Subject {
  const { runbook } = input;
  const bound = {
    command,
    env,
    step: step.hash,
    runbook: runbook.sha256,
    effects: [...effects],
    targets: places.targets.map(({ name }) => ({ name, identity: { ...identities.get(name) } })),
  };
  return {
    command: redact(shown),
    sha256: sha256(canonicalJson(bound)),
    // As the step itself names it: one that is asked for ahead is known by it.
    target: `target ${places.name}`,
    runbook: runbook.path,
    effects,
  };
}
