import { plainText } from '../../lib/plain-text.ts';
import type { ProgressEvent } from '../../lib/progress.ts';
import type { Style } from '../../operations/types.ts';

type Output = Extract<ProgressEvent, { kind: 'output' }>;

/** Often enough to be live, seldom enough that a program of many lines does not paint the screen for each. */
const everyMs = 50;
const mostCharacters = 65_536;

/** What commands say, gathered for a moment and printed together. Never more than a screenful or two is held. */
export class CommandOutput {
  readonly #print: (text: string) => void;
  readonly #style: Style;
  #held: string[] = [];
  #length = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `print` gets whole lines. */
  constructor(print: (text: string) => void, style: Style) {
    this.#print = print;
    this.#style = style;
  }

  add(event: Output): void {
    const text = prefixed(event, this.#style);
    if (text === '') return;
    this.#held.push(text);
    this.#length += text.length;
    if (this.#length >= mostCharacters) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), everyMs);
  }

  /** Before anything else is printed: the order is that of what happened. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#length === 0) return;
    const text = this.#held.join('');
    this.#held = [];
    this.#length = 0;
    this.#print(text);
  }
}

/** Every line with a mark, a bolder one for standard error, and with its target where there are several. */
function prefixed({ target, several, stream, text }: Output, style: Style): string {
  const mark = stream === 'stderr' ? style.yellow('┃') : style.dim('│');
  const before = `  ${several === true ? `${style.dim(plainText(target))} ` : ''}${mark} `;
  const plain = plainText(text).replace(/\n$/, '');
  return `${before}${plain.replaceAll('\n', `\n${before}`)}\n`;
}
