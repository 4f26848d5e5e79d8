import type { Label, Place } from '../effects/types.ts';
import { type Effect, type Gate, gates } from './types.ts';

/** The gates that must be open for what a command does, in the order of the list of gates. None for what has no effect. */
export function gatesFor(effects: readonly Effect[], places: readonly Place[]): Gate[] {
  const needed = new Set<Gate>(effects.flatMap((effect) => ofEffect[effect]));
  if (needed.size > 0 && places.includes('pod')) needed.add('kubernetes.act');
  if (needed.has('host.write') && places.includes('database')) {
    needed.add('database.write');
    // A statement alone writes nothing on its host; a command line that holds one may.
    if (places.every((place) => place === 'database')) needed.delete('host.write');
  }
  return gates.filter((gate) => needed.has(gate));
}

/** Whether a label is an effect: what is no command of a shell has none that a gate could know. */
export function isEffect(label: Label): label is Effect {
  return label !== 'not-shell';
}

const ofEffect: Readonly<Record<Effect, readonly Gate[]>> = {
  none: [],
  read: ['host.read'],
  secret: ['secret.read'],
  write: ['host.write'],
  destroy: ['host.destroy'],
  'remote-delete': ['offsite.remote-delete'],
  privilege: ['host.write'],
  egress: ['data.egress'],
  disrupt: ['service.disrupt'],
  unknown: ['host.write', 'host.destroy'],
};
