import type { Leaf } from '../audit/types.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import type { Queryable } from '../store/types.ts';
import type { RunRow } from './run-rows.ts';
import type { Tree } from './tree.ts';
import type { Workshop } from './workshop.ts';

/** Where a step or a question stands: this process, the run that a person started, and the run or branch itself. */
export interface Place {
  readonly shop: Workshop;
  readonly tree: Tree;
  readonly row: RunRow;
}

/**
 * A record that cannot be written stops the run without an outcome: it is interrupted, and resume looks at the step again. It
 * is never turned into a failure of the step, which may well have acted.
 */
export async function recorded<Value>({ shop, tree, row }: Place, write: () => Promise<Value>): Promise<Value> {
  try {
    return await write();
  } catch (error) {
    if (!shop.engine.isDisowned(error)) {
      const reason = shop.redact(error instanceof Error ? error.message : String(error));
      tree.stop(new HoldfastError('run-interrupted', { id: tree.root, reason }, { cause: error }));
    } else {
      tree.stop(new HoldfastError('run-active', { id: tree.root }));
    }
    throw shop.engine.disowned(row.id);
  }
}

/** By which the leaf of an event of a step is found again. */
export function stepKey(run: string, step: string, event: string): string {
  return `${run}/${step}/${event}`;
}

/** A leaf about a step, at most once for each event of it. */
export function appendStepLeaf(
  transaction: Queryable,
  { shop, row }: Place,
  step: string,
  event: string,
  leaf: Pick<Leaf, 'kind' | 'facts'>,
): Promise<number> {
  return shop.audit.append(
    { ...leaf, time: shop.clock.now().toISOString(), actor: row.actor.name, run: row.id, step },
    { key: stepKey(row.id, step, event), transaction },
  );
}
