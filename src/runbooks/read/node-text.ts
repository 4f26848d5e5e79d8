import type { Node } from './nodes.ts';
import { plain } from './plain.ts';

/** What a person reads of some nodes, a line each; of code only what is `shown`. */
export function textOf(nodes: readonly Node[], shown?: ReadonlySet<Node>): string {
  const found: string[] = [];
  const visit = (inside: readonly Node[], mark: string) => {
    for (const node of inside) {
      if (node.kind === 'paragraph' || node.kind === 'heading') found.push(mark + plain(node.text));
      else if (node.kind === 'code' && shown?.has(node) === true) found.push(node.text.trimEnd());
      else if (node.kind === 'quote') visit(node.children, mark);
      else if (node.kind === 'list')
        for (const item of node.items) visit(item.children, node.ordered ? `${item.number}. ` : '- ');
    }
  };
  visit(nodes, '');
  return found.filter((line) => line !== '').join('\n');
}

/** Whether code stands in some nodes; indented text alone may be anything. */
export function hasFence(nodes: readonly Node[]): boolean {
  return nodes.some((node) => {
    if (node.kind === 'code') return node.how !== 'indented';
    if (node.kind === 'list') return hasFence(node.items);
    return (node.kind === 'item' || node.kind === 'quote') && hasFence(node.children);
  });
}

/** The nodes from one on to the next heading. */
export function untilHeading(nodes: readonly Node[], from: number): readonly Node[] {
  let end = from;
  while (end < nodes.length && nodes[end]?.kind !== 'heading') end += 1;
  return nodes.slice(from, end);
}
