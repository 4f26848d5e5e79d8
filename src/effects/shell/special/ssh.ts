import { joined } from '../arg.ts';
import { given, valuesOf } from '../rules.ts';
import type { Call, Session } from '../session.ts';
import { add, bit, type Verdict } from '../verdict.ts';

/** The words after the host are joined and given to a shell there; without words that shell reads input. */
export function ssh(call: Call, own: Verdict, session: Session): void {
  const { parsed, input, scope } = call;
  const { rest } = parsed;
  for (const arg of valuesOf(parsed, '-o')) {
    const command = /^(?:ProxyCommand|LocalCommand)[= ](?!none)(.*)/i.exec(arg.text)?.[1];
    if (command !== undefined)
      session.judge.payload({ ...arg, text: command, pieces: [[0, arg.start]] }, 'sh', scope, own);
  }
  if (parsed.operands.length === 0) {
    if (given(parsed, '-G -Q -V', undefined)) add(own, 'read', 'shows settings');
    return;
  }
  const glob = rest.find((arg) => arg.glob);
  if (glob !== undefined)
    session.judge.finding(
      'remote-glob',
      'This pattern is expanded here, before the command goes elsewhere.',
      glob,
      scope,
    );
  if (rest.length > 0 && input?.words !== undefined && input.text === undefined && input.words.length > 0) {
    own.bits &= ~bit.none;
    add(own, 'egress', 'sends what comes in to another machine');
  }
  if (rest.length > 0) session.judge.payload(joined(rest), 'sh', scope, own, { place: 'host', input });
  else if (input?.text !== undefined) session.judge.payload(input.text, 'sh', scope, own, { place: 'host' });
  else if (input !== undefined) {
    own.bits &= ~bit.none;
    add(own, 'unknown', 'a shell on another machine runs what comes in');
  }
}
