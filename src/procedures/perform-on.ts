import type { Bench } from '../engines/types.ts';
import { HoldfastError, toHoldfastError } from '../errors/holdfast-error.ts';
import type { TargetOutcome } from '../evidence/procedure-model.ts';
import type { Clock } from '../lib/clock.ts';
import { formatDuration } from '../lib/duration.ts';
import { Capture } from '../process/capture.ts';
import type { Estate } from '../protection/estate.ts';
import type { Expectation } from '../runbooks/types.ts';
import { onEach } from '../targets/group.ts';
import type { Target, TargetResult } from '../targets/types.ts';
import { capture } from './capture.ts';
import { judgedBytes, judgeOutput } from './expect.ts';
import { keepOutput } from './output/index.ts';
import { type Reason, reason, recorded } from './reasons/index.ts';
import { apart, type Endings, unless } from './run-signal.ts';
import type { Sessions } from './sessions.ts';

/** One command for the targets of a step. */
export interface Order {
  readonly run: string;
  /** `s3`, `s3~rollback`; with the attempt it names the marker on each target. */
  readonly id: string;
  readonly attempt: number;
  readonly targets: readonly Target[];
  readonly width: number;
  readonly errorLimit: number;
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly expect?: Expectation;
  readonly capture?: { readonly name: string; readonly regex?: string };
}

export interface Performed {
  readonly targets: TargetOutcome[];
  /** What the output gave to a parameter. */
  readonly captured?: string;
}

/**
 * Runs a command on each target, or finds there what became of it in an earlier life of Holdfast. Every target has an outcome;
 * throws only `cancelled` before anything was asked, and `capture-secret`.
 */
export async function performOn(
  order: Order,
  sessions: Sessions,
  estate: Pick<Estate, 'clock' | 'redact' | 'report' | 'dataDirectory'>,
  bench: Pick<Bench, 'signal' | 'again' | 'mayBegin'>,
): Promise<Performed> {
  const { mayBegin = true } = bench;
  const signals = apart(bench.signal);
  let captured: string | undefined;
  let failed = 0;
  const hindrance = (): Hindrance | undefined => {
    if (signals.cancelled.aborted) return 'cancelled-before';
    if (!mayBegin) return 'gate-closed';
    return failed > order.errorLimit ? 'left-alone' : undefined;
  };
  // What may have begun before is looked for on every target, or ended there, whatever happens meanwhile.
  const limits =
    bench.again === true
      ? { errorLimit: order.targets.length, signal: signals.stopped }
      : { errorLimit: order.errorLimit, signal: bench.signal };
  try {
    const results = await onEach(
      order.targets.map(({ name }) => name),
      { width: order.width, ...limits },
      async (name) => {
        const target = order.targets.find((one) => one.name === name);
        if (target === undefined) throw new TypeError(`no target ${name}`);
        const done = await performOne(order, target, sessions, estate, { ...bench, ...signals, hindrance });
        captured ??= done.captured;
        const ok = done.outcome.outcome === 'succeeded';
        if (!ok) failed += 1;
        return { ok, value: done.outcome };
      },
    );
    const why = reason(hindrance() ?? 'left-alone');
    const targets = results.map(({ name, value }) => value ?? { ...unbegun(name), ...recorded([why]) });
    return { targets, ...(captured === undefined ? {} : { captured }) };
  } finally {
    signals.forget();
  }
}

/** Why a command may not begin on a target. */
type Hindrance = 'cancelled-before' | 'gate-closed' | 'left-alone';

async function performOne(
  order: Order,
  target: Target,
  sessions: Sessions,
  { clock, redact, report, dataDirectory }: Pick<Estate, 'clock' | 'redact' | 'report' | 'dataDirectory'>,
  {
    signal,
    cancelled,
    stopped,
    again = false,
    hindrance,
  }: Pick<Bench, 'signal' | 'again'> & Endings & { hindrance(): Hindrance | undefined },
): Promise<{ readonly outcome: TargetOutcome; readonly captured?: string }> {
  const begun = begin(clock);
  const keeper = keepOutput({
    dataDirectory,
    run: order.run,
    name: `${order.id}.${order.attempt}.${target.name}`,
    redact,
    onLines: (stream, text) =>
      report({
        kind: 'output',
        run: order.run,
        step: order.id,
        target: target.name,
        several: order.targets.length > 1,
        stream,
        text,
      }),
  });
  // Judged as it came; what is kept and shown of it is redacted.
  const head = { stdout: new Capture(judgedBytes, 'first'), stderr: new Capture(judgedBytes, 'first') };
  const take = (stream: 'stdout' | 'stderr') => (chunk: Buffer) => {
    if (stopped.aborted) return;
    head[stream].write(chunk);
    keeper.write(stream, chunk);
  };
  const marker = `${order.run}/${order.id}.${order.attempt}.${target.name}`;
  let result: TargetResult;
  try {
    const session = await sessions.with(target, again ? stopped : signal);
    const hindered = again ? hindrance() : undefined;
    if (hindered !== undefined && (await session.probe(marker)).state === 'never-started') {
      await keeper.finish();
      return { outcome: { ...unbegun(target.name), ...recorded([reason(hindered)]), ...begun() } };
    }
    stopped.throwIfAborted();
    const performing = session.perform(
      {
        marker,
        script: order.command,
        interpreter: 'sh',
        env: order.env,
        timeoutMs: order.timeoutMs,
        again,
        ...(target.directory === undefined ? {} : { directory: target.directory }),
      },
      { onStdout: take('stdout'), onStderr: take('stderr') },
      cancelled,
    );
    result = await unless(stopped, performing);
  } catch (thrown) {
    await keeper.finish();
    const error = toHoldfastError(thrown);
    if (error.code === 'cancelled' || stopped.aborted) throw error;
    // Connecting, or proving who it is, failed. Nothing was started by that, but perhaps by an earlier life of Holdfast.
    const reached = { ...unbegun(target.name), why: redact(error.message) };
    return { outcome: { ...reached, ...(again ? { outcome: 'unknown' } : {}), ...begun() } };
  }
  const { stdout, stderr } = await keeper.finish();
  const { exitCode, survivors } = result;
  sessions.settled(target.name, marker, endings[result.outcome] !== 'unknown' && survivors.length === 0);
  const printed = { stdout: head.stdout.text(), stderr: head.stderr.text() };
  const wrong =
    result.outcome === 'exited' ? judgeOutput(order.expect ?? {}, { exitCode: exitCode ?? -1, ...printed }) : [];
  // What was ended says no last words either.
  const cut = result.outcome === 'exited' && result.outputCut === true ? [reason('output-cut')] : [];
  // Nothing can be read from what is not whole.
  const unjudged = cut.length > 0 && (order.expect !== undefined || order.capture !== undefined);
  const outcome: TargetOutcome = {
    target: target.name,
    outcome: wrong.length > 0 || unjudged ? 'failed' : endings[result.outcome],
    ...begun(),
    durationMs: result.durationMs,
    attached: result.attached,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(stdout.bytes > 0 ? { stdout } : {}),
    ...(stderr.bytes > 0 ? { stderr } : {}),
    ...recorded([...wrong.map((one) => redacted(one, redact)), ...reasonsOf(result, order), ...cut]),
    ...(result.outcome === 'timed-out' || result.outcome === 'cancelled' ? { survivors: [...survivors] } : {}),
  };
  if (order.capture === undefined || outcome.outcome !== 'succeeded') return { outcome };
  const value = capture(order.capture, printed.stdout);
  if (value === undefined)
    return {
      outcome: {
        ...outcome,
        outcome: 'failed',
        ...recorded([reason('nothing-captured', { name: order.capture.name })]),
      },
    };
  if (redact(value) !== value) throw new HoldfastError('capture-secret', { name: order.capture.name });
  return { outcome, captured: value };
}

const endings = {
  exited: 'succeeded',
  'timed-out': 'timed-out',
  cancelled: 'cancelled',
  unknown: 'unknown',
  // Perhaps it still runs there: looking again may tell.
  'link-lost': 'unknown',
  'never-started': 'not-started',
} as const;

function reasonsOf(result: TargetResult, { timeoutMs }: Order): readonly Reason[] {
  if (result.outcome === 'link-lost') return [reason('link-lost')];
  if (result.outcome === 'never-started') return [reason('never-began')];
  const processes = result.survivors.join(', ');
  if (result.outcome === 'unknown')
    return [processes === '' ? reason('nothing-found') : reason('still-at-work', { processes })];
  if (result.outcome !== 'timed-out') return processes === '' ? [] : [reason('not-killed', { processes })];
  const limit = formatDuration(timeoutMs);
  return [processes === '' ? reason('was-killed', { limit }) : reason('too-late', { limit, processes })];
}

/** What was printed may hold a secret, and stands in the reason. */
function redacted({ key, details }: Reason, redact: (text: string) => string): Reason {
  const clean = Object.entries(details).map(([name, value]) => [
    name,
    typeof value === 'string' ? redact(value) : value,
  ]);
  return { key, details: Object.fromEntries(clean) };
}

function begin(clock: Clock): () => { startedAt: string; finishedAt: string; durationMs: number } {
  const startedAt = clock.now().toISOString();
  const at = clock.monotonic();
  return () => ({ startedAt, finishedAt: clock.now().toISOString(), durationMs: clock.monotonic() - at });
}

function unbegun(target: string): TargetOutcome {
  return { target, outcome: 'not-started', durationMs: 0, attached: false };
}
