import { given, valuesOf } from '../rules.ts';
import type { Call, Session } from '../session.ts';
import { toolNamed } from '../tools.ts';
import { add, type Verdict } from '../verdict.ts';

/** What a container is given, and the command it runs: words after the image, or the entrypoint with them. */
export function dockerRun(call: Call, own: Verdict, session: Session): void {
  const { parsed, scope } = call;
  const host = valuesOf(parsed, '--pid --network --net --userns --ipc --uts').some(
    (arg) => arg.text === 'host' || arg.text.startsWith('container:'),
  );
  const mounts = valuesOf(parsed, '-v --volume --mount').map((arg) => arg.text);
  if (given(parsed, '--privileged --cap-add --device', undefined))
    add(own, 'privilege', 'gives the container rights over the host');
  else if (mounts.some((mount) => /^\/(?::|$)|source=\/(?:,|$)|src=\/(?:,|$)|docker\.sock/.test(mount)))
    add(own, 'privilege', 'gives the container the host');
  else if (host && valuesOf(parsed, '--pid').some((arg) => arg.text === 'host'))
    add(own, 'privilege', 'the container sees the processes of the host');
  for (const arg of valuesOf(parsed, '-e --env')) {
    if (!arg.dynamic && /^\w*(?:PASS(?:WORD|WD)?|SECRET|TOKEN|API_?KEY|ACCESS_KEY)=./i.test(arg.text))
      session.judge.finding(
        'credential-in-arguments',
        `${arg.text.slice(0, arg.text.indexOf('='))} is given in the clear.`,
        arg,
        scope,
      );
  }
  const entrypoint = valuesOf(parsed, '--entrypoint')[0];
  const words = entrypoint === undefined || entrypoint.text === '' ? parsed.rest : [entrypoint, ...parsed.rest];
  if (entrypoint !== undefined && entrypoint.text !== '' && parsed.rest.length === 0) {
    if (toolNamed(entrypoint.text.slice(entrypoint.text.lastIndexOf('/') + 1)) === undefined)
      add(own, 'unknown', 'runs what is not known');
    else session.judge.words(words, { ...scope, place: 'container', depth: scope.depth + 1 }, call.input, own);
  } else if (entrypoint !== undefined && parsed.rest.length > 0)
    session.judge.words(words, { ...scope, place: 'container', depth: scope.depth + 1 }, call.input, own);
}
