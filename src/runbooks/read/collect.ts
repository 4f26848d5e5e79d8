import { commandLines, looksLikeCommand, looksLikeProse } from '../../effects/documents/prose.ts';
import { because, inEnglish, sentence } from '../words/index.ts';
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
} from './collected.ts';
import { drawnTable } from './drawn-table.ts';
import { readEmbedded } from './embedded.ts';
import { everyOf } from './every.ts';
import { itemStep } from './item-step.ts';
import { headingPlace, kindOf, leadOf, roleOf, titleFor } from './labels.ts';
import { hasFence, textOf, untilHeading } from './node-text.ts';
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
import { numberedSections, promptWithoutFence, soleTitle } from './sections.ts';
import { plainTags, useOf } from './use.ts';
import { innerWays, waysByOffset } from './ways.ts';
import { forAssistant, notProcedure } from './words.ts';

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

  // The title of the document says nothing of one section of it.
  const title = soleTitle(nodes);
  const chapters = () => headings.filter((heading) => heading !== title).map(({ text }) => text);
  const section = () => headings.map(({ text }) => text);
  const here = () => headings.at(-1)?.text ?? '';
  const forPeople = () => !chapters().some(forAssistant);

  const problems = (read: ReadAnnotations, line: number) => {
    for (const said of read.problems)
      into.findings.push({ code: 'unknown-annotation', level: 'warning', line, message: inEnglish(said), said });
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
    const { use, why, form } = useOf(code, { headings: chapters(), lead: plain(own) });
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
      into.notUnderstood.push({ line: code.line, endLine: code.endLine, text: excerpt(code.text), ...because(why) });
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
          title: titleFor(part, parts.length, { label, heading: here() }),
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
      draft.why = sentence(inner ? 'ways-in-block' : 'one-of-ways');
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
      !notProcedure.test(unnumbered(label)) &&
      !chapters().some((text) => notProcedure.test(unnumbered(text)));
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
    if (forAssistant(plain(lead)) && forPeople()) {
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
            ...because(sentence('too-deep')),
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
      const procedural = forPeople() && !chapters().some((text) => notProcedure.test(unnumbered(text)));
      if (procedural && sections.has(index))
        numberedSection = { heading: node, from: into.steps.length, body: [], checklists: into.checklists.length };
      if (node !== title) promptWithoutFence(nodes, index, into);
      continue;
    }
    numberedSection?.body.push(node);
    if (index === 0 || nodes[index - 1]?.kind === 'heading') visit(untilHeading(nodes, index), { procedural: true });
  }
  endSection();
  if (Object.keys(pending.annotations).length > 0) {
    const said = sentence('annotation-without-step');
    into.findings.push({
      code: 'annotation-without-step',
      level: 'warning',
      line: pendingLine,
      message: inEnglish(said),
      said,
    });
  }
  return into;
}

/** An id is for one step: of a block with several, the first. */
function withoutId({ annotations }: ReadAnnotations): ReadAnnotations {
  const { id: _, ...rest } = annotations;
  return { annotations: rest, problems: [] };
}

function lines({ line, endLine }: BlockStep): { readonly line: number; readonly endLine: number } {
  return { line, endLine };
}
