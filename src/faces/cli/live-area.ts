import { clipToWidth, textWidth } from '../../lib/width.ts';
import type { Sink } from './output.ts';

const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
const intervalMs = 100;
/** More moving lines than this would not fit on small terminals: erasing works only on what is still on the screen. */
const mostLines = 16;

/**
 * Lines at the bottom of a terminal that are painted anew ten times a second, below lines that stay. Lines are cut to the
 * width of the terminal; after a resize the rows they take now are counted again, so that none is left behind.
 */
export class LiveArea {
  readonly #sink: Sink;
  readonly #lines: () => readonly string[];
  readonly #foot: () => readonly string[];
  #painted: readonly string[] = [];
  #timer: NodeJS.Timeout | undefined;
  readonly #restore = () => this.#sink.write(showCursor);

  /** `foot`: lines below the others that are always shown, as the one that a person types. */
  constructor(sink: Sink, lines: () => readonly string[], foot: () => readonly string[] = () => []) {
    this.#sink = sink;
    this.#lines = lines;
    this.#foot = foot;
  }

  start(): void {
    if (this.#timer !== undefined) return;
    this.#sink.write(hideCursor);
    // However the process ends, short of SIGKILL, the terminal gets its cursor back.
    process.once('exit', this.#restore);
    this.#timer = setInterval(() => this.#paint(''), intervalMs);
    this.#timer.unref();
    this.#paint('');
  }

  /** Prints a line that stays, above the moving ones. */
  print(line: string): void {
    this.#paint(`${line}\n`);
  }

  /** Prints whole lines that stay, at once. */
  printText(text: string): void {
    this.#paint(text);
  }

  /** Paints at once what has changed. */
  refresh(): void {
    if (this.#timer !== undefined) this.#paint('');
  }

  /** Takes the moving lines away until the next `start`. */
  pause(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    process.off('exit', this.#restore);
    this.#sink.write(this.#erase() + showCursor);
    this.#painted = [];
  }

  stop(): void {
    this.pause();
  }

  #paint(above: string): void {
    const all = this.#timer === undefined ? [] : this.#lines();
    const shown =
      all.length > mostLines ? [...all.slice(0, mostLines - 1), `  … and ${all.length - mostLines + 1} more`] : all;
    const below = this.#timer === undefined ? [] : this.#foot();
    const lines = [...shown, ...below].map((line) => clipToWidth(line, this.#sink.columns - 1));
    // A person who reads or types needs no screen that flickers.
    if (above === '' && lines.length > 0 && lines.join('\n') === this.#painted.join('\n')) return;
    const erase = this.#erase();
    this.#painted = lines;
    this.#sink.write(erase + above + this.#painted.map((line) => `${line}\n`).join(''));
  }

  #erase(): string {
    let rows = 0;
    for (const line of this.#painted) rows += Math.max(1, Math.ceil(textWidth(line) / Math.max(1, this.#sink.columns)));
    // Line by line: a terminal multiplexer keeps a copy of the screen whenever all of it is cleared at once.
    return `${'\u001b[1A\u001b[2K'.repeat(rows)}\r`.slice(rows === 0 ? 1 : 0);
  }
}
