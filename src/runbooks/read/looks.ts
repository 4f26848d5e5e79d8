import { looksLikeCommand } from '../../effects/documents/prose.ts';
import { isCommandWord } from '../../effects/documents/words.ts';
import { typedOnly } from '../../effects/shell/prompts.ts';
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

export function isTranscript(text: string): boolean {
  if (
    !/^[ \t]*(?:\([\w.-]+\)[ \t]*)?(?:[$%❯➜][ \t]+\S|\[[\w.-]+@[^\]\n]{1,80}\][#$%]|[\w.-]+@[\w.-]+:[^\s$#]{0,80}[$#%][ \t]|#[ \t]+\S)/m.test(
      text,
    )
  )
    return false;
  const typed = typedOnly(text, isCommandWord);
  return typed !== text && typed.trim() !== '';
}

/** A prompt that is no shell's of a machine like this one: what is typed there is for a person. */
const otherPrompt =
  /^[ \t]*(?:PS(?: [A-Z]:\\[^>\n]{0,80})?> ?\S|>>> \S|\d{1,3}(?:\.\d{1,3}){3}:\d{2,5}(?:\[\d+\])?> \S|redis[\w.:[\]-]{0,60}> \S|irb\([^)\n]{0,40}\)[^>\n]{0,20}> \S|[\w-]{1,40}:(?:PRIMARY|SECONDARY)> \S)/m;

/** Whether what was typed went through more than one prompt, so that no script can do the same. */
export function isSession(text: string): boolean {
  if (otherPrompt.test(text)) return true;
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
