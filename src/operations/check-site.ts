import { z } from 'zod';
import { formatDuration } from '../lib/duration.ts';
import { defineOperation } from './types.ts';

export const checkSite = defineOperation({
  name: 'site check',
  title: 'Check the site file and show what it says',
  description:
    'Reads the site file and names every mistake with its line and how to mend it. It opens no store and reads no secret.',
  input: z.strictObject({}),
  output: z.object({
    path: z.string(),
    sha256: z.string().describe('Hash of the file, as evidence names it'),
    site: z.string(),
    timezone: z.string(),
    language: z.string(),
    isolation: z.string(),
    stores: z.array(z.object({ name: z.string(), engine: z.string(), tier: z.string(), location: z.string() })),
    assets: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['postgres', 'files']),
        rpoMs: z.number(),
        rtoMs: z.number(),
        copies: z.array(z.string()),
        after: z.array(z.string()),
      }),
    ),
    advice: z.array(z.string()).describe('What is allowed and yet weak'),
  }),
  permission: 'site.read',
  effects: ['read'],
  faces: ['cli', 'http'],
  examples: [
    { command: 'site check', does: 'checks ./holdfast.yaml' },
    { command: 'site check --site /etc/holdfast/holdfast.yaml --json', does: 'checks another, for a script' },
  ],
  async handle({ services }) {
    const { site, path, sha256 } = await services.site();
    const stores = Object.entries(site.stores).map(([name, store]) => ({
      name,
      engine: store.engine,
      tier: store.tier,
      location: store.path ?? `sftp:${store.sftp ?? ''}`,
    }));
    const assets = Object.entries(site.assets).map(([name, asset]) => ({
      name,
      kind: 'postgres' in asset ? ('postgres' as const) : ('files' as const),
      rpoMs: asset.objectives.rpo,
      rtoMs: asset.objectives.rto,
      copies: asset.copies,
      after: asset.after,
    }));
    const tiers = new Map(stores.map((store) => [store.name, store.tier]));
    const advice = assets
      .filter((asset) => asset.copies.every((store) => tiers.get(store) === 'local'))
      .map((asset) => `${asset.name} has no copy off this machine: a fire or a thief takes all of it`);
    const { timezone, language, isolation } = site;
    return { path, sha256, site: site.site, timezone, language, isolation, stores, assets, advice };
  },
  text(output, style) {
    const lines = [
      `${style.green('✔')} ${output.path} is right`,
      '',
      `${style.bold(output.site)} · ${output.timezone}`,
    ];
    for (const asset of output.assets) {
      const after = asset.after.length === 0 ? '' : ` · after ${asset.after.join(', ')}`;
      const objectives = `RPO ${formatDuration(asset.rpoMs)}, RTO ${formatDuration(asset.rtoMs)}`;
      lines.push(`  ${style.bold(asset.name)}  ${asset.kind} · ${objectives} · ${asset.copies.join(' → ')}${after}`);
    }
    for (const store of output.stores) {
      lines.push(style.dim(`  ${store.name}  ${store.engine} · ${store.tier} · ${store.location}`));
    }
    for (const advice of output.advice) lines.push(`${style.yellow('!')} ${advice}`);
    return lines.join('\n');
  },
});
