import type { Assignment, Command, HereDoc, ParsedScript, Redirection, Statement, Word } from 'unbash';
import type { Arg } from './arg.ts';
import { joined } from './arg.ts';
import { arithmetic, commandNames, expand, expandOne, expandParts } from './expand.ts';
import { redirect } from './redirect.ts';
import { deepest, type Input, type Scope, type Session } from './session.ts';
import { add, bit, labelsOf, type Verdict } from './verdict.ts';

type Node =
  | Statement['command']
  | Extract<Statement['command'], { type: 'Redirected' }>['command']
  | { readonly type: string };

/** What a command leaves for the next in the pipe. */
interface Outcome {
  bits: number;
  readonly output?: Input;
}

const nothing: Outcome = { bits: 0 };

/** Judges a parsed text; its commands are listed in the session. Returns the bits of all. */
export function walkScript(
  session: Session,
  script: ParsedScript | { readonly commands: readonly Statement[] },
  scope: Scope,
  input?: Input,
): number {
  if (scope.depth > deepest) {
    session.commands.push({ text: '', effects: ['unknown'], place: scope.place, why: 'too deep to follow' });
    const at = scope.source.toRoot(0);
    session.spans.push({ start: at, end: at });
    return bit.unknown;
  }
  let bits = 0;
  for (const statement of script.commands) bits |= walk(session, statement.command, scope, input).bits;
  if ('errors' in script && script.errors !== undefined && script.errors.length > 0)
    bits |= syntaxErrors(session, script, scope);
  return bits;
}

function syntaxErrors(session: Session, script: ParsedScript, scope: Scope): number {
  const error = script.errors?.[0];
  if (error === undefined) return 0;
  const { toRoot, text } = scope.source;
  const start = toRoot(Math.min(error.pos, text.length));
  session.findings.push({
    code: 'shell-syntax',
    message: `A shell would not accept this: ${error.message}.`,
    start,
    end: Math.max(start, toRoot(Math.min(error.pos + 1, text.length))),
  });
  session.commands.push({
    text: '',
    effects: ['unknown'],
    place: scope.place,
    why: 'a shell would not accept this text',
  });
  session.spans.push({ start: toRoot(script.pos), end: toRoot(script.end) });
  return bit.unknown;
}

function walkList(
  session: Session,
  list: { readonly commands: readonly Statement[] } | undefined,
  scope: Scope,
  input?: Input,
): number {
  let bits = 0;
  for (const statement of list?.commands ?? []) bits |= walk(session, statement.command, scope, input).bits;
  return bits;
}

function walk(session: Session, given: Node, scope: Scope, input: Input | undefined): Outcome {
  const node = given as Exclude<Node, { readonly type: string }> | Statement['command'];
  const maybe = scope.perhaps ? scope : { ...scope, perhaps: true };
  switch (node.type) {
    case 'Command':
      return simple(session, node, scope, input);
    case 'Pipeline': {
      let bits = 0;
      let before = input;
      const words: string[] = [];
      const since = session.commands.length;
      for (const command of node.commands) {
        const outcome = walk(session, command, scope, before);
        bits |= outcome.bits;
        if (words.length < 60) words.push(...commandNames(command, 0));
        before = { ...outcome.output, words: [...words], since };
        if (words.some((word) => fetches.has(word))) before = { ...before, network: true };
      }
      return { bits, output: before ?? {} };
    }
    case 'AndOr': {
      let bits = 0;
      for (const command of node.commands) bits |= walk(session, command, scope, input).bits;
      return { bits };
    }
    case 'If': {
      let bits = walkList(session, node.clause, scope, input) | walkList(session, node.then, maybe, input);
      for (const elif of node.elif) bits |= walkList(session, elif.clause, maybe) | walkList(session, elif.then, maybe);
      return { bits: bits | walkList(session, node.else, maybe) };
    }
    case 'For':
    case 'Select': {
      for (const word of node.wordlist ?? []) expandOne(word, scope, session.judge);
      scope.variables.set(node.name.value, undefined);
      return { bits: walkList(session, node.body, maybe, input) };
    }
    case 'ArithmeticFor':
      for (const each of [node.initialize, node.test, node.update]) arithmetic(each, scope, session.judge, 0);
      return { bits: walkList(session, node.body, maybe, input) };
    case 'While':
      return { bits: walkList(session, node.clause, maybe, input) | walkList(session, node.body, maybe, input) };
    case 'Subshell':
      return {
        bits: walkList(session, node.body, { ...scope, variables: new Map(scope.variables) }, input),
        output: {},
      };
    case 'BraceGroup':
      return { bits: walkList(session, node.body, scope, input), output: {} };
    case 'Case': {
      expandOne(node.word, scope, session.judge);
      let bits = 0;
      for (const item of node.items) bits |= walkList(session, item.body, maybe);
      return { bits };
    }
    case 'Function':
      define(session, node.name.value, node.body, scope);
      return nothing;
    case 'Coproc':
      return node.body.type === 'CompoundList'
        ? { bits: walkList(session, node.body, maybe) }
        : walk(session, node.body, maybe, undefined);
    case 'Redirected': {
      const verdict: Verdict = { bits: 0, whys: [], place: scope.place };
      const given = redirections(session, node.redirects, scope, verdict, false);
      if (verdict.bits !== 0)
        list(session, node.redirects[0]?.pos ?? node.pos, node.redirects.at(-1)?.end ?? node.end, verdict, scope);
      const outcome = walk(session, node.command, scope, given ?? input);
      return { bits: outcome.bits | verdict.bits };
    }
    case 'TestCommand':
      testWords(session, node.expression, scope, 0);
      return nothing;
    case 'ArithmeticCommand':
      arithmetic(node.expression, scope, session.judge, 0);
      return nothing;
    default:
      return { bits: bit.unknown };
  }
}

const fetches: ReadonlySet<string> = new Set([
  'curl',
  'wget',
  'http',
  'https',
  'fetch',
  'aria2c',
  'nc',
  'ncat',
  'socat',
  'lynx',
  'xh',
]);

function define(session: Session, name: string, body: { readonly type: string }, scope: Scope): void {
  const commands =
    body.type === 'BraceGroup' || body.type === 'Subshell'
      ? (body as unknown as { readonly body: { readonly commands: readonly Statement[] } }).body.commands
      : [{ type: 'Statement', pos: 0, end: 0, command: body, background: undefined } as unknown as Statement];
  session.functions.set(name, { body: { commands }, source: scope.source });
  session.judgedFunctions.delete(name);
}

function simple(session: Session, node: Command, scope: Scope, before: Input | undefined): Outcome {
  const verdict: Verdict = { bits: 0, whys: [], place: scope.place };
  const outer: Verdict = { bits: 0, whys: [], place: scope.place };
  for (const part of node.prefix) if (part.type === 'Assignment') assign(session, part, scope, node.name === undefined);
  const args: Arg[] = node.name === undefined ? [] : expand(node.name, scope, session.judge);
  for (const word of node.args) {
    if (word.type === 'Assignment') args.push(assignmentWord(session, word, scope));
    else args.push(...expand(word, scope, session.judge));
  }
  const unclosed = session.unclosed;
  const redirects = node.redirects;
  const empties = printsNothing(args);
  const given = redirects.length === 0 ? undefined : redirections(session, redirects, scope, outer, empties);
  const input = given ?? before;
  if (args[0]?.text === 'cat' && args.length === 1 && given?.text !== undefined) verdict.bits |= bit.none;
  else if (args.length > 0) session.judge.words(args, scope, input, verdict);
  else if (node.name !== undefined) verdict.bits |= bit.unknown;
  else verdict.bits |= bit.none;
  if (session.unclosed > unclosed) add(verdict, 'unknown', 'its text has no closing line');
  if (outer.bits !== 0 && (verdict.place === scope.place || labelsOf(verdict.bits)[0] === 'none')) {
    verdict.bits |= outer.bits;
    verdict.whys.push(...outer.whys);
    verdict.place = scope.place;
  } else if (outer.bits !== 0)
    list(session, redirects[0]?.pos ?? node.pos, redirects.at(-1)?.end ?? node.end, outer, scope);
  if (verdict.nested === undefined || (verdict.bits & ~bit.none) !== 0)
    list(session, node.pos, node.end, verdict, scope);
  return { bits: verdict.bits | outer.bits | (verdict.nested ?? 0), output: outputOf(args, given) };
}

/** Nothing, or next to nothing, goes into the file that this is redirected to. */
function printsNothing(args: readonly Arg[]): boolean {
  const [name, first] = args;
  if (name === undefined || /^(?::|true)$/.test(name.text)) return true;
  if (args.length > 2) return false;
  if (name.text === 'cat') return first?.text === '/dev/null';
  return (
    /^(?:echo|printf)$/.test(name.text) && (first === undefined || (/^(?:-n)?$/.test(first.text) && !first.dynamic))
  );
}

/** What echo, printf or cat of a heredoc plainly print. */
function outputOf(args: readonly Arg[], given: Input | undefined): Input {
  const name = args[0]?.text;
  if ((name === 'cat' || name === 'tee') && args.length === 1 && given?.text !== undefined) return { text: given.text };
  if (name === 'cat' && args.length === 2 && args[1] !== undefined) return { file: args[1] };
  if (name !== 'echo' && name !== 'printf') return {};
  const words = args.slice(1).filter((arg) => !/^-[neE]+$/.test(arg.text));
  if (name === 'printf' && words.length > 1) {
    const format = words[0]?.text ?? '';
    return /^(?:%s|\\n| )+$/.test(format)
      ? { text: joined(words.slice(1)) }
      : { text: { ...joined(words), dynamic: true } };
  }
  const text = joined(words);
  return { text: { ...text, text: text.text.includes('\\n') ? text.text.replaceAll('\\n', ' \n') : text.text } };
}

/** Redirections act where the command is typed. Returns what comes in by them. */
function redirections(
  session: Session,
  all: readonly Redirection[],
  scope: Scope,
  verdict: Verdict,
  empties: boolean,
): Input | undefined {
  let input: Input | undefined;
  for (const each of all) {
    if (each.type === 'HereDoc') input = { text: hereDoc(session, each, scope) };
    else if (each.target === undefined) verdict.bits |= bit.unknown;
    else {
      const target = expandOne(each.target, scope, session.judge);
      if (each.type === 'HereString') input = { text: target };
      else if (each.operator === '<' || each.operator === '<>') {
        input = {
          file: target,
          ...(target.process === undefined
            ? {}
            : { words: target.process, network: target.process.some((word) => fetches.has(word)) }),
        };
        redirect(each.operator, target, verdict, empties);
      } else redirect(each.operator, target, verdict, empties);
    }
  }
  return input;
}

function hereDoc(session: Session, node: HereDoc, scope: Scope): Arg {
  const { body } = node;
  const arg = expandParts(
    node.delimiter?.quoted === true ? undefined : body.parts,
    body.text,
    body.pos,
    body.end,
    scope,
    session.judge,
  );
  if (node.closing === undefined) {
    // What follows may have been meant as commands.
    session.unclosed++;
    session.findings.push({
      code: 'unclosed-heredoc',
      message: `The text after ${scope.source.text.slice(node.pos, node.end)} has no closing line.`,
      start: scope.source.toRoot(node.pos),
      end: scope.source.toRoot(node.end),
    });
  }
  return arg;
}

function assign(session: Session, node: Assignment, scope: Scope, lasts: boolean): void {
  if (node.value.type === 'ArrayValue') {
    for (const word of node.value.elements) expandOne(word, scope, session.judge);
    scope.variables.set(node.name, undefined);
    return;
  }
  const value = expandOne(node.value, scope, session.judge);
  if (
    /(?:PASS(?:WORD|WD|PHRASE)?|SECRET|TOKEN|API_?KEY|ACCESS_KEY)$/i.test(node.name) &&
    !lasts &&
    value.text !== '' &&
    !value.dynamic
  )
    session.judge.finding('credential-in-arguments', `${node.name} is given in the clear.`, value, scope);
  if (lasts)
    setVariable(
      scope,
      node.name,
      node.index !== undefined || node.append === true || value.dynamic ? undefined : value.text,
    );
}

/** Behind a condition the value may or may not be the new one. */
export function setVariable(scope: Scope, name: string, value: string | undefined): void {
  const same = !scope.perhaps || scope.variables.get(name) === value || !scope.variables.has(name);
  scope.variables.set(name, same ? value : undefined);
}

/** `export A=1`, `env A=1`: an assignment that is a word. */
function assignmentWord(session: Session, node: Assignment, scope: Scope): Arg {
  if (node.value.type === 'ArrayValue') {
    for (const word of node.value.elements) expandOne(word, scope, session.judge);
    return { text: `${node.name}=()`, dynamic: true, glob: false, start: node.pos, end: node.end };
  }
  const value = expandOne(node.value, scope, session.judge);
  return { text: `${node.name}=${value.text}`, dynamic: value.dynamic, glob: false, start: node.pos, end: node.end };
}

function testWords(session: Session, expression: unknown, scope: Scope, depth: number): void {
  if (expression === null || typeof expression !== 'object' || depth > 100) return;
  const node = expression as { readonly [key: string]: unknown };
  for (const key of ['operand', 'left', 'right', 'expression'] as const) {
    const part = node[key] as { readonly type?: string } | undefined;
    if (part?.type === 'Word') expandOne(part as Word, scope, session.judge);
    else testWords(session, part, scope, depth + 1);
  }
  for (const each of (node.operands as readonly unknown[] | undefined) ?? [])
    testWords(session, each, scope, depth + 1);
}

function list(session: Session, start: number, end: number, verdict: Verdict, scope: Scope): void {
  const { toRoot } = scope.source;
  session.commands.push({
    text: '',
    effects: labelsOf(verdict.bits),
    place: verdict.place,
    why: verdict.whys.join('; ') || 'nothing that acts',
  });
  session.spans.push({ start: toRoot(start), end: end > start ? toRoot(end - 1) + 1 : toRoot(end) });
}
