import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A fixture program in a process of its own, to be killed. */
export interface FixtureProcess {
  readonly child: ChildProcess;
  /** Standard output so far, as lines. */
  lines(): readonly string[];
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Resolves when a line of its output holds `text`; rejects when it ended without. */
  says(text: string): Promise<void>;
}

/** Starts `test/fixtures/durable-run.ts`. */
export function fixture(...args: readonly string[]): FixtureProcess {
  return fixtureProgram('durable-run.ts', ...args);
}

/** Starts a program of `test/fixtures`. */
export function fixtureProgram(name: string, ...args: readonly string[]): FixtureProcess {
  const program = fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('close', (code, signal) => resolve(signal ?? code ?? -1));
  });
  return {
    child,
    lines: () => output.split('\n').filter((line) => line !== ''),
    ended,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!output.includes(text)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        void ended.then((how) => reject(new Error(`ended with ${how} before it said "${text}":\n${output}`)));
      }),
  };
}
