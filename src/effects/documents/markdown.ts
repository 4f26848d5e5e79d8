import { elementsOf } from './elements.ts';
import type { Mapped } from './mapped.ts';

/** A block of a document: what its fence says it is, and its text without the indentation of what holds it. */
export interface Block {
  readonly kind: 'fenced' | 'indented' | 'html' | 'paragraph';
  /** The first word after the fence, in lower case; empty where there is none. */
  readonly tag: string;
  /** The rest of the fence's line. */
  readonly meta: string;
  readonly content: Mapped;
}

/**
 * Every block of code in a Markdown document, in order: fenced, indented, in lists, quotes and components of MDX, in HTML. Paragraphs
 * come as well, for a command may stand in one. Code inside a sentence or a table is a mention and does not come alone.
 */
export function blocksOf(markdown: string): Block[] {
  return elementsOf(markdown).flatMap((element): Block[] => {
    if ('container' in element || element.content.text.trim() === '') return [];
    const { content } = element;
    switch (element.kind) {
      case 'fenced':
      case 'indented':
        return [{ kind: element.kind, tag: element.tag, meta: element.meta, content }];
      case 'pre':
        return [{ kind: 'html', tag: '', meta: '', content }];
      case 'unreadable':
        return [{ kind: 'indented', tag: '', meta: '', content }];
      case 'paragraph':
        return [{ kind: 'paragraph', tag: '', meta: '', content }];
      default:
        return [];
    }
  });
}
