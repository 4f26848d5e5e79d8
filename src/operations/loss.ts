import { z } from 'zod';
import { AssetLoss } from '../evidence/model.ts';
import { formatDuration } from '../lib/duration.ts';
import { padToWidth } from '../lib/width.ts';
import { defineOperation, type Style } from './types.ts';

export const loss = defineOperation({
  name: 'loss',
  title: 'Say what is lost between the last recovery point and the moment of loss',
  description:
    'From the newest recovery point of each asset to the moment of loss: how long, and what can be known of what was written, by ' +
    'table and actor, from the audit rows that `holdfast watch` copied off the database while it was up. What cannot be known is ' +
    'named. Nothing is changed, and the asset itself is not asked: it may be gone.',
  input: z.strictObject({
    assets: z.array(z.string()).default([]).describe('Assets to look at; all of them without it'),
    at: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('The moment of loss, as 2026-11-20T03:12:00Z; when it was last seen alive without it'),
  }),
  output: z.object({ site: z.string(), losses: z.array(AssetLoss) }),
  positional: ['assets'],
  permission: 'loss.read',
  effects: ['read'],
  faces: ['cli', 'http'],
  examples: [
    { command: 'loss', does: 'from the last recovery points until the assets were last seen alive' },
    { command: 'loss ledger --at 2026-11-20T03:12:00+09:00', does: 'until a moment that a person knows' },
  ],
  async handle({ services }, input) {
    const [{ estimateLoss }, { sourceOf }, { selectAssets }] = await Promise.all([
      import('../recovery/loss.ts'),
      import('./estate.ts'),
      import('../protection/protect.ts'),
    ]);
    const source = await sourceOf(services);
    const { database } = await services.records();
    const losses: AssetLoss[] = [];
    for (const asset of selectAssets(source, input.assets)) {
      losses.push(
        await estimateLoss(
          { database, clock: services.clock },
          source,
          asset,
          input.at === undefined ? {} : { lostAt: input.at },
        ),
      );
    }
    return { site: source.site.site, losses };
  },
  text: (output, style) => output.losses.map((one) => describeLoss(one, style)).join('\n\n'),
});

const rowsShown = 12;

/** One asset's loss for a person at a terminal. */
export function describeLoss(one: AssetLoss, style: Style): string {
  const lines = [
    `${style.bold(one.asset)}  ${style.bold(formatDuration(one.spanMs))} lost: from ${one.from} (${one.recoveryPoint}) to ${one.to}`,
  ];
  const total = one.known.reduce((sum, row) => sum + row.count, 0);
  if (total > 0) lines.push(`  Known: ${total.toLocaleString('en')} audited writes`);
  for (const row of one.known.slice(0, rowsShown)) {
    lines.push(`    ${String(row.count).padStart(7)}  ${row.op.padEnd(7)} ${padToWidth(row.table, 22)} ${row.actor}`);
  }
  if (one.known.length > rowsShown)
    lines.push(style.dim(`    ... and ${one.known.length - rowsShown} more lines; --json has them all`));
  if (one.files !== undefined) {
    const { added, changed, removed, examples } = one.files;
    lines.push(`  Known: ${added} files added, ${changed} changed, ${removed} removed`);
    for (const example of examples.slice(0, 5)) lines.push(style.dim(`    ${example}`));
  }
  if (total === 0 && one.files === undefined) lines.push('  Known: nothing of what was written in that time');
  for (const { key, detail } of one.unknown)
    lines.push(`  ${style.yellow('?')} ${unknownText[key].replace('{detail}', detail)}`);
  return lines.join('\n');
}

const unknownText: Readonly<Record<AssetLoss['unknown'][number]['key'], string>> = {
  'after-last-seen': 'What was written after {detail}, when it was last seen alive, cannot be known.',
  'not-watched':
    'It was not being watched: what was written cannot be known. `holdfast watch` copies audit rows off while it is up.',
  'no-audit-table': 'The site file names no audit table: what was written cannot be known.',
  'only-audited':
    'Only what its audit table records is counted; transactions that were open at the backup may be missing from the count.',
  'files-after-last-seen': 'Changes to files after {detail}, when they were last looked at, cannot be known.',
  'moment-assumed': 'The moment of loss is assumed to be {detail}; give --at when a person knows better.',
};
