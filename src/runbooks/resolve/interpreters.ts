import type { Carries, Verb } from '../../effects/knowledge/types.ts';
import { toolNamed } from '../../effects/shell/tools.ts';
import { type ShellNode, visit } from '../shell-tree.ts';

/** Commands that read their words again as code though their knowledge does not say so as data. */
const more =
  /^(?:eval|ssh|mosh|rsh|pdsh|clush|xargs|parallel|trap|let|crontab|at|batch|make|tmux|screen|expect|ansible|salt|sg|su|rsync|scp|sftp|alias|sed|awk|gawk|mawk|perl|ruby|node|php|jq|yq|bc|dc|lua|iex|irb|vim?|ed|ex|m4|script|lunacm)$/;

const takesNames = /^(?:unset|read|declare|typeset|local|readonly|mapfile|readarray|getopts|wait)$/;

/** Whether a command, or one that it starts, reads some of its words or its input as code: a shell, a client of a database, an interpreter. */
export function interprets(command: ShellNode): boolean {
  const words = wordsOf(command);
  // bash looks into the index of a name that it is given: unset 'a[$(id)]' runs id.
  if (takesNames.test(words[0] ?? '') || (/^(?:printf|test|\[)$/.test(words[0] ?? '') && words.includes('-v')))
    return true;
  return words.some((word) => {
    const name = word.slice(word.lastIndexOf('/') + 1);
    return more.test(name) || carriesCode(name, words);
  });
}

/** Programs that take SQL in their words or their input. */
export const sqlClient =
  /\b(?:psql|mysql|mariadb|sqlite3?|clickhouse-client|cqlsh|sqlplus|sqlcmd|usql|pgcli|mycli|cockroach)\b/;

/** Whether anything below is such a command. */
export function holdsInterpreter(tree: ShellNode): boolean {
  let found = false;
  visit(tree, (node) => {
    found ||= node.type === 'Command' && interprets(node);
  });
  return found;
}

/** Name and plain words of a command; what is quoted with blanks is no name of a program. */
export function wordsOf(command: ShellNode): string[] {
  return [command.name, ...(command.suffix ?? [])].flatMap((word) =>
    typeof word === 'object' && word.type === 'Word' && typeof word.value === 'string' && !/\s/.test(word.value)
      ? [word.value]
      : [],
  );
}

/** Its subcommands count when their first word is there. */
function carriesCode(name: string, words: readonly string[]): boolean {
  const tool = /^[a-z][\w.+-]*$/.test(name) ? toolNamed(name)?.tool : undefined;
  if (tool === undefined) return false;
  if (carriesMoreThanWords(tool)) return true;
  return Object.entries(tool.commands ?? {}).some(
    ([path, verb]) =>
      carriesMoreThanWords(verb) && (path.split(' ', 1)[0] ?? '').split('|').some((first) => words.includes(first)),
  );
}

function carriesMoreThanWords(verb: Verb): boolean {
  return (verb.carries ?? []).some(({ as }: Carries) => as !== 'command') || verb.special === 'eval';
}
