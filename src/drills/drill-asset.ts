import { HoldfastError, toErrorRecord } from '../errors/holdfast-error.ts';
import type { AssetOutcome, Phases, TimelineEntry } from '../evidence/model.ts';
import type { Run, Workflow } from '../execution/types.ts';
import type { Isolation } from '../process/types.ts';
import type { Estate, SiteSource } from '../protection/estate.ts';
import { withWorkDirectory } from '../protection/work.ts';
import { describeOutcome } from '../recovery/asset-outcome.ts';
import type { ChosenCopy } from '../recovery/choose-copy.ts';
import { type FetchedPoint, fetchPoint } from '../recovery/fetch-point.ts';
import { fetchStep } from '../recovery/phase-steps.ts';
import { onTimeline } from '../recovery/timeline.ts';
import type { FlippedByte } from './flip.ts';
import { flipOneByte } from './flip.ts';
import { rehearseFiles } from './rehearse-files.ts';
import { rehearsePostgres } from './rehearse-postgres.ts';

export interface DrillAssetInput {
  readonly source: SiteSource;
  readonly asset: string;
  readonly chosen: ChosenCopy;
  readonly isolation: Isolation;
  readonly negativeControl: boolean;
  /** The moment the drill takes for the loss: RPO is counted to here. */
  readonly at: string;
}

export interface DrilledAsset {
  readonly outcome: AssetOutcome;
  readonly timeline: readonly TimelineEntry[];
}

/** What a rehearsal of one kind of asset is given, and fills in as far as it comes. */
export interface Rehearsal {
  readonly estate: Estate;
  readonly run: Run;
  readonly input: DrillAssetInput;
  readonly fetched: FetchedPoint;
  readonly directory: string;
  /** Runs a step and puts it on the timeline, also when it fails. */
  readonly step: Run['step'];
  readonly phases: { -readonly [Phase in keyof Phases]: Phases[Phase] };
}

/** Brings one asset back in isolation and compares it with what was recorded at backup time. */
export function drillAsset(estate: Estate): Workflow<DrillAssetInput, DrilledAsset> {
  return {
    name: 'drill-asset',
    execute: (run, input) => withWorkDirectory(estate, run, (directory) => rehearse(estate, run, input, directory)),
  };
}

async function rehearse(estate: Estate, run: Run, input: DrillAssetInput, directory: string): Promise<DrilledAsset> {
  const timeline: TimelineEntry[] = [];
  const phases: Rehearsal['phases'] = { fetchMs: null, restoreMs: null, startMs: null, validateMs: null };
  const step = onTimeline(run, estate.clock, timeline, input.asset);
  let flipped: FlippedByte | undefined;
  let found: Pick<AssetOutcome, 'checks' | 'engine'> = { checks: [], engine: '' };
  let error: AssetOutcome['error'];
  try {
    const fetched = await step(fetchStep(input, 'restore.drill'), (bench) =>
      fetchPoint(estate, input.source, input.chosen, directory, { isolated: input.isolation === 'sandbox' }, bench),
    );
    phases.fetchMs = fetched.durationMs;
    if (input.negativeControl) flipped = await flip(step, input, fetched.result);
    const rehearsal = { estate, run, input, fetched: fetched.result, directory, step, phases };
    found = await (input.chosen.point.kind === 'postgres' ? rehearsePostgres(rehearsal) : rehearseFiles(rehearsal));
  } catch (thrown) {
    const record = toErrorRecord(thrown);
    if (record.code === 'cancelled') throw thrown;
    error = { code: record.code, message: record.message };
  }
  // A drill's own recovery time: what it would take if the work began now. Choosing and flipping are not part of it.
  const spent = [phases.fetchMs, phases.restoreMs, phases.startMs, phases.validateMs];
  const reached = error === undefined && (input.chosen.point.kind === 'files' || phases.startMs !== null);
  const rto = reached ? spent.reduce<number>((sum, ms) => sum + (ms ?? 0), 0) : null;
  return { outcome: describeOutcome({ ...input, phases, found, error, flipped, rto, lossAt: input.at }), timeline };
}

/** Changes one byte of what was fetched. A drill that does not notice is worth nothing. */
async function flip(step: Run['step'], input: DrillAssetInput, fetched: FetchedPoint): Promise<FlippedByte> {
  const done = await step(
    {
      name: 'flip',
      title: `Flip one byte of the copy of ${input.asset}`,
      gates: ['restore.drill'],
      effects: ['write'],
      target: `asset ${input.asset}`,
      summary: (byte: FlippedByte) => `${byte.file}, byte ${byte.offset}`,
    },
    async () => {
      const flipped = await flipOneByte(fetched.data);
      if (flipped === undefined) throw new HoldfastError('backup-empty', { asset: input.asset });
      return flipped;
    },
  );
  return done.result;
}
