import { setTimeout as delay } from 'node:timers/promises';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { look } from './kill.ts';
import type { Link } from './shell/link.ts';
import { markerWords } from './shell/marker.ts';
import { quote } from './shell/quote.ts';
import { type MarkerState, readState } from './shell/state.ts';
import type { Target } from './types.ts';

/** A first act takes a moment between making its file and writing into it. */
const tries = 50;

/**
 * Makes sure that what has not begun never will, and tells what became of what has. Rejects with `LinkLost`, and with
 * `target-no-place` when nothing can be noted there.
 */
export async function claim(link: Link, target: Target, marker: string): Promise<MarkerState> {
  const words = markerWords(marker).map(quote).join(' ');
  for (let count = 1; ; count += 1) {
    const { words: reply } = await link.request(`hf_claim ${words}`);
    if (reply[0] === 'fail') {
      const reason = reply
        .slice(2)
        .join(' ')
        .replace(/^mkdir: /, '');
      throw new HoldfastError('target-no-place', { target: target.name, reason });
    }
    const state = readState(reply);
    if (state.is === 'never' && reply[1] === 'new' && (await look(link, words)).marked > 0)
      return await removed(link, words);
    if (state.is !== 'starting' || count === tries) return state;
    // The first act was cut short. When nobody carries the mark, nobody is left to go on with it.
    const { marked } = await look(link, words);
    if (marked === 0 && count > 1) return { is: 'never' };
    await delay(20);
  }
}

/** Notes that a step had begun though its marker is gone, so that it never begins again under it. `words` are those of `markerWords`, quoted. */
export async function removed(link: Link, words: string): Promise<MarkerState> {
  await link.request(`hf_removed ${words}`);
  return { is: 'lost', why: 'removed' };
}
