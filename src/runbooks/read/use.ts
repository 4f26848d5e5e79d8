import { isCronLine } from '../../effects/documents/crontab.ts';
import { languageOfTag } from '../../effects/documents/fence.ts';
import { isUnreadProgram, looksLikeCommand, looksLikeProse, looksQuoted } from '../../effects/documents/prose.ts';
import { sniff } from '../../effects/documents/sniff.ts';
import { isCommandWord } from '../../effects/documents/words.ts';
import { typedOnly } from '../../effects/shell/prompts.ts';
import { withoutPrompts } from '../../effects/sql/prompts.ts';
import type { BlockUse } from '../types.ts';
import { type Sentence, sentence } from '../words/index.ts';
import type { CodeNode } from './nodes.ts';
import { aboutOutput, aboutTemplate, appendix, collection, forAssistant, shown } from './words.ts';

/** What stands around a block. */
export interface Around {
  /** Headings down to it, outermost first. */
  readonly headings: readonly string[];
  /** The sentence, the label or the item before it. */
  readonly lead: string;
}

/** `form` says how the steps of a block are read; only blocks that give steps have one. */
export interface UseOfBlock {
  readonly use: BlockUse;
  readonly why: Sentence;
  readonly form?: 'shell' | 'script' | 'sql' | 'transcript' | 'sql-transcript' | 'request' | 'by-hand';
}

/** What a block is for. Told by its fence, by what stands around it and by its text; in doubt `not-understood`. */
export function useOf(code: CodeNode, around: Around): UseOfBlock {
  if (!code.closed) return { use: 'not-understood', why: sentence('fence-open') };
  if (code.text.trim() === '') return { use: 'not-understood', why: sentence('nothing-in-it') };
  const here = around.headings.at(-1) ?? '';
  if (code.tag === 'prompt' || forAssistant(around.lead) || around.headings.some(forAssistant))
    return { use: 'prompt', why: sentence('for-assistant') };
  const said = languageOfTag(code.tag);
  switch (said) {
    case 'markdown':
      return { use: 'template', why: sentence('document-in-document') };
    case 'sql':
      return sqlUse(code.text, around);
    case 'yaml':
      return aboutOutput.test(around.lead) && /^json/.test(code.tag)
        ? output
        : { use: 'configuration', why: sentence('settings-or-data-tag', { tag: code.tag }) };
    case 'dockerfile':
    case 'crontab':
      return { use: 'configuration', why: sentence('file-tag', { tag: code.tag }) };
    case 'prose':
      return pictures.test(code.tag)
        ? { use: 'example', why: sentence('shown-not-run', { tag: code.tag }) }
        : { use: 'configuration', why: sentence('other-source', { tag: code.tag }) };
    case 'sh':
      return byHand.test(code.tag)
        ? { use: 'step', form: 'by-hand', why: sentence('by-hand-tag', { tag: code.tag }) }
        : shellUse(code, around);
    default:
      return untagged(code, around, here);
  }
}

const output: UseOfBlock = { use: 'example', why: sentence('output-expected') };
const drawn: UseOfBlock = { use: 'example', why: sentence('drawing') };
const pictures = /^(?:mermaid|plantuml|dot|csv|tsv|http|promql|logql|logfmt|diff|patch|vim|latex|tex)$/;
const byHand = /^(?:powershell|ps1|pwsh|bat|cmd|fish|csh|tcsh)$/;
export const plainTags =
  /^(?:ini|conf|config|systemd|text|txt|plain|plaintext|output|log|none|code|env|dotenv|properties|toml)?$/;
const settings = /^(?:ini|conf|config|systemd|env|dotenv|properties|toml)$/;

function shellUse({ text, tag, meta }: CodeNode, around: Around): UseOfBlock {
  if (isUnreadProgram(text)) return { use: 'configuration', why: sentence('other-program') };
  if (looksQuoted(text)) return { use: 'step', form: 'request', why: sentence('request') };
  if (isDrawing(text)) return drawn;
  const lines = codeLines(text);
  if (isEnvironment(lines)) return { use: 'configuration', why: sentence('environment-file') };
  if (lines.length > 0 && lines.every(isCronLine)) return { use: 'configuration', why: sentence('crontab') };
  if (lines.length > 0 && lines.every((line) => /^\s*(?:alias|abbr)\s/.test(line)))
    return { use: 'example', why: sentence('aliases') };
  if (isFile(text, meta)) {
    const aside =
      around.headings.some((heading) => appendix.test(heading) || shown.test(heading)) || shown.test(around.lead);
    return aside
      ? { use: 'example', why: sentence('script-shown') }
      : { use: 'step', form: 'script', why: sentence('script') };
  }
  if (isTranscript(text)) return { use: 'transcript', form: 'transcript', why: sentence('typed') };
  if (withoutPrompts(text).text !== text)
    return { use: 'transcript', form: 'sql-transcript', why: sentence('typed-database') };
  if (around.headings.some((heading) => collection.test(heading)) || collection.test(around.lead))
    return { use: 'example', why: sentence('collection-commands') };
  if (aboutOutput.test(around.lead) && !looksLikeCommand(text)) return output;
  if (lines.length > 0 && looksLikeProse(text)) return { use: 'step', form: 'by-hand', why: sentence('by-hand-words') };
  return {
    use: 'step',
    form: 'shell',
    why: tag === '' ? sentence('commands-by-looks') : sentence('commands-tag', { tag }),
  };
}

function sqlUse(text: string, around: Around): UseOfBlock {
  if (withoutPrompts(text).text !== text)
    return { use: 'transcript', form: 'sql-transcript', why: sentence('typed-database') };
  const asked = doing.test(around.headings.at(-1) ?? '') || doing.test(around.lead);
  if (!asked && schema.test(text.slice(0, 200_000))) return { use: 'configuration', why: sentence('schema') };
  if (around.headings.some((heading) => collection.test(heading)))
    return { use: 'example', why: sentence('collection-statements') };
  return { use: 'step', form: 'sql', why: sentence('statements') };
}

const schema =
  /^[ \t]*create\s+(?:or\s+replace\s+)?(?:global\s+|local\s+|unlogged\s+|materialized\s+|foreign\s+)*(?:table|view|type|function|procedure|trigger|schema|domain|sequence)\b/im;
const doing =
  /복구|복원|실행|restor|recover|repair|\brun\b|execute|migrat|rollback|恢復|恢复|還原|还原|執行|执行|修復|修复|復旧|実行|移行/i;

function untagged(code: CodeNode, around: Around, here: string): UseOfBlock {
  const { text, tag } = code;
  if (!plainTags.test(tag)) {
    const kind = sniff(text);
    if (kind === 'sh' && looksLikeCommand(text)) return shellUse(code, around);
    return { use: 'not-understood', why: sentence('language-unknown', { tag }) };
  }
  if (isDrawing(text)) return drawn;
  if (tag === 'output' || tag === 'log') return output;
  if (settings.test(tag)) return { use: 'configuration', why: sentence('settings-tag', { tag }) };
  if (isTranscript(text)) return { use: 'transcript', form: 'transcript', why: sentence('typed') };
  if (withoutPrompts(text).text !== text)
    return { use: 'transcript', form: 'sql-transcript', why: sentence('typed-database') };
  if (aboutOutput.test(around.lead)) return output;
  const lines = codeLines(text);
  if (isUnreadProgram(text)) return { use: 'configuration', why: sentence('other-program') };
  const kind = sniff(text);
  const boxes = /^\s*(?:[-*+]|\d+[.)])?\s*\[[ xX]?\]\s/m.test(text) || /^#{2,6} \S/m.test(text);
  if (boxes && (kind !== 'sh' || !looksLikeCommand(text)))
    return { use: 'template', why: sentence('document-to-fill-in') };
  if (kind === 'sql') return sqlUse(text, around);
  if (kind !== 'sh' && kind !== 'prose' && kind !== 'markdown')
    return { use: 'configuration', why: sentence('file-by-looks', { tag: kind }) };
  if (aboutTemplate.test(here) || aboutTemplate.test(around.lead))
    return { use: 'template', why: sentence('template-by-heading') };
  const known = lines.filter(
    (line) => isCommandWord(firstWord(line)) || /^(?:\.{1,2}|~)?\/[\w.-]/.test(firstWord(line)),
  );
  if (isEnvironment(lines)) return { use: 'configuration', why: sentence('environment') };
  if (kind === 'sh' && (looksLikeCommand(text) || (known.length > 0 && known.length * 2 >= lines.length)))
    return shellUse(code, around);
  if (looksLikeProse(text) || kind !== 'sh')
    return isData(lines)
      ? { use: 'configuration', why: sentence('settings-or-data') }
      : { use: 'example', why: sentence('text-only') };
  if (lines.length === 0) return { use: 'example', why: sentence('remarks-only') };
  if (/^(?:text|txt|plain|plaintext|none)$/.test(tag) && known.length === 0)
    return { use: 'example', why: sentence('text-by-fence') };
  if (code.how === 'indented') return { use: 'example', why: sentence('text-indented') };
  return { use: 'not-understood', why: sentence('neither-nor') };
}

function firstWord(line: string): string {
  return /^\s*(?:sudo\s+)?(\S+)/.exec(line)?.[1] ?? '';
}

function codeLines(text: string): string[] {
  return text.split('\n').filter((line) => !/^\s*(?:#|$)/.test(line));
}

/** Boxes, arrows, trees of directories: most lines have signs to draw with, or a rule goes from side to side. */
function isDrawing(text: string): boolean {
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
function isEnvironment(lines: readonly string[]): boolean {
  return (
    lines.length > 1 &&
    lines.every((line) => /^\s*[A-Z][A-Z0-9_]*=(?!\$\()(?:[^\s"'`$;|&]*|"[^"`$]*"|'[^']*')\s*(?:#.*)?$/.test(line))
  );
}

function isData(lines: readonly string[]): boolean {
  return (
    lines.length > 0 &&
    lines.filter((line) => /^\s*(?:["']?[\w.$/-]+["']?\s*[:=]|[{}[\]]|- |\[)/.test(line)).length * 2 > lines.length
  );
}

/** A script with the line that names its shell, and the name of its file. */
function isFile(text: string, meta: string): boolean {
  if (!/^\ufeff?#!/.test(text)) return false;
  const head = text.split('\n', 6).slice(1);
  return (
    head.some((line) => /^\s*#\s*(?:[\w./-]*\/)?[\w.-]+\.(?:sh|bash|zsh|ksh)\s*$/.test(line)) ||
    /\.(?:sh|bash)\b/.test(meta) ||
    text.split('\n').length > 3
  );
}

function isTranscript(text: string): boolean {
  if (
    !/^[ \t]*(?:\([\w.-]+\)[ \t]*)?(?:[$%❯➜][ \t]+\S|\[[\w.-]+@[^\]\n]{1,80}\][#$%]|[\w.-]+@[\w.-]+:[^\s$#]{0,80}[$#%][ \t]|#[ \t]+\S)/m.test(
      text,
    )
  )
    return false;
  const typed = typedOnly(text, isCommandWord);
  return typed !== text && typed.trim() !== '';
}
