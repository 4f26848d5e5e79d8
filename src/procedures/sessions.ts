import { HoldfastError } from '../errors/holdfast-error.ts';
import { onEach } from '../targets/group.ts';
import { connect, sameIdentity } from '../targets/index.ts';
import type { Identity, Session, Target } from '../targets/types.ts';

/** A connection, and who its target said it is when it was made. */
interface Known {
  readonly session: Session;
  readonly identity: Identity;
}

/** How many targets are tidied at a time. */
const tidyWidth = 16;

/** The connections of one run in this process: one a target, opened when it is first needed, for the length of the run. */
export class Sessions {
  readonly #open = new Map<string, Promise<Known>>();
  /** Who each target proved to be in this run, also in an earlier life of Holdfast. */
  readonly #proven = new Map<string, Identity>();

  /** Markers of which nobody knows what became, or whose processes could not all be killed, with their targets. */
  readonly #uncertain = new Map<string, string>();

  get proven(): ReadonlyMap<string, Identity> {
    return this.#proven;
  }

  /** What a step of this run found, taken from its record. */
  remember(target: string, identity: Identity): void {
    this.#proven.set(target, identity);
  }

  /**
   * A session with a target that has proved who it is: what the site file says, and the same as earlier in this run. Throws
   * `target-mismatch`, and what connecting throws; the next call tries again.
   */
  async with(target: Target, signal: AbortSignal): Promise<Session> {
    let opening = this.#open.get(target.name);
    if (opening === undefined) {
      opening = this.#connect(target, signal);
      this.#open.set(target.name, opening);
      opening.catch(() => this.#open.delete(target.name));
    }
    return (await opening).session;
  }

  /** Who a target says it is, once it was found to be the right one. */
  async identify(target: Target, signal: AbortSignal): Promise<Identity> {
    await this.with(target, signal);
    return (await this.#open.get(target.name))?.identity ?? {};
  }

  /** What became of something on a target: whether somebody may still have to look at its marker there. */
  settled(target: string, marker: string, certain: boolean): void {
    if (certain) this.#uncertain.delete(marker);
    else this.#uncertain.set(marker, target);
  }

  /**
   * Removes the markers of a run from its targets, but for those where somebody may still have to look. A target that only an earlier life of
   * Holdfast used is asked who it is and tidied as well. Returns what kept it from that.
   */
  async forget(run: string, used: readonly Target[], except: ReadonlySet<string>): Promise<readonly unknown[]> {
    const uncertain = new Set([...except, ...this.#uncertain.values()]);
    const settled = used.filter(({ name }) => !uncertain.has(name));
    // A run that was cancelled tidies too: only the time that connecting may take is a limit.
    const { signal } = new AbortController();
    const all = { width: tidyWidth, errorLimit: settled.length, signal };
    const names = settled.map(({ name }) => name);
    const done = await onEach(names, all, async (name) => {
      try {
        const target = settled.find((one) => one.name === name);
        if (target !== undefined) await (await this.with(target, signal)).forget(run);
        return { ok: true, value: undefined };
      } catch (error) {
        return { ok: false, value: error };
      }
    });
    return done.flatMap(({ value }) => (value === undefined ? [] : [value]));
  }

  async close(): Promise<void> {
    await Promise.allSettled(
      [...this.#open.values()].map(async (opening) => await (await opening.catch(() => undefined))?.session.close()),
    );
    this.#open.clear();
  }

  async #connect(target: Target, signal: AbortSignal): Promise<Known> {
    const session = await connect(target, { signal });
    try {
      const found = await session.identify();
      const wrong = [
        ...sameIdentity(target.identity, found),
        ...sameIdentity(this.#proven.get(target.name) ?? {}, found),
      ];
      if (wrong.length > 0)
        throw new HoldfastError('target-mismatch', { target: target.name, difference: wrong.join('; ') });
      return { session, identity: found };
    } catch (error) {
      await session.close();
      throw error;
    }
  }
}
