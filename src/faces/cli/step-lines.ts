import { formatBytes } from '../../lib/bytes.ts';
import type { Clock } from '../../lib/clock.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { ProgressEvent } from '../../lib/progress.ts';
import { padToWidth } from '../../lib/width.ts';
import type { Style } from '../../operations/types.ts';

type StepProgress = Extract<ProgressEvent, { kind: 'step-progress' }>;
type StepFinished = Extract<ProgressEvent, { kind: 'step-finished' }>;

export interface ActiveStep {
  /** What it is called on a line: `fetch`, and `ledger fetch` where several runs go on at once. */
  readonly label: string;
  readonly startedAt: number;
  readonly progress?: StepProgress;
  /** When progress was last shown as a plain line. */
  shownAt: number;
}

/** The steps under way, in the order in which they began. */
export class ActiveSteps {
  readonly #clock: Clock;
  readonly #steps = new Map<string, ActiveStep>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get active(): ActiveStep[] {
    return [...this.#steps.values()];
  }

  /** Takes an event in; returns the step it is about while that step is under way. */
  observe(event: ProgressEvent): ActiveStep | undefined {
    if (!('step' in event) && event.kind !== 'run-finished') return undefined;
    if (event.kind === 'run-finished') {
      for (const key of this.#steps.keys()) if (key.startsWith(`${event.run}\n`)) this.#steps.delete(key);
      return undefined;
    }
    const key = `${event.run}\n${event.step}`;
    const now = this.#clock.monotonic();
    if (event.kind === 'step-finished') this.#steps.delete(key);
    if (event.kind === 'step-started') this.#steps.set(key, { label: labelOf(event), startedAt: now, shownAt: now });
    const step = this.#steps.get(key);
    if (event.kind === 'step-progress' && step !== undefined) this.#steps.set(key, { ...step, progress: event });
    return this.#steps.get(key);
  }
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;
const labelColumns = 18;
const durationColumns = 12;

/** A step under way: a mark that turns, its name, how long it has taken, how far it is. */
export function stepLine(step: ActiveStep, clock: Clock, style: Style): string {
  const elapsed = clock.monotonic() - step.startedAt;
  const mark = style.yellow(frames[Math.floor(elapsed / 100) % frames.length] ?? '·');
  const duration = padToWidth(formatDuration(elapsed), durationColumns);
  return `  ${mark} ${padToWidth(step.label, labelColumns)} ${style.dim(duration)} ${bar(step)}${howFar(step)}`;
}

/** A step that ended: `  ✔ fetch   3.1 s   332 MB from ring`. */
export function finishedLine(event: StepFinished, style: Style): string {
  const label = padToWidth(labelOf(event), labelColumns);
  if (event.outcome === 'replayed')
    return style.dim(`  ↻ ${label} ${padToWidth('done before', durationColumns)} ${event.summary}`);
  const mark = event.outcome === 'succeeded' ? style.green('✔') : style.red('✘');
  return `  ${mark} ${label} ${padToWidth(formatDuration(event.durationMs), durationColumns)} ${event.summary}`.trimEnd();
}

/** `120 MB of 332 MB · 36 %`; what is known of it. */
export function howFar({ progress }: ActiveStep): string {
  if (progress === undefined) return '';
  const { done, total, unit, note } = progress;
  const amount = (value: number) => (unit === 'bytes' ? formatBytes(value) : value.toLocaleString('en'));
  const counted = total === undefined ? amount(done) : `${amount(done)} of ${amount(total)}`;
  const share = shareOf(progress);
  return [
    unit === 'bytes' ? counted : `${counted} ${unit}`,
    ...(share === undefined ? [] : [`${Math.floor(share * 100)} %`]),
    ...(note === undefined || note === '' ? [] : [note]),
  ].join(' · ');
}

const barCells = 10;

function bar({ progress }: ActiveStep): string {
  const share = progress === undefined ? undefined : shareOf(progress);
  if (share === undefined) return '';
  const full = Math.round(share * barCells);
  return `${'█'.repeat(full)}${'░'.repeat(barCells - full)} `;
}

/** An estimate of the whole can be too small: the share stays at 1. */
function shareOf({ done, total }: StepProgress): number | undefined {
  return total === undefined || total <= 0 ? undefined : Math.min(1, Math.max(0, done / total));
}

/** A branch of a run is named by the last part of its id: the asset. */
function labelOf(event: { readonly run: string; readonly step: string; readonly label?: string }): string {
  const branch = event.run.includes('/') ? `${event.run.slice(event.run.lastIndexOf('/') + 1)} ` : '';
  return branch + (event.label ?? event.step);
}
