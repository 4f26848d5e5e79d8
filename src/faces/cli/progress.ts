import type { Options } from '../../config/options.ts';
import type { Clock } from '../../lib/clock.ts';
import { mapTexts } from '../../lib/map-texts.ts';
import { visibleText } from '../../lib/plain-text.ts';
import type { ProgressEvent, Report } from '../../lib/progress.ts';
import type { Redact } from '../../lib/redact.ts';
import type { Style } from '../../operations/types.ts';
import { CommandOutput } from './command-output.ts';
import { LiveArea } from './live-area.ts';
import type { Sink } from './output.ts';
import type { questionsOn } from './questions.ts';
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
  /** Shows what runs ask, for commands whose runs may ask something. */
  readonly questions?: (area: LiveArea, busy: () => boolean) => ReturnType<typeof questionsOn>;
}

/**
 * Shows work as it goes, on standard error so that standard output holds the result alone: on a terminal one moving line
 * for each step under way, without one plain lines. With --json only notes are shown, with --quiet only warnings; what a run
 * asks is shown always, since it waits.
 */
export function progressView(request: ProgressRequest): ProgressView {
  const { options, sink } = request;
  const view =
    options.json || options.quiet ? quietView(request) : sink.isTerminal ? terminalView(request) : plainView(request);
  return { ...view, report: (event) => view.report(visibleEvent(event)) };
}

/** Titles, summaries and notes hold what a runbook or a name says; output and questions are made fit to be seen where they are shown. */
function visibleEvent(event: ProgressEvent): ProgressEvent {
  if (event.kind === 'output' || event.kind === 'question' || event.kind === 'question-closed') return event;
  return mapTexts(event, visibleText) as ProgressEvent;
}

function quietView(request: ProgressRequest): ProgressView {
  const { options, sink, style, redact } = request;
  const area: LiveArea = new LiveArea(
    sink,
    () => [],
    () => questions.lines(),
  );
  const questions = questionsFor(request, area);
  return {
    report(event) {
      showNote(event, (line) => area.print(redact(line)), style, options.quiet);
      questions.report(event);
    },
    stop() {
      questions.stop();
      area.stop();
    },
  };
}

function terminalView(request: ProgressRequest): ProgressView {
  const { sink, style, clock, redact } = request;
  const steps = new ActiveSteps(clock);
  const area: LiveArea = new LiveArea(
    sink,
    () => steps.active.map((step) => redact(stepLine(step, clock, style))),
    () => questions.lines(),
  );
  const questions = questionsFor(request, area, () => steps.active.length > 0);
  const output = new CommandOutput((text) => area.printText(text), style);
  const line = (text: string) => area.print(redact(text));
  return {
    report(event) {
      if (event.kind === 'output') {
        output.add(event);
        return;
      }
      if (event.kind !== 'step-progress') output.flush();
      steps.observe(event);
      if (event.kind === 'run-started' && !event.run.includes('/')) line(style.bold(event.title));
      if (event.kind === 'step-finished') line(finishedLine(event, style));
      showNote(event, line, style, false);
      questions.report(event);
      if (steps.active.length > 0 || questions.active()) area.start();
      else area.pause();
    },
    stop() {
      output.flush();
      questions.stop();
      area.stop();
    },
  };
}

function questionsFor(
  { questions }: ProgressRequest,
  area: LiveArea,
  busy: () => boolean = () => false,
): ReturnType<typeof questionsOn> {
  return (
    questions?.(area, busy) ?? { report: () => undefined, lines: () => [], active: () => false, stop: () => undefined }
  );
}

/** A line of progress at most this often for each step, so that a log stays readable. */
const plainIntervalMs = 5000;

function plainView(request: ProgressRequest): ProgressView {
  const { sink, style, clock, redact } = request;
  const steps = new ActiveSteps(clock);
  const line = (text: string) => sink.write(`${redact(text)}\n`);
  const output = new CommandOutput((text) => sink.write(text), style);
  const questions = questionsFor(request, new LiveArea(sink, () => []));
  return {
    report(event) {
      if (event.kind === 'output') {
        output.add(event);
        return;
      }
      if (event.kind !== 'step-progress') output.flush();
      const step = steps.observe(event);
      if (event.kind === 'run-started' && !event.run.includes('/')) line(event.title);
      if (event.kind === 'step-started' && step !== undefined) line(`  · ${step.label} started`);
      if (event.kind === 'step-progress' && step !== undefined && clock.monotonic() - step.shownAt >= plainIntervalMs) {
        step.shownAt = clock.monotonic();
        line(`  · ${step.label} ${howFar(step)}`);
      }
      if (event.kind === 'step-finished') line(finishedLine(event, style));
      showNote(event, line, style, false);
      questions.report(event);
    },
    stop: () => output.flush(),
  };
}

function showNote(event: ProgressEvent, line: (text: string) => void, style: Style, warningsOnly: boolean): void {
  if (event.kind !== 'note') return;
  if (event.level === 'warning') line(`${style.yellow('!')} ${event.message}`);
  else if (!warningsOnly) line(style.dim(`· ${event.message}`));
}
