import { canonicalJson } from '../lib/canonical-json.ts';
import { sha256 } from '../lib/hash.ts';
import type { Request } from './types.ts';

/** The hash that an approval is bound to: everything that was shown to those who agreed. The order of effects says nothing. */
export function bindingOf({
  site,
  step,
  target,
  effects,
  subject,
}: Pick<Request, 'site' | 'step' | 'target' | 'effects' | 'subject'>): string {
  const shown = { ...subject, effects: sorted(subject.effects) };
  return sha256(canonicalJson({ site, step, target, effects: sorted(effects), subject: shown }));
}

function sorted(effects: readonly string[]): string[] {
  return [...new Set(effects)].sort();
}
