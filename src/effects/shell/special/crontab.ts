import { given } from '../rules.ts';
import type { Call, Session } from '../session.ts';
import { add, bit, replace, type Verdict } from '../verdict.ts';

/** A table from input is judged line by line: a deferred act has the label of what will happen. */
export function crontab(call: Call, own: Verdict, session: Session): void {
  const { parsed, input, scope } = call;
  if (given(parsed, '-l', undefined)) replace(own, 'read', 'shows what runs at a time');
  else if (given(parsed, '-r', undefined)) replace(own, 'destroy', 'removes all that runs at a time');
  if (given(parsed, '-l -r -e', undefined)) return;
  const fromInput = parsed.operands[0]?.text === '-' || (parsed.operands.length === 0 && input !== undefined);
  if (fromInput && input?.text !== undefined) session.judge.payload(input.text, 'crontab', scope, own);
  else if (fromInput) {
    own.bits &= ~bit.none;
    add(own, ['write', 'unknown'], 'puts in a table that is not at hand');
    if (input?.words?.includes('crontab') === true && input.words.includes('-l')) echoed(call, own, session);
  } else if (parsed.operands.length > 0) {
    const file = parsed.operands[0];
    const text = file === undefined ? undefined : session.resolve?.(file.text);
    if (file !== undefined && text !== undefined)
      session.judge.payload({ ...file, text, pieces: [[0, file.start]] }, 'crontab', scope, own);
    else add(own, ['write', 'unknown'], 'puts in a table that is not at hand');
  }
}

/** `(crontab -l; echo '* * * * * CMD') | crontab -`: the line that is added stands in the text. */
function echoed(call: Call, own: Verdict, session: Session): void {
  const line = call.input?.words?.find((word) => /^(?:@\w+|(?:[\d*,/-]+\s+){5})\s*\S/.test(word));
  if (line === undefined) return;
  replace(own, 'write', 'adds a line to the table');
  session.judge.payload(
    {
      text: line,
      dynamic: false,
      glob: false,
      start: call.word.start,
      end: call.word.end,
      pieces: [[0, call.word.start]],
    },
    'crontab',
    call.scope,
    own,
  );
}
