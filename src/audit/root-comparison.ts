import type { Truth } from './compare-bundle.ts';
import type { Edge } from './edge.ts';
import type { SignedState } from './signed-states.ts';
import type { LogDifference } from './verify.ts';

/** Compares two growing trees with every root that was signed on the way. */
export class RootComparison {
  readonly #states: readonly SignedState[];
  #next = 0;
  #entriesHold = true;
  #tilesHold = true;
  #lastGood: SignedState | undefined;
  readonly #failed: SignedState[] = [];

  /** `states` are sorted by size. */
  constructor(states: readonly SignedState[]) {
    this.#states = states;
  }

  /** Called at each size of the two trees. */
  compare(fromEntries: Edge, fromTiles: Edge): void {
    for (let state = this.#states[this.#next]; state?.size === fromEntries.size; state = this.#states[this.#next]) {
      this.#next += 1;
      const entriesHold = fromEntries.root().equals(state.root);
      const tilesHold = fromTiles.root().equals(state.root);
      this.#entriesHold &&= entriesHold;
      this.#tilesHold &&= tilesHold;
      if (entriesHold || tilesHold) this.#lastGood = state;
      else this.#failed.push(state);
    }
  }

  /** Which of the two trees is the one that was signed. */
  truth(): Truth {
    if (this.#next === 0) return 'unknown';
    if (this.#entriesHold) return 'entries';
    return this.#tilesHold ? 'tiles' : 'unknown';
  }

  /** The first signed root that neither tree leads to, and from where on the leaves can no longer be trusted. */
  differences(): readonly LogDifference[] {
    const [first] = this.#failed;
    if (first === undefined) return [];
    const good = this.#lastGood !== undefined && this.#lastGood.size < first.size ? this.#lastGood : undefined;
    const since = good === undefined ? '' : `; up to leaf ${good.size - 1} they are as signed in ${good.file}`;
    const more = this.#failed.length === 1 ? '' : ` (and ${this.#failed.length - 1} later checkpoints)`;
    const what = `the first ${first.size} leaves do not lead to the root that was signed${more}${since}`;
    return [{ file: first.file, ...(good === undefined ? {} : { leaf: good.size }), what }];
  }
}
