import type { Carries } from '../knowledge/types.ts';
import { type Arg, joined } from './arg.ts';
import { fetchedIn, fetchedSince } from './fetched.ts';
import { holds, valuesOf } from './rules.ts';
import type { Call, Input, Session } from './session.ts';
import { add, bit, type Verdict } from './verdict.ts';

const fetchers = /^(?:curl|wget|fetch|http|https|xh|aria2c|nc)$/;

/** Judges the commands and programs that a command line carries, in the place where they run. */
export function carry(session: Session, call: Call, own: Verdict): void {
  const carries = call.parsed.node.verb.carries;
  if (carries === undefined) return;
  let words = false;
  for (const each of carries) {
    if (each.when !== undefined && !holds(each.when, call.parsed, call.input !== undefined)) continue;
    const inWords = each.from === 'rest' || each.from === 'after--' || typeof each.from === 'object';
    // What is on the command line takes the place of what would be read from input.
    if (!inWords && words) continue;
    if (each.from === 'rest' && words) continue;
    if (carryOne(session, call, each, own)) words ||= inWords;
  }
}

function carryOne(session: Session, call: Call, carries: Carries, own: Verdict): boolean {
  const { parsed, input } = call;
  const { from } = carries;
  if (from === 'rest' || from === 'after--') {
    const rest = from === 'rest' ? parsed.rest : (parsed.afterDashes ?? []);
    if (rest.length === 0) return false;
    if (carries.place !== undefined) {
      const glob = rest.find((arg) => arg.glob);
      if (glob !== undefined)
        session.judge.finding(
          'remote-glob',
          'This pattern is expanded here, before the command goes elsewhere.',
          glob,
          call.scope,
        );
    }
    if (carries.as === 'command') command(session, call, carries, rest, own);
    else payload(session, call, carries, joined(rest), own, undefined);
    return true;
  }
  if (from === 'input') {
    if (input === undefined) return false;
    incoming(session, call, carries, input, own);
    return true;
  }
  if ('option' in from) {
    const values = valuesOf(parsed, from.option);
    for (const value of values) payload(session, call, carries, value, own, input);
    return values.length > 0;
  }
  if ('operand' in from) {
    const arg = parsed.operands[from.operand];
    if (arg === undefined) return false;
    payload(session, call, carries, arg, own, input);
    return true;
  }
  const named =
    'file' in from ? valuesOf(parsed, from.file) : parsed.operands.slice(from.fileOperand, from.fileOperand + 1);
  for (const file of named) fromFile(session, call, carries, file, own);
  return named.length > 0;
}

function command(session: Session, call: Call, carries: Carries, rest: readonly Arg[], own: Verdict): void {
  const scope = { ...call.scope, place: carries.place ?? call.scope.place, depth: call.scope.depth + 1 };
  if (carries.place !== undefined) own.place = carries.place;
  session.judge.words(rest, scope, call.input, own);
}

function payload(
  session: Session,
  call: Call,
  carries: Carries,
  text: Arg,
  own: Verdict,
  input: Input | undefined,
): void {
  if (text.process?.some((word) => fetchers.test(word)) === true && carries.as !== 'sql') {
    fetchedIn(session, text, call);
    add(own, ['egress', 'unknown'], 'runs what it fetches from the network');
    session.judge.finding('pipe-from-network', `${call.name} runs whatever the network sends.`, text, call.scope);
    return;
  }
  const place = carries.place ?? call.parsed.node.verb.place ?? call.parsed.node.tool.place;
  session.judge.payload(text, carries.as, call.scope, own, {
    ...(carries.dialect === undefined ? {} : { dialect: carries.dialect }),
    ...(place === undefined ? {} : { place }),
    input,
  });
}

/** Code that comes in by a pipe, a heredoc or a file. */
function incoming(session: Session, call: Call, carries: Carries, input: Input, own: Verdict): void {
  if (input.network === true && carries.as !== 'sql') {
    if (input.since !== undefined) fetchedSince(session, input.since);
    add(own, ['egress', 'unknown'], 'runs what it fetches from the network');
    session.judge.finding('pipe-from-network', `${call.name} runs whatever the network sends.`, call.word, call.scope);
    return;
  }
  if (
    input.text !== undefined &&
    !(input.text.dynamic && carries.as !== 'sql' && /^\ue000+\s*$/.test(input.text.text))
  ) {
    payload(session, call, carries, input.text, own, undefined);
    return;
  }
  if (input.file !== undefined && input.file.process?.[0] !== '<') {
    fromFile(session, call, carries, input.file, own);
    return;
  }
  own.bits &= ~bit.none;
  add(own, 'unknown', 'runs what comes in, which is not at hand');
}

function fromFile(session: Session, call: Call, carries: Carries, file: Arg, own: Verdict): void {
  if (file.text === '-' && call.input !== undefined) {
    incoming(session, call, carries, call.input, own);
    return;
  }
  if (file.process?.some((word) => fetchers.test(word))) {
    fetchedIn(session, file, call);
    add(own, ['egress', 'unknown'], 'runs what it fetches from the network');
    session.judge.finding('pipe-from-network', `${call.name} runs whatever the network sends.`, file, call.scope);
    return;
  }
  const text = file.dynamic ? undefined : session.resolve?.(file.text);
  if (text !== undefined && !session.active.has(`file ${file.text}`)) {
    session.active.add(`file ${file.text}`);
    payload(session, call, carries, { ...file, text, pieces: [[0, file.start]] }, own, undefined);
    session.active.delete(`file ${file.text}`);
    return;
  }
  add(own, 'unknown', `runs ${file.dynamic ? 'a file' : file.text}, which is not at hand`);
  session.judge.finding(
    'script-elsewhere',
    `What ${file.dynamic ? 'this file' : file.text} does is not known: it is defined elsewhere.`,
    file,
    call.scope,
  );
}
