import { textWidth } from '../../lib/width.ts';

/** A key as node:readline tells it. */
export interface Key {
  readonly name?: string | undefined;
  readonly ctrl?: boolean | undefined;
  readonly meta?: boolean | undefined;
  readonly sequence?: string | undefined;
}

/** Made when somebody types: it costs every command a moment else. */
let segments: Intl.Segmenter | undefined;

/** One line that a person types, in characters as they see them: a syllable or an emoji goes with one backspace. */
export class LineEditor {
  #before: string[] = [];
  #after: string[] = [];

  get text(): string {
    return [...this.#before, ...this.#after].join('');
  }

  /** Takes a key in. `entered`: the line is done. `left`: Escape. */
  press(typed: string | undefined, key: Key): 'entered' | 'left' | undefined {
    switch (key.name) {
      case 'return':
      case 'enter':
        return 'entered';
      case 'escape':
        return 'left';
      case 'backspace':
        this.#before.pop();
        return undefined;
      case 'delete':
        this.#after.shift();
        return undefined;
      case 'left':
        this.#move(this.#before.length - 1);
        return undefined;
      case 'right':
        this.#move(this.#before.length + 1);
        return undefined;
      case 'home':
        this.#move(0);
        return undefined;
      case 'end':
        this.#move(this.#before.length + this.#after.length);
        return undefined;
      default:
        break;
    }
    if (key.ctrl === true) this.#control(key.name);
    else if (typed !== undefined && key.meta !== true) this.#insert(typed);
    return undefined;
  }

  /** The line with its cursor, as far as it fits in `columns`; of a masked one only how long it is. */
  shown(columns: number, masked: boolean): string {
    const see = (parts: readonly string[]) => (masked ? parts.map(() => '•') : parts);
    const under = this.#after.length === 0 ? ' ' : (see(this.#after.slice(0, 1))[0] ?? ' ');
    let room = Math.max(4, columns - textWidth(under));
    const left: string[] = [];
    for (const part of [...see(this.#before)].reverse()) {
      room -= textWidth(part);
      if (room < 1) {
        left.push('…');
        break;
      }
      left.push(part);
    }
    const right: string[] = [];
    for (const part of see(this.#after.slice(1))) {
      room -= textWidth(part);
      if (room < 1) break;
      right.push(part);
    }
    return `${left.reverse().join('')}\u001b[7m${under}\u001b[27m${right.join('')}`;
  }

  #insert(typed: string): void {
    // Control characters of a paste are no part of an answer.
    const plain = typed.replaceAll(/[\p{Cc}\u2028\u2029]/gu, '');
    if (plain === '') return;
    // Parts of one character may come one after the other.
    segments ??= new Intl.Segmenter();
    this.#before = [...segments.segment(this.#before.join('') + plain)].map(({ segment }) => segment);
  }

  #control(name: string | undefined): void {
    if (name === 'u') this.#before = [];
    if (name === 'k') this.#after = [];
    if (name === 'a') this.#move(0);
    if (name === 'e') this.#move(this.#before.length + this.#after.length);
    if (name === 'h') this.#before.pop();
    if (name === 'w') {
      while (this.#before.at(-1) === ' ') this.#before.pop();
      while (this.#before.length > 0 && this.#before.at(-1) !== ' ') this.#before.pop();
    }
  }

  #move(to: number): void {
    const all = [...this.#before, ...this.#after];
    const at = Math.max(0, Math.min(all.length, to));
    this.#before = all.slice(0, at);
    this.#after = all.slice(at);
  }
}
