import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { type Label, labels } from '../../effects/types.ts';
import { HoldfastError, toErrorRecord } from '../../errors/holdfast-error.ts';

export interface LinesResult {
  readonly lines: number;
  /** Lines that were no JSON string. */
  readonly wrong: number;
  /** Labels that were found, of all lines. */
  readonly found: readonly Label[];
}

/** The answer for one text, as JSON can write it. */
export type LineJudge = (text: string) => Promise<{ readonly effects: readonly Label[] }>;

const longestLine = 32 * 1024 * 1024;

/**
 * One JSON string a line in, one JSON object a line out, in order, each as soon as it is known. Waits while nobody reads. A line that is
 * no JSON string is answered with an object that has `error`, and the others go on.
 */
export async function judgeLines(
  input: Readable,
  output: Writable,
  judge: LineJudge,
  signal: AbortSignal,
): Promise<LinesResult> {
  const found = new Set<Label>();
  let lines = 0;
  let wrong = 0;
  let gone = false;
  const leave = () => {
    gone = true;
  };
  output.once('error', leave).once('close', leave);
  try {
    for await (const line of linesFrom(input, signal)) {
      if (gone) break;
      lines += 1;
      const answer = await answerFor(line, lines, judge);
      if ('error' in answer) wrong += 1;
      else for (const label of answer.effects) found.add(label);
      if (!output.write(`${JSON.stringify(answer)}\n`) && !gone) await drained(output, signal);
    }
  } finally {
    output.off('error', leave).off('close', leave);
  }
  return { lines, wrong, found: labels.filter((label) => found.has(label)) };
}

async function answerFor(
  line: string | undefined,
  number: number,
  judge: LineJudge,
): Promise<{ effects: readonly Label[] } | { error: unknown }> {
  const refuse = (reason: string) => ({
    error: toErrorRecord(new HoldfastError('explain-line-wrong', { line: number, reason })),
  });
  if (line === undefined) return refuse(`it is over ${longestLine / 1024 / 1024} MB`);
  let text: unknown;
  try {
    text = JSON.parse(line);
  } catch (error) {
    return refuse(line.trim() === '' ? 'it is empty' : error instanceof SyntaxError ? 'it is no JSON' : String(error));
  }
  if (typeof text !== 'string')
    return refuse(`it is ${text === null ? 'null' : Array.isArray(text) ? 'a list' : `a JSON ${typeof text}`}`);
  return await judge(text);
}

/** Resolves when there is room again, or nobody is left to read. Throws when the signal says stop. */
async function drained(output: Writable, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      output.off('drain', done).off('close', done).off('error', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    output.once('drain', done).once('close', done).once('error', done);
    signal.addEventListener('abort', done, { once: true });
  });
  signal.throwIfAborted();
}

/** Lines that end in a line feed, and the last without one. A line that is too long comes as undefined. */
async function* linesFrom(input: Readable, signal: AbortSignal): AsyncGenerator<string | undefined> {
  const decoder = new StringDecoder('utf8');
  let rest: string[] = [];
  let length = 0;
  const take = () => {
    const line = length > longestLine ? undefined : rest.join('').replace(/^\ufeff/, '');
    rest = [];
    length = 0;
    return line;
  };
  const add = (piece: string) => {
    length += piece.length;
    if (length <= longestLine) rest.push(piece);
    else rest = [];
  };
  for await (const chunk of input as AsyncIterable<Buffer | string>) {
    signal.throwIfAborted();
    const text = typeof chunk === 'string' ? chunk : decoder.write(chunk);
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      add(text.slice(from, at));
      yield take();
      from = at + 1;
    }
    add(text.slice(from));
  }
  add(decoder.end());
  if (length > 0) yield take();
}
