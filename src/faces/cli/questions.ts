import { toHoldfastError } from '../../errors/holdfast-error.ts';
import type { ProgressEvent } from '../../lib/progress.ts';
import type { Redact } from '../../lib/redact.ts';
import { questionLines } from '../../operations/question-view.ts';
import { questionWords } from '../../operations/question-words.ts';
import type { Style } from '../../operations/types.ts';
import type { LiveArea } from './live-area.ts';
import type { Sink } from './output.ts';
import { Prompts, type PromptWorld } from './prompts.ts';

export interface QuestionsRequest {
  readonly sink: Sink;
  readonly style: Style;
  readonly redact: Redact;
  /** How questions are answered at this terminal. Without it they are shown with the commands that answer them. */
  readonly asking?: Asking | undefined;
}

export type Asking = Pick<PromptWorld, 'keyboard' | 'answer' | 'interrupt'>;

export interface QuestionsShown {
  report(event: ProgressEvent): void;
  lines(): string[];
  active(): boolean;
  stop(): void;
}

/** Questions on a terminal: asked there when somebody can type, else shown once with the commands that answer them. */
export function questionsOn(request: QuestionsRequest, area: LiveArea, busy: () => boolean): QuestionsShown {
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
    print(`  ${questionWords(event.question).waits}`);
  }
  if (event.kind === 'question-closed' && event.answer !== undefined) print(`  → ${event.question}: ${event.answer}`);
}
