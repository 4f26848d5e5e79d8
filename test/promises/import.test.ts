import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readProcedure } from '../../src/runbooks/index.ts';
import type { Procedure } from '../../src/runbooks/types.ts';
import { scan } from '../fixtures/markdown-scan.ts';

/** Lines of a piece of a document. */
type Piece = readonly string[];

const commands = fc.constantFrom<Piece>(
  ['systemctl status web'],
  ['# 1. look', 'df -h', '', '# 2. call the owner', '', '# 3. start', 'systemctl start web'],
  ['A=1', '# 1. first', 'echo $A', '', '# 2. only words'],
  ['cat > /tmp/x <<EOF', '# 1. not a step', '', '- [ ] not a box', '|a|b|', 'EOF', 'rm /tmp/x'],
  ['$ uptime', ' 10:00 up 3 days', '$ date'],
  ['# or', 'ls'],
  ['apiVersion: v1', 'kind: Pod'],
  ['┌──┐', '│a │', '└──┘'],
  ['"please call the bank"'],
  [''],
);
const tag = fc.constantFrom(
  '',
  'bash',
  'sh title="x.sh"',
  'yaml',
  'sql',
  'text',
  'console',
  'klingon',
  'bash {target=db1}',
);
const mark = fc.constantFrom('```', '~~~', '`````');
const fence = fc.tuple(mark, tag, commands).map(([open, said, body]): Piece => [open + said, ...body, open]);
const template = fc.constant<Piece>([
  '````markdown',
  '## Report',
  '',
  '- [ ] sent',
  '- [x] read',
  '',
  '| a | b |',
  '| - | - |',
  '| 1 | 2 |',
  '',
  '```sh',
  'inner',
  '```',
  '````',
]);
const boxes = fc.constantFrom<Piece>(
  ['- [ ] one', '- [x] two', '  - [ ] below'],
  ['* [ ] star', '', '* [X] loose'],
  ['1. [ ] counted'],
);
const table = fc.constantFrom<Piece>(
  ['| a | b |', '|---|:-:|', '| 1 | 2 |'],
  ['a | b', '--|--', 'x \\| y | z'],
  ['| one |', '| --- |'],
);
const text = fc.constantFrom<Piece>(
  ['## A heading'],
  ['Some words about it.'],
  ['**Verify**:'],
  ['### Scenario 1: down'],
  ['1. do this', '2. do that'],
  ['<!-- a remark -->'],
  ['a `code` span'],
  ['***'],
);
const leaf = fc.oneof(fence, fence, template, boxes, table, text);

const indent = (piece: Piece, by: string): Piece => piece.map((line) => (line === '' ? '' : by + line));
const holders: readonly ((piece: Piece) => Piece)[] = [
  (piece) => ['1. an item', '', ...indent(piece, '   ')],
  (piece) => ['- an item', '  - below it', '', ...indent(piece, '    ')],
  (piece) => piece.map((line) => `> ${line}`.trimEnd()),
  (piece) => ['<Tabs>', '<TabItem value="a" label="A">', '', ...piece, '', '</TabItem>', '</Tabs>'],
  (piece) => ['<Step>', '', ...indent(piece, '    '), '', '</Step>'],
  (piece) => ['<details>', '<summary>More</summary>', '', ...piece, '', '</details>'],
];
const holder = fc.constantFrom(...holders);
const piece = fc.oneof(
  leaf,
  fc.tuple(holder, leaf).map(([hold, inner]) => hold(inner)),
  fc
    .tuple(fc.constantFrom(...holders.slice(0, 3)), fc.constantFrom(...holders.slice(0, 3)), fence)
    .map(([a, b, inner]) => a(b(inner))),
);
const documents = fc
  .record({
    pieces: fc.array(piece, { minLength: 1, maxLength: 10 }),
    end: fc.constantFrom('\n', '\r\n'),
    mark: fc.constantFrom('', '\ufeff'),
    front: fc.constantFrom<Piece>([], ['---', 'title: x', '---', '']),
    tail: fc.constantFrom<Piece>([], ['```bash', 'systemctl stop web', '# never closed']),
  })
  .map(({ pieces, end, mark: first, front, tail }) => {
    // A paragraph between any two: what one holds must not reach into the next.
    const lines = [...pieces.flatMap((each) => ['A paragraph.', '', ...each, '']), 'Before the end.', '', ...tail];
    return first + [...front, ...lines].join(end);
  });

describe('9. No step is dropped in import: what was not understood is listed', () => {
  test('each fence, box and table is in exactly one list, wherever it stands', () => {
    fc.assert(
      fc.property(documents, (source) => {
        const procedure = readProcedure(source);
        const expected = scan(source);
        expect(fencesOf(procedure, source)).toEqual(expected.fences);
        expect(procedure.checklists.flatMap(({ items }) => items.map(({ line }) => line)).sort(byNumber)).toEqual(
          expected.boxes,
        );
        expect(procedure.tables.map(({ line }) => line).sort(byNumber)).toEqual(expected.tables);
        holdsTogether(procedure);
        losesNoLine(procedure);
      }),
      { numRuns: 300 },
    );
  });

  test('a heading with a fence gives a step', () => {
    expect(readProcedure('## Restart\n\n```bash\nsystemctl restart web\n```\n').steps).toMatchObject([
      { line: 4, kind: 'command', title: 'Restart', text: 'systemctl restart web' },
    ]);
  });

  test('a second fence in an item is a second step', () => {
    const source = '1. Look\n   ```bash\n   df -h\n   ```\n   ```bash\n   free -m\n   ```\n2. Call\n';
    expect(readProcedure(source).steps.map(({ line, text }) => [line, text])).toEqual([
      [3, 'df -h'],
      [6, 'free -m'],
      [8, 'Call'],
    ]);
  });

  test('a comment without a command is something to do', () => {
    const source = '```sh\n# 1. Look\ndf -h\n\n# 2. Tell the regulator within 72 h\n```\n';
    expect(readProcedure(source).steps.map(({ kind, title, line }) => [kind, title, line])).toEqual([
      ['command', 'Look', 3],
      ['manual', 'Tell the regulator within 72 h', 5],
    ]);
  });

  test('what a person must do between commands that need each other comes before them, not nowhere', () => {
    const source = '```sh\n# 1. Mark\nSNAP=$(date +%s)\n\n# 2. Call the ward\n\n# 3. Use it\nls $SNAP\n```\n';
    expect(readProcedure(source).steps.map(({ kind, line }) => [kind, line])).toEqual([
      ['manual', 5],
      ['command', 2],
    ]);
  });

  test('a fence that is never closed is listed, and nothing in it is a step', () => {
    const { steps, notUnderstood } = readProcedure('# A\n\n```bash\nrm -rf /srv/data\n\n## B\n\n1. Call\n');
    expect(steps).toEqual([]);
    expect(notUnderstood).toMatchObject([{ line: 3, endLine: 8, why: expect.stringContaining('never closed') }]);
  });

  test('a table that breaks is listed', () => {
    const { tables, notUnderstood } = readProcedure('| a | b |\n|---|---|---|\n| 1 | 2 |\n\n| x | y |\n| 1 | 2 |\n');
    expect(tables).toEqual([]);
    expect(notUnderstood.map(({ line, endLine }) => [line, endLine])).toEqual([
      [1, 3],
      [5, 6],
    ]);
  });

  test('a language that is not known is listed', () => {
    expect(readProcedure('```klingon\nqapla batlh\n```\n')).toMatchObject({
      blocks: [{ use: 'not-understood' }],
      notUnderstood: [{ line: 1, endLine: 3, why: expect.stringContaining('klingon') }],
    });
  });
});

/** Where blocks begin that have a fence. Indented text is a block as well, and has none. */
function fencesOf({ blocks }: Procedure, source: string): number[] {
  const lines = source.split(/\r?\n/);
  return blocks
    .map(({ line }) => line)
    .filter((line) => /```|~~~/.test(lines[line - 1] ?? ''))
    .sort(byNumber);
}

/** Whatever one list names is in the list that it names. */
function holdsTogether({ steps, blocks, checklists, alternatives, notUnderstood }: Procedure): void {
  const ids = new Set(steps.map(({ id }) => id));
  expect(ids.size).toBe(steps.length);
  const named = [
    ...blocks.flatMap((block) => block.steps),
    ...checklists.flatMap(({ items }) => items.flatMap(({ step }) => (step === undefined ? [] : [step]))),
    ...alternatives.flatMap(({ choices }) => choices.flatMap((choice) => choice.steps)),
    ...steps.flatMap(({ of }) => (of === undefined ? [] : [of])),
  ];
  for (const id of named) expect(ids).toContain(id);
  for (const step of steps)
    if (step.block !== undefined) expect(blocks.find(({ id }) => id === step.block)?.steps).toContain(step.id);
  for (const block of blocks) {
    const listed = notUnderstood.some(({ line }) => line === block.line);
    expect(listed).toBe(block.use === 'not-understood');
    expect(block.steps.length > 0).toBe(['step', 'alternative', 'transcript'].includes(block.use));
  }
}

/** Each line of a block of commands is in one of its steps: as a command, as a thing to do, or in what the step is called. */
function losesNoLine({ steps, blocks }: Procedure): void {
  for (const { use, text, steps: own } of blocks) {
    if (use !== 'step' && use !== 'alternative') continue;
    const told = steps.filter(({ id }) => own.includes(id)).map(({ title, text: done }) => `${title}\n${done}`);
    for (const line of text.split('\n')) {
      const words = line
        .replace(/^\s*#*\s*(?:\d+\.\s*)?/, '')
        .trim()
        .replace(/^"|"$/g, '');
      expect(told.some((one) => one.includes(words))).toBe(true);
    }
  }
}

function byNumber(a: number, b: number): number {
  return a - b;
}
