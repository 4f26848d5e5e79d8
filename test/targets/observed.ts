import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { environmentHolds, livingProcesses } from '../../src/process/listing.ts';
import type { OutputListener, Session, TargetCommand, TargetResult } from '../../src/targets/types.ts';
import { commandLine } from '../services/leftovers.ts';

/** What a command said, put together from its pieces; throws when a piece does not follow the one before. */
export class Output implements OutputListener {
  readonly #stdout: Buffer[] = [];
  readonly #stderr: Buffer[] = [];
  #lengths = { stdout: 0, stderr: 0 };
  /** Called with each piece. */
  onPiece: () => void = () => undefined;

  get stdout(): string {
    return Buffer.concat(this.#stdout).toString('utf8');
  }

  get stderr(): string {
    return Buffer.concat(this.#stderr).toString('utf8');
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#stdout);
  }

  onStdout(chunk: Buffer, offset: number): void {
    this.#take('stdout', this.#stdout, chunk, offset);
  }

  onStderr(chunk: Buffer, offset: number): void {
    this.#take('stderr', this.#stderr, chunk, offset);
  }

  #take(stream: 'stdout' | 'stderr', pieces: Buffer[], chunk: Buffer, offset: number): void {
    if (offset !== this.#lengths[stream]) throw new Error(`${stream} jumps from ${this.#lengths[stream]} to ${offset}`);
    this.#lengths[stream] += chunk.length;
    pieces.push(Buffer.from(chunk));
    this.onPiece();
  }
}

export interface Performed extends TargetResult {
  readonly output: Output;
}

/** Runs a script under a marker with what tests do not care about filled in. */
export async function perform(
  session: Session,
  marker: string,
  script: string,
  options: Partial<TargetCommand> & { readonly signal?: AbortSignal; readonly output?: Output } = {},
): Promise<Performed> {
  const { signal = AbortSignal.timeout(50_000), output = new Output(), ...command } = options;
  const result = await session.perform(
    { marker, script, interpreter: 'sh', env: {}, timeoutMs: 40_000, ...command },
    output,
    signal,
  );
  return { ...result, output };
}

/** Waits until something holds; fails after 20 s with what was waited for. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 20_000; !holds(); await delay(10)) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
  }
}

export const untilFile = async (path: string): Promise<void> => await until(`${path} is there`, () => existsSync(path));

/** Processes that were started with this text in their environment, or came of such. */
export function holding(text: string): number[] {
  const all = livingProcesses();
  const found = new Set(all.filter(({ pid }) => environmentHolds(pid, text)).map(({ pid }) => pid));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}

export { commandLine };

let count = 0;

/** The name of a run that no other test has. */
export function newRun(): string {
  count += 1;
  return `run-${process.pid}-${Date.now()}-${count}`;
}
