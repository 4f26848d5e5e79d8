import type { CommandExpansionPart, Word, WordPart } from 'unbash';
import type { Arg } from './arg.ts';
import { unknownCharacter } from './placeholders.ts';
import type { Judge, Scope } from './session.ts';

interface Draft {
  text: string;
  dynamic: boolean;
  glob: boolean;
  split: boolean;
  pieces: [number, number][];
  process: string[] | undefined;
}

/** The words that a word becomes: mostly one, none for an empty variable, several for braces and for a variable with spaces. */
export function expand(word: Word, scope: Scope, judge: Judge): Arg[] {
  const parts = word.parts;
  if (parts === undefined) {
    const text = word.value;
    const arg: Arg = {
      text,
      dynamic: text.includes(unknownCharacter),
      glob: false,
      start: word.pos,
      end: word.end,
      ...(text.length === word.end - word.pos ? { textStart: word.pos } : pieced(word.text, text, word.pos)),
    };
    return [arg];
  }
  const draft: Draft = { text: '', dynamic: false, glob: false, split: false, pieces: [], process: undefined };
  const braces = parts.length <= 8 && parts.some((part) => part.type === 'BraceExpansion') ? braced(word) : undefined;
  if (braces !== undefined) {
    return braces.map((text) => ({
      text,
      dynamic: text.includes(unknownCharacter),
      glob: false,
      start: word.pos,
      end: word.end,
    }));
  }
  for (const part of parts) addPart(draft, part, scope, judge, false);
  const arg = finished(draft, word);
  if (!draft.split || !/\s/.test(arg.text)) return arg.text === '' && draft.split ? [] : [arg];
  return arg.text
    .trim()
    .split(/\s+/)
    .map((text) => ({
      text,
      dynamic: text.includes(unknownCharacter),
      glob: arg.glob,
      start: word.pos,
      end: word.end,
    }));
}

/** A word as one text, whatever it would split into: for values and targets. */
export function expandOne(word: Word, scope: Scope, judge: Judge): Arg {
  const args = expand(word, scope, judge);
  if (args.length === 1) return args[0] as Arg;
  return {
    text: args.map((arg) => arg.text).join(' '),
    dynamic: args.some((arg) => arg.dynamic),
    glob: args.some((arg) => arg.glob),
    start: word.pos,
    end: word.end,
  };
}

/** The text of a heredoc, with what is known put in. */
export function expandParts(
  parts: readonly WordPart[] | undefined,
  text: string,
  start: number,
  end: number,
  scope: Scope,
  judge: Judge,
): Arg {
  if (parts === undefined || parts.length === 0)
    return { text, dynamic: text.includes(unknownCharacter), glob: false, start, end, textStart: start };
  const draft: Draft = { text: '', dynamic: false, glob: false, split: false, pieces: [], process: undefined };
  for (const part of parts) addPart(draft, part, scope, judge, true);
  return finished(draft, { pos: start, end });
}

function finished(draft: Draft, word: { readonly pos: number; readonly end: number }): Arg {
  const first = draft.pieces[0];
  const contiguous = first !== undefined && draft.pieces.every(([at, source]) => source - at === first[1] - first[0]);
  return {
    text: draft.text,
    dynamic: draft.dynamic || draft.text.includes(unknownCharacter),
    glob: draft.glob,
    start: word.pos,
    end: word.end,
    ...(contiguous ? { textStart: first[1] - first[0] } : { pieces: draft.pieces }),
    ...(draft.process === undefined ? {} : { process: draft.process }),
  };
}

function addPart(draft: Draft, part: WordPart, scope: Scope, judge: Judge, quoted: boolean): void {
  switch (part.type) {
    case 'Literal':
      literal(draft, part.value, part.text, part.pos);
      return;
    case 'SingleQuoted':
      literal(draft, part.value, part.value, part.pos + 1);
      return;
    case 'AnsiCQuoted':
      literal(draft, part.value, part.text.slice(2, -1), part.pos + 2);
      return;
    case 'DoubleQuoted':
    case 'LocaleString':
      for (const child of part.parts) addPart(draft, child, scope, judge, true);
      return;
    case 'Glob':
    case 'ExtendedGlob':
      draft.glob ||= !quoted;
      literal(draft, part.text, part.text, part.pos);
      return;
    case 'BraceExpansion':
      literal(draft, part.text, part.text, part.pos);
      return;
    case 'SimpleExpansion':
      variable(draft, part.text.slice(1), part.pos, scope, quoted);
      return;
    case 'ParameterExpansion': {
      const operation = part.operation;
      if (operation !== undefined) {
        for (const operand of operandsOf(operation)) expandOne(operand, scope, judge);
      }
      if (operation === undefined && part.prefix === undefined && part.index === undefined)
        variable(draft, part.parameter, part.pos, scope, quoted);
      else if (
        operation?.type === 'Default' &&
        /^:?[-=]$/.test(operation.operator) &&
        scope.variables.get(part.parameter) !== undefined
      )
        variable(draft, part.parameter, part.pos, scope, quoted);
      else notKnown(draft, part.pos);
      return;
    }
    case 'CommandExpansion':
      substitution(draft, part, scope, judge, quoted);
      return;
    case 'ProcessSubstitution': {
      if (part.script !== undefined) {
        judge.script(part.script, inner(scope, part.script.source, part.pos));
        draft.process = [part.operator, ...firstWords(part)];
      }
      notKnown(draft, part.pos);
      return;
    }
    case 'ArithmeticExpansion':
      arithmetic(part.expression, scope, judge, 0);
      notKnown(draft, part.pos);
  }
}

function literal(draft: Draft, value: string, raw: string, pos: number): void {
  if (value.length === raw.length) draft.pieces.push([draft.text.length, pos]);
  else align(draft, value, raw, pos);
  draft.text += value;
}

/** Backslashes are in the text and not in the value: each begins a new piece. */
function align(draft: Draft, value: string, raw: string, pos: number): void {
  const base = draft.text.length;
  let at = 0;
  let from = 0;
  draft.pieces.push([base, pos]);
  while (at < value.length && from < raw.length) {
    if (raw[from] === value[at] && !(raw[from] === '\\' && raw[from + 1] === '\\')) {
      at++;
      from++;
      continue;
    }
    from++;
    while (from < raw.length && raw[from] !== value[at]) from++;
    draft.pieces.push([base + at, pos + from]);
    at++;
    from++;
  }
}

function pieced(raw: string, value: string, pos: number): { pieces: [number, number][] } {
  const draft: Draft = { text: '', dynamic: false, glob: false, split: false, pieces: [], process: undefined };
  align(draft, value, raw, pos);
  return { pieces: draft.pieces };
}

function variable(draft: Draft, name: string, pos: number, scope: Scope, quoted: boolean): void {
  const value = name === 'HOME' && !scope.variables.has(name) ? '~' : scope.variables.get(name);
  if (value === undefined) {
    notKnown(draft, pos);
    // A credential that is only passed on is told by its name.
    return;
  }
  draft.pieces.push([draft.text.length, pos]);
  draft.text += value;
  if (!quoted) draft.split = true;
}

function notKnown(draft: Draft, pos: number): void {
  draft.dynamic = true;
  draft.pieces.push([draft.text.length, pos]);
  draft.text += unknownCharacter;
}

/** `$(echo rm)` and `$(which rm)` are plain to see; anything else is only known when it runs. */
function substitution(draft: Draft, part: CommandExpansionPart, scope: Scope, judge: Judge, quoted: boolean): void {
  const script = part.script;
  if (script === undefined) {
    notKnown(draft, part.pos);
    return;
  }
  judge.script(script, inner(scope, script.source, part.pos));
  draft.process = script.commands.slice(0, 4).flatMap((statement) => commandNames(statement.command, 0));
  const words = onlyWords(script.commands);
  const name = words?.[0];
  let value: string | undefined;
  if (
    words !== undefined &&
    (name === 'echo' || name === 'printf') &&
    words.length <= 4 &&
    !words.some((word) => /^-|%/.test(word))
  )
    value = words.slice(1).join(' ');
  else if (words !== undefined && (name === 'which' || (name === 'command' && words[1] === '-v'))) value = words.at(-1);
  if (value === undefined || value === '') {
    notKnown(draft, part.pos);
    return;
  }
  draft.pieces.push([draft.text.length, part.pos]);
  draft.text += value;
  if (!quoted) draft.split = true;
}

/** Words of a script that is one plain command without anything to expand. */
function onlyWords(commands: readonly { readonly command: { readonly type: string } }[]): string[] | undefined {
  const command = commands[0]?.command as
    | { type: string; name?: Word; suffix?: readonly (Word | { type: string })[]; prefix?: readonly unknown[] }
    | undefined;
  if (
    commands.length !== 1 ||
    command?.type !== 'Command' ||
    command.name === undefined ||
    command.prefix?.length !== 0
  )
    return undefined;
  const words: string[] = [command.name.value];
  for (const part of command.suffix ?? []) {
    if (part.type !== 'Word') return undefined;
    const word = part as Word;
    if (
      word.parts?.some(
        (each) => each.type !== 'Literal' && each.type !== 'SingleQuoted' && each.type !== 'DoubleQuoted',
      )
    )
      return undefined;
    if (word.value.includes('$') || word.value.includes('`')) return undefined;
    words.push(word.value);
  }
  return words;
}

function firstWords(part: Extract<WordPart, { type: 'ProcessSubstitution' }>): string[] {
  return (part.script?.commands ?? []).slice(0, 8).flatMap((statement) => commandNames(statement.command, 0));
}

/** Names of the commands of a pipeline or list, to tell what feeds a shell. */
export function commandNames(node: { readonly type: string }, depth: number): string[] {
  if (depth > 4) return [];
  const any = node as {
    type: string;
    name?: Word;
    body?: { readonly type: string };
    command?: { readonly type: string };
    commands?: readonly { type: string }[];
    suffix?: readonly { type: string; value?: unknown }[];
  };
  if (any.type === 'Command') {
    const words = [any.name?.value ?? ''];
    for (const part of (any.suffix ?? []).slice(0, 12)) if (part.type === 'Word') words.push(String(part.value));
    return words;
  }
  if (any.body !== undefined) return commandNames(any.body, depth + 1);
  if (any.command !== undefined) return commandNames(any.command, depth + 1);
  return (any.commands ?? []).slice(0, 8).flatMap((each) => commandNames(each, depth + 1));
}

/** Substitutions with escaped backticks own their text: what is in them stands, as near as can be told, where they begin. */
function inner(scope: Scope, source: string | undefined, pos: number): Scope {
  const before = scope.source;
  const nested: Scope = { ...scope, depth: scope.depth + 1, variables: new Map(scope.variables) };
  if (source === undefined) return nested;
  return { ...nested, source: { text: source, toRoot: () => before.toRoot(pos) } };
}

function operandsOf(operation: object): Word[] {
  const found: Word[] = [];
  for (const key of ['operand', 'pattern', 'replacement', 'offset', 'length'] as const) {
    const value = (operation as Partial<Record<typeof key, Word>>)[key];
    if (value !== undefined) found.push(value);
  }
  return found;
}

/** Command substitutions inside arithmetic. */
export function arithmetic(expression: unknown, scope: Scope, judge: Judge, depth: number): void {
  if (expression === null || typeof expression !== 'object' || depth > 200) return;
  const node = expression as {
    type?: string;
    script?: Parameters<Judge['script']>[0];
    pos?: number;
    parts?: readonly WordPart[];
  };
  if (node.type === 'ArithmeticCommandExpansion' && node.script !== undefined) {
    judge.script(node.script, inner(scope, node.script.source, node.pos ?? 0));
    return;
  }
  if (node.type === 'ArithmeticWord') {
    const draft: Draft = { text: '', dynamic: false, glob: false, split: false, pieces: [], process: undefined };
    for (const part of node.parts ?? []) addPart(draft, part, scope, judge, true);
    return;
  }
  for (const key of ['left', 'right', 'operand', 'test', 'consequent', 'alternate', 'expression'] as const)
    arithmetic((node as Record<string, unknown>)[key], scope, judge, depth + 1);
}

/** `{rm,-rf,/data}` is three words; only plain lists, at most 64 words. */
function braced(word: Word): string[] | undefined {
  if (/[$`"'\\]/.test(word.text)) return undefined;
  let texts = [''];
  for (const part of word.parts ?? []) {
    const list =
      part.type === 'BraceExpansion' ? /^\{([^{}]*,[^{}]*)\}$/.exec(part.text)?.[1]?.split(',') : [part.text];
    if (list === undefined || texts.length * list.length > 64) return undefined;
    texts = texts.flatMap((text) => list.map((each) => text + each));
  }
  return texts;
}
