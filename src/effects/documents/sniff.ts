import type { Language } from '../types.ts';
import { isCronLine } from './crontab.ts';
import { linesOf } from './lines.ts';
import { looksLikeDocument, looksLikeProse } from './prose.ts';
import { isSql } from './sniff-sql.ts';
import { isManifest, sniffYaml } from './sniff-yaml.ts';

/** What a text is written in: by its file's name where that says it, else by what it looks like. `sh` when nothing else fits. */
export function sniff(text: string, fileName?: string): Language {
  const named = fileName === undefined ? undefined : byName(fileName, text);
  return named ?? byContent(text);
}

const endings: readonly (readonly [RegExp, Language])[] = [
  [/\.(?:sh|bash|zsh|ksh|bats)$|(?:^|\/)\.?(?:bashrc|bash_profile|bash_aliases|profile|zshrc)$/, 'sh'],
  [/\.(?:sql|psql|pgsql)$/, 'sql'],
  [/\.(?:md|mdx|markdown|mdown)$/, 'markdown'],
  [/(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$|\.(?:dockerfile|containerfile)$/i, 'dockerfile'],
  [/(?:^|\/)crontab$|(?:^|\/)cron\.d\/[^/]+$|\.(?:cron|crontab)$/, 'crontab'],
  [/\.(?:service|timer|socket|mount|automount|path|swap|target|slice)$/, 'systemd'],
];

function byName(fileName: string, text: string): Language | undefined {
  const name = fileName.replace(/\.(?:j2|tmpl|tpl|template|example|sample|dist|bak)$/, '');
  for (const [ending, language] of endings) if (ending.test(name)) return language;
  if (/\.(?:ya?ml|json)$/.test(name)) return sniffYaml(text) ?? 'prose';
  if (isOtherProgram(name)) return 'prose';
  return undefined;
}

/** Whether a file's name says that it is a program in a language which is not read here. */
export function isOtherProgram(fileName: string): boolean {
  return /\.(?:py|rb|pl|php|js|mjs|cjs|ts|tsx|go|rs|java|kt|c|cc|cpp|cs|lua|ps1|bat|cmd|tf|hcl|groovy|scala|swift)$/.test(
    fileName,
  );
}

function byContent(whole: string): Language {
  const text = withoutHeredocs(whole.replace(/^\ufeff/, '').slice(0, 400_000));
  const lines = linesOf(text).map((line) => line.text);
  const first = lines.find((line) => line.trim() !== '') ?? '';
  if (/^#!/.test(first))
    return /\b(?:sh|bash|dash|ash|ksh|zsh)\b/.test(first) ? 'sh' : /crond?\b/.test(first) ? 'crontab' : 'prose';
  if (isMarkdown(text, lines)) return 'markdown';
  const code = lines.filter((line) => !/^\s*(?:#|\/\/|$)/.test(line));
  if (isDockerfile(code)) return 'dockerfile';
  if (
    /^\s*\[(?:Unit|Service|Timer|Socket|Install|Mount|Path)\]\s*$/.test(code[0] ?? '') ||
    /^Exec(?:Start|Stop|Reload)\w*=/.test(code[0] ?? '')
  )
    return 'systemd';
  const yaml = isManifest(text) ? sniffYaml(text) : undefined;
  if (yaml !== undefined) return yaml;
  if (isCrontab(code)) return 'crontab';
  if (isSql(text)) return 'sql';
  if (/^\s*[{[]\s*(?:"|$)/.test(first) && /[}\]]\s*$/.test(text) && /"\s*[:,\]]/.test(text)) return 'prose';
  if (looksLikeProse(text)) return /\n[ \t]*\n/.test(text) ? 'markdown' : 'prose';
  return looksLikeDocument(text) ? 'markdown' : 'sh';
}

/**
 * The text without what heredocs hand to commands: a manifest in one does not make the script around it a manifest, and what
 * stands beside it must not be hidden by it.
 */
function withoutHeredocs(text: string): string {
  if (!text.includes('<<')) return text;
  const kept: string[] = [];
  let end: string | undefined;
  let held: string[] = [];
  for (const line of text.split('\n')) {
    if (end === undefined) {
      kept.push(line);
      end = /<<-?\s*\\?(["']?)([A-Za-z_]\w*)\1/.exec(line)?.[2];
    } else if (line.trim() === end) {
      kept.push(line);
      end = undefined;
      held = [];
    } else held.push(line);
  }
  // One that never ends may be no heredoc at all.
  return [...kept, ...held].join('\n');
}

/** Fences, front matter, or headings with more of Markdown beside them. A `#` alone is a comment of a shell. */
function isMarkdown(text: string, lines: readonly string[]): boolean {
  if (/^\s*(?:<!--|---\r?\n)/.test(text) && /^ {0,3}(?:#{1,6} |```|~~~)/m.test(text)) return !isManifest(text);
  if (
    /^ {0,3}(?:```|~~~)[^`\n]*$/m.test(text) &&
    !/<<-?\s*["']?\w/.test(text.slice(0, text.search(/^ {0,3}(?:```|~~~)/m)))
  )
    return true;
  const headings = lines.filter((line) => /^#{1,6} \S/.test(line)).length;
  if (headings === 0) return false;
  const deeper = lines.some((line) => /^#{2,6} \S/.test(line));
  const items = lines.filter((line) => /^\s*(?:[-*+]|\d+\.) (?:\[[ x]\] )?\S/.test(line)).length;
  const tables = lines.filter((line) => /^\|.*\|\s*$/.test(line)).length;
  const others = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return (deeper || items + tables > 0) && items + tables + (looksLikeProse(others.join('\n')) ? 1 : 0) > 0;
}

const instructions =
  /^\s*(?:FROM|RUN|CMD|LABEL|EXPOSE|ENV|ADD|COPY|ENTRYPOINT|VOLUME|USER|WORKDIR|ARG|ONBUILD|STOPSIGNAL|HEALTHCHECK|SHELL|MAINTAINER)\s+\S/;

function isDockerfile(code: readonly string[]): boolean {
  const [first = ''] = code;
  if (!instructions.test(first) || /^\s*COPY\s[^\n]*\s(?:FROM|TO)\s/i.test(first)) return false;
  if (/^\s*FROM\s+\S+(?:\s+AS\s+\S+)?\s*$/i.test(first)) return true;
  return (
    !/^\s*(?:FROM|SHELL|LABEL|USER)\s/.test(first) ||
    code.filter((line) => instructions.test(line)).length > 1 ||
    /^\s*USER \w+\s*$/.test(first)
  );
}

function isCrontab(code: readonly string[]): boolean {
  const rest = code.filter((line) => !/^\s*[A-Z_]+\s*=/.test(line));
  return rest.length > 0 && rest.every(isCronLine);
}
