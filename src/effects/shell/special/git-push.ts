import { given } from '../rules.ts';
import type { Call } from '../session.ts';
import { add, replace, type Verdict } from '../verdict.ts';

/** Refspecs say what happens to the other side: `:branch` deletes, `+branch` overwrites. */
export function gitPush(call: Call, own: Verdict): void {
  const { parsed } = call;
  const refs = parsed.operands.slice(1);
  if (given(parsed, '-d --delete', undefined) || (refs.length > 0 && refs.every((arg) => /^:./.test(arg.text))))
    replace(own, 'remote-delete', 'deletes a branch or tag of the remote');
  if (given(parsed, '--mirror --prune', undefined))
    add(own, 'remote-delete', 'deletes what the remote has and this has not');
  if (given(parsed, '-f --force --force-with-lease', undefined) || refs.some((arg) => /^\+/.test(arg.text)))
    add(own, 'remote-delete', 'overwrites the history of the remote');
}
