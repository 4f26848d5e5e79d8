import { visibleText } from '../../lib/plain-text.ts';
import type { Filling, Medium } from './reader.ts';

const trusted = Symbol('markdown');

/** Text that is Markdown already. Only `md` and what stands here makes it. */
export interface Markdown {
  readonly [trusted]: string;
}

type Content = Filling<Markdown>;

/** A piece of Markdown (GFM): the template is taken as it is, every value in it is escaped unless it is Markdown itself. */
export function md(template: TemplateStringsArray, ...values: readonly Content[]): Markdown {
  let text = template[0] ?? '';
  for (const [index, value] of values.entries()) text += toMarkdown(value) + (template[index + 1] ?? '');
  return { [trusted]: text };
}

export function toMarkdown(content: Content): string {
  if (content === undefined || content === false) return '';
  if (typeof content === 'string') return escapeText(content);
  if (typeof content === 'number') return String(content);
  if (isMarkdown(content)) return content[trusted];
  return content.map(toMarkdown).join('');
}

export const inMarkdown: Medium<Markdown> = {
  join: (parts) => md`${parts}`,
  data: (text) => md`${text}`,
  time: (shown) => md`${shown}`,
};

/**
 * A short literal. In backquotes only what has no sign that Markdown or one of its tables could read; anything else as
 * escaped text, because the ways to quote a backquote or a bar differ between readers of Markdown.
 */
export function literal(text: string): Markdown {
  return /^[\w./:@+=%,-]+(?: [\w./:@+=%,-]+)*$/.test(text) ? { [trusted]: `\`${text}\`` } : md`${text}`;
}

/** Lines as they are. The fence is longer than any within. */
export function fence(text: string, language = ''): Markdown {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = '`'.repeat(longest + 1);
  return { [trusted]: `${mark}${language}\n${visibleText(text).replace(/\n$/, '')}\n${mark}` };
}

export function mdTable(head: readonly Content[], rows: readonly (readonly Content[])[]): Markdown {
  const line = (cells: readonly Content[]): string => `| ${cells.map(toMarkdown).join(' | ')} |`;
  return { [trusted]: [line(head), line(head.map(() => md`---`)), ...rows.map(line)].join('\n') };
}

export function mdList(items: readonly Content[]): Markdown {
  return { [trusted]: items.map((item) => `- ${toMarkdown(item)}`).join('\n') };
}

/** Blocks with an empty line between; those without content are left out. */
export function mdBlocks(blocks: readonly Content[]): Markdown {
  const texts = blocks.map(toMarkdown).filter((text) => text !== '');
  return { [trusted]: texts.join('\n\n') };
}

/**
 * On one line, with every sign escaped that could begin something: code, emphasis, a link (also a bare address, which GitHub makes
 * one), a cell, a tag, an entity, a formula; and at the beginning, what would begin a list or a heading.
 */
function escapeText(text: string): string {
  return visibleText(text)
    .replace(/\s*\n\s*/g, ' ⏎ ')
    .replace(/\t/g, ' ')
    .replace(/[\\`*_[\]<>&|~#$@!{}]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}\\.`)
    .replace(/^(\s*)([-+])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2');
}

function isMarkdown(content: Markdown | readonly Content[]): content is Markdown {
  return trusted in content;
}
