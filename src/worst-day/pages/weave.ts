import type { Block, Checklist, Procedure, Prompt, Step, Table } from '../../runbooks/types.ts';

/** A piece of a runbook in the order of its lines. Each line of the source is in exactly one piece, save empty ones. */
export type Piece =
  | { readonly kind: 'heading'; readonly line: number; readonly depth: number; readonly text: string }
  | { readonly kind: 'prose'; readonly line: number; readonly text: string }
  | { readonly kind: 'block'; readonly line: number; readonly block: Block; readonly steps: readonly Step[] }
  | { readonly kind: 'step'; readonly line: number; readonly step: Step }
  | { readonly kind: 'item'; readonly line: number; readonly text: string; readonly done: boolean }
  | { readonly kind: 'table'; readonly line: number; readonly table: Table }
  | { readonly kind: 'prompt'; readonly line: number; readonly prompt: Prompt };

interface Place {
  readonly from: number;
  readonly to: number;
  readonly piece: Piece;
}

/**
 * A runbook as a person reads it: what the reading found, put back between the lines that it was found in. Lines that belong
 * to nothing are prose; none is left out.
 */
export function weave(source: string, procedure: Procedure): readonly Piece[] {
  const lines = withoutHead(source, procedure);
  const places = placesOf(procedure).sort((a, b) => a.from - b.from || b.to - a.to);
  const pieces: Piece[] = [];
  let next = 1;
  for (const [index, { from, to, piece }] of places.entries()) {
    if (from < next) {
      // Within another piece: shown after it, rather than not at all.
      pieces.push(piece);
      continue;
    }
    pieces.push(...proseOf(lines, next, from - 1), piece);
    const following = places.slice(index + 1).find((place) => place.from > from)?.from ?? lines.length + 1;
    next = Math.max(from, Math.min(to, following - 1)) + 1;
  }
  pieces.push(...proseOf(lines, next, lines.length));
  return pieces;
}

/** Lines with those of the front matter and of comments emptied: they are settings, shown elsewhere or meant for programs. */
function withoutHead(source: string, { meta }: Procedure): readonly string[] {
  const lines = source.split('\n');
  let comment = false;
  let head: 'before' | 'in' | 'after' = Object.keys(meta).length > 0 ? 'before' : 'after';
  return lines.map((line) => {
    const bare = line.trim();
    if (head === 'in') {
      if (/^(?:---|\.\.\.)$/.test(bare)) head = 'after';
      return '';
    }
    if (comment || /^<!--/.test(bare)) {
      comment = !bare.endsWith('-->');
      return comment || /^<!--(?:(?!-->)[\s\S])*-->$/.test(bare) || !bare.startsWith('<!--') ? '' : line;
    }
    if (head === 'before' && bare === '---') head = 'in';
    else if (bare !== '') head = head === 'before' ? 'after' : head;
    return line;
  });
}

function placesOf({ steps, blocks, tables, checklists, prompts }: Procedure): Place[] {
  const inBlocks = new Set(blocks.flatMap((block) => block.steps));
  const stepLines = new Set(steps.map(({ line }) => line));
  const prompted = new Set(prompts.flatMap(({ block }) => block ?? []));
  return [
    ...blocks
      .filter(({ id }) => !prompted.has(id))
      .map((block) => place(block, { kind: 'block', line: block.line, block, steps: stepsOf(block, steps) })),
    ...prompts.map((prompt) => place(prompt, { kind: 'prompt', line: prompt.line, prompt })),
    ...steps
      .filter(({ id, block }) => block === undefined && !inBlocks.has(id))
      .map((step) => place(step, { kind: 'step', line: step.line, step })),
    ...tables
      .filter(({ block }) => block === undefined)
      .map((table) => place(table, { kind: 'table', line: table.line, table })),
    ...checklists.flatMap((list) => itemsOf(list, stepLines)),
  ];
}

function place({ line, endLine }: { readonly line: number; readonly endLine: number }, piece: Piece): Place {
  return { from: line, to: endLine, piece };
}

function stepsOf({ id, steps }: Block, all: readonly Step[]): readonly Step[] {
  return all.filter((step) => steps.includes(step.id) || step.block === id);
}

/** Items that are steps are shown as steps; those of a template are in its block. */
function itemsOf({ items, block }: Checklist, stepLines: ReadonlySet<number>): Place[] {
  if (block !== undefined) return [];
  return items
    .filter(({ step, line }) => step === undefined && !stepLines.has(line))
    .map(({ line, text, done }) => ({ from: line, to: line, piece: { kind: 'item', line, text, done } }));
}

function proseOf(lines: readonly string[], from: number, to: number): Piece[] {
  const pieces: Piece[] = [];
  let open: { line: number; texts: string[] } | undefined;
  const close = () => {
    if (open !== undefined) pieces.push({ kind: 'prose', line: open.line, text: open.texts.join('\n') });
    open = undefined;
  };
  for (let number = from; number <= to; number += 1) {
    const text = lines[number - 1] ?? '';
    const heading = /^ {0,3}(#{1,6})[ \t]+(.{0,500}?)[ \t#]*$/.exec(text);
    if (heading !== null || /^\s*(?:-{3,}|\*{3,}|_{3,})?\s*$/.test(text)) close();
    if (heading !== null) {
      pieces.push({ kind: 'heading', line: number, depth: heading[1]?.length ?? 1, text: heading[2] ?? '' });
    } else if (open === undefined && /\S/.test(text) && !/^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/.test(text)) {
      open = { line: number, texts: [text] };
    } else open?.texts.push(text);
  }
  close();
  return pieces;
}
