import { toHoldfastError } from '../errors/holdfast-error.ts';
import type { Identity, Target } from '../targets/types.ts';
import type { Company } from './company.ts';

/** Each target has proved who it is, once a run; the answer is recorded, so that a later life of the run compares with it. */
export async function prove(
  { run, sessions, ledger }: Company,
  targets: readonly Target[],
  name: string,
): Promise<void> {
  const fresh = targets.filter((target) => !ledger.targets.has(target.name));
  if (fresh.length === 0) return;
  const { result } = await run.step<Record<string, Identity | null>>(
    {
      name: `identify:${name}`,
      title: `Ask ${fresh.map((target) => target.name).join(', ')} who they are`,
      gates: ['host.read'],
      effects: ['read'],
      target: `target ${fresh.map((target) => target.name).join(', ')}`,
    },
    async ({ signal }) => {
      const found = await Promise.all(
        fresh.map(async (target) => {
          try {
            return [target.name, await sessions.identify(target, signal)] as const;
          } catch (thrown) {
            const error = toHoldfastError(thrown);
            // One of many that cannot be reached is its own failure; a wrong one stops them all.
            if (fresh.length === 1 || error.code === 'target-mismatch' || error.code === 'cancelled') throw error;
            return [target.name, null] as const;
          }
        }),
      );
      return Object.fromEntries(found);
    },
  );
  for (const target of fresh) {
    const identity = result[target.name];
    if (identity === null || identity === undefined) continue;
    sessions.remember(target.name, identity);
    ledger.targets.set(target.name, {
      name: target.name,
      kind: target.kind,
      identity: { ...identity } as Record<string, string>,
      pinned: Object.keys(target.identity).length > 0,
    });
  }
}
