import { HoldfastError } from '../errors/holdfast-error.ts';
import { claim, removed } from './claim.ts';
import { look } from './kill.ts';
import type { TargetSession } from './session.ts';
import { type Link, LinkLost, type Reply } from './shell/link.ts';
import { markerWords } from './shell/marker.ts';
import { quote, variable } from './shell/quote.ts';
import { type MarkerState, readState } from './shell/state.ts';
import type { OutputListener, TargetCommand, TargetResult } from './types.ts';
import { Bell, type Ending, Over } from './waiting.ts';

/** A step that shows no sign of a beginning is asked about after so long; when nobody is there who could begin it, it never will. */
const beginMs = { ask: 300, limit: 10_000 } as const;

/**
 * Output that stays open though the command has ended is read until it was silent for so long: `held` when something that the command left
 * behind holds it open, `limit` when nobody is seen who does, so that it is only late.
 */
const silenceMs = { held: 500, limit: 5000 } as const;

/** What the command left behind may say more and more: so long after its end, what is said is not the command's any more. */
const talkMs = 2000;

/**
 * Between two looks at a command that runs: soon at first, seldom while it is silent, and never so often that looking takes more than
 * a tenth of the time: where fifty hosts work at once, each look takes from the work. Its end is told by a notice.
 */
const lookMs = { first: 60, least: 40, most: 500, share: 0.1 } as const;

/** After a kill, to fetch what it said last. */
const lastLookMs = 3000;

/** Bytes of each stream that one look may bring. More on a fast link, so that a kill never waits for long behind output. */
const portion = { first: 256 * 1024, least: 32 * 1024, most: 16 * 1024 * 1024 } as const;

/**
 * Runs a command under its marker, or takes up the one that is there. Everything that the target is asked is a look at the
 * marker: so it makes no difference whether the link broke in between, or Holdfast was killed.
 */
export async function perform(
  session: TargetSession,
  command: TargetCommand,
  listener: OutputListener,
  signal: AbortSignal,
): Promise<TargetResult> {
  const line = startLine(command);
  return await new Performance(session, command, listener, signal).run(line);
}

class Performance {
  readonly #session: TargetSession;
  readonly #marker: string;
  readonly #words: string;
  readonly #timeoutMs: number;
  readonly #again: boolean;
  readonly #listener: OutputListener;
  readonly #signal: AbortSignal;
  readonly #begun = performance.now();
  readonly #beganAt = new Date();
  #stdout = 0;
  #stderr = 0;
  #portion: number = portion.first;
  #attached = false;
  /** Milliseconds that the target took to answer the last time. */
  #answerMs = 0;
  #looking: Promise<unknown> | undefined;
  /** Whoever asked has the result: what comes now is not told any more. */
  #isOver = false;
  /** The shell that runs it there, once it was seen. */
  #wrapper: number | undefined;
  /** Which start of the target it was met in; undefined until the target has said that it has it. */
  #boot: string | undefined;
  /** Milliseconds that it had run before this life of Holdfast met it, and its times by the target's clock. */
  #times: { readonly startedAt: string; readonly ranMs: number; readonly tookMs?: number } | undefined;

  constructor(session: TargetSession, command: TargetCommand, listener: OutputListener, signal: AbortSignal) {
    this.#session = session;
    this.#marker = command.marker;
    this.#words = markerWords(command.marker).map(quote).join(' ');
    this.#timeoutMs = command.timeoutMs;
    this.#again = command.again === true;
    this.#listener = listener;
    this.#signal = signal;
  }

  async run(line: string): Promise<TargetResult> {
    if (this.#signal.aborted) return await this.#end('cancelled');
    let link = await this.#connected();
    for (let isFirst = true; ; isFirst = false) {
      if (link === undefined) return await this.#end('cancelled');
      const over = new Over(this.#signal, this.#leftMs());
      try {
        if (this.#boot === undefined) {
          // Said again until it was heard: the directory of a marker is made once, so that it is started once.
          const asked = performance.now();
          const reply = await over.race(this.#begin(link, line));
          this.#answerMs = performance.now() - asked;
          if (reply === undefined) return await this.#end(over.why);
          this.#take(reply, isFirst);
          this.#boot = link.boot;
          if (this.#attached) await this.#askTimes(link);
        }
        return await this.#follow(link);
      } catch (error) {
        if (!(error instanceof LinkLost)) throw error;
        const again = await over.race(this.#session.reconnected(over.signal));
        if (over.signal.aborted) return await this.#end(over.why);
        if (again === undefined) return this.#result('link-lost');
        link = again;
      } finally {
        over.stop();
      }
    }
  }

  /** Starts it, unless it is there. One that lost its marker and runs on is not started a second time beside itself. */
  async #begin(link: Link, line: string): Promise<Reply> {
    if (this.#again) {
      const { isAbsent, marked } = await look(link, this.#words);
      if (isAbsent && marked > 0) return { words: ['there'], text: '' };
    }
    return await link.request(line);
  }

  /** Undefined when it was cancelled meanwhile. */
  async #connected(): Promise<Link | undefined> {
    try {
      return await this.#session.link(this.#signal);
    } catch (error) {
      if (error instanceof HoldfastError && error.code === 'cancelled') return undefined;
      throw error;
    }
  }

  /** Looks until it has ended, was ended, or the link breaks (`LinkLost`). */
  async #follow(link: Link): Promise<TargetResult> {
    const over = new Over(this.#signal, this.#leftMs());
    const bell = new Bell();
    const forget = link.onNotice(() => bell.ring());
    const start = performance.now();
    let silentSince = start;
    let ended: number | undefined;
    let wait: number = this.#attached ? 0 : this.#pause(lookMs.first);
    try {
      for (;;) {
        await over.race(bell.heard(wait));
        if (over.signal.aborted) return await this.#end(over.why);
        const looking = this.#look(link);
        this.#looking = looking;
        const seen = await over.race(looking);
        if (seen === undefined) return await this.#end(over.why);
        const { state, bytes, full } = seen;
        // Its silence before the end says nothing about what is still to come.
        if (bytes > 0 || (state.is === 'ending' && ended === undefined)) silentSince = performance.now();
        // From when all was fetched that there was at its end.
        if (state.is === 'ending' && !full) ended ??= performance.now();
        const now = performance.now();
        const quiet = { silent: now - silentSince, over: now - (ended ?? now) };
        const result = await this.#judge(link, state, quiet, now - start);
        if (result !== undefined) return result;
        wait = full ? 0 : this.#pause(Math.max(lookMs.least, state.is === 'running' ? quiet.silent / 2 : 0));
      }
    } finally {
      bell.ring();
      forget();
      over.stop();
    }
  }

  #pause(wantedMs: number): number {
    return Math.min(lookMs.most, Math.max(wantedMs, this.#answerMs / lookMs.share));
  }

  async #judge(link: Link, state: MarkerState, quiet: Quiet, waited: number): Promise<TargetResult | undefined> {
    switch (state.is) {
      case 'exit':
        return await this.#exited(link, state);
      case 'ending':
        return (await this.#isWhole(link, quiet)) ? await this.#exited(link, state) : undefined;
      case 'running':
        this.#wrapper = state.pid;
        return undefined;
      case 'never':
        return this.#neverStarted(link);
      case 'lost':
        return this.#result('unknown', { survivors: (await look(link, this.#words)).all });
      case 'absent':
        // It was made, so somebody took it away, perhaps the step itself. Under a new one it would begin again.
        if (await this.#isAtWork(link, waited)) return undefined;
        return await this.#judge(link, await removed(link, this.#words), quiet, waited);
      case 'starting':
      case 'nothing': {
        if (waited < beginMs.ask) return undefined;
        if (waited < beginMs.limit && (await look(link, this.#words)).marked > 0) return undefined;
        const settled = await claim(link, this.#session.target, this.#marker);
        return settled.is === 'starting' ? this.#result('unknown') : await this.#judge(link, settled, quiet, 0);
      }
    }
  }

  /** Whether it runs though its marker is away: that may come back, as with the home of an account that is restored. */
  async #isAtWork(link: Link, waited: number): Promise<boolean> {
    const { all } = await look(link, this.#words);
    return this.#wrapper === undefined ? all.length > 0 && waited < beginMs.limit : all.includes(this.#wrapper);
  }

  /** Whether all that an ended command said was read, although its output is still open. */
  async #isWhole(link: Link, { silent, over }: Quiet): Promise<boolean> {
    if (silent < silenceMs.held && over < talkMs) return false;
    if (silent > silenceMs.limit) return true;
    const asked = performance.now();
    const { others } = await look(link, this.#words);
    // On a machine that is this slow, half a second of silence is none.
    const slow = 10 * (performance.now() - asked);
    return others.length > 0 && (silent > silenceMs.held + slow || over > talkMs + slow);
  }

  /** A machine that lost its power may have lost a young marker with it: then nobody knows. */
  #neverStarted({ boot }: Link): TargetResult {
    return this.#result(boot === this.#boot ? 'never-started' : 'unknown');
  }

  /** Fetches what came since the last look. Offsets count what was delivered, so that nothing is lost or repeated. */
  async #look(link: Link): Promise<{ readonly state: MarkerState; readonly bytes: number; readonly full: boolean }> {
    const before = this.#stdout + this.#stderr;
    const limit = this.#portion;
    const start = performance.now();
    const line = `hf_more ${this.#words} ${this.#stdout} ${this.#stderr} ${limit}`;
    const { words } = await link.request(line, (part, chunk) => this.#deliver(part, chunk));
    const bytes = this.#stdout + this.#stderr - before;
    const full = bytes >= limit;
    const took = performance.now() - start;
    if (!full) this.#answerMs = took;
    if (full && took < 100) this.#portion = Math.min(portion.most, limit * 2);
    if (took > 300) this.#portion = Math.max(portion.least, Math.floor(limit / 2));
    return { state: readState(words), bytes, full };
  }

  #deliver(part: number, chunk: Buffer): void {
    if (this.#isOver) return;
    if (part === 0) {
      const offset = this.#stdout;
      this.#stdout += chunk.length;
      this.#listener.onStdout(chunk, offset);
    } else if (part === 1) {
      const offset = this.#stderr;
      this.#stderr += chunk.length;
      this.#listener.onStderr(chunk, offset);
    }
  }

  /** Kills it, there, and takes what it still said. */
  async #end(outcome: Ending): Promise<TargetResult> {
    let survivors: readonly number[];
    try {
      survivors = await this.#session.kill(this.#marker);
    } catch (error) {
      // It cannot be reached: whether it still runs is not known, and must not be guessed.
      if (isUnreached(error)) return this.#result('link-lost');
      throw error;
    }
    const state = await this.#lastLook();
    return this.#result(outcome, { survivors, ...(state?.is === 'exit' ? exitOf(state) : {}) });
  }

  async #lastLook(): Promise<MarkerState | undefined> {
    const over = new Over(AbortSignal.timeout(lastLookMs), lastLookMs);
    try {
      // Bytes of the look before must be here first, or never come: else they would be counted twice.
      const before = await over.race(settled(this.#looking));
      if (before === undefined) await this.#session.disconnect();
      const link = await this.#session.link(over.signal);
      return (await over.race(this.#look(link)))?.state;
    } catch {
      // It was killed, and that is proven; only what it said last is missing.
      return undefined;
    } finally {
      over.stop();
    }
  }

  async #exited(link: Link, ended: Ended): Promise<TargetResult> {
    if (this.#attached) await this.#askTimes(link);
    return this.#result('exited', exitOf(ended));
  }

  /** By the target's own clock: it may have begun, and ended, long before. */
  async #askTimes(link: Link): Promise<void> {
    const [began = Number.NaN, ended = Number.NaN, now = Number.NaN] = (
      await link.request(`hf_times ${this.#words}`)
    ).words.map(Number);
    if (Number.isNaN(began) || Number.isNaN(now)) return;
    this.#times = {
      startedAt: new Date(began * 1000).toISOString(),
      // What has ended is not late any more, however long nobody came for it.
      ranMs: this.#times?.ranMs ?? (Number.isNaN(ended) ? Math.max(0, now - began) * 1000 : 0),
      ...(Number.isNaN(ended) ? {} : { tookMs: Math.max(0, ended - began) * 1000 }),
    };
  }

  #take({ words, text }: Reply, isFirst: boolean): void {
    const target = this.#session.target.name;
    const [answer, what, ...reason] = words;
    if (answer === 'started') return;
    if (answer === 'there') {
      this.#attached = isFirst;
      return;
    }
    if (answer === 'fail' && what === 'no-bash') throw new HoldfastError('target-no-bash', { target });
    if (answer === 'fail' && what === 'directory')
      throw new HoldfastError('target-no-directory', { target, directory: this.#session.target.directory ?? '~' });
    if (answer === 'fail' && what === 'marker')
      throw new HoldfastError('target-no-place', { target, reason: reason.join(' ').replace(/^mkdir: /, '') });
    throw new HoldfastError('target-protocol', { target, reason: `${words.join(' ')} ${text}`.trim() });
  }

  #leftMs(): number {
    return this.#timeoutMs - (this.#times?.ranMs ?? 0) - (performance.now() - this.#begun);
  }

  #result(outcome: TargetResult['outcome'], found: Partial<TargetResult> = {}): TargetResult {
    this.#isOver = true;
    const began = outcome !== 'never-started';
    return {
      outcome,
      ...(began ? { startedAt: this.#times?.startedAt ?? this.#beganAt.toISOString() } : {}),
      durationMs: this.#times?.tookMs ?? (this.#times?.ranMs ?? 0) + performance.now() - this.#begun,
      attached: began && this.#attached,
      survivors: [],
      stdoutBytes: this.#stdout,
      stderrBytes: this.#stderr,
      ...found,
    };
  }
}

/** Milliseconds since something was said, and since the command ended with all fetched that there was. */
interface Quiet {
  readonly silent: number;
  readonly over: number;
}

async function settled(promise: Promise<unknown> | undefined): Promise<true> {
  await promise?.catch(() => undefined);
  return true;
}

function startLine({ marker, interpreter, directory, script, env }: TargetCommand): string {
  const words = [...markerWords(marker), interpreter, directory ?? '', script].map(quote);
  for (const [name, value] of Object.entries(env)) words.push(...variable(name, value));
  return `hf_start ${words.join(' ')}`;
}

/** Shells report a death by signal as 128 and its number. */
const signals: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
};

type Ended = Extract<MarkerState, { readonly code: number }>;

function exitOf(ended: Ended): Partial<TargetResult> {
  const signal = signals[ended.code - 128];
  return {
    exitCode: ended.code,
    ...(signal === undefined ? {} : { signal }),
    ...(ended.is === 'exit' && ended.cut === true ? { outputCut: true } : {}),
  };
}

function isUnreached(error: unknown): boolean {
  if (error instanceof LinkLost || error instanceof AggregateError) return true;
  return error instanceof HoldfastError && error.code.startsWith('target-');
}
