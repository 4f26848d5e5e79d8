import { annotationsWithin, merged } from './annotations.ts';
import { checklistAt } from './collect-boxes.ts';
import { toldStep } from './collect-text.ts';
import type { ChecklistDraft, StepDraft } from './collected.ts';
import { itemStep } from './item-step.ts';
import { labelIn } from './labels.ts';
import { logsIn } from './login.ts';
import type { ItemNode, ListNode, Node } from './nodes.ts';
import { plain, titleOf, unnumbered } from './plain.ts';
import { toldCommands } from './told-command.ts';
import type { Context, Walk } from './walk.ts';
import { aboutDoing, forInstance, notProcedure } from './words.ts';

type Visit = (nodes: readonly Node[], context: Context) => void;

/** Takes a list: items with boxes, items that tell what to do, and what stands in items. */
export function collectList(walk: Walk, node: ListNode, lead: string, context: Context, visit: Visit): void {
  const boxes = node.items.some(({ done }) => done !== undefined);
  const label = titleOf(lead);
  const own = boxes && context.list === undefined ? checklistAt(walk, node.line, labelIn(lead)) : context.list;
  if (boxes && own !== context.list && own !== undefined) walk.into.checklists.push(own);
  const links = node.items.length > 0 && node.items.every(({ text }) => /^\s*\[[^\]]*\]\([^)]*\)\s*$/.test(text));
  const chapters = walk.chapters().map(unnumbered);
  const procedural =
    context.procedural &&
    walk.forPeople() &&
    !links &&
    !forInstance.test(plain(lead)) &&
    !notProcedure.test(unnumbered(label)) &&
    !chapters.some((text) => notProcedure.test(text));
  // Bullets are facts, unless the nearest words say that they are what to do.
  const nearest = labelIn(lead) === '' ? unnumbered(plain(walk.here())) : unnumbered(labelIn(lead));
  const doing = node.ordered || (context.item === undefined && aboutDoing.test(nearest));
  for (const item of node.items) {
    const inner = { ...context, procedural, ...(own === undefined ? {} : { list: own }) };
    if (item.done === undefined) collectItem(walk, item, { context: inner, doing, visit });
    else collectBox(walk, item, { context: inner, visit });
  }
}

/** An item with a box is done with the last command in it; without one it is a step itself. */
function collectBox(walk: Walk, node: ItemNode, { context, visit }: { context: Context; visit: Visit }): void {
  const { into } = walk;
  const text = plain(node.text);
  const said = merged(walk.take(), annotationsWithin(node.text));
  const entry: ChecklistDraft['items'][number] = { line: node.line, text, done: node.done === true };
  context.list?.items.push(entry);
  if (!walk.forPeople()) {
    visit(node.children, { ...context, item: node });
    return;
  }
  const at = into.steps.length;
  const told = toldCommands(node.text, true);
  if (told.length > 0) {
    const place = { line: node.line, endLine: node.line };
    for (const one of told) entry.step = walk.add(toldStep(walk, one, text, place), said);
    visit(node.children, { ...context, item: node });
    return;
  }
  walk.keep(said, node.line);
  visit(node.children, { ...context, item: node });
  const last = into.steps.slice(at).findLast(({ kind, block }) => kind === 'command' || block !== undefined);
  entry.step =
    last ??
    walk.add(
      { line: node.line, endLine: node.line, kind: 'checklist-item', title: titleOf(text), text },
      walk.take(),
      at,
    );
}

interface Around {
  readonly context: Context;
  /** Whether its list tells what to do. */
  readonly doing: boolean;
  readonly visit: Visit;
}

/** An item without a box is a command that it tells, the commands that stand in it, or a thing to do. */
function collectItem(walk: Walk, node: ItemNode, { context, doing, visit }: Around): void {
  const at = walk.into.steps.length;
  const text = plain(node.text);
  // What is said of an item is said of the commands in it, or of the item itself.
  walk.keep(annotationsWithin(node.text), node.line);
  const said = walk.kept();
  const told = context.procedural && !walk.reference() ? toldCommands(node.text, doing) : [];
  const title = /^\s*`[^`]+`[\s.。]*$/.test(node.text) ? plain(context.item?.text ?? node.text) : text;
  for (const one of told) walk.add(toldStep(walk, one, title, { line: node.line, endLine: node.line }), walk.take());
  visit(node.children, { ...context, item: node });
  const made = walk.into.steps.slice(at);
  if (!doing || !context.procedural || text === '') return;
  if (told.length > 0 || made.some((step) => tells(step, text))) return;
  walk.take();
  walk.add(itemStep(node, text, walk), { annotations: said.annotations, problems: [] }, at);
}

/** Whether a step that was made in an item stands for the item: it is called so, or the item says no more than that something follows. */
function tells(step: StepDraft, text: string): boolean {
  if (step.kind !== 'command' && step.block === undefined && !logsIn(step.text)) return false;
  return text.length < 12 || step.title.includes(titleOf(unnumbered(text)));
}
