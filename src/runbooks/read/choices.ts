import type { HeadingNode, ItemNode, Node } from './nodes.ts';
import { plain, titleOf, unnumbered } from './plain.ts';
import type { Tab } from './tabs.ts';
import { choice, choiceLine } from './words.ts';

/** One of several ways, and the part of the document that tells it. */
export interface Choice {
  readonly title: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Ways of which one is chosen. `start` is where the first of them begins. */
export interface ChoiceGroup {
  readonly question: string;
  readonly line: number;
  readonly start: number;
  readonly choices: readonly Choice[];
}

/** Scenarios, options and tabs: headings, bold lines and items that are numbered as ways of one thing. One alone is no choice. */
export function choicesOf(
  nodes: readonly Node[],
  end: number,
  tabs: readonly Tab[],
  lineOf: (offset: number) => number,
): ChoiceGroup[] {
  const found: ChoiceGroup[] = [];
  labelled(nodes, end, '', found);
  let tabbed: Tab[] = [];
  const flush = () => {
    const [first] = tabbed;
    if (first !== undefined && tabbed.length > 1) {
      found.push({
        question: headingBefore(nodes, first.start),
        line: lineOf(first.start),
        start: first.start,
        choices: tabbed.map((tab) => ({ title: tab.label, line: lineOf(tab.start), start: tab.start, end: tab.end })),
      });
    }
    tabbed = [];
  };
  for (const tab of tabs) {
    if (tabbed.length > 0 && tabbed[0]?.group !== tab.group) flush();
    tabbed.push(tab);
  }
  flush();
  return found.sort((a, b) => a.start - b.start);
}

function headingBefore(nodes: readonly Node[], offset: number): string {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  for (let at = low - 1; at >= 0 && at > low - 200; at -= 1) {
    const node = nodes[at];
    if (node?.kind === 'heading') return node.text;
  }
  return '';
}

interface Open {
  readonly depth: number;
  readonly question: string;
  readonly choices: { title: string; line: number; start: number; end: number }[];
}

/** A bold line is deeper than every heading: the next heading ends what it tells. A plain line is deeper still. */
const asDeepAsText = 7;

function labelled(nodes: readonly Node[], end: number, outer: string, found: ChoiceGroup[]): void {
  const headings: HeadingNode[] = [];
  let open: Open[] = [];
  const finish = (group: Open, at: number) => {
    const last = group.choices.at(-1);
    if (last !== undefined) last.end = at;
    const [first] = group.choices;
    if (first !== undefined && group.choices.length > 1)
      found.push({ question: group.question, line: first.line, start: first.start, choices: group.choices });
  };
  const endAt = (depth: number, at: number) => {
    for (const group of open.filter((one) => one.depth >= depth)) finish(group, at);
    open = open.filter((one) => one.depth < depth);
  };
  for (const [index, node] of nodes.entries()) {
    const label = labelOf(node);
    if (label !== undefined) {
      const same = open.at(-1)?.depth === label.depth ? open.at(-1) : open.find(({ depth }) => depth === label.depth);
      endAt(label.depth + 1, node.start);
      const way = { title: titleOf(unnumbered(label.text)), line: node.line, start: node.start, end };
      const before = same?.choices.at(-1);
      if (same === undefined || before === undefined) {
        const question = headings.filter(({ depth }) => depth < label.depth).at(-1)?.text ?? outer;
        open.push({ depth: label.depth, question, choices: [way] });
      } else {
        before.end = node.start;
        same.choices.push(way);
      }
    } else if (node.kind === 'heading') endAt(node.depth, node.start);
    if (node.kind === 'heading') {
      while ((headings.at(-1)?.depth ?? 0) >= node.depth) headings.pop();
      headings.push(node);
    }
    const next = nodes[index + 1]?.start ?? end;
    const heading = headings.at(-1)?.text ?? outer;
    if (node.kind === 'quote') labelled(node.children, next, heading, found);
    if (node.kind === 'list') inList(node.items, next, heading, found);
  }
  endAt(0, end);
}

function inList(items: readonly ItemNode[], end: number, heading: string, found: ChoiceGroup[]): void {
  const ways = items.filter(
    (item) => item.done === undefined && choice.test(unnumbered(plain(item.text))) && item.children.length > 1,
  );
  if (ways.length > 1 && ways.length === items.length) {
    const choices = items.map((item, index) => ({
      title: titleOf(item.text),
      line: item.line,
      start: item.start,
      end: items[index + 1]?.start ?? end,
    }));
    found.push({ question: heading, line: choices[0]?.line ?? 1, start: choices[0]?.start ?? 0, choices });
  }
  for (const [index, item] of items.entries()) labelled(item.children, items[index + 1]?.start ?? end, heading, found);
}

/** The way that a heading or a line begins, and how deep it stands. */
export function labelOf(node: Node): { readonly text: string; readonly depth: number } | undefined {
  if (node.kind === 'heading') {
    return choice.test(unnumbered(node.text)) ? { text: node.text, depth: node.depth } : undefined;
  }
  if (node.kind !== 'paragraph' || node.text.length > 300) return undefined;
  const bold = /^\s*(?:\*\*|__)([^\n]{1,200}?)(?:\*\*|__)\s*[:：]?\s*$/.exec(node.text)?.[1];
  // Without emphasis only what cannot be a sentence: a short line that is numbered as a way.
  const [first = ''] = node.text.split('\n', 1);
  const line = bold ?? (first.length <= 80 && !/[.。]\s*$/.test(first) ? first : '');
  const text = plain(line);
  if (!choice.test(unnumbered(text)) || (bold === undefined && !choiceLine.test(text))) return undefined;
  return { text, depth: bold === undefined ? asDeepAsText + 1 : asDeepAsText };
}
