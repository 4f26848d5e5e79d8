import { parse } from 'unbash';
import { type Line, linesOf } from '../../effects/documents/lines.ts';
import { sniffYaml } from '../../effects/documents/sniff-yaml.ts';
import { substitute } from '../../effects/shell/placeholders.ts';
import { opensPrompt } from './login.ts';
import { unnumbered } from './plain.ts';
import { or } from './words.ts';

/** A part of a script that is a step of its own. */
export interface ScriptPart {
  /** Its comment, without signs and number; empty where it has none. */
  readonly title: string;
  /** What is to be run, or for a part without a command what is to be done. */
  readonly text: string;
  /** Offset in the script of the first character of `text`. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'command' | 'manual';
  /** Whether its comment says that it stands for the part before it: `# or`. */
  readonly or: boolean;
  /** Whether it holds more than one part, which need each other. */
  readonly joined: boolean;
}

const numbered =
  /^(?:\d{1,3}[.)](?!\d)|\(\d{1,3}\)|[①-⑳]|(?:step|단계|步驟|步骤|手順)\s*\d|\d{1,3}\s*단계|第\s*[一二三四五六七八九十\d]{1,3}\s*步)/i;

/**
 * The parts of a script, told apart by its comments: one a numbered comment, one a comment after a blank line. Parts that need each other,
 * by a variable, a function, a directory or a setting of the shell, stay together. Nothing is left out: a comment without a command is
 * a thing to do. Takes time in proportion to the script.
 */
export function partsOf(text: string): ScriptPart[] {
  const lines = linesOf(text);
  const inside = linesInStatements(text, lines);
  const parts = groups(lines, inside).map((group) => partOf(text, group));
  return together(text, parts);
}

interface Group {
  readonly comments: Line[];
  readonly code: Line[];
}

interface Part extends ScriptPart {
  /** Where it begins, its comment included. */
  readonly from: number;
}

/** For each line whether a statement, a quote or a here-document that began before it goes on in it. All of them when it cannot be told. */
function linesInStatements(text: string, lines: readonly Line[]): boolean[] {
  const inside = lines.map(() => false);
  let at = 0;
  try {
    for (const statement of parse(substitute(text)).commands) {
      while (at < lines.length && (lines[at]?.end ?? 0) < statement.pos) at += 1;
      for (at += 1; at < lines.length && (lines[at]?.start ?? 0) < statement.end; at += 1) inside[at] = true;
      at = Math.max(0, at - 1);
    }
  } catch {
    return lines.map((_, index) => index > 0);
  }
  markHeredocs(lines, inside);
  return inside;
}

/** What a here-document holds belongs to its command. One that never ends goes to the end, as it does for a shell. */
function markHeredocs(lines: readonly Line[], inside: boolean[]): void {
  const ends: string[] = [];
  for (const [index, line] of lines.entries()) {
    const [end] = ends;
    if (end !== undefined) {
      inside[index] = true;
      if (line.text.trim() === end) ends.shift();
    } else if (!/^\s*#|\(\(/.test(line.text))
      for (const [, word = ''] of line.text.matchAll(/(?<!<)<<-?\s*\\?["']?([A-Za-z_]\w*)/g)) ends.push(word);
  }
}

function groups(lines: readonly Line[], inside: readonly boolean[]): Group[] {
  const found: Group[] = [];
  let blank = true;
  for (const [index, line] of lines.entries()) {
    const current = found.at(-1);
    const comment = inside[index] !== true && /^\s*#(?!!)/.test(line.text);
    if (comment) {
      const said = commentText(line.text);
      const begins = current === undefined || numbered.test(said) || (blank && said !== '');
      const leads = current !== undefined && current.code.length === 0 && !begins;
      if (begins && !(said === '' && current === undefined)) found.push({ comments: [line], code: [] });
      else if (leads) current.comments.push(line);
      else current?.code.push(line);
    } else if (line.text.trim() !== '' || inside[index] === true) {
      if (current === undefined) found.push({ comments: [], code: [line] });
      else current.code.push(line);
    }
    blank = inside[index] !== true && line.text.trim() === '';
  }
  return found;
}

function commentText(line: string): string {
  return line.replace(/^\s*#+[\s=*-]*/, '').replace(/[\s=*-]+$/, '');
}

function partOf(text: string, { comments, code }: Group): Part {
  const said = comments.map(({ text: line }) => commentText(line)).filter((line) => line !== '');
  const first = said[0] ?? '';
  const title = [unnumbered(first), ...said.slice(1)].join(' · ').replace(/\s*[:：]\s*$/, '');
  const from = comments[0]?.start ?? code[0]?.start ?? 0;
  const commands = code.filter(({ text: line }) => !/^\s*#/.test(line));
  // What is too long for a title stays with the command.
  const start = title.length > 200 ? from : (code[0]?.start ?? from);
  const end = code.at(-1)?.end ?? comments.at(-1)?.end ?? from;
  const common = { title, from, end, or: or.test(unnumbered(first)), joined: false };
  if (commands.length === 0) {
    const all = [...comments, ...code].map(({ text: line }) => commentText(line)).filter((line) => line !== '');
    return { ...common, kind: 'manual', start: from, text: [unnumbered(all[0] ?? ''), ...all.slice(1)].join('\n') };
  }
  const body = text.slice(start, end);
  // A manifest behind commands is a thing to apply, and no command.
  return { ...common, kind: isManifestAlone(body) ? 'manual' : 'command', start, text: body };
}

function isManifestAlone(body: string): boolean {
  return (
    /^(?:apiVersion|kind|metadata|services|jobs):/m.test(body.slice(0, 200)) &&
    sniffYaml(body) !== undefined &&
    !body.includes('<<')
  );
}

/** Puts parts together that need each other, and what stands between them. */
function together(text: string, parts: readonly Part[]): ScriptPart[] {
  const lastUse = lastUses(parts);
  const result: ScriptPart[] = [];
  for (let at = 0; at < parts.length; ) {
    let reach = at;
    for (let one = at; one <= reach; one += 1) reach = Math.max(reach, reachOf(parts, one, lastUse));
    const run = parts.slice(at, reach + 1);
    const [first] = run;
    if (first === undefined) break;
    if (run.length === 1) result.push(first);
    else {
      // What a person must do between the commands comes before them: afterwards is too late.
      result.push(...run.filter(({ kind }) => kind === 'manual'));
      const end = run.at(-1)?.end ?? first.end;
      result.push({
        title: first.title,
        text: text.slice(first.from, end),
        start: first.from,
        end,
        kind: 'command',
        or: first.or,
        joined: true,
      });
    }
    at = reach + 1;
  }
  return result;
}

/** What changes the shell for all that comes after it in the same shell. */
const lasting =
  /^[ \t]*(?:sudo[ \t]+)?(?:cd|pushd|popd|set|shopt|source|\.|trap|umask|ulimit|alias|unalias|exec|export|declare[ \t]+-x|eval|unset|shift|wait|disown|newgrp|conda[ \t]+activate|nvm[ \t]+use|pyenv[ \t]+shell)(?:[ \t]|$)|[^&>|]&[ \t]*$/m;

const assignment =
  /(?:^|[;&|({]|\b(?:do|then|else|local|readonly|declare|typeset)\b)[ \t]*(?:-\w+[ \t]+)*([A-Za-z_]\w*)(?:\[[^\]\n]{0,40}\])?\+?=|\bread[ \t]+(?:-\w+[ \t]+)*([A-Za-z_]\w*)|\bfor[ \t]+([A-Za-z_]\w*)[ \t]+in\b|\b(?:mapfile|readarray)[ \t]+(?:-\w+[ \t]+)*([A-Za-z_]\w*)/gm;
const functionName = /^[ \t]*(?:function[ \t]+([\w.-]+)|([\w.-]+)[ \t]*\(\)[ \t]*\{?)/gm;
const variable = /\$\{?[!#]?([A-Za-z_]\w*|[?!_])/g;

interface Uses {
  /** For each variable and each word the last part that has it. */
  readonly variables: ReadonlyMap<string, number>;
  readonly words: ReadonlyMap<string, number>;
  readonly lastCommand: number;
}

function lastUses(parts: readonly Part[]): Uses {
  const variables = new Map<string, number>();
  const words = new Map<string, number>();
  let lastCommand = -1;
  const functions = parts.some(({ text }) => /^[ \t]*(?:function[ \t]|[\w.-]+[ \t]*\(\))/m.test(text));
  for (const [index, { text, kind }] of parts.entries()) {
    if (kind === 'manual') continue;
    lastCommand = index;
    for (const [, name = ''] of text.matchAll(variable)) variables.set(name, index);
    if (functions) for (const [word] of text.matchAll(/[\w.-]+/g)) words.set(word, index);
  }
  return { variables, words, lastCommand };
}

function reachOf(parts: readonly Part[], index: number, { variables, words, lastCommand }: Uses): number {
  const part = parts[index];
  if (part === undefined || part.kind === 'manual') return index;
  let reach = index;
  if (lasting.test(part.text) || opensPrompt(part.text)) reach = Math.max(reach, lastCommand);
  for (const [, ...names] of part.text.matchAll(assignment))
    for (const name of names) if (name !== undefined) reach = Math.max(reach, variables.get(name) ?? 0);
  for (const [, ...names] of part.text.matchAll(functionName))
    for (const name of names) if (name !== undefined) reach = Math.max(reach, words.get(name) ?? 0);
  // `$?` at the beginning of the next part is the exit of this one.
  if (/^[^\n]*\$(?:\?|\{\?\})/.test(parts[index + 1]?.text ?? '')) reach = Math.max(reach, index + 1);
  return reach;
}
