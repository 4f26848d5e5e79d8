import type { Site } from '../config/site.ts';
import type { Gate } from '../gates/types.ts';
import type { Records, Services } from './services.ts';

/** A gate that the steps of a run will ask for, and what they will act on. */
export interface Wanted {
  readonly gate: Gate;
  readonly target: string;
}

/**
 * Refuses a run before it is started when gates are closed that its steps will ask for, all of them together: the first command of
 * somebody new is told once what to open. The refusal is in the audit log. Each step asks for itself in any case. Throws
 * `gate-closed`, `authority-weakened`.
 */
export async function refuseClosed(
  services: Services,
  records: Records,
  operation: string,
  site: string,
  wanted: readonly Wanted[],
): Promise<void> {
  const [{ openingsNow, isOpenFor }, { askGate }, { newRunId }, { adoptAuthority, shownAs }] = await Promise.all([
    import('../gates/openings.ts'),
    import('../gates/ask.ts'),
    import('../lib/ids.ts'),
    import('./authority.ts'),
  ]);
  const desk = { ...records, clock: services.clock };
  await adoptAuthority(services, desk, services.actor);
  const now = services.clock.now();
  const open = await openingsNow(records.database, site, now);
  const closed = wanted.filter(({ gate, target }) => !isOpenFor(open, gate, target));
  if (closed.length === 0) return;
  const targets = new Set(closed.flatMap(({ target }) => target.split(', ')));
  const refused = askGate(records.database, desk, {
    actor: services.actor,
    site,
    run: newRunId(operation, now),
    step: operation,
    gates: [...new Set(closed.map(({ gate }) => gate))],
    effects: ['none'],
    ...shownAs(operation, [...targets].join(', '), ['none']),
  });
  await refused.finally(() => records.audit.publish());
}

/** What backing up these assets asks for. */
export function wantedToProtect(site: Site, assets: readonly string[]): Wanted[] {
  const copies = assets.map((asset) => ({ asset, stores: site.assets[asset]?.copies ?? [] }));
  return copies.flatMap(({ asset, stores }): Wanted[] => [
    { gate: 'backup.run', target: [`asset ${asset}`, ...stores.map((store) => `store ${store}`)].join(', ') },
    ...stores.slice(1).map((store): Wanted => ({ gate: 'offsite.sync', target: `store ${store}` })),
  ]);
}

/** What bringing these assets back asks for, in a drill or in earnest. */
export function wantedToRestore(gate: 'restore.drill' | 'restore.run', assets: readonly string[]): Wanted[] {
  return assets.map((asset) => ({ gate, target: `asset ${asset}` }));
}
