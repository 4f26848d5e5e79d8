import { given, valuesOf } from '../rules.ts';
import type { Call, Session } from '../session.ts';
import { add, bit, type Verdict } from '../verdict.ts';

/** A manifest from input that is plain to see: its kinds say more than the verb. */
export function kubectlApply(call: Call, own: Verdict, session: Session): void {
  const fromInput = valuesOf(call.parsed, '-f --filename').some((arg) => arg.text === '-');
  const text = call.input?.text;
  if (!fromInput) return;
  if (text === undefined) {
    if (call.input?.network === true) add(own, ['unknown'], 'applies what it fetches from the network');
    return;
  }
  session.judge.payload(text, 'kubernetes', call.scope, own);
}

/** Remembers what was scaled to zero: nobody can step into it afterwards. */
export function kubectlScale(call: Call, own: Verdict, session: Session): void {
  const replicas = valuesOf(call.parsed, '--replicas')[0]?.text;
  const names = workloads(call);
  for (const name of names) {
    if (replicas === '0') session.stopped.add(name);
    else session.stopped.delete(name);
  }
  if (replicas === undefined) add(own, 'unknown', 'to how many is not said');
}

export function kubectlExec(call: Call, own: Verdict, session: Session): void {
  const target = call.parsed.operands[0];
  const words = call.parsed.afterDashes ?? call.parsed.operands.slice(1);
  if (words.length > 0) {
    const glob = words.find((arg) => arg.glob);
    if (glob !== undefined)
      session.judge.finding(
        'remote-glob',
        'This pattern is expanded here, before the command goes elsewhere.',
        glob,
        call.scope,
      );
    own.place = 'pod';
    own.bits &= ~bit.none;
    session.judge.words(words, { ...call.scope, place: 'pod', depth: call.scope.depth + 1 }, call.input, own);
  }
  if (target === undefined || session.stopped.size === 0) return;
  const name = target.text.slice(target.text.lastIndexOf('/') + 1);
  for (const stopped of session.stopped) {
    const workload = stopped.slice(stopped.lastIndexOf('/') + 1);
    if (name === workload || (name.startsWith(`${workload}-`) && !target.text.includes('/'))) {
      session.judge.finding(
        'exec-into-stopped',
        `${workload} was scaled to zero before: there is nothing to run this in.`,
        target,
        call.scope,
      );
      add(own, 'none', 'the workload was scaled to zero before');
    }
  }
  if (given(call.parsed, '--privileged', undefined)) add(own, 'privilege', 'enters with rights over the host');
}

function workloads(call: Call): string[] {
  const words = call.parsed.operands.map((arg) => arg.text);
  const kind = words[0] ?? '';
  return kind.includes('/') ? words : words.slice(1).map((name) => `${kind}/${name}`);
}
