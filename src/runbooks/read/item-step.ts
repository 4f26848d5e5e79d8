import { isSentence, looksLikeCommand, looksLikeProse } from '../../effects/documents/prose.ts';
import { isCommandWord } from '../../effects/documents/words.ts';
import { kindOf } from './labels.ts';
import { logsIn } from './login.ts';
import { textOf } from './node-text.ts';
import type { ItemNode } from './nodes.ts';
import { placeSaid } from './place.ts';
import { titleOf } from './plain.ts';
import type { NewStep, Walk } from './walk.ts';

/** The step that a numbered item is: a thing to do, or a command when it is nothing but one. */
export function itemStep(
  node: ItemNode,
  text: string,
  { fenceless, shown }: Pick<Walk, 'fenceless' | 'shown'>,
): NewStep {
  const own = node.children.filter((child) => !(child.kind === 'list' && child.ordered));
  const alone =
    fenceless &&
    own.length === 1 &&
    !node.text.includes('`') &&
    looksLikeCommand(node.text) &&
    !looksLikeProse(node.text) &&
    !isSentence(node.text)
      ? node.text.trim()
      : undefined;
  const target = placeSaid(text);
  const place = {
    line: node.line,
    endLine: own.findLast(({ kind }) => kind !== 'code')?.endLine ?? node.line,
    ...(target === undefined ? {} : { target }),
  };
  if (alone !== undefined && !logsIn(alone) && isCommandWord(/^(?:sudo\s+)?(\S+)/.exec(alone)?.[1] ?? ''))
    return { ...place, kind: 'command', title: titleOf(text), text: alone, language: 'sh' };
  return { ...place, kind: kindOf(text), title: titleOf(text), text: textOf(own, shown) };
}
