import { emitKeypressEvents } from 'node:readline';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { visibleText } from '../../lib/plain-text.ts';
import type { ProgressEvent } from '../../lib/progress.ts';
import { givesValue, type Question } from '../../lib/question.ts';
import { padToWidth, textWidth } from '../../lib/width.ts';
import { needsOf } from '../../operations/question-view.ts';
import { questionWords } from '../../operations/question-words.ts';
import type { Style } from '../../operations/types.ts';
import { converse, type Given, keyed } from './converse.ts';
import { type Key, LineEditor } from './line-editor.ts';

type Asked = Extract<ProgressEvent, { kind: 'question' }>;
type Closed = Extract<ProgressEvent, { kind: 'question-closed' }>;

/** The keyboard of a terminal. */
export type Keyboard = Pick<NodeJS.ReadStream, 'setRawMode' | 'on' | 'off' | 'resume' | 'pause' | 'ref' | 'unref'>;

export interface PromptWorld {
  readonly keyboard: Keyboard;
  readonly style: Style;
  readonly columns: () => number;
  /** Prints a line that stays. */
  readonly print: (line: string) => void;
  /** What is to be shown has changed. */
  readonly changed: () => void;
  /** Records an answer; throws why it is refused. */
  readonly answer: (run: string, question: string, given: Given) => Promise<void>;
  /** Ctrl-C: what it always does. */
  readonly interrupt: () => void;
  /** Says that an answer could not be recorded. */
  readonly failed: (error: unknown) => void;
}

/** What was typed before a question could be read is no answer to it: a key that was pressed once too often. */
const settleMs = 150;
const mostDetails = 60;
/** Where it runs and what it does stand behind the command: a long one never hides them. */
const lastDetails = 12;

/**
 * Puts the questions of runs to the person at the terminal, one after the other, and gives their answers to whoever records
 * them. The line that is being typed is a part of the moving lines at the bottom, so that work that goes on beside it is seen.
 */
export class Prompts {
  readonly #world: PromptWorld;
  readonly #waiting: Asked[] = [];
  #current: { readonly asked: Asked; readonly close: () => void } | undefined;
  #line:
    | { readonly question: Question; readonly label: string; readonly masked: boolean; readonly editor: LineEditor }
    | undefined;
  #enter: ((text: string | undefined) => void) | undefined;
  #reading = false;
  #deafUntil = 0;
  #stopped = false;

  constructor(world: PromptWorld) {
    this.#world = world;
  }

  get active(): boolean {
    return this.#current !== undefined;
  }

  /** The line that is being typed, with its question's mark. */
  lines(): string[] {
    if (this.#line === undefined) return [];
    const { question, label, masked, editor } = this.#line;
    const more = this.#waiting.length === 0 ? '' : ` ${questionWords(question).moreWaiting(this.#waiting.length)}`;
    const before = `${label}${more}: `;
    const room = this.#world.columns() - textWidth(before) - 2;
    return [`${this.#world.style.bold(before)}${editor.shown(room, masked)}`];
  }

  ask(asked: Asked): void {
    if (this.#stopped) return;
    this.#waiting.push(asked);
    if (this.#current === undefined) void this.#next().catch(this.#world.failed);
    else this.#world.changed();
  }

  /** Answered here or elsewhere, or its run ends. */
  close({ run, question, answer }: Closed): void {
    const same = (asked: Asked) => asked.run === run && asked.question.name === question;
    const index = this.#waiting.findIndex(same);
    if (index >= 0) this.#waiting.splice(index, 1);
    if (answer !== undefined) this.#world.print(`  ${this.#world.style.green('→')} ${visibleText(answer)}`);
    if (this.#current !== undefined && same(this.#current.asked)) this.#current.close();
    this.#world.changed();
  }

  stop(): void {
    this.#stopped = true;
    this.#waiting.length = 0;
    this.#current?.close();
    this.#silence();
  }

  async #next(): Promise<void> {
    for (let asked = this.#waiting.shift(); asked !== undefined; asked = this.#waiting.shift()) {
      let close = (): void => undefined;
      const closed = new Promise<undefined>((resolve) => {
        close = () => resolve(undefined);
      });
      this.#current = { asked, close };
      this.#show(asked);
      this.#listen();
      // The one that is over goes on waiting for a line that nobody will type; it is let go with its promise.
      await Promise.race([this.#conversation(asked), closed]);
      this.#line = undefined;
      this.#enter = undefined;
    }
    this.#current = undefined;
    this.#silence();
    this.#world.changed();
  }

  /** Asks until an answer is taken, or cannot be any more. */
  async #conversation(asked: Asked): Promise<void> {
    const { run, question } = asked;
    for (;;) {
      const given = await converse(
        question,
        (label, masked) => this.#read(asked, label, masked === true),
        (line) => this.#world.print(`  ${line}`),
      );
      this.#line = undefined;
      this.#world.changed();
      try {
        await this.#world.answer(run, question.name, given);
        return;
      } catch (error) {
        this.#world.failed(error);
        const code = error instanceof HoldfastError ? error.code : '';
        if (code !== 'answer-not-allowed' && code !== 'attachment-refused') return;
      }
    }
  }

  #show({ question }: Asked): void {
    const { print, style } = this.#world;
    print(`${style.yellow('?')} ${style.bold(line(question.title))}`);
    const details = question.details.flatMap((detail) => visibleText(detail).split('\n'));
    const left = details.length - mostDetails;
    const shown =
      left <= 0
        ? details
        : [
            ...details.slice(0, mostDetails - lastDetails),
            questionWords(question).moreLines(left),
            ...details.slice(-lastDetails),
          ];
    for (const detail of shown) print(`    ${detail}`);
    const choices = keyed(question);
    if (choices.length === 1 && choices[0]?.choice.id === givesValue) return;
    const columns = Math.max(...choices.map(({ choice }) => textWidth(choice.id)));
    for (const { key, choice } of choices) {
      const needs = needsOf(question, choice).filter(() => choice.id !== givesValue);
      print(
        `  ${style.bold(key)}  ${padToWidth(choice.id, columns)}  ${style.dim([line(choice.label), ...needs].join('; '))}`,
      );
    }
  }

  async #read(asked: Asked, label: string, masked: boolean): Promise<string | undefined> {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, this.#deafUntil - performance.now())));
    // Closed meanwhile: whoever asked is not listened to any more.
    if (this.#current?.asked !== asked) return await new Promise(() => undefined);
    this.#line = { question: asked.question, label, masked, editor: new LineEditor() };
    this.#world.changed();
    return await new Promise((resolve) => {
      this.#enter = resolve;
    });
  }

  readonly #onKey = (typed: string | undefined, key: Key): void => {
    if (key.ctrl === true && key.name === 'c') {
      this.#world.interrupt();
      return;
    }
    if (this.#line === undefined || performance.now() < this.#deafUntil) return;
    const done = this.#line.editor.press(typed, key);
    if (done !== undefined) {
      const { text } = this.#line.editor;
      const enter = this.#enter;
      this.#line = undefined;
      this.#enter = undefined;
      enter?.(done === 'entered' ? text : undefined);
    }
    this.#world.changed();
  };

  #listen(): void {
    this.#deafUntil = performance.now() + settleMs;
    if (this.#reading) return;
    this.#reading = true;
    const { keyboard } = this.#world;
    emitKeypressEvents(keyboard as NodeJS.ReadStream);
    keyboard.setRawMode(true);
    keyboard.on('keypress', this.#onKey);
    keyboard.resume();
  }

  #silence(): void {
    if (!this.#reading) return;
    this.#reading = false;
    const { keyboard } = this.#world;
    keyboard.off('keypress', this.#onKey);
    try {
      keyboard.setRawMode(false);
    } catch {
      // The terminal is gone: there is nothing to give back.
    }
    keyboard.pause();
  }
}

function line(text: string): string {
  return visibleText(text).replaceAll(/\s+/g, ' ').trim();
}
