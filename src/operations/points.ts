import { z } from 'zod';
import { formatBytes } from '../lib/bytes.ts';
import { formatDuration } from '../lib/duration.ts';
import { defineOperation } from './types.ts';

export const points = defineOperation({
  name: 'points',
  title: 'List recovery points, where they lie and when they were last proven',
  description:
    'Recovery points, newest first. Without --refresh the records of this machine are shown. With --refresh each store is ' +
    'asked, and recovery points that these records do not know are taken in: this is how a new machine learns of what the lost ' +
    'one had made.',
  input: z.strictObject({
    asset: z.string().optional().describe('Only the recovery points of this asset'),
    limit: z.number().int().min(1).max(10_000).default(50).describe('How many to show'),
    refresh: z.boolean().default(false).describe('Look into the stores and take in what these records do not know'),
  }),
  output: z.object({
    site: z.string(),
    now: z.string(),
    adopted: z.number().describe('Recovery points taken in from the stores'),
    points: z.array(
      z.object({
        id: z.string(),
        asset: z.string(),
        kind: z.enum(['postgres', 'files']),
        takenAt: z.string(),
        bytes: z.number(),
        files: z.number(),
        rows: z.number().nullable(),
        copies: z.array(z.object({ store: z.string(), tier: z.string(), madeAt: z.string() })),
        proof: z.object({ verdict: z.string(), provedAt: z.string(), store: z.string(), run: z.string() }).nullable(),
      }),
    ),
  }),
  positional: ['asset'],
  permission: 'backups.read',
  effects: ['read'],
  gate: 'host.read',
  faces: ['cli', 'http'],
  examples: [
    { command: 'points', does: 'lists the newest fifty' },
    { command: 'points ledger --limit 5', does: 'the last five of one asset' },
    { command: 'points --refresh', does: 'on a new machine: learns from the stores what there is' },
  ],
  async handle({ services, signal }, input) {
    const [
      { listPoints },
      { adoptPoints },
      { estateOf, sourceOf },
      { selectAssets },
      { askGate },
      { newRunId },
      { adoptAuthority, shownAs },
    ] = await Promise.all([
      import('../protection/recovery-points.ts'),
      import('../protection/adopt.ts'),
      import('./estate.ts'),
      import('../protection/protect.ts'),
      import('../gates/ask.ts'),
      import('../lib/ids.ts'),
      import('./authority.ts'),
    ]);
    const source = await sourceOf(services);
    if (input.asset !== undefined) selectAssets(source, [input.asset]);
    const records = await services.records();
    if (input.refresh) {
      await adoptAuthority(services, { ...records, clock: services.clock }, services.actor);
      await askGate(
        records.database,
        { ...records, clock: services.clock },
        {
          actor: services.actor,
          site: source.site.site,
          run: newRunId('points', services.clock.now()),
          step: 'refresh',
          gates: ['host.read'],
          effects: ['read'],
          ...shownAs('points --refresh', storesOf(source.site.stores), ['read']),
        },
      );
    }
    const adopted = input.refresh
      ? await adoptPoints(await estateOf(services, records), source, services.actor.name, signal)
      : 0;
    const known = await listPoints(records.database, source.site.site, {
      limit: input.limit,
      ...(input.asset === undefined ? {} : { asset: input.asset }),
    });
    return {
      site: source.site.site,
      now: services.clock.now().toISOString(),
      adopted,
      points: known.map((point) => ({ ...point, copies: [...point.copies] })),
    };
  },
  text(output, style) {
    const lines = output.adopted > 0 ? [`${style.green('✔')} ${output.adopted} taken in from the stores`] : [];
    if (output.points.length === 0) lines.push('No recovery points. `holdfast protect` makes one.');
    for (const point of output.points) {
      const age = formatDuration(Date.parse(output.now) - Date.parse(point.takenAt));
      const amount = point.rows === null ? `${point.files} files` : `${point.rows.toLocaleString('en')} rows`;
      const proof =
        point.proof === null
          ? style.yellow('never drilled')
          : `${verdictStyle(point.proof.verdict, style)} from ${point.proof.store}`;
      lines.push(
        `${style.bold(point.id)}  ${age} old · ${formatBytes(point.bytes)} · ${amount} · ${point.copies.map((copy) => copy.store).join(', ')} · ${proof}`,
      );
    }
    return lines.join('\n');
  },
});

function storesOf(stores: Readonly<Record<string, unknown>>): string {
  return Object.keys(stores)
    .map((store) => `store ${store}`)
    .join(', ');
}

function verdictStyle(verdict: string, style: Parameters<typeof points.text>[1]): string {
  if (verdict === 'PROVEN') return style.green(verdict);
  return verdict === 'FAILED' ? style.red(verdict) : style.yellow(verdict);
}
