import { commandLines, looksLikeCommand, looksLikeProse } from '../../effects/documents/prose.ts';
import { isCommandWord } from '../../effects/documents/words.ts';
import type { StepKind } from '../types.ts';
import {
  annotationsWithin,
  commentAnnotations,
  fenceAnnotations,
  merged,
  noAnnotations,
  type ReadAnnotations,
} from './annotations.ts';
import { type BlockStep, stepsOfBlock } from './block-steps.ts';
import { brokenTable } from './broken-tables.ts';
import type { ChoiceGroup } from './choices.ts';
import {
  type BlockDraft,
  type ChecklistDraft,
  type Collected,
  excerpt,
  nothingYet,
  type StepDraft,
  type Way,
} from './collected.ts';
import { drawnTable } from './drawn-table.ts';
import { readEmbedded } from './embedded.ts';
import { everyOf } from './every.ts';
import {
  box,
  type CodeNode,
  type HeadingNode,
  type ItemNode,
  isTicked,
  type ListNode,
  type Node,
  type QuoteNode,
  type TextNode,
} from './nodes.ts';
import { placeSaid } from './place.ts';
import { plain, titleOf, unnumbered } from './plain.ts';
import { plainTags, useOf } from './use.ts';
import { decision, forAssistant, notProcedure, or, question, rollback, verification } from './words.ts';

/** What the walk needs beside the nodes. */
export interface Document {
  readonly nodes: readonly Node[];
  readonly choices: readonly ChoiceGroup[];
  /** Whether an offset lies in a table of HTML, which is read apart. */
  readonly inMarkupTable: (offset: number) => boolean;
  /** What the head of the document says for every step. */
  readonly forAll: ReadAnnotations;
}

/** What stands around a node inside its list, quote or section. */
interface Context {
  readonly item?: ItemNode;
  /** Whether numbered items tell what to do. */
  readonly procedural: boolean;
  readonly list?: ChecklistDraft;
}

/** Goes through a document once, from top to bottom, and takes each thing into one of the lists. */
export function collect({ nodes, choices, inMarkupTable, forAll }: Document): Collected {
  const into = nothingYet();
  const ways = waysByOffset(choices, into);
  const fenceless = !hasFence(nodes);
  const headings: HeadingNode[] = [];
  let pending = noAnnotations;
  let pendingLine = 1;
  let lastCommand: StepDraft | undefined;
  let numberedSection: { heading: HeadingNode; from: number; body: Node[]; checklists: number } | undefined;

  const section = () => headings.map(({ text }) => text);
  const here = () => headings.at(-1)?.text ?? '';
  const forPeople = () => !headings.some(({ text }) => forAssistant.test(text));

  const problems = (read: ReadAnnotations, line: number) => {
    for (const message of read.problems)
      into.findings.push({ code: 'unknown-annotation', level: 'warning', line, message });
  };
  /** What was said for this very thing: it is said once. */
  const takePending = (): ReadAnnotations => {
    const read = pending;
    pending = noAnnotations;
    return { annotations: read.annotations, problems: [] };
  };
  const add = (
    draft: Omit<StepDraft, 'section' | 'read' | 'way'>,
    read: ReadAnnotations,
    at = into.steps.length,
  ): StepDraft => {
    const way = ways.innermost();
    const step: StepDraft = {
      ...draft,
      section: section(),
      read: merged(forAll, read),
      ...(way === undefined ? {} : { way }),
    };
    into.steps.splice(at, 0, step);
    for (const one of ways.all()) one.steps.push(step);
    if (step.kind === 'command' && step.role === undefined) lastCommand = step;
    return step;
  };

  const block = (code: CodeNode, lead: string, context: Context) => {
    const own = lead === '' ? (context.item?.text ?? '') : lead;
    const { use, why, form } = useOf(code, { headings: section(), lead: plain(own) });
    const draft: BlockDraft = {
      id: `block-${into.blocks.length + 1}`,
      line: code.line,
      endLine: code.endLine,
      language: code.tag,
      use,
      why,
      text: code.text,
      section: here(),
      steps: [],
    };
    into.blocks.push(draft);
    const fence = fenceAnnotations(code.meta);
    problems(fence, code.line);
    if (use === 'not-understood')
      into.notUnderstood.push({ line: code.line, endLine: code.endLine, text: excerpt(code.text), why });
    if (use === 'prompt')
      into.prompts.push({ line: code.line, endLine: code.endLine, text: code.text, block: draft.id });
    if (form === undefined) {
      if (use === 'template' || (use !== 'not-understood' && use !== 'prompt' && plainTags.test(code.tag)))
        readEmbedded(code, draft.id, here(), into);
      return;
    }
    const parts = stepsOfBlock(code, form);
    const read = merged(takePending(), fence);
    const label = titleOf(own);
    const before = lastCommand;
    const role = before === undefined ? undefined : roleOf(lead, headings);
    const made = parts.map((part, index) => {
      const target =
        placeSaid(part.remark) ??
        placeSaid(label) ??
        placeSaid(plain(context.item?.text ?? '')) ??
        headingPlace(headings);
      const first = index === 0 ? read : withoutId(read);
      return add(
        {
          ...lines(part),
          kind: part.kind,
          title: titleFor(part, parts.length, { label, isItem: lead === '', heading: here() }),
          text: part.text,
          ...(part.language === undefined ? {} : { language: part.language }),
          ...(target === undefined ? {} : { target }),
          block: draft,
          ...(role === undefined ? {} : { role, ...(before === undefined ? {} : { of: before }) }),
        },
        first,
      );
    });
    draft.steps.push(...made);
    const inner = innerWays(parts, made, here(), into);
    if (use === 'step' && (inner || ways.all().length > 0)) {
      draft.use = 'alternative';
      draft.why = inner ? 'several ways in one block, of which one is chosen' : 'one of several ways';
    }
  };

  const paragraph = (node: TextNode, lead: string, context: Context) => {
    problems(annotationsWithin(node.text), node.line);
    const drawn = drawnTable(node.text);
    const broken = drawn === undefined ? brokenTable(node) : undefined;
    if (drawn !== undefined) into.tables.push({ line: node.line, endLine: node.endLine, section: here(), ...drawn });
    else if (node !== context.item?.children[0] && node.text.split('\n').every((line) => box.test(line)))
      boxesIn(node, lead);
    else if (broken !== undefined) into.notUnderstood.push(broken);
    else if (forPeople()) commandsIn(node, lead, context);
  };
  /** Boxes that have lost the marks of their list: `[ ] one` on a line each. */
  const boxesIn = (node: TextNode, lead: string) => {
    const label = titleOf(lead);
    const items = node.text.split('\n').map((raw, index) => {
      const mark = box.exec(raw)?.[0] ?? '';
      const text = plain(raw.slice(mark.length));
      const line = node.line + index;
      const step = forPeople()
        ? add({ line, endLine: line, kind: 'checklist-item', title: titleOf(text), text }, takePending())
        : undefined;
      return { line, text, done: isTicked(mark), ...(step === undefined ? {} : { step }) };
    });
    const title = label === '' ? here() : label;
    into.checklists.push({ line: node.line, title, items, ...everyOf([...section(), label]) });
  };
  /** Commands pasted without a fence: with a prompt, or going on over lines; in a document without fences, every line that is one. */
  const commandsIn = (node: TextNode, lead: string, context: Context) => {
    const [first = ''] = node.text.split('\n', 1);
    const prompted = /^\s*\$ \S/.test(first);
    const continued = /\s\\\s*$/.test(first) && looksLikeCommand(node.text) && !looksLikeProse(node.text);
    const spans =
      prompted || continued
        ? [{ start: 0, end: node.text.length }]
        : fenceless && context.item === undefined
          ? commandLines(node.text)
          : [];
    for (const { start, end } of spans) {
      const text = node.text
        .slice(start, end)
        .replace(/^(\s*)\$ /gm, '$1')
        .trim();
      const title = titleOf(lead === '' ? (context.item?.text ?? here()) : lead);
      const target = placeSaid(plain(lead)) ?? headingPlace(headings);
      const place = { line: node.lineAt(start), endLine: node.lineAt(Math.max(start, end - 1)) };
      add(
        {
          ...place,
          kind: 'command',
          title: unnumbered(title),
          text,
          language: 'sh',
          ...(target === undefined ? {} : { target }),
        },
        takePending(),
      );
    }
  };

  const list = (node: ListNode, lead: string, context: Context) => {
    const boxes = node.items.some(({ done }) => done !== undefined);
    const label = titleOf(lead);
    const own: ChecklistDraft | undefined =
      boxes && context.list === undefined
        ? { line: node.line, title: label === '' ? here() : label, items: [], ...everyOf([...section(), label]) }
        : context.list;
    if (boxes && own !== context.list && own !== undefined) into.checklists.push(own);
    const links = node.items.length > 0 && node.items.every(({ text }) => /^\s*\[[^\]]*\]\([^)]*\)\s*$/.test(text));
    const procedural =
      context.procedural &&
      forPeople() &&
      !links &&
      !notProcedure.test(label) &&
      !headings.some(({ text }) => notProcedure.test(text));
    for (const one of node.items) item(one, { ...context, procedural, ...(own === undefined ? {} : { list: own }) });
  };

  const item = (node: ItemNode, context: Context) => {
    const inline = annotationsWithin(node.text);
    const inner: Context = { ...context, item: node };
    const at = into.steps.length;
    const text = plain(node.text);
    if (node.done !== undefined) {
      const read = merged(takePending(), inline);
      const step = forPeople()
        ? add({ line: node.line, endLine: node.line, kind: 'checklist-item', title: titleOf(text), text }, read)
        : undefined;
      context.list?.items.push({ line: node.line, text, done: node.done, ...(step === undefined ? {} : { step }) });
      visit(node.children, inner);
      return;
    }
    // What is said of an item is said of the commands in it, or of the item itself.
    const said = merged(pending, inline);
    pending = said;
    visit(node.children, inner);
    const commands = into.steps.slice(at).some(({ kind }) => kind === 'command');
    if (!node.ordered || !context.procedural || text === '' || commands) return;
    pending = noAnnotations;
    add(itemStep(node, text, fenceless), { annotations: said.annotations, problems: [] }, at);
  };

  const quote = (node: QuoteNode, lead: string, context: Context) => {
    if (forAssistant.test(plain(lead)) && forPeople()) {
      into.prompts.push({ line: node.line, endLine: node.endLine, text: textOf(node.children) });
      visit(node.children, { ...context, procedural: false });
    } else visit(node.children, context);
  };

  const visit = (inside: readonly Node[], context: Context) => {
    let lead = '';
    for (const node of inside) {
      ways.move(node.start);
      switch (node.kind) {
        case 'code':
          block(node, lead, context);
          break;
        case 'paragraph':
          if (!inMarkupTable(node.start)) paragraph(node, lead, context);
          break;
        case 'list':
          list(node, lead, context);
          break;
        case 'quote':
          quote(node, lead, context);
          break;
        case 'table':
          into.tables.push({
            line: node.line,
            endLine: node.endLine,
            section: here(),
            header: node.header,
            rows: node.rows,
          });
          break;
        case 'html': {
          const read = commentAnnotations(node.text);
          if (read === undefined) break;
          problems(read, node.line);
          if (Object.keys(pending.annotations).length === 0) pendingLine = node.line;
          pending = merged(pending, read);
          break;
        }
        case 'unreadable':
          into.notUnderstood.push({
            line: node.line,
            endLine: node.endLine,
            text: excerpt(node.text),
            why: 'nested too deeply to be read',
          });
          break;
        default:
      }
      if (node.kind === 'paragraph') lead = node === context.item?.children[0] ? '' : leadOf(node.text);
      else if (node.kind !== 'html') lead = '';
    }
  };

  const endSection = () => {
    const open = numberedSection;
    numberedSection = undefined;
    if (open === undefined || into.checklists.length > open.checklists) return;
    const made = into.steps.slice(open.from);
    if (made.some(({ block: from, kind }) => from !== undefined || kind === 'command')) return;
    // Beside a list of things to do only what is said before it, unless that leads to the list.
    const before =
      made.length === 0
        ? open.body
        : open.body.slice(
            0,
            open.body.findIndex(({ kind }) => kind !== 'paragraph'),
          );
    const told =
      made.length === 0 ? before : before.filter((node) => node.kind === 'paragraph' && !/[:：]\s*$/.test(node.text));
    if (made.length > 0 && told.length === 0) return;
    const body = textOf(told);
    const title = titleOf(unnumbered(open.heading.text));
    const target = placeSaid(title);
    add(
      {
        line: open.heading.line,
        endLine: told.at(-1)?.endLine ?? open.heading.endLine,
        kind: kindOf(title),
        title,
        text: body === '' ? title : body,
        ...(target === undefined ? {} : { target }),
      },
      takePending(),
      open.from,
    );
  };

  const sections = numberedSections(nodes);
  for (const [index, node] of nodes.entries()) {
    if (node.kind === 'heading') {
      endSection();
      ways.move(node.start);
      while ((headings.at(-1)?.depth ?? 0) >= node.depth) headings.pop();
      headings.push(node);
      const procedural = !headings.some(({ text }) => notProcedure.test(text) || forAssistant.test(text));
      if (procedural && sections.has(index))
        numberedSection = { heading: node, from: into.steps.length, body: [], checklists: into.checklists.length };
      promptWithoutFence(nodes, index, into);
      continue;
    }
    numberedSection?.body.push(node);
    if (index === 0 || nodes[index - 1]?.kind === 'heading') visit(untilHeading(nodes, index), { procedural: true });
  }
  endSection();
  if (Object.keys(pending.annotations).length > 0)
    into.findings.push({
      code: 'annotation-without-step',
      level: 'warning',
      line: pendingLine,
      message: 'No step follows this annotation.',
    });
  return into;
}

/** Follows the ways of a document from top to bottom: which of them hold the place that has been reached. */
function waysByOffset(groups: readonly ChoiceGroup[], into: Collected) {
  const spans: { start: number; end: number; way: Way }[] = [];
  for (const { line, question: asked, choices } of groups) {
    const ways = choices.map((choice) => ({ line: choice.line, title: choice.title, steps: [] }));
    into.ways.push({ line, question: asked, ways });
    for (const [index, { start, end }] of choices.entries()) {
      const way = ways[index];
      if (way !== undefined) spans.push({ start, end, way });
    }
  }
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  let next = 0;
  let active: typeof spans = [];
  return {
    move(offset: number) {
      for (; next < spans.length && (spans[next]?.start ?? 0) <= offset; next += 1) {
        const span = spans[next];
        if (span !== undefined) active.push(span);
      }
      if (active.some(({ end }) => end <= offset)) active = active.filter(({ end }) => end > offset);
    },
    innermost: () => active.at(-1)?.way,
    all: () => active.map(({ way }) => way),
  };
}

/** `# or` in a block: it and the part before it are two ways of one thing. */
function innerWays(parts: readonly BlockStep[], made: readonly StepDraft[], heading: string, into: Collected): boolean {
  let found = false;
  for (let at = 0; at < parts.length; ) {
    let end = at + 1;
    while (parts[end]?.or === true && parts[end]?.kind === 'command' && parts[at]?.kind === 'command') end += 1;
    if (end - at > 1) {
      found = true;
      const steps = made.slice(at, end);
      const ways = steps.map((step) => ({ line: step.line, title: withoutOr(step.title), steps: [step] }));
      for (const [index, step] of steps.entries()) {
        const way = ways[index];
        if (way !== undefined) step.way = way;
      }
      into.ways.push({ line: steps[0]?.line ?? 1, question: heading, ways });
    }
    at = end;
  }
  return found;
}

/** `or: from the cold disk` is called `from the cold disk`. */
function withoutOr(title: string): string {
  const rest = title.replace(or, '').replace(/^[\s:：,，、]+/, '');
  return rest === '' ? title : rest;
}

interface Labels {
  readonly label: string;
  /** Whether the label is the item that holds the block. */
  readonly isItem: boolean;
  readonly heading: string;
}

function titleFor({ title, text, kind }: BlockStep, count: number, { label, isItem, heading }: Labels): string {
  const named = unnumbered(label);
  const shown = titleOf(unnumbered(heading));
  if (count > 1) return title !== '' ? title : named !== '' ? named : shown;
  if (kind === 'manual' && title !== '') return title;
  if (named !== '') return isItem || title === '' ? named : `${named}: ${title}`;
  if (title !== '') return title;
  return shown !== '' ? shown : titleOf(text.split('\n', 1)[0] ?? '');
}

/** A bold line or one that ends in a colon speaks for the block below it; a heading without a number for its section. */
function roleOf(lead: string, headings: readonly HeadingNode[]): StepDraft['role'] {
  const label = titleOf(lead);
  const isLabel = label.length <= 60 && (/^\s*(?:\*\*|__)/.test(lead) || /[:：]\s*(?:\*\*|__)?\s*$/.test(lead));
  if (isLabel && rollback.test(label)) return 'rollback';
  if (isLabel && verification.test(unnumbered(label))) return 'verification';
  if (headings.some(({ depth, text }) => depth > 1 && rollback.test(text))) return 'rollback';
  return verification.test(unnumbered(headings.at(-1)?.text ?? '')) ? 'verification' : undefined;
}

function headingPlace(headings: readonly HeadingNode[]): string | undefined {
  return placeSaid(unnumbered(headings.at(-1)?.text ?? ''));
}

/** An id is for one step: of a block with several, the first. */
function withoutId({ annotations }: ReadAnnotations): ReadAnnotations {
  const { id: _, ...rest } = annotations;
  return { annotations: rest, problems: [] };
}

function lines({ line, endLine }: BlockStep): { readonly line: number; readonly endLine: number } {
  return { line, endLine };
}

function kindOf(text: string): StepKind {
  return question.test(text) ? 'question' : decision.test(text) ? 'decision' : 'manual';
}

function itemStep(node: ItemNode, text: string, fenceless: boolean): Omit<StepDraft, 'section' | 'read'> {
  const own = node.children.filter((child) => !(child.kind === 'list' && child.ordered) && child.kind !== 'code');
  const span = /^\s*`([^`\n]+)`\s*[.。]?\s*$/.exec(node.text)?.[1]?.trim();
  const alone =
    span ??
    (fenceless && own.length === 1 && looksLikeCommand(node.text) && !looksLikeProse(node.text)
      ? node.text.trim()
      : undefined);
  const target = placeSaid(text);
  const place = {
    line: node.line,
    endLine: own.at(-1)?.endLine ?? node.line,
    ...(target === undefined ? {} : { target }),
  };
  if (alone !== undefined && isCommandWord(/^(?:sudo\s+)?(\S+)/.exec(alone)?.[1] ?? ''))
    return { ...place, kind: 'command', title: titleOf(text), text: alone, language: 'sh' };
  return { ...place, kind: kindOf(text), title: titleOf(text), text: textOf(own) };
}

/** What stands before a block, when it is short enough to speak for it: a label, or the last line if that ends in a colon. */
function leadOf(text: string): string {
  if (text.length <= 200) return text;
  const last = text.slice(text.lastIndexOf('\n') + 1);
  return last.length <= 160 && /[:：]\s*(?:\*\*|__)?\s*$/.test(last) ? last : '';
}

/** What a person reads of some nodes, a line each. */
export function textOf(nodes: readonly Node[]): string {
  const found: string[] = [];
  const visit = (inside: readonly Node[], mark: string) => {
    for (const node of inside) {
      if (node.kind === 'paragraph' || node.kind === 'heading') found.push(mark + plain(node.text));
      else if (node.kind === 'quote') visit(node.children, mark);
      else if (node.kind === 'list')
        for (const item of node.items) visit(item.children, node.ordered ? `${item.number}. ` : '- ');
    }
  };
  visit(nodes, '');
  return found.filter((line) => line !== '').join('\n');
}

function hasFence(nodes: readonly Node[]): boolean {
  return nodes.some((node) => {
    if (node.kind === 'code') return node.how !== 'indented';
    if (node.kind === 'list') return hasFence(node.items);
    return (node.kind === 'item' || node.kind === 'quote') && hasFence(node.children);
  });
}

function untilHeading(nodes: readonly Node[], from: number): readonly Node[] {
  let end = from;
  while (end < nodes.length && nodes[end]?.kind !== 'heading') end += 1;
  return nodes.slice(from, end);
}

/**
 * Headings with a number that have no headings below them: each is a thing to do, when nothing in its section is one. `### 4. …`, `Step 4`
 * anywhere; `## 4. …` where all that are numbered so have no headings below them, and one of them has code.
 */
function numberedSections(nodes: readonly Node[]): ReadonlySet<number> {
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
function promptWithoutFence(nodes: readonly Node[], at: number, into: Collected): void {
  const heading = nodes[at];
  if (heading?.kind !== 'heading' || !forAssistant.test(heading.text)) return;
  const body = untilHeading(nodes, at + 1);
  const [first] = body;
  if (first === undefined || hasFence(body)) return;
  const text = textOf(body);
  if (text !== '') into.prompts.push({ line: first.line, endLine: body.at(-1)?.endLine ?? first.endLine, text });
}
