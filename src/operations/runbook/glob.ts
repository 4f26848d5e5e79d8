/**
 * Whether a path with slashes matches a pattern: `*` and `?` within a name, `**` over directories, `[a-z]`, `{a,b}`. The same as a shell
 * with globstar; hidden names are matched only by a pattern that writes the dot.
 */
export function matchesGlob(path: string, pattern: string): boolean {
  return alternatives(pattern).some((each) => toRegExp(each).test(path));
}

/** `a{b,c}d` is `abd` and `acd`; at most 256 of them. */
function alternatives(pattern: string): string[] {
  const match = /\{([^{}]*)\}/.exec(pattern);
  if (match === null || !(match[1] ?? '').includes(',')) return [pattern];
  const before = pattern.slice(0, match.index);
  const after = pattern.slice(match.index + match[0].length);
  return (match[1] ?? '')
    .split(',')
    .flatMap((each) => alternatives(before + each + after))
    .slice(0, 256);
}

function toRegExp(pattern: string): RegExp {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const rest = pattern.slice(at);
    const set = /^\[(!?)([^\]/]+)\]/.exec(rest);
    if (rest.startsWith('**/')) {
      source += '(?:[^/]+/)*';
      at += 2;
    } else if (rest.startsWith('**')) {
      source += '.*';
      at += 1;
    } else if (rest.startsWith('*')) source += '[^/]*';
    else if (rest.startsWith('?')) source += '[^/]';
    else if (set !== null) {
      source += `[${set[1] === '!' ? '^' : ''}${(set[2] ?? '').replaceAll(/[\\\]^]/g, String.raw`\$&`)}]`;
      at += set[0].length - 1;
    } else source += (pattern[at] ?? '').replace(/[.+^${}()|[\]\\/]/g, String.raw`\$&`);
  }
  return new RegExp(`^${source}$`, 'u');
}
