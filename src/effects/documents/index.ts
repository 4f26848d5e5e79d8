import type { Language, Snippet } from '../types.ts';
import { findInCompose } from './compose.ts';
import { findInCrontab, isCronLine } from './crontab.ts';
import { findInDockerfile } from './dockerfile.ts';
import { languageOfTag } from './fence.ts';
import { findInKubernetes } from './kubernetes.ts';
import { linesOf } from './lines.ts';
import { type Mapped, part, piece, relocate, snippetOf } from './mapped.ts';
import { type Block, blocksOf } from './markdown.ts';
import { commandLines, isUnreadProgram, looksLikeCommand, looksLikeProse, looksQuoted } from './prose.ts';
import { isOtherProgram, sniff } from './sniff.ts';
import { sniffYaml } from './sniff-yaml.ts';
import { findInSystemd } from './systemd.ts';
import { findInWorkflow } from './workflow.ts';

export { sniff } from './sniff.ts';

interface Given {
  /** Overrides what the name and the text look like. */
  readonly language?: Language;
  readonly fileName?: string;
}

/**
 * Every piece of code of a text, in order, each with its way back to where it stands: one for a script, one a block for a document, one a
 * command for a manifest. A text without any code is one snippet of prose. Never throws; time grows with the size of the text.
 */
export function findSnippets(text: string, { language, fileName }: Given = {}): Snippet[] {
  const kind = language ?? sniff(text, fileName);
  const found = snippetsOf(kind, text, fileName);
  if (found.length > 0) return found;
  const other = kind === 'prose' && isUnread(text, fileName);
  const around = { effects: ['unknown'], why: 'a program in another language, which is not read' } as const;
  return [snippetOf('prose', piece(text, 0, text.length), { place: 'here', ...(other ? { around } : {}) })];
}

function isUnread(text: string, fileName: string | undefined): boolean {
  return isUnreadProgram(text) || (fileName !== undefined && isOtherProgram(fileName));
}

function snippetsOf(language: Language, text: string, fileName?: string, depth = 0): Snippet[] {
  switch (language) {
    case 'sh':
      return shellSnippets(piece(text, 0, text.length));
    case 'sql':
      return [{ language, text, start: 0, place: 'database' }];
    case 'markdown':
      return findInMarkdown(text, depth);
    case 'kubernetes':
      return findInKubernetes(text) ?? [unread(language, text)];
    case 'compose':
      return findInCompose(text) ?? [unread(language, text)];
    case 'workflow':
      return findInWorkflow(text) ?? [unread(language, text)];
    case 'dockerfile':
      return findInDockerfile(text);
    case 'crontab':
      return findInCrontab(text, fileName);
    case 'systemd':
      return findInSystemd(text);
    case 'prose':
      return [];
  }
}

function unread(language: Language, text: string): Snippet {
  const around = { effects: ['unknown'], why: 'too large or too deeply nested to be read' } as const;
  return { language, text, start: 0, place: 'here', around };
}

/** A text for a shell, that may end in a manifest, be a crontab, or be a sentence in quotes: people put all of it behind one fence. */
function shellSnippets(content: Mapped): Snippet[] {
  const { text } = content;
  if (looksQuoted(text)) return [snippetOf('prose', content, { place: 'here' })];
  const code = linesOf(text).filter((line) => !/^\s*(?:#|$)/.test(line.text));
  if (code.length > 0 && code.every((line) => isCronLine(line.text))) return located(findInCrontab(text), content);
  const at = /^apiVersion:[ \t]*\S/m.exec(text)?.index;
  if (at === undefined || sniffYaml(text.slice(at)) !== 'kubernetes' || /<<-?\s*["']?\w/.test(text.slice(0, at))) {
    return [snippetOf('sh', content, { place: 'here' })];
  }
  const before = part(content, 0, at);
  const after = part(content, at, text.length);
  return [
    ...(before.text.trim() === '' ? [] : [snippetOf('sh', before, { place: 'here' })]),
    ...located(findInKubernetes(after.text) ?? [unread('kubernetes', after.text)], after),
  ];
}

function located(snippets: readonly Snippet[], outer: Mapped): Snippet[] {
  return snippets.map((snippet) => relocate(snippet, outer));
}

/** A document in a document in a document is no runbook: below that, text is judged as the shell would take it. */
const deepest = 3;

function findInMarkdown(text: string, depth: number): Snippet[] {
  const blocks = blocksOf(text);
  // Where commands have fences, what stands between is said about them.
  const fenced = blocks.some(({ kind }) => kind === 'fenced' || kind === 'html');
  return blocks.flatMap((block) =>
    block.kind === 'paragraph' ? steps(block.content, fenced) : blockSnippets(block, depth + 1),
  );
}

function blockSnippets({ tag, meta, content }: Block, depth: number): Snippet[] {
  const { text } = content;
  const said = languageOfTag(tag);
  const seems =
    said === 'sniff' || said === 'markdown' ? sniff(text) : said === 'yaml' ? (sniffYaml(text) ?? 'prose') : said;
  const language = seems === 'markdown' && depth >= deepest ? 'sh' : seems;
  if (language === 'sh' || language === 'sql') {
    const name = nameOf(meta, text);
    const code = language === 'sh' ? shellSnippets(content) : [snippetOf('sql', content, { place: 'database' })];
    return name === undefined || code.length !== 1 ? code : code.map((snippet) => ({ ...snippet, name }));
  }
  if (language === 'prose') return [snippetOf('prose', content, { place: 'here' })];
  const found = snippetsOf(language, text, undefined, depth);
  return found.length > 0 ? located(found, content) : [snippetOf('prose', content, { place: 'here' })];
}

/** What a block says it is the content of: `title="restore.sh"` after its fence, or a first comment that is a file's name. */
function nameOf(meta: string, text: string): string | undefined {
  const titled = /(?:title|file(?:name)?)\s*=\s*["']?(?:[^"'\s]*\/)?([\w.-]+\.(?:sh|bash|sql))\b/.exec(meta)?.[1];
  const lines = text.slice(0, 2000).split(/\r\n?|\n/, 4);
  const first = lines.find((line) => line.trim() !== '' && !line.startsWith('#!')) ?? '';
  return titled ?? /^\s*(?:#|--)\s*(?:[\w./-]*\/)?([\w.-]+\.(?:sh|bash|sql))\s*$/.exec(first)?.[1];
}

/** The commands in a paragraph: pasted without a fence, with a prompt or with lines that go on; in a document without fences, all lines. */
function steps(content: Mapped, fenced: boolean): Snippet[] {
  const { text } = content;
  const [first = ''] = text.split(/\r\n?|\n/, 1);
  const whole = /^\s*\$ \S/.test(first) || (/\s\\\s*$/.test(first) && looksLikeCommand(text) && !looksLikeProse(text));
  if (whole && fenced) return [snippetOf('sh', content, { place: 'here' })];
  if (fenced) return [];
  return commandLines(text).map(({ start, end }) => snippetOf('sh', part(content, start, end), { place: 'here' }));
}
