import { isCronLine } from '../../effects/documents/crontab.ts';
import { languageOfTag } from '../../effects/documents/fence.ts';
import { isUnreadProgram, looksLikeCommand, looksLikeProse, looksQuoted } from '../../effects/documents/prose.ts';
import { sniff } from '../../effects/documents/sniff.ts';
import { isCommandWord } from '../../effects/documents/words.ts';
import { typedOnly } from '../../effects/shell/prompts.ts';
import { withoutPrompts } from '../../effects/sql/prompts.ts';
import type { BlockUse } from '../types.ts';
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
  readonly why: string;
  readonly form?: 'shell' | 'script' | 'sql' | 'transcript' | 'sql-transcript' | 'request' | 'by-hand';
}

/** What a block is for. Told by its fence, by what stands around it and by its text; in doubt `not-understood`. */
export function useOf(code: CodeNode, around: Around): UseOfBlock {
  if (!code.closed) return { use: 'not-understood', why: 'its fence is never closed, so where it ends is not known' };
  if (code.text.trim() === '') return { use: 'not-understood', why: 'nothing stands in it' };
  const here = around.headings.at(-1) ?? '';
  if (code.tag === 'prompt' || forAssistant(around.lead) || around.headings.some(forAssistant))
    return { use: 'prompt', why: 'its heading says that it is for an AI assistant' };
  const said = languageOfTag(code.tag);
  switch (said) {
    case 'markdown':
      return { use: 'template', why: 'a document in a document, to be filled in' };
    case 'sql':
      return sqlUse(code.text, around);
    case 'yaml':
      return aboutOutput.test(around.lead) && /^json/.test(code.tag)
        ? output
        : { use: 'configuration', why: `settings or data: ${code.tag}` };
    case 'dockerfile':
    case 'crontab':
      return { use: 'configuration', why: `a file: ${code.tag}` };
    case 'prose':
      return pictures.test(code.tag)
        ? { use: 'example', why: `shown, not run: ${code.tag}` }
        : { use: 'configuration', why: `source of another language: ${code.tag}` };
    case 'sh':
      return byHand.test(code.tag)
        ? { use: 'step', form: 'by-hand', why: `commands for ${code.tag}, which a person types` }
        : shellUse(code, around);
    default:
      return untagged(code, around, here);
  }
}

const output: UseOfBlock = { use: 'example', why: 'output that is to be expected' };
const drawn: UseOfBlock = { use: 'example', why: 'a drawing' };
const pictures = /^(?:mermaid|plantuml|dot|csv|tsv|http|promql|logql|logfmt|diff|patch|vim|latex|tex)$/;
const byHand = /^(?:powershell|ps1|pwsh|bat|cmd|fish|csh|tcsh)$/;
export const plainTags =
  /^(?:ini|conf|config|systemd|text|txt|plain|plaintext|output|log|none|code|env|dotenv|properties|toml)?$/;
const settings = /^(?:ini|conf|config|systemd|env|dotenv|properties|toml)$/;

function shellUse({ text, tag, meta }: CodeNode, around: Around): UseOfBlock {
  if (isUnreadProgram(text)) return { use: 'configuration', why: 'a program in another language' };
  if (looksQuoted(text)) return { use: 'step', form: 'request', why: 'a request to a person' };
  if (isDrawing(text)) return drawn;
  const lines = codeLines(text);
  if (isEnvironment(lines)) return { use: 'configuration', why: 'only names and values: an environment file' };
  if (lines.length > 0 && lines.every(isCronLine)) return { use: 'configuration', why: 'lines of a crontab' };
  if (lines.length > 0 && lines.every((line) => /^\s*(?:alias|abbr)\s/.test(line)))
    return { use: 'example', why: 'a list of aliases' };
  if (isFile(text, meta)) {
    const aside =
      around.headings.some((heading) => appendix.test(heading) || shown.test(heading)) || shown.test(around.lead);
    return aside
      ? { use: 'example', why: 'a script shown as a file, beside the procedure' }
      : { use: 'step', form: 'script', why: 'a script: one step' };
  }
  if (isTranscript(text)) return { use: 'transcript', form: 'transcript', why: 'typed commands with what they print' };
  if (withoutPrompts(text).text !== text)
    return { use: 'transcript', form: 'sql-transcript', why: 'typed into the shell of a database' };
  if (around.headings.some((heading) => collection.test(heading)) || collection.test(around.lead))
    return { use: 'example', why: 'a collection of commands to choose from' };
  if (aboutOutput.test(around.lead) && !looksLikeCommand(text)) return output;
  if (lines.length > 0 && looksLikeProse(text))
    return { use: 'step', form: 'by-hand', why: 'told in words behind a fence for commands' };
  return { use: 'step', form: 'shell', why: tag === '' ? 'commands, by their looks' : `commands: ${tag}` };
}

function sqlUse(text: string, around: Around): UseOfBlock {
  if (withoutPrompts(text).text !== text)
    return { use: 'transcript', form: 'sql-transcript', why: 'typed into the shell of a database' };
  const asked = doing.test(around.headings.at(-1) ?? '') || doing.test(around.lead);
  if (!asked && schema.test(text.slice(0, 200_000))) return { use: 'configuration', why: 'a schema' };
  if (around.headings.some((heading) => collection.test(heading)))
    return { use: 'example', why: 'a collection of statements to choose from' };
  return { use: 'step', form: 'sql', why: 'statements to be run' };
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
    return { use: 'not-understood', why: `\`${tag}\` is no language that is known here` };
  }
  if (isDrawing(text)) return drawn;
  if (tag === 'output' || tag === 'log') return output;
  if (settings.test(tag)) return { use: 'configuration', why: `settings: ${tag}` };
  if (isTranscript(text)) return { use: 'transcript', form: 'transcript', why: 'typed commands with what they print' };
  if (withoutPrompts(text).text !== text)
    return { use: 'transcript', form: 'sql-transcript', why: 'typed into the shell of a database' };
  if (aboutOutput.test(around.lead)) return output;
  const lines = codeLines(text);
  if (isUnreadProgram(text)) return { use: 'configuration', why: 'a program in another language' };
  const kind = sniff(text);
  const boxes = /^\s*(?:[-*+]|\d+[.)])?\s*\[[ xX]?\]\s/m.test(text) || /^#{2,6} \S/m.test(text);
  if (boxes && (kind !== 'sh' || !looksLikeCommand(text)))
    return { use: 'template', why: 'a document to be filled in' };
  if (kind === 'sql') return sqlUse(text, around);
  if (kind !== 'sh' && kind !== 'prose' && kind !== 'markdown')
    return { use: 'configuration', why: `a file, by its looks: ${kind}` };
  if (aboutTemplate.test(here) || aboutTemplate.test(around.lead))
    return { use: 'template', why: 'its heading says that it is a template' };
  const known = lines.filter(
    (line) => isCommandWord(firstWord(line)) || /^(?:\.{1,2}|~)?\/[\w.-]/.test(firstWord(line)),
  );
  if (isEnvironment(lines)) return { use: 'configuration', why: 'only names and values' };
  if (kind === 'sh' && (looksLikeCommand(text) || (known.length > 0 && known.length * 2 >= lines.length)))
    return shellUse(code, around);
  if (looksLikeProse(text) || kind !== 'sh')
    return isData(lines)
      ? { use: 'configuration', why: 'settings or data' }
      : { use: 'example', why: 'text, and no commands' };
  if (lines.length === 0) return { use: 'example', why: 'only remarks' };
  if (/^(?:text|txt|plain|plaintext|none)$/.test(tag) && known.length === 0)
    return { use: 'example', why: 'its fence says that it is text' };
  if (code.how === 'indented') return { use: 'example', why: 'indented text without a command that is known' };
  return { use: 'not-understood', why: 'neither clearly commands nor clearly text' };
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
