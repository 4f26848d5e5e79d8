import { because, sentence } from '../words/index.ts';
import { commentAnnotations } from './annotations.ts';
import { collectBlock } from './collect-block.ts';
import { boxesOf, boxesOfTable, headingBoxes, markupBoxes } from './collect-boxes.ts';
import { collectList } from './collect-list.ts';
import { collectText } from './collect-text.ts';
import { type Collected, excerpt } from './collected.ts';
import { leadOf } from './labels.ts';
import { textOf, untilHeading } from './node-text.ts';
import type { Node, QuoteNode } from './nodes.ts';
import { plain } from './plain.ts';
import { numberedSections, promptWithoutFence, sectionSteps } from './sections.ts';
import { collectTableSteps } from './table-steps.ts';
import { type Context, type Document, walkOf } from './walk.ts';
import { forAssistant } from './words.ts';

/** Goes through a document once, from top to bottom, and takes each thing into one of the lists. */
export function collect(document: Document): Collected {
  const { nodes } = document;
  const walk = walkOf(document);
  const { into } = walk;
  const takeMarkupBoxes = markupBoxes(walk);
  const takeHeadingBox = headingBoxes(walk);
  const section = sectionSteps(walk, numberedSections(nodes));

  const visit = (inside: readonly Node[], context: Context) => {
    let lead = '';
    for (const node of inside) {
      walk.ways.move(node.start);
      takeMarkupBoxes(node.start);
      const before = into.steps.length;
      one(node, lead, context);
      const spent = node === context.item?.children[0] || into.steps.length > before;
      if (node.kind === 'paragraph') lead = spent ? '' : leadOf(node.text);
      else if (node.kind !== 'html') lead = '';
    }
  };
  const one = (node: Node, lead: string, context: Context): void => {
    const { line, endLine } = node;
    switch (node.kind) {
      case 'code':
        collectBlock(walk, node, lead, context);
        break;
      case 'paragraph':
        if (!document.inMarkupTable(node.start)) collectText(walk, node, lead, context);
        break;
      case 'list':
        collectList(walk, node, lead, context, visit);
        break;
      case 'quote':
        quote(node, lead, context);
        break;
      case 'table':
        into.tables.push({ line, endLine, section: walk.here(), header: node.header, rows: node.rows });
        collectTableSteps(walk, node);
        boxesOfTable(walk, node, lead);
        break;
      case 'heading':
        // In a list or a quote it parts nothing.
        if (node.done !== undefined) boxesOf(walk, [{ line, text: node.text, done: node.done }], '');
        break;
      case 'html': {
        const read = commentAnnotations(node.text);
        if (read === undefined) break;
        walk.problems(read, line);
        walk.keep(read, line);
        break;
      }
      case 'unreadable':
        into.notUnderstood.push({ line, endLine, text: excerpt(node.text), ...because(sentence('too-deep')) });
        break;
      default:
    }
  };
  const quote = (node: QuoteNode, lead: string, context: Context) => {
    if (forAssistant(plain(lead)) && walk.forPeople()) {
      into.prompts.push({ line: node.line, endLine: node.endLine, text: textOf(node.children) });
      visit(node.children, { ...context, procedural: false });
    } else visit(node.children, context);
  };

  for (const [index, node] of nodes.entries()) {
    if (node.kind === 'heading') {
      takeMarkupBoxes(node.start);
      section.end();
      walk.ways.move(node.start);
      walk.enter(node);
      section.begin(index, node, takeHeadingBox(node));
      if (node !== walk.title) promptWithoutFence(nodes, index, into);
      continue;
    }
    section.hold(node);
    if (index === 0 || nodes[index - 1]?.kind === 'heading') visit(untilHeading(nodes, index), { procedural: true });
  }
  takeMarkupBoxes(Number.POSITIVE_INFINITY);
  section.end();
  walk.end();
  return into;
}
