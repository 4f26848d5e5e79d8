import { toolNamed } from '../../effects/shell/tools.ts';
import { type ShellNode, shellTree, visit } from '../shell-tree.ts';
import { holdsInterpreter, interprets, sqlClient, wordsOf } from './interpreters.ts';
import { shapeOf } from './shape.ts';
import { demandsOf } from './variables.ts';

/** Where in a shell text a value goes, and what it may hold there. */
export interface Place {
  readonly kind: 'bare' | 'single' | 'double' | 'heredoc' | 'quoted-heredoc' | 'comment' | 'unknown';
  /** Read again by something else, or not understood: only plain characters. */
  readonly restricted: boolean;
  /** Where that is, for a person: `inside ssh ...`. */
  readonly why: string;
  /** A narrower rule: digits in arithmetic, a name in an assignment. */
  readonly only?: RegExp;
  /** SQL is in the text: two dashes would make the rest of a line a comment. */
  readonly noDashes: boolean;
  readonly allowed?: string;
  /** Its first character would be the first of an argument. */
  readonly beginsWord: boolean;
  /** It is the name of a command, or a part of it. */
  readonly command: boolean;
  readonly afterDollar: boolean;
  /** Digits there would be the number of a file. */
  readonly beforeRedirect: boolean;
}

/** The place of each marker in a parsed text. */
export function placesIn(probe: string, tree: ShellNode, markers: readonly string[]): Place[] {
  const chains = new Map<string, ShellNode[]>();
  let hasFunctions = false;
  visit(tree, (node, _offset, above) => {
    hasFunctions ||= node.type === 'Function';
    const text = node.text;
    if (text === undefined) return;
    for (const marker of markers) if (text.includes(marker)) chains.set(marker, [...above, node]);
  });
  const broken = (tree.errors?.length ?? 0) > 0;
  const interpreter = holdsInterpreter(tree);
  const sql = sqlClient.test(probe);
  const demands = demandsOf(tree);
  return markers.map((marker) => {
    const at = probe.indexOf(marker);
    const before = probe.slice(0, at);
    const chain = chains.get(marker);
    const around = {
      afterDollar: before.endsWith('$'),
      beforeRedirect: /^\d*[<>]/.test(probe.slice(at + marker.length)),
      noDashes: sql,
    };
    if (chain === undefined)
      return { ...unknown, ...around, ...(isComment(probe, marker) && !broken ? { kind: 'comment' as const } : {}) };
    const place = sql && isCompared(chain, before) ? compared : placeOf(chain);
    const escaped = /(?:^|[^\\])(?:\\\\)*\\$/.test(before);
    const why = broken
      ? 'in a text that is no valid shell'
      : escaped
        ? 'after a backslash'
        : (place.why ?? reinterpreted(chain, { interpreter, hasFunctions, demands }));
    return {
      ...around,
      kind: place.kind,
      restricted: why !== undefined,
      why: why ?? '',
      ...(place.only === undefined ? {} : { only: place.only, allowed: place.allowed ?? '' }),
      beginsWord: beginsArgument(chain, marker),
      command: isName(chain),
    };
  });
}

/** `where id = <x>` in the text for a client: the name of a column there would hold for every row. */
function isCompared(chain: readonly ShellNode[], before: string): boolean {
  const word = chain.findLast(({ type }) => type === 'Word' || type === 'HereDocBody');
  return word !== undefined && carriesBlanks(word) && /[=<>]\s*$/.test(before);
}

const compared: Quoting = {
  kind: 'unknown',
  only: /^\d+(?:\.\d+)?$/,
  allowed: 'only a number, as SQL has it without quotes',
};

const unknown = {
  kind: 'unknown' as const,
  restricted: true,
  why: 'where its place in the command cannot be told',
  beginsWord: false,
  command: false,
};

type Quoting = Pick<Place, 'kind'> & Partial<Pick<Place, 'only' | 'allowed' | 'why'>>;

/** The quotes that a marker stands in, from the nodes that hold it, outermost first. */
function placeOf(chain: readonly ShellNode[]): Quoting {
  const leaf = chain.at(-1);
  const parent = chain.at(-2);
  const cannotTell: Quoting = { kind: 'unknown', why: 'where its place in the command cannot be told' };
  if (leaf === undefined || parent === undefined) return cannotTell;
  if (chain.some(({ type, text = '' }) => type === 'CommandExpansion' && text.startsWith('`')))
    return { ...cannotTell, why: 'inside backticks' };
  const comparison = chain.some(
    ({ type, operator = '' }) => type === 'TestBinary' && /^-(?:eq|ne|lt|le|gt|ge)$/.test(operator),
  );
  if (comparison || chain.some(({ type }) => type.startsWith('Arithmetic')))
    return { kind: 'unknown', only: /^(?:0|[1-9]\d{0,17})$/, allowed: 'only a whole number' };
  if (chain.some(({ type, operator = '' }) => type === 'TestUnary' && /^-[vR]$/.test(operator)))
    return { kind: 'unknown', only: /^[A-Za-z_]\w*$/, allowed: 'only the name of a variable' };
  if (leaf.type === 'Assignment')
    return { kind: 'unknown', only: /^[A-Za-z_]\w*$/, allowed: 'only the name of a variable' };
  if (leaf.type === 'BraceExpansion')
    return { kind: 'unknown', only: /^\w[\w-]*$/, allowed: 'only letters, digits, _ and -' };
  const operations = ['Default', 'Remove', 'Replace', 'Slice', 'CaseModification', 'Transform', 'ParameterExpansion'];
  if (chain.some(({ type }) => operations.includes(type))) return cannotTell;
  if (leaf.type === 'SingleQuoted') return { kind: 'single' };
  if (leaf.type === 'HereDocBody') return { kind: isQuoted(parent) ? 'quoted-heredoc' : 'heredoc' };
  if (leaf.type === 'Word')
    return leaf.text === leaf.value || !/["']/.test(leaf.text ?? '') ? { kind: 'bare' } : cannotTell;
  if (leaf.type !== 'Literal') return cannotTell;
  if (parent.type === 'Word') return { kind: 'bare' };
  if (parent.type === 'DoubleQuoted') return { kind: 'double' };
  if (parent.type === 'HereDocBody')
    return { kind: chain.at(-3) !== undefined && isQuoted(chain.at(-3)) ? 'quoted-heredoc' : 'heredoc' };
  return cannotTell;
}

function isQuoted(heredoc: ShellNode | undefined): boolean {
  return heredoc?.delimiter?.quoted === true;
}

/** Who would read the value a second time; undefined when nobody does. */
function reinterpreted(
  chain: readonly ShellNode[],
  all: {
    readonly interpreter: boolean;
    readonly hasFunctions: boolean;
    readonly demands: ReturnType<typeof demandsOf>;
  },
): string | undefined {
  for (const node of chain) {
    if (node.type === 'Command' && interprets(node)) return `in what ${nameOf(node)} reads`;
    if (node.type === 'Pipeline' && (holdsInterpreter(node) || teesCode(node)))
      return 'in what another command of its pipeline reads';
    if (node.type === 'Assignment' || node.type === 'For' || node.type === 'Select') {
      const demand = all.demands.get(typeof node.name === 'string' ? node.name : nameOf(node));
      if (demand?.interpreted === true || demand?.arithmetic === true || demand?.unquoted === true)
        return 'in a variable that is read again';
    }
  }
  const command = chain.findLast(({ type }) => type === 'Command');
  if (command === undefined) return undefined;
  const name = nameOf(command);
  const file = fileOf(command);
  if (all.interpreter && (all.hasFunctions || name === 'set' || file !== undefined))
    return 'in what a later command may read';
  if (
    file !== undefined &&
    (isCode.test(file) || chain.some(({ type, text = '' }) => type === 'HereDocBody' && text.startsWith('#!')))
  )
    return `in what is written to ${file === '' ? 'a script' : file}`;
  const word = chain.findLast(({ type }) => type === 'Word');
  if (word !== undefined && word !== command.name && carriesBlanks(word) && toolNamed(name) === undefined)
    return `in what ${name === '' ? 'an unknown command' : name} may read as a command`;
  if (chain.some(({ type }) => type === 'HereDoc') && !/^(?:cat|tee)$/.test(name)) return `in what ${name} reads`;
  return undefined;
}

/** A quoted word with blanks or signs of a shell: it may be a command line of its own. */
function carriesBlanks(word: ShellNode): boolean {
  return /[\s;|&$()`<>]/.test(typeof word.value === 'string' ? word.value : (word.text ?? ''));
}

/** Files that something runs or obeys later. */
const isCode =
  /\.(?:sh|bash|zsh|py|pl|rb|js|sql|service|timer|conf|cfg|ini|env|ya?ml|json|toml)$|(?:rc|profile|sudoers|authorized_keys|crontab)$|\/(?:cron|sudoers)[\w.]*\//;

/** The file that a command's output goes to; empty where it is not plain. */
function fileOf(command: ShellNode): string | undefined {
  const parts = command.suffix ?? [];
  const target = parts.find(({ type, operator = '' }) => type === 'Redirect' && operator.includes('>'))?.target;
  if (target !== undefined) return typeof target.value === 'string' ? target.value : '';
  if (nameOf(command) !== 'tee') return undefined;
  return parts.map(({ value }) => value).find((value) => typeof value === 'string' && !value.startsWith('-')) as
    | string
    | undefined;
}

/** `… | sudo tee /etc/cron.d/job` */
function teesCode(pipeline: ShellNode): boolean {
  let found = false;
  visit(pipeline, (node) => {
    if (node.type !== 'Command') return;
    const words = wordsOf(node);
    found ||= words.includes('tee') && words.some((word) => isCode.test(word));
  });
  return found;
}

function nameOf(command: ShellNode): string {
  const { name } = command;
  if (typeof name === 'string') return name;
  return typeof name?.value === 'string' ? name.value : '';
}

/** Whether the marker's first character is the first of an argument; values of assignments and targets of redirections are none. */
function beginsArgument(chain: readonly ShellNode[], marker: string): boolean {
  const index = chain.findLastIndex(({ type }) => type === 'Word');
  const word = chain[index];
  const holder = chain[index - 1];
  if (word === undefined || holder === undefined) return false;
  if (holder.type === 'Assignment' || holder.type === 'Redirect' || holder.type === 'HereString') return false;
  const text = typeof word.value === 'string' ? word.value : (word.text ?? '');
  return text.replace(/^[$"']+/, '').startsWith(marker);
}

function isName(chain: readonly ShellNode[]): boolean {
  const index = chain.findLastIndex(({ type }) => type === 'Word');
  return chain[index - 1]?.type === 'Command' && chain[index - 1]?.name === chain[index];
}

/** Two words instead of one change nothing: it is no part of any command. */
function isComment(probe: string, marker: string): boolean {
  return shapeOf(shellTree(probe.replace(marker, `${marker} ' ${marker}`))) === shapeOf(shellTree(probe));
}
