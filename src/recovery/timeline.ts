import type { Bench } from '../engines/types.ts';
import type { TimelineEntry } from '../evidence/model.ts';
import type { Done, Run, StepSpec } from '../execution/types.ts';
import type { Clock } from '../lib/clock.ts';

/** A `step` that keeps the timeline: what ran, when, how long, and how it ended. */
export function onTimeline(run: Run, clock: Clock, timeline: TimelineEntry[], asset: string): Run['step'] {
  return async <Result>(spec: StepSpec<Result>, act: (bench: Bench) => Promise<Result>) => {
    let done: Done<Result>;
    try {
      done = await run.step(spec, act);
    } catch (error) {
      timeline.push({ at: clock.now().toISOString(), durationMs: null, what: spec.title, asset, outcome: 'failed' });
      throw error;
    }
    timeline.push({ at: done.startedAt, durationMs: done.durationMs, what: spec.title, asset, outcome: 'succeeded' });
    return done;
  };
}
