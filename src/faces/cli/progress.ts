import type { Options } from '../../config/options.ts';
import { toHoldfastError } from '../../errors/holdfast-error.ts';
import type { Clock } from '../../lib/clock.ts';
import type { ProgressEvent, Report } from '../../lib/progress.ts';
import type { Redact } from '../../lib/redact.ts';
import { questionLines } from '../../operations/question-view.ts';
import type { Style } from '../../operations/types.ts';
import { CommandOutput } from './command-output.ts';
import { LiveArea } from './live-area.ts';
import type { Sink } from './output.ts';
import { Prompts, type PromptWorld } from './prompts.ts';
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
  /** At a terminal: how its questions are answered. Without it they are shown with the commands that answer them. */
  readonly asking?: Pick<PromptWorld, 'keyboard' | 'answer' | 'interrupt'> | undefined;
}

/**
 * Shows work as it goes, on standard error so that standard output holds the result alone: on a terminal one moving line
 * for each step under way, without one plain lines. With --json only notes are shown, with --quiet only warnings; what a run
 * asks is shown always, since it waits.
 */
export function progressView(request: ProgressRequest): ProgressView {
  const { options, sink } = request;
  if (options.json || options.quiet) return quietView(request);
  return sink.isTerminal ? terminalView(request) : plainView(request);
}

function quietView(request: ProgressRequest): ProgressView {
  const { options, sink, style, redact } = request;
  const area: LiveArea = new LiveArea(
    sink,
    () => [],
    () => questions.lines(),
  );
  const questions = questionsOn(request, area);
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
  const questions = questionsOn(request, area, () => steps.active.length > 0);
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

interface QuestionsShown {
  report(event: ProgressEvent): void;
  lines(): string[];
  active(): boolean;
  stop(): void;
}

/** Questions on a terminal: asked there when somebody can type, else shown once with the commands that answer them. */
function questionsOn(request: ProgressRequest, area: LiveArea, busy: () => boolean = () => false): QuestionsShown {
  const { sink, style, redact, asking } = request;
  if (asking === undefined || !sink.isTerminal) {
    const print = (text: string) => area.print(redact(text));
    return {
      report: (event) => showQuestion(event, print, style),
      lines: () => [],
      active: () => false,
      stop: () => undefined,
    };
  }
  const prompts: Prompts = new Prompts({
    ...asking,
    style,
    columns: () => sink.columns,
    print: (text) => area.print(redact(text)),
    changed() {
      if (prompts.active) area.start();
      else if (!busy()) area.pause();
      area.refresh();
    },
    failed: (error) => area.print(redact(`  ${style.red('✘')} ${toHoldfastError(error).message}`)),
  });
  return {
    report(event) {
      if (event.kind === 'question') prompts.ask(event);
      if (event.kind === 'question-closed') prompts.close(event);
    },
    lines: () => prompts.lines(),
    active: () => prompts.active,
    stop: () => prompts.stop(),
  };
}

function showQuestion(event: ProgressEvent, print: (line: string) => void, style: Style): void {
  if (event.kind === 'question') {
    for (const text of questionLines(event.run, event.question, style)) print(text);
    print('  It waits for an answer.');
  }
  if (event.kind === 'question-closed' && event.answer !== undefined) print(`  → ${event.question}: ${event.answer}`);
}

/** A line of progress at most this often for each step, so that a log stays readable. */
const plainIntervalMs = 5000;

function plainView({ sink, style, clock, redact }: ProgressRequest): ProgressView {
  const steps = new ActiveSteps(clock);
  const line = (text: string) => sink.write(`${redact(text)}\n`);
  const output = new CommandOutput((text) => sink.write(text), style);
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
      showQuestion(event, line, style);
    },
    stop: () => output.flush(),
  };
}

function showNote(event: ProgressEvent, line: (text: string) => void, style: Style, warningsOnly: boolean): void {
  if (event.kind !== 'note') return;
  if (event.level === 'warning') line(`${style.yellow('!')} ${event.message}`);
  else if (!warningsOnly) line(style.dim(`· ${event.message}`));
}
