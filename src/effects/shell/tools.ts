import { families } from '../knowledge/api.ts';
import type { Carries, Rule, Tool, Verb, When } from '../knowledge/types.ts';

/** A tool or subcommand with everything it inherits, made once. */
export interface Node {
  readonly path: readonly string[];
  readonly tool: Tool;
  readonly verb: Verb;
  readonly values: ReadonlySet<string>;
  readonly known: ReadonlySet<string>;
  readonly credentials: ReadonlySet<string>;
  readonly help: ReadonlySet<string>;
  readonly version: ReadonlySet<string>;
  readonly rules: readonly Rule[];
  readonly dryRun: readonly When[];
  readonly rest: Carries | undefined;
  /** Its first operand is a program: what follows belongs to that. */
  readonly runsFile: boolean;
  readonly exact: Map<string, Node>;
  readonly patterns: { readonly prefix: string; readonly node: Node }[];
}

let index: ReadonlyMap<string, Tool> | undefined;
const compiled = new Map<Tool, Node>();

/** What is known of a tool; undefined when nothing is. Made ready when it is first asked for: most texts know few tools. */
export function toolNamed(name: string): Node | undefined {
  index ??= new Map(
    families.flatMap((family) => family.tools.flatMap((tool) => tool.names.map((each) => [each, tool] as const))),
  );
  const tool = index.get(name);
  if (tool === undefined) return undefined;
  let node = compiled.get(tool);
  if (node === undefined) {
    node = compile(tool);
    compiled.set(tool, node);
  }
  return node;
}

/** The subcommands that a word may mean at these nodes, exact ones first. */
export function descend(nodes: readonly Node[], word: string): Node[] {
  const exact: Node[] = [];
  const fitting: Node[] = [];
  for (const node of nodes) {
    const found = node.exact.get(word);
    if (found !== undefined) exact.push(found);
    for (const pattern of node.patterns) if (word.startsWith(pattern.prefix)) fitting.push(pattern.node);
  }
  return fitting.length === 0 ? exact : [...exact, ...fitting];
}

export function hasCommands(node: Node): boolean {
  return node.exact.size > 0 || node.patterns.length > 0;
}

const compiledLists = new Map<string, ReadonlySet<string>>();

/** Options written as words in one string. */
export function listed(list: string): ReadonlySet<string> {
  let set = compiledLists.get(list);
  if (set === undefined) {
    set = new Set(list.split(' ').filter((word) => word !== ''));
    compiledLists.set(list, set);
  }
  return set;
}

interface Draft {
  verb: Verb;
  children: Map<string, Draft>;
}

function compile(tool: Tool): Node {
  const draft: Draft = { verb: tool, children: new Map() };
  for (const [path, verb] of Object.entries(tool.commands ?? {})) {
    const paths = path
      .split(' ')
      .map((word) => word.split('|'))
      .reduce<string[][]>((all, words) => all.flatMap((before) => words.map((word) => [...before, word])), [[]]);
    for (const words of paths) {
      let at = draft;
      for (const word of words) {
        let next = at.children.get(word);
        if (next === undefined) {
          next = { verb: {}, children: new Map() };
          at.children.set(word, next);
        }
        at = next;
      }
      at.verb = verb;
    }
  }
  return build(draft, tool, [], undefined);
}

function build(draft: Draft, tool: Tool, path: readonly string[], parent: Node | undefined): Node {
  const verb = draft.verb;
  const rules = [...(parent?.rules ?? []), ...(verb.rules ?? [])];
  const values = union(tool, parent?.values, verb.values);
  const carriedBy = (verb.carries ?? []).map((carries) =>
    typeof carries.from === 'object'
      ? 'option' in carries.from
        ? carries.from.option
        : 'file' in carries.from
          ? carries.from.file
          : ''
      : '',
  );
  const conditions = [...rules.map((rule) => rule.when), ...(verb.dryRun === undefined ? [] : [verb.dryRun])];
  const known = union(
    tool,
    parent?.known,
    [
      verb.values,
      verb.flags,
      verb.help,
      verb.version,
      verb.credentials,
      ...carriedBy,
      ...conditions.flatMap((when) => [when.option, when.also, when.without]),
    ].join(' '),
  );
  const node: Node = {
    path,
    tool,
    verb,
    values: carriedBy.length === 0 ? values : union(tool, values, carriedBy.join(' ')),
    known,
    credentials: union(tool, parent?.credentials, verb.credentials),
    help: union(tool, parent?.help, verb.help),
    version: union(tool, parent?.version, verb.version),
    rules,
    dryRun: [...(parent?.dryRun ?? []), ...(verb.dryRun === undefined ? [] : [verb.dryRun])],
    rest: verb.carries?.find((carries) => carries.from === 'rest') ?? wordsOf[verb.special ?? ''],
    runsFile:
      verb.carries?.some((carries) => typeof carries.from === 'object' && 'fileOperand' in carries.from) === true,
    exact: new Map(),
    patterns: [],
  };
  for (const [word, child] of draft.children) {
    const built = build(child, tool, [...path, word], node);
    if (word.endsWith('*')) node.patterns.push({ prefix: word.slice(0, -1), node: built });
    else node.exact.set(word, built);
  }
  node.patterns.sort((a, b) => b.prefix.length - a.prefix.length);
  return node;
}

/** Where specials find the command that is wrapped. */
const wordsOf: Readonly<Record<string, Carries>> = {
  xargs: { from: 'rest', as: 'command' },
  parallel: { from: 'rest', as: 'command' },
  ssh: { from: 'rest', as: 'sh', skip: 1, place: 'host' },
};

function union(tool: Tool, before: ReadonlySet<string> | undefined, list: string | undefined): ReadonlySet<string> {
  if (list === undefined || list.trim() === '') return before ?? new Set();
  const words = [...listed(list)].map((word) => optionName(tool, word));
  return new Set([...(before ?? []), ...words]);
}

/** Tools that take one dash for two are compared with one. */
export function optionName(tool: Tool, word: string): string {
  return tool.style === 'go' && word.startsWith('--') ? word.slice(1) : word;
}
