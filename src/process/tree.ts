import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { environmentHolds, livingProcesses, type ProcessEntry, processEntry } from './listing.ts';
import { watchOver } from './watch.ts';

/** Environment variable that holds the marks of a tree, the innermost last. */
export const markVariable = 'HOLDFAST_TREE';

/** What all marks of this process begin with. */
const own = randomBytes(8).toString('hex');

/**
 * A mark in the environment of a command. What inherits it belongs to the tree, wherever it went; should this process be
 * killed, all that carries such a mark is killed too.
 */
export function newMark(): { readonly name: string; readonly value: string; readonly text: string } {
  watchOver(own);
  const id = `${own}.${randomBytes(8).toString('hex')}`;
  const outer = process.env[markVariable];
  // A Holdfast that was itself started by a Holdfast hands both marks on, so that the outer one still finds everything.
  const value = outer === undefined ? id : `${outer}:${id}`;
  return { name: markVariable, value, text: id };
}

const living = new Set<ProcessTree>();
let watchesExit = false;

/**
 * Everything that came of one spawned program: its session and group, children of children, and those that left both
 * (double fork, setsid) but carry the tree's mark in their environment.
 */
export class ProcessTree {
  readonly pid: number;
  readonly #mark: string;
  readonly #started: number;
  readonly #members = new Map<number, number>();

  constructor(pid: number, mark: string) {
    this.pid = pid;
    this.#mark = mark;
    this.#started = processEntry(pid)?.started ?? 0;
    this.#members.set(pid, this.#started);
    living.add(this);
    watchExit();
  }

  /** What of the tree is alive now. */
  members(): ProcessEntry[] {
    const all = livingProcesses();
    const found = new Map<number, ProcessEntry>();
    for (const entry of all) {
      if (this.#members.get(entry.pid) === entry.started || this.#isMarked(entry)) found.set(entry.pid, entry);
    }
    for (let grown = true; grown; ) {
      grown = false;
      for (const entry of all) {
        if (found.has(entry.pid) || !found.has(entry.parent)) continue;
        found.set(entry.pid, entry);
        grown = true;
      }
    }
    for (const entry of found.values()) this.#members.set(entry.pid, entry.started);
    return [...found.values()];
  }

  /** The process that does the work: the program itself, which in a sandbox is the child of the sandbox's first process. */
  worker(sandboxed: boolean): number {
    if (!sandboxed) return this.pid;
    const members = this.members();
    const childOf = (parent: number): ProcessEntry | undefined =>
      members.filter((entry) => entry.parent === parent).sort((a, b) => a.started - b.started)[0];
    const first = childOf(this.pid);
    return (first === undefined ? undefined : childOf(first.pid)?.pid) ?? this.pid;
  }

  /** Sends a signal to all that is alive; returns how many there were. */
  signalAll(signal: NodeJS.Signals): number {
    const members = this.members();
    for (const entry of members) sendSignal(entry.pid, signal);
    return members.length;
  }

  /** Kills until nothing is left, for at most `limitMs`. Returns the numbers of those that would not die. */
  async kill(limitMs: number): Promise<number[]> {
    const end = performance.now() + limitMs;
    for (let wait = 2; ; wait = Math.min(wait * 2, 50)) {
      if (this.signalAll('SIGKILL') === 0) return [];
      await delay(wait);
      const left = this.members();
      if (left.length === 0) return [];
      if (performance.now() > end) return left.map((entry) => entry.pid);
    }
  }

  /** Nothing of it is left: the exit of Holdfast need not look for it. */
  forget(): void {
    living.delete(this);
  }

  #isMarked(entry: ProcessEntry): boolean {
    if (entry.started < this.#started || entry.pid === process.pid) return false;
    if (entry.session === this.pid || entry.group === this.pid) return true;
    return environmentHolds(entry.pid, this.#mark);
  }
}

/** Kills every tree that is still alive, at once and without waiting: the last thing before Holdfast itself ends. */
export function killAllTrees(): void {
  for (const tree of living) tree.signalAll('SIGKILL');
}

/** Sends a signal; one that is gone already, or that belongs to another user, is left alone. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // ESRCH: gone. EPERM: it took other rights; `kill` reports it as a survivor.
  }
}

function watchExit(): void {
  if (watchesExit) return;
  watchesExit = true;
  process.on('exit', killAllTrees);
}
