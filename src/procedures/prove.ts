import { toHoldfastError } from '../errors/holdfast-error.ts';
import { onEach } from '../targets/group.ts';
import type { Identity } from '../targets/types.ts';
import type { Company } from './company.ts';
import type { Places } from './world.ts';

/** Each target has proved who it is, once a run; the answer is recorded, so that a later life of the run compares with it. */
export async function prove({ run, sessions, ledger }: Company, places: Places, name: string): Promise<void> {
  const fresh = places.targets.filter((target) => !ledger.targets.has(target.name));
  if (fresh.length === 0) return;
  const { result } = await run.step<Record<string, Identity>>(
    {
      name: `identify:${name}`,
      title: `Ask ${fresh.map((target) => target.name).join(', ')} who ${fresh.length === 1 ? 'it is' : 'they are'}`,
      label: `${places.name}: who it is`,
      gates: ['host.read'],
      effects: ['read'],
      target: `target ${places.name}`,
    },
    async ({ signal }) => {
      const all = { width: places.width, errorLimit: fresh.length, signal };
      const names = fresh.map((target) => target.name);
      const found = await onEach(names, all, async (each) => {
        const target = fresh.find((one) => one.name === each);
        if (target === undefined) throw new TypeError(`no target ${each}`);
        try {
          return { ok: true, value: await sessions.identify(target, signal) };
        } catch (thrown) {
          const error = toHoldfastError(thrown);
          // One of many that cannot be reached is its own failure; a wrong one stops them all.
          if (fresh.length === 1 || error.code === 'target-mismatch' || error.code === 'cancelled') throw error;
          return { ok: false, value: undefined };
        }
      });
      return Object.fromEntries(found.flatMap((one) => (one.value === undefined ? [] : [[one.name, one.value]])));
    },
  );
  for (const target of fresh) {
    const identity = result[target.name];
    if (identity === undefined) continue;
    sessions.remember(target.name, identity);
    ledger.targets.set(target.name, {
      name: target.name,
      kind: target.kind,
      identity: { ...identity } as Record<string, string>,
      pinned: Object.keys(target.identity).length > 0,
    });
  }
}
