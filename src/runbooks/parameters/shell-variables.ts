import { type ShellNode, shellTree, visit } from '../shell-tree.ts';
import type { Occurrence } from './forms.ts';

export interface VariableUse extends Occurrence {
  /** The plain text that `${X:-text}` gives it. */
  readonly default?: string;
  /** Read with an index, as `${KEYS[1]}`: an environment carries no array. */
  readonly array?: true;
}

export interface VariableSet {
  readonly name: string;
  readonly start: number;
  /** Its value, when it is plain text. */
  readonly value?: string;
}

export interface ShellVariables {
  /** Read before the text sets them, and no variable that every shell has. */
  readonly used: readonly VariableUse[];
  readonly set: readonly VariableSet[];
}

/** Variables that every shell or login has: not for a runbook to ask. */
const wellKnown =
  /^(?:HOME|PATH|PWD|OLDPWD|USER|LOGNAME|HOSTNAME|HOSTTYPE|OSTYPE|MACHTYPE|RANDOM|SRANDOM|LANG|LANGUAGE|LC_\w+|SHELL|SHLVL|TERM|UID|EUID|GROUPS|PPID|IFS|PS[0-4]|SECONDS|LINENO|EPOCHSECONDS|EPOCHREALTIME|REPLY|OPTARG|OPTIND|PIPESTATUS|FUNCNAME|COLUMNS|LINES|TMPDIR|EDITOR|PAGER|DISPLAY|SUDO_\w+|SSH_\w+|XDG_\w+|BASH\w*|ZSH\w*|DIRSTACK)$/;

/** Which variables a shell text reads and sets, in the order in which they stand. Quoted heredocs and code of other languages are not the shell's. */
export function shellVariables(text: string): ShellVariables {
  const uses: VariableUse[] = [];
  const set: VariableSet[] = [];
  const read = (name: string, start: number, end: number, more: Partial<VariableUse> = {}) => {
    if (/^[A-Za-z_]\w*$/.test(name) && !wellKnown.test(name)) uses.push({ name, form: 'shell', start, end, ...more });
  };
  const put = (name: string, start: number, value?: string) =>
    set.push({ name, start, ...(value === undefined ? {} : { value }) });
  visit(shellTree(text), (node, offset) => {
    switch (node.type) {
      case 'SimpleExpansion':
        read(node.text?.slice(1) ?? '', offset(node.pos), offset(node.end));
        return;
      case 'ParameterExpansion': {
        const operand =
          node.operation?.type === 'Default' && /^:?[-=]$/.test(node.operation.operator ?? '')
            ? node.operation.operand
            : undefined;
        const plain = operand === undefined ? undefined : plainValue(operand);
        read(node.parameter ?? '', offset(node.pos), offset(node.end), {
          ...(plain === undefined ? {} : { default: plain }),
          ...(node.index === undefined || /^[@*0]$/.test(node.index.text ?? '') ? {} : { array: true }),
        });
        return;
      }
      case 'Assignment':
        // `X=$X` and `X=${X:-y}` read it first: what stands in the value is visited after, but begins later in the text.
        put(nameOf(node.name), offset(node.end), plainValue(node.value));
        return;
      case 'For':
      case 'Select':
        put(nameOf(node.name), offset(node.pos));
        return;
      case 'ArithmeticWord':
        if (typeof node.value === 'string') read(node.value, offset(node.pos), offset(node.end));
        return;
      case 'Command':
        for (const name of namesSetBy(node)) put(name, offset(node.pos));
    }
  });
  const first = new Map<string, number>();
  for (const { name, start } of set) first.set(name, Math.min(first.get(name) ?? Number.POSITIVE_INFINITY, start));
  const used = uses.filter(({ name, start }) => start < (first.get(name) ?? Number.POSITIVE_INFINITY));
  return { used: used.sort((a, b) => a.start - b.start), set: set.sort((a, b) => a.start - b.start) };
}

/** `read -r line`, `mapfile -t rows`, `getopts ab: option`, `printf -v x`, `export X` of a plain name does not set one. */
function namesSetBy(command: ShellNode): string[] {
  const words = (command.suffix ?? []).filter(({ type }) => type === 'Word').map((word) => word.text ?? '');
  switch (nameOf(command.name)) {
    case 'read':
    case 'mapfile':
    case 'readarray':
      return words.filter((word) => /^[A-Za-z_]\w*$/.test(word));
    case 'getopts':
      return words.slice(1, 2);
    case 'printf':
      return words[0] === '-v' ? words.slice(1, 2) : [];
    default:
      return [];
  }
}

function nameOf(word: ShellNode | string | undefined): string {
  return typeof word === 'string'
    ? word
    : word?.value !== undefined && typeof word.value === 'string'
      ? word.value
      : (word?.text ?? '');
}

/** The text of a word that nothing is put into; undefined when something is. */
export function plainValue(word: ShellNode | string | undefined): string | undefined {
  if (word === undefined) return undefined;
  if (typeof word === 'string') return word;
  if (word.type !== 'Word') return undefined;
  const plain = (parts: readonly ShellNode[]): boolean =>
    parts.every(
      ({ type, parts: inner }) =>
        type === 'Literal' ||
        type === 'SingleQuoted' ||
        type === 'AnsiCQuoted' ||
        (type === 'DoubleQuoted' && plain(inner ?? [])),
    );
  return plain(word.parts ?? []) && typeof word.value === 'string' ? word.value : undefined;
}
