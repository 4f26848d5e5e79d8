import { labelOf } from './choices.ts';
import type { CodeNode, ItemNode, ListNode, Node } from './nodes.ts';

/**
 * Puts together what Markdown takes apart: code, tables and words that stand between two items without the indentation that would make
 * them part of the first. The item after them goes on counting, or they follow right after the item, or are indented too little.
 */
export function withInterrupted(nodes: readonly Node[], columnOf: (offset: number) => number): Node[] {
  if (!nodes.some(isCounted)) return [...nodes];
  const found: Node[] = [];
  /** The list that can go on, and whether something was already put into it. */
  let open: { at: number; items: ItemNode[]; taken: boolean } | undefined;
  let between: Node[] = [];
  const put = (inside: readonly Node[]) => {
    const list = open === undefined ? undefined : found[open.at];
    const last = open?.items.at(-1);
    const end = inside.at(-1)?.endLine;
    if (open === undefined || list?.kind !== 'list' || last === undefined || end === undefined) return;
    open.items[open.items.length - 1] = { ...last, children: [...last.children, ...inside], endLine: end };
    found[open.at] = { ...list, endLine: end };
    open.taken = true;
  };
  const end = () => {
    found.push(...between);
    between = [];
    open = undefined;
  };
  for (const node of nodes) {
    if (isCounted(node)) {
      const [first] = node.items;
      const last = open?.items.at(-1);
      // An author who writes `1.` before each item counts nevertheless.
      const next =
        first !== undefined &&
        last !== undefined &&
        (first.number === last.number + 1 || repeats(open, first, between));
      if (next && open !== undefined) {
        put(between);
        between = [];
        const list = found[open.at] as ListNode;
        const number = (last?.number ?? 0) + 1;
        open.items.push(...node.items.map((item, index) => ({ ...item, number: number + index })));
        found[open.at] = { ...list, endLine: node.endLine };
        open.taken = true;
      } else {
        end();
        const items = [...node.items];
        open = { at: found.push({ ...node, items }) - 1, items, taken: false };
      }
    } else if (open === undefined || node.kind === 'heading' || isLabel(node)) {
      end();
      found.push(node);
    } else if (between.length === 0 && node.kind === 'code' && belongs(node, open, columnOf)) put([node]);
    else between.push(node);
  }
  end();
  return found;
}

function isCounted(node: Node): node is ListNode {
  return node.kind === 'list' && node.ordered && node.items.length > 0;
}

/** `1.` before each item, with nothing but code between them. */
function repeats(
  open: { readonly items: readonly ItemNode[]; readonly taken: boolean } | undefined,
  first: ItemNode,
  between: readonly Node[],
): boolean {
  return (
    first.number === 1 &&
    open?.items.length === 1 &&
    open.items[0]?.number === 1 &&
    (open.taken || between.length > 0) &&
    between.every(({ kind }) => kind === 'code')
  );
}

/** A line that is bold as a whole, or begins a way: it heads what comes after it as a heading does, whatever counts on there. */
function isLabel(node: Node): boolean {
  if (labelOf(node) !== undefined) return true;
  return node.kind === 'paragraph' && /^\s*(?:\*\*|__)[^\n]{1,200}(?:\*\*|__)\s*[:：]?\s*$/.test(node.text);
}

/** Whether code right after a list is its last item's: it stands on the next line, or is indented, or the item before had some as well. */
function belongs(
  code: CodeNode,
  { items, taken }: { readonly items: readonly ItemNode[]; readonly taken: boolean },
  columnOf: (offset: number) => number,
): boolean {
  const last = items.at(-1);
  if (last === undefined) return false;
  if (columnOf(code.start) > 0 || code.line === last.endLine + 1) return true;
  return taken && items.length > 1 && last.children.every(({ kind }) => kind !== 'code');
}
