import { boundedMatch } from '../lib/bounded-regex.ts';
import { canonicalJson, type Json } from '../lib/canonical-json.ts';
import { atJsonPath, parseJsonPath } from '../lib/json-path.ts';
import type { Expectation } from '../runbooks/types.ts';
import { type Reason, reason } from './reasons/index.ts';

/** Bytes of each stream that are looked at. */
export const judgedBytes = 4 * 1024 * 1024;

export interface Printed {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Why a command's result is not what its author expects; nothing when all holds. Without an expected exit status
 * it must be 0. `stdout` is at most the first 4 MB; where that may be the reason, it is said.
 */
export function judgeOutput(expectation: Expectation, { exitCode, stdout }: Printed): readonly Reason[] {
  const { exit = 0, text, regex, json, range } = expectation;
  if (exitCode !== exit) {
    const found = { exit: String(exitCode), expected: String(exit) };
    return [reason(exit === 0 ? 'exit' : 'exit-expected', found)];
  }
  const why =
    (text === undefined ? undefined : textProblem(text, stdout)) ??
    (regex === undefined ? undefined : regexProblem(regex, stdout)) ??
    (json === undefined ? undefined : jsonProblem(json, stdout)) ??
    (range === undefined ? undefined : rangeProblem(range, stdout));
  if (why === undefined) return [];
  return Buffer.byteLength(stdout) < judgedBytes - 3 ? [why] : [why, reason('first-only')];
}

function textProblem(text: string, stdout: string): Reason | undefined {
  const wanted = lines(text);
  return lines(stdout).includes(wanted) ? undefined : reason('no-text', { text: short(wanted) });
}

function regexProblem(regex: string, stdout: string): Reason | undefined {
  const found = boundedMatch(regex, 'um', lines(stdout));
  if ('match' in found) return found.match === null ? reason('no-match', { pattern: short(regex) }) : undefined;
  return reason(found.problem === 'too-slow' ? 'pattern-slow' : 'no-pattern', { pattern: short(regex) });
}

function jsonProblem({ path, equals }: NonNullable<Expectation['json']>, stdout: string): Reason | undefined {
  const parsed = parseJsonPath(path);
  if (parsed === undefined) return reason('no-path', { path: short(path) });
  let document: unknown;
  try {
    document = JSON.parse(stdout.replace(/^\ufeff/, ''));
  } catch {
    return reason('no-json');
  }
  const found = atJsonPath(document, parsed);
  if (found === undefined) return reason('nothing-at', { path });
  if (canonicalJson(found as Json) === canonicalJson(equals as Json)) return undefined;
  const expected = short(JSON.stringify(equals) ?? 'nothing');
  return reason('value-differs', { path, found: short(JSON.stringify(found)), expected });
}

/** Not within a word: in `db2 7` the first number is 7. Groups of three digits may be set apart by commas. */
const number = /(?<![\p{L}\d_.])[-+]?(?:\d{1,3}(?:,\d{3}){1,6}(?![\d,])|\d{1,32})(?:\.\d{1,32})?(?:[eE][-+]?\d{1,3})?/u;

function rangeProblem({ min, max }: NonNullable<Expectation['range']>, stdout: string): Reason | undefined {
  const written = number.exec(stdout)?.[0];
  if (written === undefined) return reason('no-number');
  const value = Number(written.replaceAll(',', ''));
  if (min !== undefined && value < min) return reason('too-small', { number: written, limit: String(min) });
  if (max !== undefined && value > max) return reason('too-large', { number: written, limit: String(max) });
  return undefined;
}

function lines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
