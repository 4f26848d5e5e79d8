/** Words before the program that is really run, each with those of its options that take the next word. */
const wrappers: ReadonlyMap<string, string> = new Map([
  ['sudo', 'ugpCDhrtTU'],
  ['doas', 'uC'],
  ['env', 'uCS'],
  ['nice', 'n'],
  ['ionice', 'cn'],
  ['stdbuf', 'ioe'],
  ['nohup', ''],
  ['time', 'fo'],
  ['command', ''],
  ['exec', 'a'],
]);

/** Words of a shell that no program belongs to. */
const shellWords = new Set(
  `if then else elif fi for while until do done case esac in function select { } ( ) [ [[ ! : . source cd export set unset
  echo printf test true false read local declare alias eval trap wait exit return shift ulimit umask`.split(/\s+/),
);

/**
 * The program whose version matters to a command: its first word, behind assignments and `sudo`-like words. Undefined where that
 * word belongs to the shell, is no plain word, or is a file whose place depends on the directory.
 */
export function toolOf(command: string): string | undefined {
  const words = firstLine(command).split(/\s+/);
  let valued: string | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (/^[A-Za-z_]\w*=/.test(word)) continue;
    if (valued !== undefined && word.startsWith('-')) {
      if (word.length === 2 && valued.includes(word.charAt(1))) at += 1;
      continue;
    }
    const options = wrappers.get(word);
    if (options !== undefined) {
      valued = options;
      continue;
    }
    return /^(?:\/[\w.+/-]+|\w[\w.+-]*)$/.test(word) && !shellWords.has(word) ? word : undefined;
  }
  return undefined;
}

/** The first line that is neither empty nor a comment, without a prompt. */
function firstLine(command: string): string {
  const line = command.split('\n').find((each) => each.trim() !== '' && !each.trimStart().startsWith('#')) ?? '';
  return line.trim().replace(/^\$\s+/, '');
}
