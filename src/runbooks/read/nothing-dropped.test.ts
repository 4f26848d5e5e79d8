import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTable } from 'micromark-extension-gfm-table';
import { describe, expect, test } from 'vitest';
import type { Procedure } from '../types.ts';
import { readProcedure } from './procedure.ts';

/** A piece of a document that is made to be found again: what it holds has a name of its own. */
interface Piece {
  readonly lines: readonly string[];
  readonly fences: readonly string[];
  readonly boxes: readonly string[];
  readonly tables: readonly string[];
}

describe('every fence, checkbox and table is in exactly one list', () => {
  test('of documents as people write them: in lists, quotes, tabs and details, with comments between', {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(
        fc.array(piece(3), { maxLength: 8 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (pieces, end, mark) => {
          const { lines, fences, boxes, tables } = named(join(pieces));
          const source = (mark ? '\ufeff' : '') + lines.join(end);
          const read = readProcedure(source);
          const text = (line: number, endLine: number) => lines.slice(line - 1, endLine).join('\n');
          const own = read.blocks.filter(({ line, endLine }) =>
            fences.some((name) => text(line, endLine).includes(name)),
          );
          expect(own.map(({ text: body }) => fences.find((name) => body.includes(name)))).toEqual(fences);
          expect(read.blocks).toHaveLength(fences.length);
          const items = boxesOf(read);
          expect(items.map((item) => boxes.find((name) => item.text.includes(name))).sort()).toEqual([...boxes].sort());
          for (const item of items) expect(text(item.line, item.line)).toContain(nameIn(item.text, boxes));
          const found = tablesOf(read);
          expect(found.map((table) => tables.find((name) => table.text.includes(name))).sort()).toEqual(
            [...tables].sort(),
          );
          for (const table of found) expect(text(table.line, table.endLine)).toContain(nameIn(table.text, tables));
        },
      ),
      { numRuns: 400 },
    );
  });

  test('of any lines in any order, as a parser of Markdown sees them', { timeout: 120_000 }, () => {
    const line = fc.constantFrom(
      ...[
        '```',
        '```sh',
        '~~~',
        '````md',
        '- [ ] a',
        '- [x] b',
        '  - [ ] c',
        '1. [ ] d',
        '1. one',
        '2. two',
        '- e',
        '   more',
      ],
      ...[
        '> quoted',
        '> ```',
        '> - [ ] f',
        '| a | b |',
        '|---|---|',
        '| 1 | 2 |',
        'words',
        'Run `df -h`',
        '# Head',
        '',
        '',
      ],
      ...[
        'df -h',
        '$ ls',
        '**Option A**',
        '1、甲',
        '□ g',

        '***',
        'x: y',
        '  ```bash',
        '   ```',
        '[a]: b',
        '{{<x>}}',
      ],
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 24 }), (lines) => {
        const source = lines.join('\n');
        const read = readProcedure(source);
        for (const { kind, line: at } of seen(source)) {
          const among =
            kind === 'fence'
              ? read.blocks.filter((block) => block.line === at)
              : kind === 'box'
                ? boxesOf(read).filter((item) => item.line === at)
                : tablesOf(read).filter((table) => table.line === at);
          expect(among, `${kind} of line ${at}:\n${source}`).toHaveLength(1);
        }
      }),
      { numRuns: 1500 },
    );
  });
});

function boxesOf({ checklists }: Procedure) {
  return checklists.filter(({ block }) => block === undefined).flatMap(({ items }) => items);
}

function tablesOf({ tables, notUnderstood, blocks }: Procedure) {
  const whole = tables.filter(({ block }) => block === undefined);
  return [
    ...whole.map(({ line, endLine, header, rows }) => ({ line, endLine, text: [header, ...rows].flat().join(' ') })),
    ...notUnderstood.filter(({ line, text }) => text.includes('|') && blocks.every((block) => block.line !== line)),
  ];
}

function nameIn(text: string, names: readonly string[]): string {
  return names.find((name) => text.includes(name)) ?? 'a name';
}

/** Fences, boxes and tables as a parser finds them that knows nothing of runbooks. */
function seen(source: string): { kind: 'fence' | 'box' | 'table'; line: number }[] {
  const lines = source.split('\n');
  const found: { kind: 'fence' | 'box' | 'table'; line: number }[] = [];
  const visit = (node: Nodes): void => {
    const line = node.position?.start.line ?? 0;
    const first = (lines[line - 1] ?? '').slice((node.position?.start.column ?? 1) - 1);
    if (node.type === 'code' && /^[`~]/.test(first)) found.push({ kind: 'fence', line });
    if (node.type === 'table') found.push({ kind: 'table', line });
    if (node.type === 'listItem' && /^(?:[-*+]|\d+[.)])\s+\[[ x]\]\s/.test(first)) found.push({ kind: 'box', line });
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(fromMarkdown(source, { extensions: [gfmTable()], mdastExtensions: [tableNodes] }));
  return found;
}

const tableNodes = {
  enter: {
    table(this: { enter(node: unknown, token: unknown): void }, token: unknown) {
      this.enter({ type: 'table', children: [] }, token);
    },
  },
  exit: {
    table(this: { exit(token: unknown): void }, token: unknown) {
      this.exit(token);
    },
  },
} as never;

const none = { fences: [], boxes: [], tables: [] };

function piece(depth: number): fc.Arbitrary<Piece> {
  const leaf = fc.oneof(words, fence, boxes, table, heading, markupTable, comment);
  if (depth === 0) return leaf;
  const inner = fc.array(piece(depth - 1), { minLength: 1, maxLength: 3 }).map(join);
  return fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 1, arbitrary: inner.map((one) => ({ ...one, lines: one.lines.map((line) => `> ${line}`) })) },
    { weight: 1, arbitrary: inner.map((one) => ({ ...one, lines: ['- an item', '', ...indented(one.lines, 2)] })) },
    { weight: 1, arbitrary: inner.map((one) => ({ ...one, lines: ['1. a step', '', ...indented(one.lines, 3)] })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          inner,
          fc.constantFrom(['<details>', '</details>'], ['<Tabs>', '</Tabs>'], ['<div class="x">', '</div>']),
        )
        .map(([one, [open = '', close = '']]) => ({ ...one, lines: [open, '', ...one.lines, '', close] })),
    },
  );
}

function indented(lines: readonly string[], by: number): string[] {
  return lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line));
}

function join(pieces: readonly Piece[]): Piece {
  return {
    lines: pieces.flatMap(({ lines }) => [...lines, '']),
    fences: pieces.flatMap(({ fences }) => fences),
    boxes: pieces.flatMap(({ boxes: own }) => own),
    tables: pieces.flatMap(({ tables }) => tables),
  };
}

/** Gives each thing a name: until then all are called `@`, in the order of the document. */
function named(whole: Piece): Piece {
  let next = 0;
  const names: string[] = [];
  const lines = whole.lines.map((line) =>
    line.replace(/@[fbt]/g, (kind) => {
      next += 1;
      const name = `${kind.slice(1)}${next}z`;
      names.push(name);
      return name;
    }),
  );
  const of = (kind: string) => names.filter((name) => name.startsWith(kind));
  return { lines, fences: of('f'), boxes: of('b'), tables: of('t') };
}

const words = fc
  .constantFrom('Some words.', 'Run `df -h` first:', '**Option 1: x**', '１．見る', 'a | b', 'Note: `x`')
  .map((line): Piece => ({ lines: [line], ...none }));
const heading = fc
  .constantFrom('## Steps', '### 1. Do it', '# A', '### [ ] Look @b')
  .map((line): Piece => ({ lines: [line], ...none }));
const comment = fc
  .constantFrom(['<!-- - [ ] no -->'], ['<!--', '```sh', 'no', '```', '| a | b |', '|---|---|', '-->'])
  .map((lines): Piece => ({ lines, ...none }));
const content = fc.constantFrom(
  'df -h',
  '- [ ] no box',
  '| a | b |',
  '|---|---|',
  '# no heading',
  '```',
  '',
  '$ ls',
  '</details>',
  '> x',
);
const fence = fc
  .tuple(
    fc.constantFrom('````', '~~~', '`````'),
    fc.constantFrom('', 'sh', 'bash {timeout=1s}', 'yaml', 'text', 'console', 'markdown', 'klingon', 'sql'),
    fc.array(content, { maxLength: 5 }),
  )
  .map(([marks, tag, body]): Piece => ({ lines: [`${marks}${tag}`, 'echo @f', ...body, marks], ...none }));
const boxes = fc
  .array(fc.constantFrom('- [ ] do @b', '- [x] did @b', '* [ ] `ls -l` @b', '1. [ ] Run `df -h` @b'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((lines): Piece => ({ lines, ...none }));
const table = fc
  .array(fc.constantFrom('| x | y |', '| [ ] @b | z |', '| w | [x] @b |'), { maxLength: 3 })
  .map((rows): Piece => ({ lines: ['| @t | b |', '|:--|--:|', ...rows], ...none }));
const markupTable = fc.constant({
  lines: ['<table>', '<tr><th>@t</th><th>b</th></tr>', '<tr><td>[ ] @b</td><td>z</td></tr>', '</table>'],
  ...none,
});
