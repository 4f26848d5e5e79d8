import { joined } from '../arg.ts';
import { given } from '../rules.ts';
import type { Call, Session } from '../session.ts';
import { add, bit, type Verdict } from '../verdict.ts';

/** The words after redis-cli's options are one command; without them commands come from input. */
export function redis(call: Call, own: Verdict, session: Session): void {
  const { parsed, input } = call;
  const words = [...parsed.operands, ...parsed.rest];
  if (words.length > 0) session.judge.payload(joined(words), 'redis', call.scope, own, { place: 'database' });
  else if (input?.text !== undefined)
    session.judge.payload(input.text, 'redis', call.scope, own, { place: 'database' });
  else if (input !== undefined || given(parsed, '--eval --pipe', undefined))
    add(own, 'unknown', 'runs commands that are not at hand');
  if ((own.bits & ~bit.none) !== 0) own.bits &= ~bit.none;
}

/** A script file for the MongoDB shell; code and input are carried by the data. */
export function mongo(call: Call, own: Verdict, session: Session): void {
  const script = call.parsed.operands.find((arg) => /\.(?:js|mongo)$/.test(arg.text));
  if (script === undefined) return;
  const text = session.resolve?.(script.text);
  if (text !== undefined)
    session.judge.payload({ ...script, text, pieces: [[0, script.start]] }, 'mongo', call.scope, own, {
      place: 'database',
    });
  else add(own, 'unknown', `${script.text} is not at hand`);
}
