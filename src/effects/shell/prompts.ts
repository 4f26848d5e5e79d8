/** `$ `, `# `, `% `, `> ` after a prompt of some shape; what follows is what was typed. */
const dollar =
  /^[ \t]*(?:\([\w.-]+\)[ \t]*)?(?:[$%❯➜][ \t]+|\[[\w.-]+@[\w.-]+[^\]\n]{0,60}\][#$%][ \t]*|[\w.-]+@[\w.-]+:[^\s$#]{0,80}[$#%][ \t]+|[\w.-]+@[\w.-]+[ \t][~/][^\s$#]{0,60}[ \t][$#%][ \t]+|[A-Za-z][\w.-]{0,40}[\w)][$#][ \t]+|(?:[\w.-]{1,40}:)?[~/][\w./~-]{0,60}(?:[ \t]\$|[$])[ \t]+|(?:[~/]|[\w.-]{1,40}:[~/][\w./~-]{0,60})[ \t]?#[ \t]+|[A-Za-z][\w.]{0,40}[-\d][\w.-]{0,40}[ \t]\$[ \t]+|PS [A-Z]:\\[^>\n]{0,80}>[ \t]*)(?=\S)/;
const root = /^#[ \t]+(?=\S)/;

/**
 * In a transcript only what was typed counts. Prompts become spaces, lines of output become empty, so that offsets stay. A text without
 * prompts stays as it is. `# ` is a prompt only when no line has another prompt and what follows reads like a command.
 */
export function typedOnly(text: string, isTool: (name: string) => boolean): string {
  if (!/[$%❯➜#>][ \t]*\S/.test(text)) return text;
  const lines = text.split('\n');
  const shape = lines.some((line) => dollar.test(line)) ? dollar : undefined;
  if (shape === undefined) return rootPrompts(lines, isTool) ?? text;
  if (lines.some((line) => /^\s*(?:\w+=\S*\s*$|if |for |while |function |\w+\(\) *\{)/.test(line) && !shape.test(line)))
    return lines.map((line) => blank(line, shape)).join('\n');
  let going = false;
  let until: string | undefined;
  return lines
    .map((line) => {
      if (until !== undefined) {
        if (line.trim() === until) until = undefined;
        return line;
      }
      const continued = going && /^\s*>\s/.test(line);
      const typed = shape.test(line)
        ? blank(line, shape)
        : continued
          ? line.replace('>', ' ')
          : going
            ? line
            : undefined;
      if (typed === undefined) return readsTyped(line, isTool) ? line : ' '.repeat(line.length);
      until = /<<-?\s*\\?["']?(\w+)/.exec(typed)?.[1];
      going = /(?:\\|\||&&|\|\|)\s*$/.test(typed);
      return typed;
    })
    .join('\n');
}

/** Prompts that stand before what was typed, other than `# `. */
export function promptsIn(text: string): string[] {
  return text.split('\n').flatMap((line) => dollar.exec(line)?.[0].trim() ?? []);
}

/** A line without a prompt that begins with a tool and has more: in doubt somebody left the prompt out, and it counts. */
function readsTyped(line: string, isTool: (name: string) => boolean): boolean {
  const words = line.trimEnd().split(/\s+/);
  const [first = ''] = words;
  return words.length > 1 && /^[a-z][\w.+-]*$|^\.?\//.test(first) && isTool(first) && !prose(words);
}

function blank(line: string, shape: RegExp): string {
  return line.replace(shape, (prompt) => ' '.repeat(prompt.length));
}

/** A text of `# command` lines with output between. Comments over commands look the same, so a tool's name must follow. */
function rootPrompts(lines: readonly string[], isTool: (name: string) => boolean): string | undefined {
  const filled = lines.filter((line) => line.trim() !== '');
  const prompts = filled.filter((line) => root.test(line));
  // One line alone is a comment.
  if (filled.length < 2 || prompts.length === 0 || !root.test(filled[0] as string)) return undefined;
  const named = prompts.every((line) => {
    const words = line.replace(root, '').split(/\s+/);
    return /^[a-z][\w.+-]*$|^\.?\//.test(words[0] as string) && isTool(words[0] as string) && !prose(words);
  });
  if (!named || filled.some((line) => !root.test(line) && isTool(line.trim().split(/\s+/)[0] as string)))
    return undefined;
  return lines.map((line) => (root.test(line) ? blank(line, root) : ' '.repeat(line.length))).join('\n');
}

/** `# find the pod that is broken`: words, articles, no option, no path. */
function prose(words: readonly string[]): boolean {
  return (
    words.some((word) => /^(?:the|a|an|all|and|that|is|if|to|from|for|with|your|this|of|in|on)$/i.test(word)) &&
    !words.some((word) => /^-|[/|=$]/.test(word))
  );
}
