import { parse } from 'unbash';

/** A node of a parsed shell text, with the fields that runbooks look at. Offsets are in the text that was parsed. */
export interface ShellNode {
  readonly type: string;
  readonly pos: number;
  readonly end: number;
  readonly text?: string;
  readonly value?: ShellNode | string;
  readonly name?: ShellNode | string;
  readonly parts?: readonly ShellNode[];
  readonly prefix?: readonly ShellNode[];
  readonly suffix?: readonly ShellNode[];
  readonly commands?: readonly ShellNode[];
  readonly operator?: string;
  readonly parameter?: string;
  readonly index?: ShellNode;
  readonly operation?: ShellNode;
  readonly operand?: ShellNode;
  readonly script?: ShellNode;
  readonly source?: string;
  readonly delimiter?: ShellNode;
  /** Of a redirection. */
  readonly target?: ShellNode;
  readonly quoted?: boolean;
  readonly body?: ShellNode;
  readonly errors?: readonly { readonly message: string; readonly pos: number }[];
}

/** The whole tree as plain data: the parser makes parts of it only when they are asked for. Never throws; what is too deep is one empty script. */
export function shellTree(text: string): ShellNode {
  try {
    return JSON.parse(JSON.stringify(parse(text))) as ShellNode;
  } catch {
    return { type: 'Script', pos: 0, end: text.length, commands: [], errors: [{ message: 'too deep', pos: 0 }] };
  }
}

/** Where a node's offset stands in the text; scripts within escaped backticks have offsets of their own, all told as their beginning. */
export type OffsetOf = (position: number) => number;

/** Calls for each node from the top down, in the order of the text, with the nodes that hold it. */
export function visit(
  node: ShellNode,
  each: (node: ShellNode, offset: OffsetOf, above: readonly ShellNode[]) => void,
): void {
  walk(node, each, (position) => position, []);
}

function walk(
  node: ShellNode,
  each: (node: ShellNode, offset: OffsetOf, above: readonly ShellNode[]) => void,
  offset: OffsetOf,
  above: readonly ShellNode[],
): void {
  if (above.length > 400) return;
  each(node, offset, above);
  const inside = [...above, node];
  for (const value of Object.values(node) as unknown[]) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (!isNode(child)) continue;
      const start = offset(node.pos);
      walk(child, each, child.type === 'Script' && child.source !== undefined ? () => start : offset, inside);
    }
  }
}

function isNode(value: unknown): value is ShellNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'pos' in value;
}
