import { looksLikeCommand } from '../../effects/documents/prose.ts';
import { isCommandWord } from '../../effects/documents/words.ts';
import { promptsIn, typedOnly } from '../../effects/shell/prompts.ts';
import { withoutPrompts } from '../../effects/sql/prompts.ts';

/** Lines that are neither blank nor comments. */
export function codeLines(text: string): string[] {
  return text.split('\n').filter((line) => !/^\s*(?:#|$)/.test(line));
}

/** Boxes, arrows, trees of directories: most lines have signs to draw with, or a rule goes from side to side. */
export function isDrawing(text: string): boolean {
  const lines = text
    .slice(0, 200_000)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const signs = lines.filter((line) =>
    /[\u2500-\u257f\u2580-\u259f\u25b2-\u25c4\u25b6\u25c0]|^\s*[↓↑→←⇒⇓⬇]+\s*$|^\s*[|│+`]--+/.test(
      line.replace(/\s#.*$/, ''),
    ),
  );
  const rules = lines.some((line) => /^\s*[━─═]{5,}\s*$/.test(line));
  const arrows = lines.filter((line) => /\s(?:→|⇒|-+>|=+>|⟶)\s/.test(line));
  return (
    lines.length > 0 &&
    (signs.length * 2 >= lines.length ||
      (rules && signs.length > 0) ||
      (arrows.length * 2 >= lines.length && !looksLikeCommand(text)))
  );
}

/** At least one name with a value, and nothing else. A lone assignment is a command. */
export function isEnvironment(lines: readonly string[]): boolean {
  return (
    lines.length > 1 &&
    lines.every((line) => /^\s*[A-Z][A-Z0-9_]*=(?!\$\()(?:[^\s"'`$;|&]*|"[^"`$]*"|'[^']*')\s*(?:#.*)?$/.test(line))
  );
}

export function isData(lines: readonly string[]): boolean {
  return (
    lines.length > 0 &&
    lines.filter((line) => /^\s*(?:["']?[\w.$/-]+["']?\s*[:=]|[{}[\]]|- |\[)/.test(line)).length * 2 > lines.length
  );
}

/** A script with the line that names its shell, and the name of its file. */
export function isFile(text: string, meta: string): boolean {
  if (!/^\ufeff?#!/.test(text)) return false;
  const head = text.split('\n', 6).slice(1);
  return (
    head.some((line) => /^\s*#\s*(?:[\w./-]*\/)?[\w.-]+\.(?:sh|bash|zsh|ksh)\s*$/.test(line)) ||
    /\.(?:sh|bash)\b/.test(meta) ||
    text.split('\n').length > 3
  );
}

/** Whether prompts stand before what was typed. */
export function isTranscript(text: string): boolean {
  const typed = typedOnly(text, isCommandWord);
  return typed !== text && typed.trim() !== '';
}

/** A prompt that is no shell's of a machine like this one: what is typed there is for a person. */
const otherPrompt =
  /^[ \t]*(?:PS(?: [A-Z]:\\[^>\n]{0,80})?> ?\S|>>> \S|[\w.-]{1,60}:\d{2,5}(?:\[\d+\])?> \S|redis[\w.:[\]-]{0,60}> \S|irb\([^)\n]{0,40}\)[^>\n]{0,20}> \S|[\w-]{1,40}:(?:PRIMARY|SECONDARY)> \S|(?:[\w-]{1,40} )?\[[^\]\n]{1,40}\] \w{1,40}> \S|(?:gpg|s?ftp|lftp|telnet|cqlsh(?::\w+)?|mongosh?|test|influx|ntpq|chronyc|nslookup|crash|ceph|virsh|diskpart)> \S|\((?:gdb|lldb|dlv|parted)\) \S)/im;

/** `sh-5.1#`, `/ #`: the shell of a container, or one that something else opened. */
const innerPrompt = /^(?:(?:ba|da|z|a)?sh-?\d[\d.]*[$#]|~\s?#|\/\S*\s?[$#])$/;

/** Whose prompt it is: `ops@db1`, `mon-a`; nobody's where it is but a sign. */
function whose(prompt: string): string {
  const bare = prompt.replace(/^\([\w.-]+\)\s*/, '');
  return /[\w.-]+@[\w.-]+/.exec(bare)?.[0] ?? /^[\w.-]*/.exec(bare)?.[0] ?? '';
}

/** The machine whose prompt stands before all that was typed, where prompts name one. */
export function promptHost(text: string): string | undefined {
  const [owner = '', ...others] = new Set(promptsIn(text).map(whose));
  const host = owner.slice(owner.indexOf('@') + 1);
  return others.length > 0 || host === '' || host === 'localhost' ? undefined : host;
}

/** Whether what was typed went through more than one prompt, or one of a shell inside, so that no script can do the same. */
export function isSession(text: string): boolean {
  if (otherPrompt.test(text)) return true;
  const prompts = promptsIn(text);
  if (prompts.some((prompt) => innerPrompt.test(prompt)) || new Set(prompts.map(whose)).size > 1) return true;
  const typed = typedOnly(text, isCommandWord);
  if (typed === text) return false;
  if (withoutPrompts(text).text !== text) return true;
  const kept = typed.split('\n');
  return text
    .split('\n')
    .some((line, at) => /^[\w.@~:/[\]()-]{1,40}[$#] +\S/.test(line) && (kept[at] ?? '').trim() === '');
}

/** Remarks that are all commands: the prompt of root looks the same, and nobody can tell which of them it is. */
export function isRootPrompt(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.every((line) => looksLikeCommand(line.replace(/^\s*#\s*/, '')));
}
