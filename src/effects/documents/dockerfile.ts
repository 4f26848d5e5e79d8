import type { Snippet } from '../types.ts';
import { argvSnippet } from './argv.ts';
import { jsonWords } from './json-words.ts';
import { type Line, linesOf } from './lines.ts';
import { cutter, piece, snippetOf } from './mapped.ts';

/** The instructions of a Dockerfile that act: while the image is built, and later when it runs. */
export function findInDockerfile(text: string): Snippet[] {
  const found: Snippet[] = [];
  const lines = linesOf(text);
  const continuation = /^\s*#\s*escape\s*=\s*`/im.test(text.slice(0, 500)) ? '`' : '\\';
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined || /^\s*(?:#|$)/.test(line.text)) continue;
    const last = lastLine(lines, index, continuation);
    const bodies = hereBodies(lines, index, last);
    found.push(...instruction(text, lines.slice(index, last + 1), lines.slice(last + 1, bodies.end + 1), bodies.bare));
    index = bodies.end;
  }
  return found;
}

/** The line on which an instruction ends: comments and empty lines inside a continuation belong to it. */
function lastLine(lines: readonly Line[], first: number, continuation: string): number {
  let last = first;
  for (let index = first; index < lines.length; index += 1) {
    const text = lines[index]?.text.trimEnd() ?? '';
    if (index > first && /^\s*(?:#|$)/.test(text)) continue;
    last = index;
    if (!text.endsWith(continuation)) break;
  }
  return last;
}

/** Here-documents of an instruction: the line where the last ends, and the offsets of the body of `RUN <<EOF`. */
function hereBodies(
  lines: readonly Line[],
  first: number,
  last: number,
): { end: number; bare?: readonly [number, number] } {
  const head = lines
    .slice(first, last + 1)
    .map(({ text }) => text)
    .join('\n');
  if (!/^\s*(?:ONBUILD\s+)?(?:RUN|COPY|ADD)\b/i.test(head)) return { end: last };
  const marks = [...head.matchAll(/<<-?\s*(["']?)([A-Za-z_]\w*)\1/g)].slice(0, 20).map(([, , word]) => word ?? '');
  let end = last;
  for (const mark of marks) {
    // Without its end, the rest of the file belongs to it.
    do end += 1;
    while (end < lines.length - 1 && lines[end]?.text.trim() !== mark);
    if (end >= lines.length) return { end: lines.length - 1 };
  }
  const bare = marks.length === 1 && /^\s*RUN(?:\s+--\S+)*\s+<<-?\s*(["']?)\w+\1\s*$/i.test(head);
  const from = lines[last + 1]?.start;
  const to = lines[end]?.start;
  return bare && from !== undefined && to !== undefined ? { end, bare: [from, to] } : { end };
}

const place = 'container';

function instruction(
  text: string,
  lines: readonly Line[],
  here: readonly Line[],
  bare?: readonly [number, number],
): Snippet[] {
  const [first] = lines;
  const end = lines.at(-1)?.end ?? 0;
  const head = /^\s*(?:(?:ONBUILD|HEALTHCHECK(?:\s+--\S+)*)\s+)*([A-Za-z]+)/i.exec(first?.text ?? '');
  if (first === undefined || head === null) return [];
  const name = (head[1] ?? '').toUpperCase();
  const from = first.start + head[0].length;
  const start = first.start + (first.text.length - first.text.trimStart().length);
  const act = (effects: NonNullable<Snippet['around']>['effects'], why: string) => [
    snippetOf('dockerfile', piece(text, start, end), { place, around: { effects, why } }),
  ];
  const rest = text.slice(from, end).trim();
  switch (name) {
    case 'FROM':
      return act(['write'], 'FROM: building makes an image');
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
      return command(text, from, lines, here, bare);
    case 'ADD':
      return act(
        ['write'],
        /(?:^|\s)(?:https?|ftp|git):\/\//.test(rest) ? 'ADD: fetches into the image' : 'ADD: puts files into the image',
      );
    case 'COPY':
      return act(['write'], 'COPY: puts files into the image');
    case 'USER':
      return /^(?:root|0)(?::|$)/.test(rest) ? act(['privilege'], 'USER: what follows runs as root') : [];
    default:
      return [];
  }
}

/** The shell form, the exec form, or a here-document as a script. */
function command(
  text: string,
  from: number,
  lines: readonly Line[],
  here: readonly Line[],
  bare?: readonly [number, number],
): Snippet[] {
  if (bare !== undefined) {
    const script = piece(text, ...bare);
    const other = /^#!\s*\S*(?:python|perl|ruby|node|php)/.test(script.text);
    const around = { effects: ['unknown'], why: 'a program in another language, which is not read' } as const;
    return [snippetOf(other ? 'prose' : 'sh', script, other ? { place, around } : { place })];
  }
  const end = lines.at(-1)?.end ?? from;
  const options =
    /^(?:\s+--[a-z]+(?:=\S*)?|\s*\\[ \t]*(?:\r\n?|\n))*\s*/.exec(text.slice(from, Math.min(end, from + 4000)))?.[0]
      .length ?? 0;
  const begin = Math.min(end, from + options);
  const argv = jsonWords(text, begin, end);
  if (argv !== undefined) {
    const snippet = argvSnippet(argv, { place });
    return snippet === undefined ? [] : [snippet];
  }
  const cut = cutter(text);
  for (const [index, line] of [...lines, ...here].entries()) {
    if (line.end < begin) continue;
    if (index > 0 && index < lines.length && /^\s*(?:#|$)/.test(line.text)) continue;
    cut.copy(Math.max(begin, line.start), line.end);
    if (line.end < (here.at(-1)?.end ?? end)) cut.put('\n', line.end);
  }
  const shell = cut.done();
  return shell.text.trim() === '' ? [] : [snippetOf('sh', shell, { place })];
}
