import { z } from 'zod';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { type Gate, gates } from '../gates/types.ts';
import { parseDuration } from '../lib/duration.ts';
import { suggest } from '../lib/suggest.ts';

/** A gate as somebody writes it: `gatesNamed` says what was meant by one that is mistyped. */
export const GateName = z.string().meta({ examples: [...gates] });

/** Who decides, and with which key they sign it. */
export const signedFields = {
  as: z.string().optional().describe('Who decides: a name from `authority` of the site file'),
  key: z
    .string()
    .optional()
    .describe('Their private SSH key file, or a public one whose private half is in the agent: it signs the decision'),
  yes: z.boolean().default(false).describe('Decide without a terminal, on a site where one person decides alone'),
};

/** What a site needs from day to day. What puts back, changes or stops things stays closed until the day it is needed. */
export const dailyGates: readonly Gate[] = ['backup.run', 'restore.drill', 'host.read', 'offsite.sync'];
export const dailyFor = '90d';

/** Gates as somebody typed them, apart or with commas between. Throws `gate-unknown`. */
export function gatesNamed(words: readonly string[]): Gate[] {
  const named = new Set<Gate>();
  for (const word of words.flatMap((one) => one.split(',')).map((one) => one.trim())) {
    if (word === '') continue;
    const gate = gates.find((one) => one === word);
    if (gate === undefined) {
      const near = suggest(word, gates);
      const suggestion = near === undefined ? '' : `Did you mean ${near}? `;
      throw new HoldfastError('gate-unknown', { gate: word, suggestion });
    }
    named.add(gate);
  }
  return [...named];
}

/** When something that is opened now ends. Throws `gate-time-invalid`. */
export function untilOf(
  { for: length, until }: { readonly for?: string | undefined; readonly until?: string | undefined },
  now: Date,
): Date {
  const wrong = (reason: string) => new HoldfastError('gate-time-invalid', { reason });
  if (length !== undefined && until !== undefined) throw wrong('both --for and --until are given');
  if (until !== undefined) return new Date(until);
  if (length === undefined) throw wrong('it is not said for how long');
  const ms = parseDuration(length);
  if (ms === undefined || ms <= 0) throw wrong(`"${length}" is no duration`);
  if (ms > 366 * 86_400_000) throw wrong('that is more than 366 days');
  return new Date(now.getTime() + ms);
}
