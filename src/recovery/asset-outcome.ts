import type { AssetOutcome, Phases } from '../evidence/model.ts';
import type { SiteSource } from '../protection/estate.ts';
import type { ChosenCopy } from './choose-copy.ts';
import { verdictOf } from './verdict.ts';

interface AssetFindings {
  readonly source: SiteSource;
  readonly asset: string;
  readonly chosen: ChosenCopy;
  readonly phases: Phases;
  readonly found: Pick<AssetOutcome, 'checks' | 'engine'>;
  readonly error: AssetOutcome['error'];
  readonly flipped?: AssetOutcome['flipped'] | undefined;
  /** Milliseconds until the asset was back; null when it did not come back. */
  readonly rto: number | null;
  /** Work after the recovery point and before this moment is lost. */
  readonly lossAt: string;
}

/** The outcome of one asset against its objectives. */
export function describeOutcome(findings: AssetFindings): AssetOutcome {
  const { source, asset, chosen, phases, found, error, flipped, rto } = findings;
  const { point, copy } = chosen;
  const objectives = source.site.assets[asset]?.objectives ?? { rpo: 0, rto: 0 };
  const rpo = Math.max(0, Date.parse(findings.lossAt) - Date.parse(point.takenAt));
  return {
    asset,
    kind: point.kind,
    verdict: verdictOf(found.checks, error),
    recoveryPoint: {
      id: point.id,
      takenAt: point.takenAt,
      store: copy.store,
      tier: copy.tier,
      bytes: point.bytes,
      files: point.files,
      factsSha256: point.factsSha256,
    },
    engine: found.engine,
    phases: { ...phases },
    rto: { objectiveMs: objectives.rto, achievedMs: rto, met: rto !== null && rto <= objectives.rto },
    rpo: { objectiveMs: objectives.rpo, achievedMs: rpo, met: rpo <= objectives.rpo },
    checks: [...found.checks],
    ...(error === undefined ? {} : { error }),
    ...(flipped === undefined ? {} : { flipped }),
  };
}
