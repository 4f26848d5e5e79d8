import type { Arg } from './arg.ts';
import type { Call, Session } from './session.ts';

/** What is fetched to be run is no longer only read. */
export function fetchedSince(session: Session, index: number): void {
  for (let at = index; at < session.commands.length; at++) onlyFetched(session, at);
}

/** The same for commands inside one word. */
export function fetchedIn(session: Session, arg: Arg, call: Call): void {
  const start = call.scope.source.toRoot(arg.start);
  for (let at = session.commands.length - 1; at >= 0 && (session.spans[at]?.start ?? -1) >= start; at--)
    onlyFetched(session, at);
}

function onlyFetched(session: Session, at: number): void {
  const command = session.commands[at];
  if (command === undefined || command.effects.length !== 1 || command.effects[0] !== 'read') return;
  session.commands[at] = { ...command, effects: ['egress'], why: 'fetches what is run then' };
}
