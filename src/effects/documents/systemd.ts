import type { Snippet } from '../types.ts';
import { argvSnippet } from './argv.ts';
import { type Line, linesOf } from './lines.ts';
import { cutter, type Mapped, part, piece, snippetOf } from './mapped.ts';

const commands = /^\s*Exec(?:Start(?:Pre|Post)?|Stop(?:Post)?|Reload(?:Post)?|Condition)\s*=\s*/;

/** The commands of a systemd unit. systemd runs them without a shell: operators in them are plain words. */
export function findInSystemd(text: string): Snippet[] {
  const found: Snippet[] = [];
  const lines = linesOf(text);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined || /^\s*[#;]/.test(line.text)) continue;
    if (/^\s*\[(?:Service|Timer|Socket|Mount|Automount|Path|Swap|Target)\]\s*$/.test(line.text)) {
      const around = { effects: ['write'], why: 'a unit that is installed on the machine' } as const;
      found.push(snippetOf('systemd', piece(text, line.start, line.end), { place: 'here', around }));
    }
    const last = lastLine(lines, index);
    const head = commands.exec(line.text);
    if (head !== null) {
      const logical = joinedLines(text, lines.slice(index, last + 1));
      for (const argv of argvOf(part(logical, head[0].length, logical.text.length))) {
        const snippet = argvSnippet(argv, { place: 'here' });
        if (snippet !== undefined) found.push(snippet);
      }
    }
    index = last;
  }
  return found;
}

/** A backslash at its end joins a line with the next; comments between are left out. */
function lastLine(lines: readonly Line[], first: number): number {
  let last = first;
  while (
    last + 1 < lines.length &&
    (isComment(lines[last]) && last > first ? true : lines[last]?.text.endsWith('\\') === true)
  ) {
    last += 1;
  }
  return last;
}

function isComment(line: Line | undefined): boolean {
  return line !== undefined && /^\s*[#;]/.test(line.text);
}

function joinedLines(text: string, lines: readonly Line[]): Mapped {
  const cut = cutter(text);
  for (const [index, line] of lines.entries()) {
    if (index > 0 && isComment(line)) continue;
    const continued = line.text.endsWith('\\') && index < lines.length - 1;
    cut.copy(line.start, continued ? line.end - 1 : line.end);
    if (continued) cut.put(' ', line.end - 1);
  }
  return cut.done();
}

/** The commands of one line, parted by a lone `;`, each a list of words. */
function argvOf(line: Mapped): Mapped[][] {
  const all: Mapped[][] = [];
  let words = wordsOf(line);
  while (words.length > 0) {
    const stop = words.findIndex(({ text }, index) => index > 0 && text === ';');
    const command = stop < 0 ? words : words.slice(0, stop);
    words = stop < 0 ? [] : words.slice(stop + 1);
    const [first, ...rest] = command;
    if (first === undefined) continue;
    const prefix = /^[-@:+!|]*/.exec(first.text)?.[0] ?? '';
    const program = part(first, prefix.length, first.text.length);
    // With @, the word after the program is only the name that it is given.
    const args = prefix.includes('@') ? rest.slice(1) : rest;
    if (program.text !== '') all.push([program, ...args]);
  }
  return all;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', s: ' ', '"': '"', "'": "'", '\\': '\\' };

/** Words as systemd parts them: quotes, C escapes, `%i` specifiers as variables, `$$` and `%%` for one of them. */
function wordsOf(line: Mapped): Mapped[] {
  const words: Mapped[] = [];
  const { text, offsets } = line;
  let at = 0;
  while (at < text.length) {
    while (/\s/.test(text[at] ?? '')) at += 1;
    if (at >= text.length) break;
    const cut = cutter('');
    const start = at;
    let quote = '';
    for (; at < text.length; at += 1) {
      const character = text[at] ?? '';
      const here = offsets[at] ?? 0;
      const next = text[at + 1] ?? '';
      if (quote === '' && /\s/.test(character)) break;
      if (character === quote) quote = '';
      else if (quote === '' && (character === '"' || character === "'") && (at === start || quote === ''))
        quote = character;
      else if (character === '\\' && next !== '') {
        cut.put(escapes[next] ?? `\\${next}`, here);
        at += 1;
      } else if (character === '%' && /[A-Za-z]/.test(next)) {
        cut.put(`\${${next}}`, here);
        at += 1;
      } else if ((character === '%' || character === '$') && next === character) {
        cut.put(character, here);
        at += 1;
      } else cut.put(character, here);
    }
    words.push(cut.done(offsets[at]));
  }
  return words;
}
