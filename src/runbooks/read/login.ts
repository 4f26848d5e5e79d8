/** Lines that open a shell elsewhere and stay there. */
const shells = [
  String.raw`-[is]u?(?:[ \t]+-u)?(?:[ \t]+\S+)?|-u[ \t]+\S+[ \t]+-[is]`,
  String.raw`su(?:[ \t]+-l?)?(?:[ \t]+[\w.<>$\{\}-]+)?`,
  String.raw`ssh[ \t]+(?:-[46AaCfgKkMNnqTtVvXxYy]+[ \t]+|-\w[ \t]+\S+[ \t]+)*[\w.@<>$\{\}\p{L}-]+`,
  String.raw`(?:docker|podman|nerdctl|kubectl|oc)[ \t]+(?:exec|run|attach|rsh)[ \t][^\n|;&]*[ \t](?:\/(?:usr\/)?bin\/)?(?:ba|z|a)?sh`,
];
/** The same for the prompt of a database. Alone they only begin and end; what is typed into them is no command of a shell. */
const prompts = [
  String.raw`(?:psql|mysql|mariadb|mongosh)(?![^\n]*[ \t](?:-[A-Zqstn]*[cefVl]|--command|--execute|--eval|--file|<|--version|--list)(?:[ \t=]|$))(?:[ \t]+(?:-\S+|[\w.$<>\{\}"'/:@?=&+-]+))*`,
  String.raw`sqlite3(?:[ \t]+-\S+)*(?:[ \t]+[^\s-]\S*)?`,
  String.raw`redis-cli(?:[ \t]+-[hpanu][ \t]*\S+)*`,
];

/** A line after which nothing is typed into the shell before it any more. */
export const login = lineOf([...shells, ...prompts]);
const shellLogin = lineOf(shells);

/** Where a login goes, in a word: the host after `ssh`. */
export function loginPlace(text: string): string | undefined {
  return /^[ \t]*(?:sudo[ \t]+)?ssh[ \t]+(?:-\S+[ \t]+)*?(?:[\w.<>${}\p{L}-]+@)?([\w.<>${}\p{L}-]+)[ \t]*$/mu.exec(
    text,
  )?.[1];
}

/**
 * Whether a script opens a shell elsewhere, or a prompt with something meant for it, outside of what it hands over in a here-document. In a
 * step that runs by itself the lines after it would be done here instead.
 */
export function logsIn(script: string): boolean {
  const text = script.replace(/<<-?\s*\\?["']?([A-Za-z_]\w*)["']?[^\n]*\n[\s\S]*?^[ \t]*\1[ \t]*$/gm, '<<').trim();
  const found = login.exec(text);
  return found !== null && (shellLogin.test(text) || found.index + found[0].length < text.length);
}

function lineOf(forms: readonly string[]): RegExp {
  return new RegExp(`^[ \\t]*(?:sudo[ \\t]+)?(?:${forms.join('|')})[ \\t]*(?:#[^\\n]*)?$`, 'mu');
}
