import type { Label } from '../../effects/types.ts';
import type { Markup } from '../../evidence/report/html.ts';
import type { Tone } from '../../evidence/report/icons.ts';
import { effectNames } from '../../evidence/report/messages/effects.ts';
import { status } from '../../evidence/report/parts.ts';
import type { Speaker } from '../speak.ts';

const tones: Readonly<Record<Label, Tone>> = {
  none: 'plain',
  read: 'good',
  secret: 'unsure',
  write: 'unsure',
  destroy: 'bad',
  'remote-delete': 'bad',
  privilege: 'unsure',
  egress: 'unsure',
  disrupt: 'bad',
  unknown: 'bad',
  'not-shell': 'plain',
};

/** What a step does, each effect by a word, a colour and a sign of its own. */
export function effectMarks({ language }: Speaker, effects: readonly Label[]): readonly Markup[] {
  return effects.map((effect) => status(tones[effect], effectNames[language][effect]));
}

/** Whether a person should stop before it. */
export function isHard(effects: readonly Label[]): boolean {
  return effects.some((effect) => tones[effect] === 'bad');
}
