import { z } from 'zod';
import { formatDuration } from '../lib/duration.ts';
import { defineOperation } from './types.ts';

const OpeningView = z.object({
  id: z.string(),
  kind: z.enum(['response', 'break-glass']),
  by: z.string(),
  signedBy: z.array(z.string()),
  until: z.string(),
  why: z.string(),
  scope: z.array(z.string()),
  window: z.object({ from: z.string(), to: z.string() }).optional(),
  /** Why it opens nothing now: its window, a key that is no longer accepted, a second person who is missing. */
  not: z.string().optional(),
});

export const gateList = defineOperation({
  name: 'gate list',
  title: 'Show every gate: open or closed, until when, by whom and why',
  description:
    'All gates are closed until their owner opens them, and close by themselves. Shows each of them with what stands open, for which ' +
    'targets, and who may open it. It looks and changes nothing.',
  input: z.strictObject({ open: z.boolean().default(false).describe('Only gates that are open') }),
  output: z.object({
    site: z.string(),
    mode: z.enum(['solo', 'team']),
    now: z.string(),
    gates: z.array(
      z.object({
        gate: z.string(),
        state: z.enum(['open', 'closed']),
        owners: z.array(z.string()),
        openings: z.array(OpeningView),
      }),
    ),
  }),
  permission: 'gates.read',
  effects: ['read'],
  faces: ['cli', 'http'],
  examples: [
    { command: 'gate list', does: 'shows all gates' },
    { command: 'gate list --open --json', does: 'what is open now, for a script' },
  ],
  async handle({ services }, input) {
    const [{ openingsHere }, { whyNot }, { modeOf, ownersOf }, { authorityOf }, { gates }] = await Promise.all([
      import('./openings-here.ts'),
      import('../gates/opening-holds.ts'),
      import('../gates/policy.ts'),
      import('./authority.ts'),
      import('../gates/types.ts'),
    ]);
    const authority = await authorityOf(services);
    const { site } = authority;
    const { policy, openings, now } = await openingsHere(services, authority);
    const rows = gates.map((gate) => {
      const views = openings
        .filter(({ opening }) => opening.gate === gate)
        .map((kept) => {
          const { opening } = kept;
          const { id, kind, owner, signedBy, expiresAt, reason, scope, window } = opening;
          const not = whyNot(kept, { policy, target: scope.includes('*') ? '*' : scope.join(', '), now });
          return {
            ...{ id, kind, by: owner, signedBy: [...signedBy], until: expiresAt, why: reason, scope: [...scope] },
            ...(window === undefined ? {} : { window }),
            ...(not === undefined ? {} : { not }),
          };
        });
      const state = views.some(({ not }) => not === undefined) ? ('open' as const) : ('closed' as const);
      return { gate, state, owners: [...ownersOf(policy, gate)], openings: views };
    });
    return {
      site,
      mode: modeOf(policy),
      now: now.toISOString(),
      gates: rows.filter(({ state }) => !input.open || state === 'open'),
    };
  },
  text({ site, mode, now, gates }, style) {
    const width = Math.max(0, ...gates.map(({ gate }) => gate.length));
    const alone = mode === 'solo' ? 'solo: one person decides alone' : 'a team: owners sign';
    const lines = [`${style.bold(site)}  ${style.dim(alone)}`];
    if (gates.length === 0) lines.push('  All gates are closed.');
    for (const { gate, state, owners, openings } of gates) {
      const own = owners.length === 0 ? '' : style.dim(`  owner ${owners.join(', ')}`);
      const name = openings.length === 0 && own !== '' ? gate.padEnd(width) + own : gate;
      lines.push(`  ${state === 'open' ? style.green('open  ') : style.dim('closed')}  ${name}`);
      for (const one of openings) {
        const left = formatDuration(Date.parse(one.until) - Date.parse(now));
        const reach = one.scope.includes('*') ? '' : ` · for ${one.scope.join(', ')}`;
        const glass = one.kind === 'break-glass' ? style.red(' · glass broken') : '';
        const not = one.not === undefined ? '' : style.yellow(` · opens nothing now: ${one.not}`);
        const by = one.signedBy.length > 0 ? one.signedBy.join(' and ') : one.by;
        lines.push(`          ${one.id} · until ${one.until} (${left}) · by ${by} · ${one.why}${reach}${glass}${not}`);
      }
    }
    return lines.join('\n');
  },
});
