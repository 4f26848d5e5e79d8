import { z } from 'zod';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import type { Bench, Expiry, KeepPolicy } from '../types.ts';
import { callRestic } from './call.ts';
import { list } from './list.ts';
import { ForgetGroup, parseDocument } from './messages.ts';
import type { Place } from './place.ts';
import { snapshotHost, tagFilter } from './tags.ts';

const day = 86_400_000;

/**
 * Says, or does, what a policy removes. All snapshots that the filter names are one group: paths are not looked at, because
 * a dump's directory is another one each time and nothing would ever be removed. So the filter must name snapshots of one kind,
 * as `{asset, part}`. Throws `expiry-unbounded` without a filter or a rule, `expiry-incomplete` when a removal did not happen.
 */
export async function expire(
  place: Place,
  policy: KeepPolicy,
  options: { readonly dryRun: boolean; readonly filter: Readonly<Record<string, string>> },
  bench: Bench,
): Promise<Expiry> {
  const rules = ruleArguments(policy);
  refuseUnbounded(place, rules, options.filter);
  const { finished } = await callRestic(
    place,
    {
      what: `Expiring in store ${place.store}`,
      args: () => [
        ...['forget', '--json', `--host=${snapshotHost}`, '--group-by=host', ...tagFilter(options.filter)],
        ...rules,
        ...(options.dryRun ? ['--dry-run', '--no-lock'] : []),
      ],
      limitMs: day,
    },
    bench,
  );
  const groups =
    finished.stdout.trim() === '' ? [] : (parseDocument(z.array(ForgetGroup).nullable(), finished, place) ?? []);
  const expiry: Expiry = {
    keep: groups.flatMap(kept),
    remove: groups.flatMap((group) => (group.remove ?? []).map((snapshot) => ({ snapshot: snapshot.id }))),
    dryRun: options.dryRun,
  };
  if (!options.dryRun && expiry.remove.length > 0) {
    await demandRemoved(place, expiry, bench);
    await prune(place, bench);
  }
  return expiry;
}

function ruleArguments(policy: KeepPolicy): string[] {
  const rules = Object.entries(policy) as [keyof KeepPolicy, number | undefined][];
  return rules.flatMap(([rule, count]) => (count === undefined || count <= 0 ? [] : [`--keep-${rule}=${count}`]));
}

function refuseUnbounded(place: Place, rules: readonly string[], filter: Readonly<Record<string, string>>): void {
  const { store } = place;
  if (rules.length === 0) throw new HoldfastError('expiry-unbounded', { store, reason: 'no rule keeps anything' });
  if (Object.keys(filter).length === 0) {
    throw new HoldfastError('expiry-unbounded', { store, reason: 'no filter says which snapshots are meant' });
  }
}

/** Reasons stand in a list of their own, beside the snapshots kept; before 0.17 they name them by time only. */
function kept(group: ForgetGroup): { snapshot: string; reasons: readonly string[] }[] {
  const reasons = group.reasons ?? [];
  return (group.keep ?? []).map((snapshot, index) => {
    const own = reasons.find((reason) => reason.snapshot.id === snapshot.id) ?? reasons[index];
    return { snapshot: snapshot.id, reasons: own?.snapshot.time === snapshot.time ? (own.matches ?? []) : [] };
  });
}

/** restic before 0.19 reports success though deleting failed. */
async function demandRemoved(place: Place, expiry: Expiry, bench: Bench): Promise<void> {
  const there = new Set((await list(place, {}, bench)).map((snapshot) => snapshot.id));
  const left = expiry.remove.filter(({ snapshot }) => there.has(snapshot));
  if (left.length > 0) throw new HoldfastError('expiry-incomplete', { store: place.store, count: left.length });
}

async function prune(place: Place, bench: Bench): Promise<void> {
  await callRestic(
    place,
    {
      what: `Freeing space in store ${place.store}`,
      args: () => ['prune'],
      limitMs: 7 * day,
    },
    bench,
  );
}
