import { families } from '../knowledge/api.ts';

/** Words of the shell itself that begin a command. */
const builtins =
  '. : [ [[ alias bg break case cd command continue declare do done echo eval exec exit export false fg fi for function getopts hash if jobs kill let local logout mapfile popd printf pushd pwd read readonly return select set shift shopt source test then time times trap true type typeset ulimit umask unalias unset until wait while';

let known: ReadonlySet<string> | undefined;

/** Whether a word is the name of a program or of a word of the shell, as far as it is known here. */
export function isCommandWord(word: string): boolean {
  known ??= new Set([...builtins.split(' '), ...families.flatMap(({ tools }) => tools.flatMap(({ names }) => names))]);
  return known.has(word) || known.has(word.slice(word.lastIndexOf('/') + 1));
}
