import { boundedMatch } from '../lib/bounded-regex.ts';
import { canonicalJson, type Json } from '../lib/canonical-json.ts';
import { atJsonPath, parseJsonPath } from '../lib/json-path.ts';
import type { Expectation } from '../runbooks/types.ts';

/** Bytes of each stream that are looked at. */
export const judgedBytes = 4 * 1024 * 1024;

export interface Printed {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Why a command's result is not what its author expects, in one line; undefined when all holds. Without an expected exit status
 * it must be 0. `stdout` is at most the first 4 MB; where that may be the reason, it is said.
 */
export function judgeOutput(expectation: Expectation, { exitCode, stdout }: Printed): string | undefined {
  const { exit = 0, text, regex, json, range } = expectation;
  if (exitCode !== exit) return exit === 0 ? `exit status ${exitCode}` : `exit status ${exitCode}, expected ${exit}`;
  const why =
    (text === undefined ? undefined : textProblem(text, stdout)) ??
    (regex === undefined ? undefined : regexProblem(regex, stdout)) ??
    (json === undefined ? undefined : jsonProblem(json, stdout)) ??
    (range === undefined ? undefined : rangeProblem(range, stdout));
  if (why === undefined || Buffer.byteLength(stdout) < judgedBytes - 3) return why;
  return `${why} (only the first 4 MB of the output were looked at)`;
}

function textProblem(text: string, stdout: string): string | undefined {
  const wanted = lines(text);
  return lines(stdout).includes(wanted) ? undefined : `the output does not hold ${quoted(wanted)}`;
}

function regexProblem(regex: string, stdout: string): string | undefined {
  const found = boundedMatch(regex, 'um', lines(stdout));
  if ('match' in found) return found.match === null ? `the output does not match ${quoted(regex)}` : undefined;
  return found.problem === 'too-slow'
    ? `the pattern ${quoted(regex)} takes too long on this output`
    : `${quoted(regex)} is no regular expression`;
}

function jsonProblem({ path, equals }: NonNullable<Expectation['json']>, stdout: string): string | undefined {
  const parsed = parseJsonPath(path);
  if (parsed === undefined) return `${quoted(path)} is no path to one value (RFC 9535)`;
  let document: unknown;
  try {
    document = JSON.parse(stdout.replace(/^\ufeff/, ''));
  } catch {
    return 'the output is no JSON';
  }
  const found = atJsonPath(document, parsed);
  if (found === undefined) return `the output has nothing at ${path}`;
  if (canonicalJson(found as Json) === canonicalJson(equals as Json)) return undefined;
  return `${path} is ${short(JSON.stringify(found))}, expected ${short(JSON.stringify(equals) ?? 'nothing')}`;
}

/** Not within a word: in `db2 7` the first number is 7. Groups of three digits may be set apart by commas. */
const number = /(?<![\p{L}\d_.])[-+]?(?:\d{1,3}(?:,\d{3}){1,6}(?![\d,])|\d{1,32})(?:\.\d{1,32})?(?:[eE][-+]?\d{1,3})?/u;

function rangeProblem({ min, max }: NonNullable<Expectation['range']>, stdout: string): string | undefined {
  const written = number.exec(stdout)?.[0];
  if (written === undefined) return 'the output holds no number';
  const value = Number(written.replaceAll(',', ''));
  if (min !== undefined && value < min) return `${written} is less than ${min}`;
  if (max !== undefined && value > max) return `${written} is more than ${max}`;
  return undefined;
}

function lines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function quoted(text: string): string {
  return `"${short(text)}"`;
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
