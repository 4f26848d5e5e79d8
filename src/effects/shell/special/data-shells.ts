import { type Arg, joined } from '../arg.ts';
import { given, valuesOf } from '../rules.ts';
import type { Call, Session } from '../session.ts';
import { add, bit, type Verdict } from '../verdict.ts';

/** The words after redis-cli's options are one command; without them commands come from input. */
export function redis(call: Call, own: Verdict, session: Session): void {
  const { parsed, input } = call;
  const words = [...parsed.operands, ...parsed.rest];
  if (words.length > 0)
    session.judge.payload(joined(words.map(quoted)), 'redis', call.scope, own, { place: 'database' });
  else if (input?.text !== undefined)
    session.judge.payload(input.text, 'redis', call.scope, own, { place: 'database' });
  else if (input !== undefined || given(parsed, '--eval --pipe', undefined))
    add(own, 'unknown', 'runs commands that are not at hand');
  if ((own.bits & ~bit.none) !== 0) own.bits &= ~bit.none;
}

/** The quotes that a shell took away, for a word that is a whole script. */
function quoted(arg: Arg): Arg {
  if (!/[\s"']/.test(arg.text)) return arg;
  const { textStart: _, ...rest } = arg;
  const text = `"${arg.text.replace(/[\\"]/g, '\\$&')}"`;
  return { ...rest, text, pieces: [[0, arg.start]] };
}

/** Code for the MongoDB shell: in `--eval`, in a file, from input. */
export function mongo(call: Call, own: Verdict, session: Session): void {
  const { parsed, input } = call;
  const database = { place: 'database' } as const;
  const code = valuesOf(parsed, '--eval');
  for (const arg of code) session.judge.payload(arg, 'mongo', call.scope, own, database);
  const script = parsed.operands.find((arg) => /\.(?:js|mongo)$/.test(arg.text));
  if (script !== undefined) {
    const text = session.resolve?.(script.text);
    if (text !== undefined)
      session.judge.payload({ ...script, text, pieces: [[0, script.start]] }, 'mongo', call.scope, own, database);
    else add(own, 'unknown', `${script.text} is not at hand`);
    return;
  }
  if (code.length > 0 || input === undefined) return;
  if (input.text !== undefined) session.judge.payload(input.text, 'mongo', call.scope, own, database);
  else add(own, 'unknown', 'runs commands that are not at hand');
}
