import { elementsOf } from '../../effects/documents/elements.ts';
import type { ChecklistDraft, Collected } from './collected.ts';
import { everyOf } from './every.ts';
import { columnIn, lineCounter } from './lines.ts';
import type { CodeNode, Node } from './nodes.ts';
import { titleOf } from './plain.ts';
import { treeOf } from './tree.ts';

/** The tables and boxes to tick of a document that stands in a block, with the lines of the whole document. */
export function readEmbedded(code: CodeNode, block: string, section: string, into: Collected): void {
  if (!/\|[ \t:-]*-|\[[ xX]?\]|[☐☑☒]/.test(code.text)) return;
  const lineOf = lineCounter(code.text);
  const starts = startsOf(code.text);
  const lineAt = (line: number) => code.lineAt(starts[line - 1] ?? 0);
  let heading = section;
  let label = '';
  const visit = (nodes: readonly Node[], list: ChecklistDraft | undefined): void => {
    for (const node of nodes) {
      if (node.kind === 'heading') heading = node.text;
      if (node.kind === 'table')
        into.tables.push({
          line: lineAt(node.line),
          endLine: lineAt(node.endLine),
          section: heading,
          header: node.header,
          rows: node.rows,
          block,
        });
      else if (node.kind === 'quote') visit(node.children, undefined);
      else if (node.kind === 'list') {
        const boxes = node.items.some(({ done }) => done !== undefined);
        const title = label === '' ? heading : label;
        const every = everyOf([section, heading, label]);
        const own: ChecklistDraft | undefined =
          boxes && list === undefined ? { line: lineAt(node.line), title, items: [], block, ...every } : list;
        for (const item of node.items) {
          if (item.done !== undefined)
            own?.items.push({ line: lineAt(item.line), text: titleOf(item.text), done: item.done });
          visit(item.children, own);
        }
        if (own !== undefined && list === undefined) into.checklists.push(own);
      }
      label = node.kind === 'paragraph' && node.text.length < 120 ? titleOf(node.text) : '';
    }
  };
  visit(treeOf(elementsOf(code.text, { tables: true }), lineOf, columnIn(code.text)), undefined);
}

function startsOf(text: string): number[] {
  const starts = [0];
  for (const found of text.matchAll(/\n/g)) starts.push(found.index + 1);
  return starts;
}
