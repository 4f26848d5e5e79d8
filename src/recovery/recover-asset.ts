import { toErrorRecord } from '../errors/holdfast-error.ts';
import type { AssetOutcome, Phases, TimelineEntry } from '../evidence/model.ts';
import type { Run, Workflow } from '../execution/types.ts';
import type { Estate, SiteSource } from '../protection/estate.ts';
import { withWorkDirectory } from '../protection/work.ts';
import { describeOutcome } from './asset-outcome.ts';
import type { ChosenCopy } from './choose-copy.ts';
import { recoverFiles } from './recover-files.ts';
import { recoverPostgres } from './recover-postgres.ts';
import { onTimeline } from './timeline.ts';

export interface RecoverAssetInput {
  readonly source: SiteSource;
  readonly asset: string;
  readonly chosen: ChosenCopy;
  readonly replace: boolean;
  /** When the recovery began: RTO is counted from here, waiting included. */
  readonly at: string;
  readonly lostAt: string;
  /** Runs that must have succeeded before this asset is put into place. */
  readonly waitFor: readonly string[];
}

export interface RecoveredAsset {
  readonly outcome: AssetOutcome;
  readonly timeline: readonly TimelineEntry[];
}

/** What the recovery of one kind of asset is given, and fills in as far as it comes. */
export interface Recovery {
  readonly estate: Estate;
  readonly run: Run;
  readonly input: RecoverAssetInput;
  /** Work under way, outside the asset's own place. */
  readonly directory: string;
  readonly step: Run['step'];
  readonly phases: { -readonly [Phase in keyof Phases]: Phases[Phase] };
}

/** Brings one asset back into its place and verifies it. */
export function recoverAsset(estate: Estate): Workflow<RecoverAssetInput, RecoveredAsset> {
  return {
    name: 'recover-asset',
    execute: (run, input) => withWorkDirectory(estate, run, (directory) => bringBack(estate, run, input, directory)),
  };
}

async function bringBack(
  estate: Estate,
  run: Run,
  input: RecoverAssetInput,
  directory: string,
): Promise<RecoveredAsset> {
  const timeline: TimelineEntry[] = [];
  const phases: Recovery['phases'] = { fetchMs: null, restoreMs: null, startMs: null, validateMs: null };
  const recovery = {
    estate,
    run,
    input,
    directory,
    step: onTimeline(run, estate.clock, timeline, input.asset),
    phases,
  };
  let found: Pick<AssetOutcome, 'checks' | 'engine'> & { backAt: string | null } = {
    checks: [],
    engine: '',
    backAt: null,
  };
  let error: AssetOutcome['error'];
  try {
    found = await (input.chosen.point.kind === 'postgres' ? recoverPostgres(recovery) : recoverFiles(recovery));
  } catch (thrown) {
    const record = toErrorRecord(thrown);
    if (record.code === 'cancelled') throw thrown;
    error = { code: record.code, message: record.message };
  }
  const rto = found.backAt === null ? null : Date.parse(found.backAt) - Date.parse(input.at);
  return { outcome: describeOutcome({ ...input, phases, found, error, rto, lossAt: input.lostAt }), timeline };
}
