import type { Tree } from './parser.ts';

/** The node under a key that names its kind, as the grammar wraps nodes: `{ SelectStmt: {...} }`. */
export function child(node: unknown, kind: string): Tree | undefined {
  return isTree(node) && isTree(node[kind]) ? node[kind] : undefined;
}

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The words of a list of String nodes: a name with its schema. */
export function names(value: unknown): string[] {
  return list(value).flatMap((item) => {
    const name = child(item, 'String')?.sval;
    return typeof name === 'string' ? [name] : [];
  });
}

/** A string literal, also under casts. */
export function literal(value: unknown): string | undefined {
  let node = value;
  for (let cast = child(node, 'TypeCast'); cast !== undefined; cast = child(node, 'TypeCast')) node = cast.arg;
  const constant = child(child(node, 'A_Const'), 'sval');
  return constant === undefined ? undefined : text(constant.sval);
}

/** The options of a statement by name; one without a value is `true`. */
export function options(value: unknown): Map<string, string> {
  const found = new Map<string, string>();
  for (const item of list(value)) {
    const option = child(item, 'DefElem');
    if (option !== undefined) found.set(text(option.defname), scalar(option.arg));
  }
  return found;
}

/** Whether an option such as `FULL` or `ANALYZE` is on: named, and not switched off. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && !['false', 'off', '0', 'no'].includes(value.toLowerCase());
}

function scalar(arg: unknown): string {
  if (!isTree(arg)) return 'true';
  const [kind, node] = Object.entries(arg)[0] ?? [];
  if (!isTree(node)) return '';
  if (kind === 'String') return text(node.sval);
  if (kind === 'Integer') return String(node.ival ?? 0);
  if (kind === 'Boolean') return String(node.boolval ?? false);
  return '';
}
