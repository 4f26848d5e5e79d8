import { type HoldfastError, toHoldfastError } from '../errors/holdfast-error.ts';
import type { Done, StepSpec } from '../execution/types.ts';
import { settle } from './asked.ts';
import type { Company } from './company.ts';
import type { Entry } from './ledger.ts';
import { type Order, type Performed, performOn } from './perform-on.ts';
import { summaryOf } from './summary.ts';

/**
 * A command on its targets, as a step of the run: looked at again for as long as nobody knows what became of it, until a person says. A run
 * that is cancelled meanwhile looks once more, to end what may be at work there. `seen` is told what each look found, before anybody is asked.
 */
export async function performUntilKnown(
  company: Company,
  entry: Entry,
  spec: Omit<StepSpec<Performed>, 'looksFirst' | 'failed' | 'summary' | 'begunBy'>,
  order: Order,
  seen: (done: Done<Performed>) => void = () => undefined,
): Promise<Performed & { readonly settled?: 'done' | 'failed' }> {
  const { run, sessions, estate } = company;
  let cancelled: HoldfastError | undefined;
  for (let look = 1; ; look += 1) {
    const done = await run.step<Performed>(
      {
        ...spec,
        ...(look === 1 ? {} : { name: `${spec.name}.look-${look}`, begunBy: spec.name }),
        looksFirst: true,
        failed: ({ targets }) => targets.some(({ outcome }) => outcome !== 'succeeded'),
        summary: ({ targets }) => summaryOf(targets),
      },
      async (bench) => await performOn(order, sessions, estate, bench),
    );
    seen(done);
    const unknown = done.result.targets.filter(({ outcome }) => outcome === 'unknown');
    if (unknown.length === 0) return done.result;
    if (cancelled !== undefined) throw cancelled;
    const settled = await settle(company, spec.title, entry, unknown, `${spec.name}.${look}`).catch((thrown) => {
      cancelled = toHoldfastError(thrown);
      if (cancelled.code !== 'cancelled') throw thrown;
      return 'look' as const;
    });
    if (settled !== 'look') return { ...done.result, settled };
  }
}
