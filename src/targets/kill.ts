import { setTimeout as delay } from 'node:timers/promises';
import type { Link } from './shell/link.ts';
import { markerWords } from './shell/marker.ts';
import { descendantsOf, membersOf, readMarked, readProcesses } from './shell/members.ts';
import { quote } from './shell/quote.ts';

/** How long a step's own cleaning up may take between SIGTERM and SIGKILL. */
const graceMs = 500;

/** How long is killed again and again before what is left counts as a survivor. */
const killLimitMs = 5000;

/** Looks, 20 ms apart: where nobody reaps, as in some containers, the dead are waited for no longer. */
const reapTries = 50;

/**
 * Ends what runs under a marker with everything that came of it, or makes sure that it never begins. SIGTERM to all, half a second,
 * then SIGKILL again and again until a look finds nobody. `heard` is called when the helper has answered. Returns who is still alive: none is the proof. Rejects with `LinkLost`.
 */
export async function killMarked(link: Link, marker: string, heard?: () => void): Promise<readonly number[]> {
  const words = markerWords(marker).map(quote).join(' ');
  const { words: state } = await link.request(`hf_claim ${words}`);
  heard?.();
  const graceEnd = performance.now() + graceMs;
  let members = await look(link, words);
  // Its session outlives its first shell, and is all by which a process of another user is known: once seen, it is looked at until nobody is in it.
  const { wrapper } = members;
  // Who carries the mark of what never began was about to begin, or ran and lost its marker.
  const ran = state[0] !== 'never' || (state[1] === 'new' && members.all.length > 0);
  if (members.all.length > 0) await signal(link, 'TERM', members.all);
  for (let wait = 10; members.all.length > 0 && performance.now() < graceEnd; wait = Math.min(wait * 2, 100)) {
    await delay(Math.min(wait, Math.max(0, graceEnd - performance.now())));
    members = await look(link, words, wrapper);
  }
  const end = performance.now() + killLimitMs;
  for (let wait = 5; members.all.length > 0 && performance.now() < end; wait = Math.min(wait * 2, 100)) {
    // The wrapper is left for the second round: it notes the exit of what it waits for.
    const others = members.all.filter((pid) => pid !== wrapper);
    await signal(link, 'KILL', wait === 5 && others.length > 0 ? others : members.all);
    await delay(wait);
    members = await look(link, words, wrapper);
  }
  if (!ran || members.all.length > 0) return members.all;
  for (let tries = 1; ; tries += 1) {
    const { words: dead } = await link.request(`hf_dead ${words} ${tries < reapTries ? wrapper : 0}`);
    if (dead[0] !== 'dying') return dead[0] === 'hidden' ? [wrapper] : [];
    await delay(20);
  }
}

export interface Alive {
  readonly all: readonly number[];
  /** The shell that runs the step and notes its end; 0 when it is gone. */
  readonly wrapper: number;
  /** Those that are not children of the wrapper: what the step put into the background. Nobody when the wrapper is gone: its children cannot be told from others then. */
  readonly others: readonly number[];
  /** How many carry the step's mark. */
  readonly marked: number;
  /** There is no marker. */
  readonly isAbsent: boolean;
}

/** What is alive of a marker's step now, and of the session `leader`. `words` are those of `markerWords`, quoted. */
export async function look(link: Link, words: string, leader = 0): Promise<Alive> {
  const texts = ['', '', ''];
  const { words: reply } = await link.request(`hf_tree ${words}`, (part, chunk) => {
    texts[part] += chunk.toString('latin1');
  });
  const wrapper = Number(reply[0]);
  const marked = readMarked(texts[1] ?? '');
  const processes = readProcesses(texts[0] ?? '');
  const all = membersOf(processes, marked, wrapper || leader);
  const own = new Set(descendantsOf(processes, [wrapper]));
  const others = wrapper === 0 ? [] : all.filter((pid) => !own.has(pid));
  return { all, wrapper, others, marked: marked.size, isAbsent: reply[1] === 'absent' };
}

async function signal(link: Link, name: 'TERM' | 'KILL', pids: readonly number[]): Promise<void> {
  await link.request(`hf_signal ${name} ${pids.join(' ')}`);
}
