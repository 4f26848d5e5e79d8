import type { Label } from '../../effects/types.ts';
import type { Markup } from '../../evidence/report/html.ts';
import type { Tone } from '../../evidence/report/icons.ts';
import { status } from '../../evidence/report/parts.ts';
import type { Speaker } from '../speak.ts';

const shown = {
  none: ['plain', 'effectNone'],
  read: ['good', 'effectRead'],
  secret: ['unsure', 'effectSecret'],
  write: ['unsure', 'effectWrite'],
  destroy: ['bad', 'effectDestroy'],
  'remote-delete': ['bad', 'effectRemoteDelete'],
  privilege: ['unsure', 'effectPrivilege'],
  egress: ['unsure', 'effectEgress'],
  disrupt: ['bad', 'effectDisrupt'],
  unknown: ['bad', 'effectUnknown'],
  'not-shell': ['plain', 'effectNotShell'],
} as const satisfies Record<Label, readonly [Tone, string]>;

/** What a step does, each effect by a word, a colour and a sign of its own. */
export function effectMarks(speaker: Speaker, effects: readonly Label[]): readonly Markup[] {
  return effects.map((effect) => {
    const [tone, key] = shown[effect];
    return status(tone, speaker.say(key));
  });
}

/** Whether a person should stop before it. */
export function isHard(effects: readonly Label[]): boolean {
  return effects.some((effect) => shown[effect][0] === 'bad');
}
