import { type OptionSources, type Options, resolveOptions } from '../../config/options.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { HoldfastError, toHoldfastError } from '../../errors/holdfast-error.ts';
import type { Clock } from '../../lib/clock.ts';
import { mapTexts } from '../../lib/map-texts.ts';
import { visibleText } from '../../lib/plain-text.ts';
import type { Report } from '../../lib/progress.ts';
import type { Redact } from '../../lib/redact.ts';
import type { Services } from '../../operations/services.ts';
import type { Operation } from '../../operations/types.ts';
import { call, flagName } from '../call.ts';
import type { Sink } from './output.ts';
import { placeNote } from './place-note.ts';
import { type CommandLine, readCommandLine, type Shown } from './program.ts';
import { type ProgressRequest, type ProgressView, progressView } from './progress.ts';
import type { Keyboard } from './prompts.ts';
import type { Asking } from './questions.ts';
import { showError } from './show-error.ts';
import { styleFor, usesColor } from './style.ts';

/** What the command line face is given by main.ts. */
export interface CliWorld {
  readonly words: readonly string[];
  readonly sources: Omit<OptionSources, 'flags'>;
  readonly operations: readonly Operation[];
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** The keyboard of the person at the terminal; undefined when there is none. Looked at when something may be asked. */
  keyboard?(): Keyboard | undefined;
  readonly clock: Clock;
  readonly redact: Redact;
  readonly signal: AbortSignal;
  openServices(options: Options, report: Report): Services;
}

/** Runs one command line to its end and returns the exit code of the process. Never throws. */
export async function runCli(world: CliWorld): Promise<number> {
  let options = optionsForErrors(world);
  let flags: OptionSources['flags'] = {};
  let progress: ProgressView | undefined;
  let services: Services | undefined;
  try {
    const read = readCommandLine(world.operations, world.words, {
      columns: Math.min(world.stdout.columns, 110),
      color: colors(world, options, world.stdout),
    });
    if ('shown' in read) return show(world, read, options);
    flags = read.flags;
    options = resolveOptions({ ...world.sources, flags });
    const style = styleFor(colors(world, options, world.stderr));
    const { operation } = read;
    const asked = {
      sink: world.stderr,
      style,
      redact: world.redact,
      asking: askingAt(world, operation, () => ({ services, report: progress?.report })),
    };
    // Only long work asks: a short command need not load how.
    const shown = operation.long === true ? await import('./questions.ts') : undefined;
    const questions: ProgressRequest['questions'] = shown && ((area, busy) => shown.questionsOn(asked, area, busy));
    progress = progressView({
      ...world,
      options,
      sink: world.stderr,
      style,
      ...(questions === undefined ? {} : { questions }),
    });
    services = world.openServices(options, progress.report);
    return await perform(world, read, options, services, progress);
  } catch (thrown) {
    progress?.stop();
    return fail(world, thrown, options, flags);
  } finally {
    progress?.stop();
    await services?.close();
    await Promise.all([world.stdout.flushed(), world.stderr.flushed()]);
  }
}

/**
 * How a run of this command asks the person at the terminal. Their answer goes the way of `holdfast runs answer`. What `serve` runs
 * for others is not theirs to answer in passing.
 */
function askingAt(
  world: CliWorld,
  operation: Operation,
  opened: () => { readonly services: Services | undefined; readonly report: Report | undefined },
): Asking | undefined {
  const keyboard = operation.long === true && world.stderr.isTerminal ? world.keyboard?.() : undefined;
  if (keyboard === undefined) return undefined;
  return {
    keyboard,
    interrupt: () => process.kill(process.pid, 'SIGINT'),
    async answer(id, question, given) {
      const { services, report } = opened();
      if (services === undefined || report === undefined) throw new TypeError('nothing can ask before it is open');
      const { runsAnswer } = await import('../../operations/runs-answer.ts');
      await call(runsAnswer, { services, signal: world.signal, report }, { id, question, ...given }, (field) => field);
    },
  };
}

async function perform(
  world: CliWorld,
  { operation, input, flags }: CommandLine,
  options: Options,
  services: Services,
  progress: ProgressView,
): Promise<number> {
  const context = { services, signal: world.signal, report: progress.report };
  const output = await cancellable(
    world,
    operation,
    async () => await call(operation, context, input, flagName(operation)),
  );
  progress.stop();
  // An operation that reads nothing can hold no secret: a schema or a script must not be changed by a pattern.
  const redact: Redact = operation.effects.every((effect) => effect === 'none') ? (text) => text : world.redact;
  if (options.json) writeJson(world, mapTexts(output, redact));
  else {
    // What is shown may come from a runbook, a name or a note of anybody: a terminal must not obey it.
    const shown = mapTexts(output, visibleText);
    const text = redact(operation.text(shown, styleFor(colors(world, options, world.stdout))));
    writeText(world, text);
    tellPlace(world, text, flags, options);
  }
  return exitCodes[operation.exit?.(output) ?? 'ok'].code;
}

/** What a cancelled operation throws may be any error of a library that saw the signal: it is told as a cancellation. */
async function cancellable(world: CliWorld, operation: Operation, work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (cause) {
    if (!world.signal.aborted || cause instanceof HoldfastError) throw cause;
    throw new HoldfastError('cancelled', { what: `\`holdfast ${operation.name}\`` }, { cause });
  }
}

function show(world: CliWorld, { shown, text, mistaken }: Shown, options: Options): number {
  if (options.json) writeJson(world, { [shown]: text.trimEnd() });
  else if (mistaken) world.stderr.write(text);
  else writeText(world, text);
  return exitCodes[mistaken ? 'usage' : 'ok'].code;
}

function fail(world: CliWorld, thrown: unknown, options: Options, flags: OptionSources['flags']): number {
  const error = toHoldfastError(thrown);
  if (options.json) writeJson(world, mapTexts({ error: error.toJSON() }, world.redact));
  else {
    const style = styleFor(colors(world, options, world.stderr));
    const text = showError(error, style, world.redact, options.verbose);
    world.stderr.write(`${text}\n`);
    tellPlace(world, text, flags, options);
  }
  return error.exitCode;
}

/** On a terminal alone, where commands are pasted. */
function tellPlace(world: CliWorld, text: string, flags: OptionSources['flags'], options: Options): void {
  const note = world.stderr.isTerminal && !options.quiet ? placeNote(text, flags, options) : undefined;
  if (note !== undefined)
    world.stderr.write(`${styleFor(colors(world, options, world.stderr)).dim(world.redact(note))}\n`);
}

function writeJson(world: CliWorld, value: unknown): void {
  world.stdout.write(`${printable(JSON.stringify(value ?? null, null, 2))}\n`);
}

/** The same JSON; what a terminal would obey or not show is written as an escape. */
function printable(json: string): string {
  return json.replaceAll(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function writeText(world: CliWorld, text: string): void {
  world.stdout.write(text === '' || text.endsWith('\n') ? text : `${text}\n`);
}

function colors(world: CliWorld, options: Options, sink: Sink): boolean {
  return usesColor(options.color, sink.isTerminal, world.sources.env.TERM);
}

/** How to show a mistake in the command line itself, when its flags could not be read. */
function optionsForErrors({ words, sources }: CliWorld): Options {
  const before = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  const flags = {
    ...(before.includes('--json') ? { json: true } : {}),
    ...(before.includes('--verbose') || before.includes('-v') ? { verbose: true } : {}),
  };
  try {
    return resolveOptions({ ...sources, flags });
  } catch {
    return resolveOptions({ ...sources, env: {}, flags });
  }
}
