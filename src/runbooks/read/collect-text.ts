import { commandLines, looksLikeCommand, looksLikeProse } from '../../effects/documents/prose.ts';
import { annotationsWithin } from './annotations.ts';
import { brokenTable } from './broken-tables.ts';
import { boxesOfTable } from './collect-boxes.ts';
import { drawnTable } from './drawn-table.ts';
import { headingPlace, roleOf } from './labels.ts';
import { logsIn } from './login.ts';
import type { TextNode } from './nodes.ts';
import { placeSaid } from './place.ts';
import { plain, titleOf, unnumbered } from './plain.ts';
import { type ToldCommand, toldCommands } from './told-command.ts';
import type { Context, NewStep, Walk } from './walk.ts';

/** Takes what a paragraph holds: a table drawn with signs, commands without a fence. */
export function collectText(walk: Walk, node: TextNode, lead: string, context: Context): void {
  const { into } = walk;
  walk.problems(annotationsWithin(node.text), node.line);
  const drawn = drawnTable(node.text);
  if (drawn !== undefined) {
    const { rowLines, ...table } = drawn;
    into.tables.push({ line: node.line, endLine: node.endLine, section: walk.here(), ...table });
    boxesOfTable(walk, { ...table, rowLines: rowLines.map((row) => node.line + row) }, lead);
    return;
  }
  const broken = brokenTable(node);
  if (broken !== undefined) into.notUnderstood.push(broken);
  else if (walk.forPeople()) commandsIn(walk, node, lead, context);
}

/** The step that a sentence tells: a command, or a login, which a person types. */
export function toldStep(walk: Walk, { text, language }: ToldCommand, title: string, place: Place): NewStep {
  const target = placeSaid(title);
  const before = walk.lastCommand();
  const label = /^[^:：]{1,60}[:：](?=\s|$)/.exec(title)?.[0] ?? '';
  const role = before === undefined ? undefined : roleOf(label, walk.headings);
  const common = {
    ...place,
    title: titleOf(unnumbered(title)),
    text,
    ...(target === undefined ? {} : { target }),
    ...(role === undefined || before === undefined ? {} : { role, of: before }),
  };
  return logsIn(text) ? { ...common, kind: 'manual' } : { ...common, kind: 'command', language };
}

interface Place {
  readonly line: number;
  readonly endLine: number;
}

/** Commands pasted without a fence: with a prompt, or going on over lines; in a document without fences, every line that is one. */
function commandsIn(walk: Walk, node: TextNode, lead: string, context: Context): void {
  const ofItem = node === context.item?.children[0];
  const told = ofItem || walk.reference() ? [] : toldCommands(node.text);
  if (told.length > 0) {
    const alone = /^\s*`[^`]+`[\s.。]*$/.test(node.text);
    const title = alone ? plain(lead === '' ? (context.item?.text ?? walk.here()) : lead) : plain(node.text);
    for (const one of told)
      walk.add(toldStep(walk, one, title, { line: node.line, endLine: node.endLine }), walk.take());
    return;
  }
  const [first = ''] = node.text.split('\n', 1);
  const prompted = /^\s*\$ \S/.test(first);
  const continued = /\s\\\s*$/.test(first) && looksLikeCommand(node.text) && !looksLikeProse(node.text);
  const spans =
    prompted || continued
      ? [{ start: 0, end: node.text.length }]
      : walk.fenceless && context.item === undefined && !/^\s*[`|[]/.test(node.text)
        ? commandLines(node.text)
        : [];
  for (const { start, end } of spans) {
    const text = node.text
      .slice(start, end)
      .replace(/^(\s*)\$ /gm, '$1')
      .trim();
    const title = titleOf(lead === '' ? (context.item?.text ?? walk.here()) : lead);
    const target = placeSaid(plain(lead)) ?? headingPlace(walk.headings);
    const place = { line: node.lineAt(start), endLine: node.lineAt(Math.max(start, end - 1)) };
    walk.add(
      {
        ...place,
        title: unnumbered(title),
        text,
        ...(logsIn(text) ? { kind: 'manual' } : { kind: 'command', language: 'sh' }),
        ...(target === undefined ? {} : { target }),
      },
      walk.take(),
    );
  }
}
