import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const bridge = fileURLToPath(new URL('../fixtures/on-terminal.py', import.meta.url));

/** A program at a terminal of its own, 24 rows by 80 columns, as a person uses it. */
export interface Terminal {
  /** Resolves when `text` is shown after what was waited for before. */
  shows(text: string): Promise<void>;
  /** Waits for an empty line to be typed with this label, then types it. */
  fills(label: string, typed: string): Promise<void>;
  types(text: string): void;
  readonly ended: Promise<number>;
  /** All that was written, escape sequences and all. */
  written(): string;
  close(): Promise<void>;
}

/** `words` are the arguments of Node; each wait lasts `limitMs` at most. */
export function onTerminal(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
  limitMs = 20_000,
): Terminal {
  const child: ChildProcess = spawn('python3', [bridge, process.execPath, ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TERM: 'xterm', NO_COLOR: '1', ...env },
  });
  let text = '';
  let position = 0;
  const listeners = new Set<() => void>();
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
    for (const listener of listeners) listener();
  });
  const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)));
  const shows = async (wanted: string): Promise<void> =>
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no "${wanted}" after:\n${text.slice(position)}`)), limitMs);
      const look = (): void => {
        const at = text.indexOf(wanted, position);
        if (at < 0) return;
        position = at + wanted.length;
        clearTimeout(timer);
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
    });
  const types = (typed: string) => void child.stdin?.write(typed);
  return {
    shows,
    types,
    async fills(label, typed) {
      await shows(`${label}: \u001b[7m \u001b[27m`);
      // Keys pressed in the moment in which a question appears are taken as meant for what was there before.
      await delay(200);
      types(`${typed}\r`);
    },
    ended,
    written: () => text,
    async close() {
      child.stdin?.end();
      await ended;
    },
  };
}

/** As a person sees it: without what moves the cursor. */
export function plain(text: string): string {
  return text.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '').replaceAll('\r', '');
}
