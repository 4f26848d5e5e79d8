import { createInterface } from 'node:readline/promises';
import type { Gate } from '../../gates/types.ts';
import { gatesNamed, untilOf } from '../gates-input.ts';

/** What a new site needs from day to day. Bringing things back into place stays closed until the day it is needed. */
export const suggestedGates: readonly Gate[] = ['backup.run', 'restore.drill', 'host.read', 'offsite.sync'];
export const suggestedFor = '90d';

export interface ChosenGates {
  readonly gates: readonly Gate[];
  readonly for: string;
}

/** Asks the person at the terminal which gates to open and for how long. Nothing is opened that they do not say. */
export async function askForGates(signal: AbortSignal, now: Date): Promise<ChosenGates> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<undefined>((resolve) => {
    terminal.once('close', () => resolve(undefined));
  });
  const ask = (question: string) =>
    Promise.race([terminal.question(question, { signal }), ended]).catch((error: unknown) => {
      if (signal.aborted) return undefined;
      throw error;
    });
  const nothing = { gates: [], for: suggestedFor };
  try {
    process.stderr.write(
      'Nothing runs while its gate is closed, and all gates are closed now. Which ones do you open?\n' +
        '  backup.run to protect, restore.drill to rehearse, host.read to watch, offsite.sync to copy to other stores;\n' +
        '  restore.run, which puts things back into place, stays closed until the day it is needed.\n',
    );
    const named = await asked(
      () => ask(`Gates, Enter for ${suggestedGates.join(' ')}, or none: `),
      (answer) => {
        if (answer === 'none' || answer === 'no') return [];
        return answer === '' ? suggestedGates : gatesNamed(answer.split(/\s+/));
      },
    );
    if (named === undefined || named.length === 0) return nothing;
    const length = await asked(
      () => ask(`For how long, Enter for ${suggestedFor}: `),
      (answer) => {
        const text = answer === '' ? suggestedFor : answer;
        untilOf({ for: text }, now);
        return text;
      },
    );
    return length === undefined ? nothing : { gates: named, for: length };
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
    if (answer === undefined) return undefined;
    try {
      return read(answer.trim().toLowerCase());
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
}
