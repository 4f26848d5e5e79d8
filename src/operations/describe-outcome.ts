import type { AssetOutcome, Measured, Outcome } from '../evidence/model.ts';
import { formatDuration } from '../lib/duration.ts';
import { describeLoss } from './loss.ts';
import type { Style } from './types.ts';

/** A drill's or a recovery's result for a person at a terminal. */
export function describeOutcome(
  output: { readonly outcome: Outcome; readonly evidence: string; readonly report: string; readonly leaf: number },
  style: Style,
): string {
  const { outcome } = output;
  const lines = outcome.loss.flatMap((loss) => [describeLoss(loss, style), '']);
  for (const asset of outcome.assets) lines.push(...describeAsset(asset, outcome, style), '');
  const missed = outcome.negativeControl
    ? []
    : outcome.assets.filter((asset) => !asset.rto.met || !asset.rpo.met).map((asset) => asset.asset);
  lines.push(
    `Verdict ${verdictWord(outcome.verdict, style)}${missed.length > 0 ? style.yellow(`, objectives missed by ${missed.join(', ')}`) : ''}` +
      ` · isolation ${outcome.isolation}`,
  );
  if (outcome.negativeControl) lines.push(describeControl(outcome, style));
  lines.push(
    `Evidence ${output.evidence} · leaf ${output.leaf.toLocaleString('en')} of the audit log`,
    `Report   ${output.report}`,
  );
  return lines.join('\n');
}

function describeAsset(asset: AssetOutcome, outcome: Outcome, style: Style): string[] {
  const { recoveryPoint: point } = asset;
  const lines = [
    `${style.bold(asset.asset)}  ${point.id} from ${point.store}${asset.engine === '' ? '' : ` · ${asset.engine}`} · ${verdictWord(asset.verdict, style)}`,
  ];
  if (asset.flipped !== undefined) {
    lines.push(
      `  flipped byte ${asset.flipped.offset} of ${asset.flipped.file}: ${hex(asset.flipped.before)} became ${hex(asset.flipped.after)}`,
    );
  }
  if (asset.error !== undefined) lines.push(`  ${style.red('✘')} ${asset.error.message} (${asset.error.code})`);
  for (const check of asset.checks) {
    const mark =
      check.status === 'passed' ? style.green('✔') : check.status === 'failed' ? style.red('✘') : style.yellow('?');
    lines.push(`  ${mark} ${check.title.padEnd(22)} ${check.summary}`);
    if (check.status !== 'passed')
      for (const detail of check.details.slice(0, 5)) lines.push(style.dim(`      ${detail}`));
  }
  const { fetchMs, restoreMs, startMs, validateMs } = asset.phases;
  const phases = Object.entries({ fetch: fetchMs, restore: restoreMs, start: startMs, validate: validateMs })
    .filter(([, ms]) => ms !== null)
    .map(([name, ms]) => `${name} ${formatDuration(ms ?? 0)}`);
  lines.push(`  RTO ${measured(asset.rto, style)}  ${style.dim(phases.join(' · '))}`);
  lines.push(
    `  RPO ${measured(asset.rpo, style)}${outcome.kind === 'drill' ? style.dim('  if it were lost now') : ''}`,
  );
  return lines;
}

const barWidth = 10;

function measured({ achievedMs, objectiveMs, met }: Measured, style: Style): string {
  if (achievedMs === null) return style.red('not reached');
  const share = objectiveMs === 0 ? 1 : achievedMs / objectiveMs;
  const filled = Math.min(barWidth, Math.ceil(share * barWidth));
  const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
  return `${formatDuration(achievedMs)} of ${formatDuration(objectiveMs)} ${met ? style.green(bar) : style.red(`${bar} ✘ missed`)}`;
}

function verdictWord(verdict: Outcome['verdict'], style: Style): string {
  if (verdict === 'PROVEN') return style.green(style.bold(verdict));
  return verdict === 'FAILED' ? style.red(style.bold(verdict)) : style.yellow(style.bold(verdict));
}

/** A negative control is right when every asset with a flipped byte failed. */
export function describeControl(outcome: Outcome, style: Style): string {
  const blind = outcome.assets.filter((asset) => asset.verdict !== 'FAILED').map((asset) => asset.asset);
  if (blind.length > 0)
    return style.red(
      `Negative control: the flipped byte was NOT found in ${blind.join(', ')}. Do not trust these checks.`,
    );
  const finders = outcome.assets.map((asset) => {
    const found = asset.checks.filter((check) => check.status === 'failed').map((check) => check.name);
    return `${asset.asset} by ${found.length > 0 ? found.join(', ') : (asset.error?.code ?? '')}`;
  });
  return style.green(`Negative control: the flipped byte was found: ${finders.join('; ')}.`);
}

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0')}`;
}
