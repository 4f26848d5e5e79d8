import { formatDuration } from '../lib/duration.ts';
import type { Company } from './company.ts';

/** Tells how the run stands against its recovery time objective, with what is left by the times of earlier runs. */
export function tellClock({ run, estate, world, words, ledger, startedAt }: Company): void {
  const { rtoMs } = world.input;
  if (rtoMs === undefined) return;
  const left = ledger.expectedLeft();
  const used = estate.clock.now().getTime() - Date.parse(startedAt);
  const level = used + (left ?? 0) > rtoMs ? 'warning' : 'info';
  const toGo = left === undefined ? undefined : formatDuration(left);
  run.note(level, words.clock(formatDuration(used), formatDuration(rtoMs), toGo));
}
