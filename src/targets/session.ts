import { setTimeout as delay } from 'node:timers/promises';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { claim } from './claim.ts';
import { connectFailure } from './failure.ts';
import { identifyTarget, sameIdentity } from './identity.ts';
import { killMarked } from './kill.ts';
import { perform } from './perform.ts';
import { reach } from './reach/index.ts';
import { Link, LinkLost, type Reply, type Take } from './shell/link.ts';
import { directoryName } from './shell/marker.ts';
import { quote } from './shell/quote.ts';
import type {
  ConnectOptions,
  Identity,
  OutputListener,
  Probe,
  Session,
  Target,
  TargetCommand,
  TargetResult,
} from './types.ts';

const defaultTimeoutMs = 15_000;

/** A kill does not wait longer than this for a helper that is busy: another connection does it. */
const busyMs = 700;

/** Waits between the tries to reach a target again. */
const backOffMs = [0, 300, 1500] as const;

/** Connects to a target; throws why it cannot. The connection is kept until `close`, and made again when it breaks. */
export async function connect(target: Target, options: ConnectOptions): Promise<Session> {
  const session = new TargetSession(target, options);
  await session.link(options.signal);
  return session;
}

/** The connection of one run with one target. */
export class TargetSession implements Session {
  readonly target: Target;
  readonly #options: ConnectOptions;
  #link: Promise<Link> | undefined;
  /** Who the target said it was; the machine alone: its database may be down when the connection is made anew. */
  #proven: Identity | undefined;
  #closed = false;

  constructor(target: Target, options: ConnectOptions) {
    this.target = target;
    this.#options = options;
  }

  async identify(): Promise<Identity> {
    const found = await this.#settled(async () => await identifyTarget(this.target, this, this.#signal));
    const { 'database-system': _database, ...machine } = found;
    this.#proven = machine;
    return found;
  }

  async perform(command: TargetCommand, listener: OutputListener, signal: AbortSignal): Promise<TargetResult> {
    return await perform(this, command, listener, signal);
  }

  async probe(marker: string): Promise<Probe> {
    const state = await this.#settled(async () => await claim(await this.link(this.#signal), this.target, marker));
    if (state.is === 'never') return { state: 'never-started' };
    if (state.is === 'running') return { state: 'running', pid: state.pid };
    if (state.is === 'exit' || state.is === 'ending') return { state: 'finished', exitCode: state.code };
    return { state: 'unknown', why: state.is === 'lost' ? whyLost[state.why] : 'it was about to begin' };
  }

  async kill(marker: string): Promise<readonly number[]> {
    const busy = new AbortController();
    const first = this.#killThere(marker, () => busy.abort());
    first.catch(() => busy.abort());
    await delay(busyMs, undefined, { signal: busy.signal, ref: false }).catch(() => undefined);
    if (busy.signal.aborted) return await first.catch(async () => await this.#killAfresh(marker));
    // The helper is stuck, or only slow: whoever is first has killed it, and both look until nobody is left.
    const second = this.#killAfresh(marker);
    const survivors = await Promise.any([first, second]).catch(async () => await second);
    await this.disconnect();
    return survivors;
  }

  async forget(run: string): Promise<void> {
    const { text } = await this.#settled(async () => await this.request(`hf_forget ${quote(directoryName(run))}`));
    if (text.trim() !== '')
      throw new HoldfastError('target-no-place', { target: this.target.name, reason: text.trim() });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.disconnect();
  }

  /** The connection; made anew when it broke. Throws why it cannot be made. */
  async link(signal: AbortSignal): Promise<Link> {
    const before = this.#link;
    const current = await before?.catch(() => undefined);
    if (current !== undefined && !current.lost) return current;
    // Somebody else saw it first and is making a new one.
    if (this.#link !== before) return await this.link(signal);
    if (this.#closed) throw new LinkLost('the session was closed', '', null);
    const opening = this.open(signal);
    this.#link = opening;
    opening.catch(() => undefined);
    const link = await opening;
    if (this.#closed) await link.close();
    return link;
  }

  /** Gives up the connection; the next that needs one makes it anew. */
  async disconnect(): Promise<void> {
    const link = this.#link;
    this.#link = undefined;
    await (await link?.catch(() => undefined))?.close();
  }

  /** Like `link`, in three tries with pauses between them; undefined when the target cannot be reached. */
  async reconnected(signal: AbortSignal): Promise<Link | undefined> {
    const end = performance.now() + this.#timeoutMs;
    for (const wait of backOffMs) {
      if (wait > 0) await delay(wait, undefined, { signal }).catch(() => undefined);
      if (signal.aborted || performance.now() > end) return undefined;
      try {
        const link = await this.link(signal);
        this.#options.report?.(`${this.target.name} is connected again`);
        return link;
      } catch {
        // The next try may do better; the last one leaves it lost.
      }
    }
    return undefined;
  }

  /** A connection of its own, which the caller closes, to the same machine as before: an address may have moved to another one meanwhile. */
  async open(signal: AbortSignal): Promise<Link> {
    const link = await this.#opened(signal);
    if (this.#proven === undefined) return link;
    try {
      const found = await identifyTarget({ ...this.target, identity: {} }, link, signal);
      const wrong = sameIdentity(this.#proven, found);
      if (wrong.length === 0) return link;
      throw new HoldfastError('target-mismatch', { target: this.target.name, difference: wrong.join('; ') });
    } catch (error) {
      await link.close();
      throw error;
    }
  }

  async #opened(signal: AbortSignal): Promise<Link> {
    const timeoutMs = this.#timeoutMs;
    const opening = await reach(this.target, timeoutMs);
    try {
      return await Link.open(opening, signal, timeoutMs);
    } catch (error) {
      if (!(error instanceof LinkLost)) throw error;
      if (signal.aborted)
        throw new HoldfastError('cancelled', { what: `the connection to ${this.target.name}` }, { cause: error });
      throw connectFailure(this.target, opening, error);
    }
  }

  async request(line: string, take?: Take): Promise<Reply> {
    const link = await this.link(this.#signal);
    return await link.request(line, take);
  }

  /** A run that was cancelled still kills, looks and cleans up: then only the time that connecting may take is a limit. */
  get #signal(): AbortSignal {
    const { signal } = this.#options;
    return signal.aborted ? new AbortController().signal : signal;
  }

  get #timeoutMs(): number {
    return this.#options.timeoutMs ?? defaultTimeoutMs;
  }

  async #killThere(marker: string, heard: () => void): Promise<readonly number[]> {
    const link = await this.link(this.#signal);
    return await killMarked(link, marker, heard);
  }

  async #killAfresh(marker: string): Promise<readonly number[]> {
    const link = await this.open(new AbortController().signal);
    try {
      return await killMarked(link, marker);
    } finally {
      await link.close();
    }
  }

  /** Once more on a new connection when the old one turns out to be broken. */
  async #settled<Result>(ask: () => Promise<Result>): Promise<Result> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof LinkLost)) throw error;
        if (tries > 1) throw await this.#unreached(error);
      }
    }
  }

  async #unreached(lost: LinkLost): Promise<HoldfastError> {
    return connectFailure(this.target, await reach(this.target, this.#timeoutMs), lost);
  }
}

const whyLost = {
  restarted: 'the target was restarted while it ran',
  removed: 'its marker was taken away while it ran',
  gone: 'its process is gone and left no exit status: it was killed from outside',
} as const;
