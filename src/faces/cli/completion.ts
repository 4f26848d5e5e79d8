import { type OptionRecord, optionRecords } from '../../config/options.ts';
import type { Operation } from '../../operations/types.ts';
import { type InputField, inputFields } from '../input-fields.ts';

export type Shell = 'bash' | 'zsh' | 'fish';

/** What may follow the words typed so far: `path` is the command so far, without options. */
interface Place {
  readonly path: string;
  readonly words: readonly { readonly word: string; readonly describe: string }[];
}

/** A script that completes commands, options and choices. All three are made from the same table of places. */
export function completionScript(operations: readonly Operation[], shell: Shell): string {
  const places = placesOf(operations);
  const values = valuesOf(operations);
  if (shell === 'bash') return bashScript(places, values);
  return shell === 'zsh' ? zshScript(places, values) : fishScript(places, values);
}

function placesOf(operations: readonly Operation[]): Place[] {
  const places = new Map<string, Map<string, string>>();
  const at = (path: string) => places.get(path) ?? places.set(path, new Map()).get(path) ?? new Map<string, string>();
  for (const operation of operations) {
    const words = operation.name.split(' ');
    for (const [index, word] of words.entries()) {
      const last = index === words.length - 1;
      const place = at(words.slice(0, index).join(' '));
      if (last || !place.has(word)) place.set(word, last ? operation.title : '');
    }
    for (const field of inputFields(operation)) {
      const positional = operation.positional?.includes(field.name) ?? false;
      const given = positional ? field.offered : flagsOf(field);
      for (const word of given) at(operation.name).set(word, positional ? '' : field.describe);
    }
  }
  at('').set('help', 'Show the help of a command');
  const shared: [string, string][] = [['--help', 'Show help']];
  for (const record of Object.values(optionRecords) as OptionRecord[]) {
    if (record.flag !== undefined) shared.push([record.flag, record.describe]);
  }
  return [...places].map(([path, words]) => ({
    path,
    words: [...words, ...shared].map(([word, describe]) => ({ word, describe })),
  }));
}

function flagsOf(field: InputField): string[] {
  if (field.kind !== 'boolean') return [`--${field.flag}`];
  if (field.default === false) return [`--${field.flag}`];
  return field.default === true ? [`--no-${field.flag}`] : [`--${field.flag}`, `--no-${field.flag}`];
}

/** Options that take one of a few values, and those that take a path or any text. */
function valuesOf(operations: readonly Operation[]): Map<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  // A flag of several commands takes what any of them does.
  const add = (flag: string, taken: readonly string[]) =>
    values.set(flag, [...new Set([...(values.get(flag) ?? []), ...taken])]);
  for (const operation of operations) {
    for (const field of inputFields(operation)) {
      if (field.kind !== 'boolean') add(`--${field.flag}`, field.offered);
    }
  }
  for (const record of Object.values(optionRecords) as OptionRecord[]) {
    if (record.flag === undefined || record.placeholder === undefined) continue;
    const options: unknown = (record.schema as { options?: unknown }).options;
    add(record.flag, Array.isArray(options) ? options.map(String) : []);
  }
  return values;
}

/** Words before the one being typed that are commands: options and their values are passed over. */
function bashScript(places: readonly Place[], values: ReadonlyMap<string, readonly string[]>): string {
  const cases = places.map(
    ({ path, words }) => `    ${quote(path)}) words=${quote(words.map(({ word }) => word).join(' '))} ;;`,
  );
  const choices = [...values].map(([flag, list]) =>
    list.length === 0
      ? `    ${flag}) COMPREPLY=($(compgen -f -- "$current")); return ;;`
      : `    ${flag}) COMPREPLY=($(compgen -W ${quote(list.join(' '))} -- "$current")); return ;;`,
  );
  return `# Completes holdfast in bash. Made by \`holdfast completion bash\`.
_holdfast_words() {
  case "$1" in
${cases.join('\n')}
    *) words= ;;
  esac
}
_holdfast() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} path= words= word next index
  COMPREPLY=()
  case "$previous" in
${choices.join('\n')}
  esac
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    [[ $word == -* ]] && continue
    next=\${path:+$path }$word
    _holdfast_words "$next"
    [[ -n $words ]] && path=$next
  done
  _holdfast_words "$path"
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [[ \${#COMPREPLY[@]} -eq 0 ]] && COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _holdfast holdfast`;
}

function zshScript(places: readonly Place[], values: ReadonlyMap<string, readonly string[]>): string {
  const cases = places.map(({ path, words }) => {
    const described = words.map(({ word, describe }) => quote(`${word.replaceAll(':', '\\:')}:${describe}`));
    return `    ${quote(path)}) words_here=(${described.join(' ')}) ;;`;
  });
  const choices = [...values].map(([flag, list]) =>
    list.length === 0
      ? `    ${flag}) _files; return ;;`
      : `    ${flag}) compadd -- ${list.map(quote).join(' ')}; return ;;`,
  );
  return `#compdef holdfast
# Completes holdfast in zsh. Made by \`holdfast completion zsh\`.
_holdfast_words() {
  case "$1" in
${cases.join('\n')}
    *) words_here=() ;;
  esac
}
_holdfast() {
  local place= next word
  local -a words_here
  case "\${words[CURRENT-1]}" in
${choices.join('\n')}
  esac
  for word in "\${(@)words[2,CURRENT-1]}"; do
    [[ $word == -* ]] && continue
    next=\${place:+$place }$word
    _holdfast_words "$next"
    (( \${#words_here} )) && place=$next
  done
  _holdfast_words "$place"
  _describe 'holdfast' words_here || _files
}
if [[ \${funcstack[1]} == _holdfast ]]; then _holdfast "$@"; else compdef _holdfast holdfast; fi`;
}

function fishScript(places: readonly Place[], values: ReadonlyMap<string, readonly string[]>): string {
  const known = places.map(({ path }) => path).filter((path) => path !== '');
  const lines = places.flatMap(({ path, words }) =>
    words.map(({ word, describe }) => {
      const flag = word.startsWith('--') ? `-l ${word.slice(2)}` : `-a ${quote(word)}`;
      const list = values.get(word);
      const takes = list === undefined ? '' : list.length === 0 ? ' -r -F' : ` -x -a ${quote(list.join(' '))}`;
      const text = describe === '' ? '' : ` -d ${quote(describe)}`;
      return `complete -c holdfast -n ${quote(`test (__holdfast_place) = ${fishQuote(path)}`)} ${flag}${takes}${text}`;
    }),
  );
  return `# Completes holdfast in fish. Made by \`holdfast completion fish\`.
function __holdfast_place
    set -l place ""
    for word in (commandline -opc)[2..-1]
        string match -q -- "-*" $word; and continue
        set -l next (string trim "$place $word")
        contains -- "$next" ${known.map(fishQuote).join(' ')}; and set place $next
    end
    echo "$place"
end
complete -c holdfast -f
${lines.join('\n')}`.replaceAll('(__holdfast_place)', '"$(__holdfast_place)"');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function fishQuote(text: string): string {
  return `"${text}"`;
}
