import type { StepOutcome } from '../../evidence/procedure-model.ts';
import type { Tone } from '../../evidence/report/icons.ts';
import type { Words } from './words.ts';

/** One part of the hand-over page, in either medium. */
export interface Part<Text> {
  readonly id: string;
  readonly title: Text;
  readonly tone: Tone;
  /** Framed, so that it cannot be passed over. */
  readonly loud: boolean;
  /** Said before the items, or alone when there are none. */
  readonly said: readonly Text[];
  readonly items: readonly { readonly title: Text; readonly said: readonly Text[]; readonly command?: string }[];
  readonly commands: readonly { readonly why: Text; readonly command: string }[];
}

/** A part with nothing in it yet. */
export const plain = { tone: 'plain', loud: false, said: [], items: [], commands: [] } as const;

/** With its id: titles are often alike, and `--from` takes the id. */
export function titleOf<Text>(words: Words<Text>, { title, id }: StepOutcome): Text {
  return words.say('stepNamed', { title: words.data(title), id: words.code(id) });
}

const most = 8;

/** One page: what is more stands in the report. */
export function few<Text>(words: Words<Text>, items: readonly Text[], limit = most): readonly Text[] {
  if (items.length <= limit + 1) return items;
  return [...items.slice(0, limit), words.say('more', { count: items.length - limit })];
}

/** The same for items of a part. */
export function fewItems<Text>(words: Words<Text>, items: Part<Text>['items']): Part<Text>['items'] {
  if (items.length <= most + 1) return items;
  return [...items.slice(0, most), { title: words.say('more', { count: items.length - most }), said: [] }];
}
