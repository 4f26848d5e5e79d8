import { isCronLine } from '../../effects/documents/crontab.ts';
import { languageOfTag } from '../../effects/documents/fence.ts';
import { isUnreadProgram, looksLikeCommand, looksLikeProse, looksQuoted } from '../../effects/documents/prose.ts';
import { sniff } from '../../effects/documents/sniff.ts';
import { isCommandWord } from '../../effects/documents/words.ts';
import { withoutPrompts } from '../../effects/sql/prompts.ts';
import type { BlockUse } from '../types.ts';
import { type Sentence, sentence } from '../words/index.ts';
import { codeLines, isData, isDrawing, isEnvironment, isFile, isRootPrompt, isSession, isTranscript } from './looks.ts';
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
  readonly form?: 'shell' | 'script' | 'sql' | 'transcript' | 'sql-transcript' | 'request' | 'by-hand' | 'session';
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
        : { use: 'configuration', why: isAlerts(code.text) ? sentence('alert-rules') : dataOf(code.tag) };
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
const session: UseOfBlock = { use: 'transcript', form: 'session', why: sentence('typed-session') };
const drawn: UseOfBlock = { use: 'example', why: sentence('drawing') };
const pictures = /^(?:mermaid|plantuml|dot|csv|tsv|http|promql|logql|logfmt|diff|patch|vim|latex|tex)$/;
const byHand = /^(?:powershell|ps1|pwsh|bat|cmd|fish|csh|tcsh)$/;
export const plainTags =
  /^(?:ini|conf|config|systemd|text|txt|plain|plaintext|output|log|none|code|env|dotenv|properties|toml)?$/;
const settings = /^(?:ini|conf|config|systemd|env|dotenv|properties|toml)$/;

function dataOf(tag: string): Sentence {
  return sentence('settings-or-data-tag', { tag });
}

/** Rules of Prometheus and its like. */
function isAlerts(text: string): boolean {
  return /^[ \t]*-?[ \t]*alert:[ \t]*\S/m.test(text) && /^[ \t]*-?[ \t]*expr:/m.test(text);
}

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
  if (isSession(text)) return session;
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
  if (isSession(text)) return session;
  if (isTranscript(text)) return { use: 'transcript', form: 'transcript', why: sentence('typed') };
  if (withoutPrompts(text).text !== text)
    return { use: 'transcript', form: 'sql-transcript', why: sentence('typed-database') };
  if (aboutOutput.test(around.lead)) return output;
  const lines = codeLines(text);
  if (isUnreadProgram(text)) return { use: 'configuration', why: sentence('other-program') };
  const kind = sniff(text);
  const own = text.replace(/<<-?\s*\\?["']?([A-Za-z_]\w*)["']?[^\n]*\n[\s\S]*?^[ \t]*\1[ \t]*$/gm, '<<');
  const boxes = /^\s*(?:[-*+]|\d+[.)])?\s*\[[ xX]?\]\s/m.test(own) || /^#{2,6} \S/m.test(own);
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
  if (lines.length === 0)
    return isRootPrompt(text)
      ? { use: 'step', form: 'session', why: sentence('typed') }
      : { use: 'example', why: sentence('remarks-only') };
  if (/^(?:text|txt|plain|plaintext|none)$/.test(tag) && known.length === 0)
    return { use: 'example', why: sentence('text-by-fence') };
  if (code.how === 'indented') return { use: 'example', why: sentence('text-indented') };
  return { use: 'not-understood', why: sentence('neither-nor') };
}

function firstWord(line: string): string {
  return /^\s*(?:sudo\s+)?(\S+)/.exec(line)?.[1] ?? '';
}
