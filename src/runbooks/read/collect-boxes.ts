import type { ChecklistDraft } from './collected.ts';
import { everyOf } from './every.ts';
import { box, isTicked } from './lined-items.ts';
import type { HeadingNode } from './nodes.ts';
import { plain, titleOf } from './plain.ts';
import type { Walk } from './walk.ts';

interface Box {
  readonly line: number;
  readonly text: string;
  readonly done: boolean;
}

/** A checklist that begins here, without its items. */
export function checklistAt(walk: Walk, line: number, label: string): ChecklistDraft {
  const title = label === '' ? walk.here() : label;
  return { line, title, items: [], ...everyOf([...walk.section(), label]) };
}

/** Boxes in the cells of a table: what is to be ticked is what the row says. */
export function boxesOfTable(
  walk: Walk,
  {
    header,
    rows,
    rowLines,
  }: {
    readonly header: readonly string[];
    readonly rows: readonly (readonly string[])[];
    readonly rowLines: readonly number[];
  },
  label: string,
): void {
  const boxes: Box[] = [];
  for (const [index, row] of rows.entries()) {
    const marks = row.map((cell) => box.exec(cell.replace(/^[-*+]\s+/, '')));
    const many = marks.filter((mark) => mark !== null).length > 1;
    const said = row.filter((_, column) => marks[column] === null).map(plain);
    for (const [column, mark] of marks.entries()) {
      if (mark === null) continue;
      const own = plain((row[column] ?? '').replace(/^[-*+]\s+/, '').slice(mark[0].length));
      const named = own === '' && many ? plain(header[column] ?? '') : own;
      const text = [...(many ? said.slice(0, 1) : said), named].filter((part) => part !== '').join(' · ');
      boxes.push({ line: rowLines[index] ?? 1, text, done: isTicked(mark[0]) });
    }
  }
  boxesOf(walk, boxes, label);
}

/** Boxes of HTML that stand before an offset and are not taken yet. */
export function markupBoxes(walk: Walk): (before: number) => void {
  const { markupBoxes: all } = walk.document;
  let next = 0;
  return (before) => {
    const due: (Box & { readonly start: number })[] = [];
    for (let one = all[next]; one !== undefined && one.start < before; one = all[next]) {
      due.push(one);
      next += 1;
    }
    boxesOf(walk, due, '');
  };
}

/** Headings with boxes under the same heading are one checklist. */
export function headingBoxes(walk: Walk): (heading: HeadingNode) => ChecklistDraft['items'][number] | undefined {
  const lists = new Map<HeadingNode | undefined, ChecklistDraft>();
  return (heading) => {
    if (heading.done === undefined) return undefined;
    const above = walk.headings.at(-2);
    const known = lists.get(above);
    const list = known ?? { ...checklistAt(walk, heading.line, above?.text ?? ''), items: [] };
    if (known === undefined) {
      lists.set(above, list);
      walk.into.checklists.push(list);
    }
    const item = { line: heading.line, text: heading.text, done: heading.done };
    list.items.push(item);
    return item;
  };
}

/** Boxes that are a checklist together. */
export function boxesOf(walk: Walk, boxes: readonly Box[], label: string): void {
  const [first] = boxes;
  if (first === undefined) return;
  const list = checklistAt(walk, first.line, titleOf(label));
  for (const { line, text, done } of boxes) {
    const step = walk.forPeople()
      ? walk.add({ line, endLine: line, kind: 'checklist-item', title: titleOf(text), text }, walk.take())
      : undefined;
    list.items.push({ line, text, done, ...(step === undefined ? {} : { step }) });
  }
  walk.into.checklists.push(list);
}
