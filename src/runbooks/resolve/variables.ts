import type { variablesOf } from '../parameters/index.ts';
import { type ShellNode, shellTree, visit } from '../shell-tree.ts';
import { holdsInterpreter, interprets, sqlClient } from './interpreters.ts';

/** How a text uses a variable, taken together over all its uses. */
export interface Demand {
  interpreted: boolean;
  arithmetic: boolean;
  /** Without quotes: its value is split at blanks and its patterns are expanded. */
  unquoted: boolean;
  /** It is the beginning of an argument. */
  beginsWord: boolean;
  /** It alone is an unquoted argument: empty, the argument would be gone. */
  alone: boolean;
}

/** Demands on each variable of a parsed text. What one variable takes from another is demanded of that as well. */
export function demandsOf(tree: ShellNode): Map<string, Demand> {
  const demands = new Map<string, Demand>();
  const flows: [from: string, to: string][] = [];
  visit(tree, (node, _offset, above) => {
    const name =
      node.type === 'SimpleExpansion'
        ? node.text?.slice(1)
        : node.type === 'ParameterExpansion'
          ? node.parameter
          : undefined;
    const bareName =
      node.type === 'ArithmeticWord' && typeof node.value === 'string' && /^[A-Za-z_]\w*$/.test(node.value)
        ? node.value
        : undefined;
    const used = name ?? bareName;
    if (used === undefined) return;
    const demand = demands.get(used) ?? {
      interpreted: false,
      arithmetic: false,
      unquoted: false,
      beginsWord: false,
      alone: false,
    };
    demands.set(used, demand);
    demand.interpreted ||= above.some(
      (each) => (each.type === 'Command' && interprets(each)) || (each.type === 'Pipeline' && holdsInterpreter(each)),
    );
    demand.arithmetic ||= above.some(
      ({ type, operator = '' }) =>
        type.startsWith('Arithmetic') || (type === 'TestBinary' && /^-(?:eq|ne|lt|le|gt|ge)$/.test(operator)),
    );
    const assignment = above.findLast(({ type }) => type === 'Assignment' || type === 'For' || type === 'Select');
    if (assignment !== undefined)
      flows.push([used, typeof assignment.name === 'string' ? assignment.name : String(assignment.name?.value ?? '')]);
    const index = above.findLastIndex(({ type }) => type === 'Word');
    const word = above[index];
    const holder = above[index - 1]?.type ?? '';
    if (
      word === undefined ||
      (holder !== 'Command' && holder !== 'For' && holder !== 'Select' && holder !== 'ArrayValue')
    )
      return;
    const inner = above.slice(index + 1).map(({ type }) => type);
    if (inner.some((type) => type === 'CommandExpansion' || type === 'ProcessSubstitution')) return;
    const quoted = inner.includes('DoubleQuoted');
    demand.unquoted ||= !quoted;
    const first = word.parts?.[0];
    const begins = first === node || (first?.type === 'DoubleQuoted' && first.parts?.[0] === node);
    demand.beginsWord ||= begins && holder === 'Command' && node.operation === undefined;
    demand.alone ||= begins && !quoted && word.parts?.length === 1 && node.operation === undefined;
  });
  for (let round = 0; round < 4; round += 1) {
    for (const [from, to] of flows) {
      const source = demands.get(from);
      const target = demands.get(to);
      if (source === undefined || target === undefined) continue;
      source.interpreted ||= target.interpreted;
      source.arithmetic ||= target.arithmetic;
      source.unquoted ||= target.unquoted;
    }
  }
  return demands;
}

const harmless = /^[A-Za-z0-9_@%+=:,./-]*$/;
/** Variables that change what programs load or run. */
const meddling =
  /^(?:LD_\w+|DYLD_\w+|BASH_ENV|ENV|SHELLOPTS|BASHOPTS|PS4|PROMPT_COMMAND|GCONV_PATH|NODE_OPTIONS|PERL5OPT|PYTHONSTARTUP|RUBYOPT)$/;

/** Why values may not go into the environment for this text; each in one sentence that does not hold the value. */
export function variableProblems(
  text: string,
  variables: ReturnType<typeof variablesOf>,
  values: ReadonlyMap<string, string>,
): string[] {
  const given = variables.filter(({ name }) => values.has(name));
  if (given.length === 0) return [];
  const demands = demandsOf(shellTree(text));
  const problems: string[] = [];
  for (const each of given) {
    const { name } = each;
    const value = values.get(name) ?? '';
    const demand = demands.get(name);
    const say = (problem: string) => problems.push(`${name} ${problem}`);
    if (value.includes('\0')) say('holds a null character');
    if (meddling.test(name)) say('changes how programs start; a runbook may not set it');
    if ('array' in each) say('is used as an array, which an environment cannot carry');
    if (demand === undefined) continue;
    if (demand.arithmetic && !/^(?:-?(?:0|[1-9]\d{0,17}))?$/.test(value))
      say('is counted with; there it may hold only a whole number');
    else if (demand.interpreted && (!harmless.test(value) || value.startsWith('-')))
      say(
        'is read again by another command; there it may hold only letters, digits and _@%+=:,./-, and not begin with -',
      );
    else if (demand.beginsWord && value.startsWith('-'))
      say('begins with -, so the command would take it for an option');
    else if (demand.interpreted && value.includes('--') && sqlClient.test(text))
      say('holds --, which SQL reads as the beginning of a comment');
    if (demand.unquoted && !demand.interpreted && /[\s*?[\]\\]/.test(value))
      say(`is used without quotes; write "$${name}", or a value with blanks or patterns becomes something else`);
    if (demand.alone && value === '') say('is empty, and without quotes its word would be gone');
  }
  return problems;
}
