import { randomBytes } from 'node:crypto';
import { type Conversation, converse } from '../../process/converse.ts';
import { LineSplitter } from '../../process/lines.ts';
import type { Command } from '../../process/types.ts';
import { FrameReader } from './frames.ts';
import { greeting } from './source.ts';

/** How a target's shell is started, and what is said to it before the greeting. */
export interface Opening {
  readonly command: Command;
  readonly preamble?: string;
  /** What a person types to try the same; without it the command itself. */
  readonly byHand?: string;
  /** The program may leave a shared connection behind. */
  readonly leavesDaemons?: boolean;
}

/** What came of a request: the words of the last line, and the text before it. */
export interface Reply {
  readonly words: readonly string[];
  readonly text: string;
}

/** Takes the bytes of a reply. `part` counts the helper's lines before them: 0 is standard output, 1 is standard error. */
export type Take = (part: number, chunk: Buffer) => void;

/** The link ended, or the helper did not answer in time. What the far side said last explains it. */
export class LinkLost extends Error {
  readonly said: string;
  readonly code: number | null;
  /** It had said its first word before. */
  readonly wasReady: boolean;

  constructor(message: string, said: string, code: number | null, wasReady = false) {
    super(message);
    this.name = 'LinkLost';
    this.said = said;
    this.code = code;
    this.wasReady = wasReady;
  }
}

interface Pending {
  readonly take: Take;
  readonly done: (reply: Reply) => void;
  readonly failed: (error: Error) => void;
  part: number;
  text: string;
}

/** A reply of which nothing came for so long is not waited for any more. */
const silenceMs = 15_000;
const keptText = 16 * 1024;

/** One connection to a target with its helper shell. Requests are answered one after the other. */
export class Link {
  readonly #conversation: Conversation;
  readonly #token = randomBytes(12).toString('hex');
  readonly #notice = randomBytes(12).toString('hex');
  readonly #queue: Pending[] = [];
  readonly #onNotice = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #boot = '';
  #said = '';
  /** What was said on standard output before the helper's first word; never what a step said. */
  #noise = '';
  #isReady = false;
  #lost: LinkLost | undefined;

  private constructor(opening: Opening) {
    const frames = new FrameReader(this.#token, {
      onBytes: (chunk) => this.#bytes(chunk),
      onLine: (words) => this.#line(words),
    });
    const lines = new LineSplitter((line) => this.#heard(line));
    this.#conversation = converse(opening.command, {
      onStdout: (chunk) => {
        this.#timer?.refresh();
        frames.write(chunk);
      },
      onStderr: (chunk) => lines.write(chunk),
      ...(opening.leavesDaemons === undefined ? {} : { leavesDaemons: opening.leavesDaemons }),
    });
    void this.#conversation.ended.then(({ code }) => {
      lines.end();
      this.#fail('the connection ended', code);
    });
  }

  /** Starts the shell and waits for its first word. Throws `LinkLost`, also when `signal` aborts, and what `converse` throws. */
  static async open(opening: Opening, signal: AbortSignal, timeoutMs: number): Promise<Link> {
    const link = new Link(opening);
    const stop = () => link.#fail('it was cancelled', null);
    const timer = setTimeout(() => link.#fail('it did not answer in time', null), timeoutMs);
    signal.addEventListener('abort', stop, { once: true });
    try {
      const ready = link.#expect(() => undefined);
      link.#conversation.write(`${opening.preamble ?? ''}${greeting(link.#token, link.#notice)}`);
      if (signal.aborted) stop();
      const { words } = await ready;
      if (words[0] === 'ready') {
        link.#boot = words[1] ?? '';
        return link;
      }
      throw new LinkLost('the shell there cannot be used', words.slice(1).join(' '), null);
    } catch (error) {
      await link.close();
      throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  /** Which start of the machine this is; the same until it is started again. */
  get boot(): string {
    return this.#boot;
  }

  get lost(): boolean {
    return this.#lost !== undefined;
  }

  /** Sends one line and gives its reply. Rejects with `LinkLost`. */
  async request(line: string, take: Take = () => undefined): Promise<Reply> {
    if (this.#lost !== undefined) throw this.#lost;
    const reply = this.#expect(take);
    this.#watch();
    this.#conversation.write(`${line}\n`);
    return await reply;
  }

  /** Calls back when a step tells that it has ended; may be missed. Returns what takes it back. */
  onNotice(callback: () => void): () => void {
    this.#onNotice.add(callback);
    return () => void this.#onNotice.delete(callback);
  }

  async close(): Promise<void> {
    this.#fail('it was closed', null);
    await this.#conversation.close(this.#queue.length === 0 ? 300 : 0);
  }

  #expect(take: Take): Promise<Reply> {
    return new Promise((done, failed) => {
      this.#queue.push({ take, done, failed, part: 0, text: '' });
    });
  }

  #bytes(chunk: Buffer): void {
    const [pending] = this.#queue;
    if (pending === undefined) return;
    pending.take(pending.part, chunk);
    if (!this.#isReady && this.#noise.length < keptText) this.#noise += chunk.toString('utf8');
    if (pending.text.length < keptText) pending.text += chunk.toString('utf8');
  }

  #line(line: string): void {
    const [kind = '', ...words] = line.split(' ');
    const [pending] = this.#queue;
    if (pending === undefined) return;
    if (kind === 'o' || kind === 'e') {
      pending.part += 1;
      pending.text = '';
      return;
    }
    this.#queue.shift();
    if (kind === 'ready') {
      this.#isReady = true;
      // What a login says does not explain a loss later.
      this.#noise = '';
      this.#said = '';
    }
    this.#watch();
    pending.done({ words: kind === '=' ? words : [kind, ...words], text: pending.text });
  }

  #heard(line: string): void {
    if (line === this.#notice) {
      for (const callback of this.#onNotice) callback();
      return;
    }
    if (line.trim() !== '' && this.#said.length < keptText) this.#said += `${line}\n`;
  }

  #watch(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#queue.length > 0)
      this.#timer = setTimeout(() => this.#fail('it does not answer any more', null), silenceMs);
  }

  #fail(message: string, code: number | null): void {
    if (this.#lost !== undefined) return;
    clearTimeout(this.#timer);
    this.#lost = new LinkLost(message, this.#said === '' ? this.#noise : this.#said, code, this.#isReady);
    for (const pending of this.#queue.splice(0)) pending.failed(this.#lost);
    for (const callback of this.#onNotice) callback();
    // Nobody listens to it any more: it must not linger until somebody closes the session.
    if (code === null) void this.#conversation.close(0);
  }
}
