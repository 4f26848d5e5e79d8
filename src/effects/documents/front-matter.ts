/** Where the body of a Markdown document begins, and the settings that may stand before it: YAML between `---`, TOML between `+++`. */
export interface FrontMatter {
  readonly body: number;
  readonly settings?: { readonly language: 'yaml' | 'toml'; readonly start: number; readonly end: number };
}

/** Comments and a byte order mark may stand before the settings. */
export function frontMatterOf(markdown: string): FrontMatter {
  const found = settingsAt(markdown, afterComments(markdown));
  // Without settings behind them the comments are a part of the body.
  return found.settings === undefined ? { body: markdown.startsWith('\ufeff') ? 1 : 0 } : found;
}

/** Comments before front matter would make a heading of it. A byte order mark goes with them. */
function afterComments(markdown: string): number {
  let at = markdown.startsWith('\ufeff') ? 1 : 0;
  for (;;) {
    const blank = /^\s*/.exec(markdown.slice(at, at + 1000))?.[0].length ?? 0;
    if (!markdown.startsWith('<!--', at + blank)) return at + (blank === 0 ? 0 : firstLine(markdown, at, at + blank));
    const close = markdown.indexOf('-->', at + blank);
    if (close < 0) return at;
    at = close + 3;
  }
}

/** How far blank lines go: the indentation of the line after them stays, for it may make code of it. */
function firstLine(text: string, from: number, to: number): number {
  return Math.max(text.lastIndexOf('\n', to - 1), text.lastIndexOf('\r', to - 1), from - 1) + 1 - from;
}

function settingsAt(markdown: string, at: number): FrontMatter {
  const fence = /^(---|\+\+\+)[ \t]*(?:\r\n?|\n)/.exec(markdown.slice(at, at + 100));
  if (fence === null) return { body: at };
  const close = new RegExp(`^${fence[1] === '---' ? '---' : '\\+\\+\\+'}[ \\t]*$`, 'm').exec(
    markdown.slice(at + fence[0].length, at + 50_000),
  );
  const inside = close === null ? '' : markdown.slice(at + fence[0].length, at + fence[0].length + close.index);
  // A rule with text below it is no front matter.
  if (close === null || !/^[\w"'-]+[ \t]*[:=]/m.test(inside) || /^[ \t]*(?:\r\n?|\n)/.test(inside)) return { body: at };
  const start = at + fence[0].length;
  return {
    body: start + close.index + close[0].length,
    settings: { language: fence[1] === '---' ? 'yaml' : 'toml', start, end: start + close.index },
  };
}
