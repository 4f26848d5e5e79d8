import type { ShellNode } from '../shell-tree.ts';

/**
 * The parts of a parsed text without its plain characters: commands, words, redirections, substitutions and how they hold each other. Two
 * texts of one shape do the same things to different names.
 */
export function shapeOf(tree: ShellNode): string {
  return JSON.stringify(reduced(tree, 0));
}

const plain = new Set(['Literal', 'SingleQuoted', 'AnsiCQuoted']);

function reduced(value: unknown, depth: number): unknown {
  if (depth > 600) return '...';
  if (Array.isArray(value)) return (value as unknown[]).map((each) => reduced(each, depth + 1));
  if (typeof value !== 'object' || value === null) return undefined;
  const node = value as ShellNode & Readonly<Record<string, unknown>>;
  if (node.type === 'Word') return ['Word', ...partsOf(node, depth)];
  if (node.type === 'HereDocBody') return ['HereDocBody', ...partsOf(node, depth)];
  const fields: [string, unknown][] = [];
  for (const [key, field] of Object.entries(node)) {
    if (key === 'pos' || key === 'end' || key === 'text' || key === 'value' || key === 'closing') continue;
    if (key === 'errors') fields.push([key, Array.isArray(field) ? field.length : 0]);
    else if (key === 'operator' || key === 'operators' || key === 'type' || key === 'background')
      fields.push([key, field]);
    else if (typeof field === 'object' && field !== null) fields.push([key, reduced(field, depth + 1)]);
  }
  if (typeof node.value === 'object') fields.push(['value', reduced(node.value, depth + 1)]);
  if (node.type === 'HereDoc') fields.push(['closed', typeof node.closing === 'object' && node.closing !== null]);
  return fields;
}

/** What a word holds beside characters: expansions and patterns, whatever quotes they stand in. */
function partsOf(node: ShellNode, depth: number): unknown[] {
  return (node.parts ?? []).flatMap((part) => {
    if (plain.has(part.type)) return [];
    if (part.type === 'DoubleQuoted' || part.type === 'LocaleString') return partsOf(part, depth + 1);
    if (part.type === 'SimpleExpansion') return [['SimpleExpansion', part.text]];
    if (part.type === 'ParameterExpansion') return [['ParameterExpansion', part.parameter, reduced(part, depth + 1)]];
    if (part.type === 'BraceExpansion') return [['BraceExpansion', (part.text ?? '').split(',').length]];
    return [reduced(part, depth + 1)];
  });
}
