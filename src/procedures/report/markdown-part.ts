import { type Markdown, md, mdBlocks } from '../../evidence/report/markdown.ts';

/** A part of a report under its heading. */
export function mdPart(title: Markdown, ...blocks: Parameters<typeof mdBlocks>[0]): Markdown {
  return mdBlocks([md`## ${title}`, ...blocks]);
}
