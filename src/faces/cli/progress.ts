import type { Options } from '../../config/options.ts';
import type { Clock } from '../../lib/clock.ts';
import type { ProgressEvent, Report } from '../../lib/progress.ts';
import type { Redact } from '../../lib/redact.ts';
import type { Style } from '../../operations/types.ts';
import { LiveArea } from './live-area.ts';
import type { Sink } from './output.ts';
import { ActiveSteps, finishedLine, howFar, stepLine } from './step-lines.ts';

export interface ProgressView {
  readonly report: Report;
  /** Takes away what is still moving and gives the cursor back. */
  stop(): void;
}

export interface ProgressRequest {
  readonly options: Pick<Options, 'json' | 'quiet'>;
  readonly sink: Sink;
  readonly style: Style;
  readonly clock: Clock;
  readonly redact: Redact;
}

/**
 * Shows work as it goes, on standard error so that standard output holds the result alone: on a terminal one moving line
 * for each step under way, without one plain lines. With --json only notes are shown, with --quiet only warnings.
 */
export function progressView(request: ProgressRequest): ProgressView {
  const { options, sink, style, redact } = request;
  if (options.json || options.quiet) {
    return {
      report: (event) => showNote(event, (line) => sink.write(`${redact(line)}\n`), style, options.quiet),
      stop: () => undefined,
    };
  }
  return sink.isTerminal ? terminalView(request) : plainView(request);
}

function terminalView({ sink, style, clock, redact }: ProgressRequest): ProgressView {
  const steps = new ActiveSteps(clock);
  const area = new LiveArea(sink, () => steps.active.map((step) => redact(stepLine(step, clock, style))));
  const line = (text: string) => area.print(redact(text));
  return {
    report(event) {
      steps.observe(event);
      if (event.kind === 'run-started' && !event.run.includes('/')) line(style.bold(event.title));
      if (event.kind === 'step-finished') line(finishedLine(event, style));
      showNote(event, line, style, false);
      if (steps.active.length > 0) area.start();
      else area.pause();
    },
    stop: () => area.stop(),
  };
}

/** A line of progress at most this often for each step, so that a log stays readable. */
const plainIntervalMs = 5000;

function plainView({ sink, style, clock, redact }: ProgressRequest): ProgressView {
  const steps = new ActiveSteps(clock);
  const line = (text: string) => sink.write(`${redact(text)}\n`);
  return {
    report(event) {
      const step = steps.observe(event);
      if (event.kind === 'run-started' && !event.run.includes('/')) line(event.title);
      if (event.kind === 'step-started' && step !== undefined) line(`  · ${step.label} started`);
      if (event.kind === 'step-progress' && step !== undefined && clock.monotonic() - step.shownAt >= plainIntervalMs) {
        step.shownAt = clock.monotonic();
        line(`  · ${step.label} ${howFar(step)}`);
      }
      if (event.kind === 'step-finished') line(finishedLine(event, style));
      showNote(event, line, style, false);
    },
    stop: () => undefined,
  };
}

function showNote(event: ProgressEvent, line: (text: string) => void, style: Style, warningsOnly: boolean): void {
  if (event.kind !== 'note') return;
  if (event.level === 'warning') line(`${style.yellow('!')} ${event.message}`);
  else if (!warningsOnly) line(style.dim(`· ${event.message}`));
}
