import type { ProcedureOutcome } from '../../evidence/procedure-model.ts';
import { data, html, type Markup } from '../../evidence/report/html.ts';
import { inMarkdown, literal, type Markdown } from '../../evidence/report/markdown.ts';
import type { Language, Translation } from '../../evidence/report/messages/catalogue.ts';
import { inHtml, makeReader, type Reader } from '../../evidence/report/reader.ts';
import { en } from './messages/en.ts';
import { ko } from './messages/ko.ts';
import { zhHant } from './messages/zh-Hant.ts';

export const catalogues: Readonly<Record<Language, Translation<typeof en>>> = { en, ko, 'zh-Hant': zhHant };

/** What the pages about a run say, in one language and one medium. */
export interface Words<Text> extends Reader<typeof en, Text> {
  /** Text that came from outside. */
  data(text: string): Text;
  /** A name, a hash or a short command, as it is typed. */
  code(text: string): Text;
  /** What Holdfast recorded in English, on a page of any language. */
  recorded(text: string): Text;
}

export function htmlWords(outcome: ProcedureOutcome, language: Language): Words<Markup> {
  return {
    ...makeReader<typeof en, Markup>(catalogues[language], inHtml, place(outcome, language)),
    data,
    code: (text) => html`<code>${data(text)}</code>`,
    recorded: (text) => html`<span lang="en">${data(text)}</span>`,
  };
}

export function markdownWords(outcome: ProcedureOutcome, language: Language): Words<Markdown> {
  return {
    ...makeReader<typeof en, Markdown>(catalogues[language], inMarkdown, place(outcome, language)),
    data: inMarkdown.data,
    code: literal,
    recorded: inMarkdown.data,
  };
}

function place({ timezone, startedAt }: ProcedureOutcome, language: Language) {
  return { language, timezone, at: startedAt };
}
