import type { ChecklistDraft, Collected } from './collected.ts';
import { kindOf } from './labels.ts';
import { hasFence, textOf, untilHeading } from './node-text.ts';
import type { HeadingNode, Node } from './nodes.ts';
import { placeSaid } from './place.ts';
import { titleOf, unnumbered } from './plain.ts';
import type { Walk } from './walk.ts';
import { forAssistant, notProcedure } from './words.ts';

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
    if (leaf && (step || (counted && node.depth > 2) || node.done !== undefined)) found.add(index);
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

type BoxOfHeading = ChecklistDraft['items'][number];

/** Sections with a number are steps themselves, unless what stands in them is. */
export function sectionSteps(walk: Walk, numbered: ReadonlySet<number>) {
  const { into } = walk;
  let open:
    | { heading: HeadingNode; from: number; body: Node[]; checklists: number; entry: BoxOfHeading | undefined }
    | undefined;
  return {
    begin(index: number, heading: HeadingNode, entry: BoxOfHeading | undefined): void {
      if (!numbered.has(index) || !walk.forPeople()) return;
      if (walk.chapters().some((text) => notProcedure.test(unnumbered(text)))) return;
      open = { heading, from: into.steps.length, body: [], checklists: into.checklists.length, entry };
    },
    hold(node: Node): void {
      open?.body.push(node);
    },
    end(): void {
      const ended = open;
      open = undefined;
      if (ended === undefined) return;
      const { heading, from, entry } = ended;
      if (entry === undefined && into.checklists.length > ended.checklists) return;
      const made = into.steps.slice(from);
      const command = made.findLast(({ block, kind }) => block !== undefined || kind === 'command');
      if (command !== undefined) {
        if (entry !== undefined) entry.step = command;
        return;
      }
      const told = made.length === 0 ? ended.body : beforeTheList(ended.body);
      if (made.length > 0 && told.length === 0 && entry === undefined) return;
      const body = textOf(told, walk.shown);
      const title = titleOf(unnumbered(heading.text));
      const target = placeSaid(title);
      const step = walk.add(
        {
          line: heading.line,
          endLine: told.at(-1)?.endLine ?? heading.endLine,
          kind: entry === undefined ? kindOf(title) : 'checklist-item',
          title,
          text: body === '' ? title : body,
          ...(target === undefined ? {} : { target }),
        },
        walk.take(),
        from,
      );
      if (entry !== undefined) entry.step = step;
    },
  };
}

/** Beside a list of things to do only what is said before it, unless that leads to the list. */
function beforeTheList(body: readonly Node[]): readonly Node[] {
  const end = body.findIndex(({ kind }) => kind !== 'paragraph');
  return body.slice(0, end).filter((node) => node.kind === 'paragraph' && !/[:：]\s*$/.test(node.text));
}
