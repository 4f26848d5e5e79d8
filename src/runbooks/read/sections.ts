import type { Collected } from './collected.ts';
import { hasFence, textOf, untilHeading } from './node-text.ts';
import type { HeadingNode, Node } from './nodes.ts';
import { forAssistant } from './words.ts';

/**
 * Headings with a number that have no headings below them: each is a thing to do, when nothing in its section is one. `### 4. …`, `Step 4`
 * anywhere; `## 4. …` where all that are numbered so have no headings below them, and one of them has code.
 */
export function numberedSections(nodes: readonly Node[]): ReadonlySet<number> {
  const found = new Set<number>();
  const chapters: number[] = [];
  let flat = true;
  let code = false;
  const headings = [...nodes.entries()].filter((entry): entry is [number, HeadingNode] => entry[1].kind === 'heading');
  for (const [at, [index, node]] of headings.entries()) {
    const next = headings[at + 1];
    const leaf = next === undefined || next[1].depth <= node.depth;
    const step =
      /^(?:step\s*\d|단계\s*\d|\d+\s*단계|步驟\s*\d|步骤\s*\d|手順\s*\d|第\s*[一二三四五六七八九十\d]+\s*步)/i.test(
        node.text,
      );
    const counted = /^\d{1,2}[.)]\s/.test(node.text);
    if (leaf && (step || (counted && node.depth > 2))) found.add(index);
    else if (counted) {
      if (leaf) chapters.push(index);
      else flat = false;
      code ||= hasFence(nodes.slice(index + 1, next?.[0]));
    }
  }
  if (flat && code) for (const index of chapters) found.add(index);
  return found;
}

/** A section for an AI assistant without a block: its text is the prompt. */
export function promptWithoutFence(nodes: readonly Node[], at: number, into: Collected): void {
  const heading = nodes[at];
  if (heading?.kind !== 'heading' || !forAssistant(heading.text)) return;
  const body = untilHeading(nodes, at + 1);
  const [first] = body;
  if (first === undefined || hasFence(body)) return;
  const text = textOf(body);
  if (text !== '') into.prompts.push({ line: first.line, endLine: body.at(-1)?.endLine ?? first.endLine, text });
}

/** The heading that is the title of the whole document: the only one of the first level. */
export function soleTitle(nodes: readonly Node[]): HeadingNode | undefined {
  const first = nodes.filter((node): node is HeadingNode => node.kind === 'heading' && node.depth === 1);
  return first.length === 1 ? first[0] : undefined;
}
