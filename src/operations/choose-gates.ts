import { createInterface } from 'node:readline/promises';
import { HoldfastError } from '../errors/holdfast-error.ts';
import type { Gate } from '../gates/types.ts';
import { gatesNamed, untilOf } from './gates-input.ts';
import type { Services } from './services.ts';

export interface GateQuestion {
  /** What is said before anything is asked. */
  readonly intro: readonly string[];
  /** What Enter opens, and for how long. */
  readonly suggested: readonly Gate[];
  readonly for: string;
  /** Throws a `HoldfastError` where these gates do not serve: it is said, and asked again. */
  readonly refuse?: (gates: readonly Gate[]) => void;
}

export interface ChosenGates {
  readonly gates: readonly Gate[];
  readonly for: string;
}

/** Why nobody can be asked here which gates to open; undefined when a person sits at the terminal. */
export function whyNobodyAsked({ actor, hasTerminal, options }: Services): string | undefined {
  if (actor.kind !== 'person') return `${actor.name} is no person`;
  if (!hasTerminal) return 'nobody is at a terminal';
  return options.json ? '--json' : undefined;
}

/**
 * Asks the person at the terminal which gates to open and for how long: the one place that does. Nothing is opened that they do not
 * say. Undefined when they left, by Ctrl-C or because the terminal was closed.
 */
export async function askForGates(
  question: GateQuestion,
  signal: AbortSignal,
  now: () => Date,
): Promise<ChosenGates | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<undefined>((resolve) => {
    terminal.once('close', () => resolve(undefined));
  });
  const ask = (text: string) =>
    Promise.race([terminal.question(text, { signal }), ended]).catch((error: unknown) => {
      if (signal.aborted) return undefined;
      throw error;
    });
  try {
    process.stderr.write(`${question.intro.join('\n')}\n`);
    const gates = await asked(
      () => ask(`Gates, Enter for ${question.suggested.join(' ')}, or none: `),
      (answer) => {
        if (answer === 'none' || answer === 'no') return [];
        const named = answer === '' ? question.suggested : gatesNamed(answer.split(/\s+/));
        question.refuse?.(named);
        return named;
      },
    );
    if (gates === undefined || gates.length === 0) return gates && { gates, for: question.for };
    const length = await asked(
      () => ask(`For how long, Enter for ${question.for}: `),
      (answer) => {
        const text = answer === '' ? question.for : answer;
        untilOf({ for: text }, now());
        return text;
      },
    );
    return length === undefined ? undefined : { gates, for: length };
  } finally {
    terminal.close();
  }
}

/** Asks again what could not be understood; undefined when the terminal was closed. */
async function asked<Value>(
  ask: () => Promise<string | undefined>,
  read: (answer: string) => Value,
): Promise<Value | undefined> {
  for (;;) {
    const answer = await ask();
    if (answer === undefined) {
      process.stderr.write('\n');
      return undefined;
    }
    try {
      return read(answer.trim().toLowerCase());
    } catch (error) {
      process.stderr.write(`${error instanceof HoldfastError ? `${error.message} ${error.hint}` : String(error)}\n`);
    }
  }
}
