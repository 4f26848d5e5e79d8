import type { Leaf } from '../audit/types.ts';
import type { Queryable } from '../store/types.ts';
import type { Desk } from './decide.ts';
import type { Actor } from './types.ts';

/** The leaf of what somebody decided, in the transaction that writes the decision. */
export async function decisionLeaf(
  transaction: Queryable,
  { audit, clock }: Desk,
  actor: Actor,
  kind: string,
  facts: Leaf['facts'],
): Promise<void> {
  await audit.append(
    {
      kind,
      time: clock.now().toISOString(),
      actor: actor.name,
      facts: { ...facts, actorKind: actor.kind, face: actor.face },
    },
    { transaction },
  );
}
