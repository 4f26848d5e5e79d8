import { parse } from 'unbash';
import type { Payload } from '../knowledge/types.ts';
import type { Label, Place } from '../types.ts';
import { type Arg, sourceOf } from './arg.ts';
import { code } from './code.ts';
import { cut } from './options.ts';
import { deepest, type Input, mostWork, type Scope, type Session, type SqlDialect } from './session.ts';
import { add, bitsOf, type Verdict } from './verdict.ts';
import { walkScript } from './walk.ts';

interface More {
  readonly dialect?: SqlDialect;
  readonly place?: Place;
  readonly input?: Input | undefined;
}

/** Judges a text that a command carries in the language it is in. Its commands are listed one by one. */
export function judgePayload(
  session: Session,
  text: Arg,
  as: Payload,
  scope: Scope,
  verdict: Verdict,
  more: More = {},
): void {
  session.work += 1 + text.text.length / 20;
  if (scope.depth >= deepest || session.work > mostWork) {
    add(verdict, 'unknown', 'too deep to follow');
    return;
  }
  const place = more.place ?? scope.place;
  switch (as) {
    case 'sh':
    case 'command':
      shell(
        session,
        text,
        {
          ...scope,
          place,
          variables: new Map(scope.variables),
          depth: scope.depth + 1,
          source: sourceOf(text, scope.source),
        },
        verdict,
        more.input,
      );
      return;
    case 'sql':
    case 'redis':
    case 'mongo':
      data(session, text, as, scope, verdict, more);
      return;
    case 'crontab':
      table(session, text, scope, verdict);
      return;
    case 'kubernetes':
      manifest(text, verdict);
      return;
    default:
      code(as, text, { ...scope, place, depth: scope.depth + 1 }, verdict, session);
  }
}

function shell(session: Session, text: Arg, scope: Scope, verdict: Verdict, input: Input | undefined): void {
  if (text.text.trim() === '') return;
  if (/^[\s\ue000]+$/.test(text.text)) {
    add(verdict, 'unknown', 'runs what is only known when it runs');
    return;
  }
  const bits = walkScript(session, parse(text.text), scope, input);
  verdict.nested = (verdict.nested ?? 0) | bits;
}

function data(
  session: Session,
  text: Arg,
  as: 'sql' | 'redis' | 'mongo',
  scope: Scope,
  verdict: Verdict,
  more: More,
): void {
  const judged = session.data[as](text.text, more.dialect);
  const { toRoot } = sourceOf(text, scope.source);
  for (const statement of judged.statements) {
    verdict.nested = (verdict.nested ?? 0) | bitsOf(statement.effects);
    session.commands.push({
      text: '',
      effects: statement.effects,
      place: statement.place === 'host' ? 'host' : statement.place === 'here' ? scope.place : 'database',
      why: statement.why,
    });
    session.spans.push({
      start: toRoot(statement.start),
      end: toRoot(Math.max(statement.start, statement.end - 1)) + 1,
    });
  }
  for (const finding of judged.findings)
    session.findings.push({
      code: finding.code,
      message: finding.message,
      start: toRoot(finding.start),
      end: toRoot(Math.max(finding.start, finding.end - 1)) + 1,
    });
  for (const nested of judged.commands)
    judgePayload(
      session,
      { ...cut(text, nested.start), text: nested.text },
      'sh',
      { ...scope, depth: scope.depth + 1 },
      verdict,
      {
        place: nested.place === 'here' ? scope.place : nested.place,
      },
    );
  if (judged.statements.length === 0 && judged.commands.length === 0)
    add(verdict, judged.effects.length === 0 ? 'none' : judged.effects, 'nothing to run');
}

/** Lines of a crontab: the command after five fields or a name. */
function table(session: Session, text: Arg, scope: Scope, verdict: Verdict): void {
  add(verdict, 'write', 'sets what runs at a time');
  for (const match of text.text.matchAll(/^[ \t]*(?:@\w+|(?:[\w*,/-]+[ \t]+){4}[\w*,/-]+)[ \t]+(\S.*)$/gm)) {
    const command = match[1] as string;
    judgePayload(
      session,
      { ...cut(text, match.index + match[0].length - command.length), text: command },
      'sh',
      scope,
      verdict,
    );
  }
}

const powers: readonly (readonly [RegExp, Label | readonly Label[], string])[] = [
  [/^\s*kind:\s*["']?(?:Cluster)?Role(?:Binding)?\b/m, 'privilege', 'makes a role or binds one'],
  [
    /^\s*(?:-\s*)?(?:privileged|hostPID|hostNetwork|hostIPC):\s*true|^\s*(?:-\s*)?hostPath:/m,
    'privilege',
    'the pod can reach its node',
  ],
  [/^\s*replicas:\s*0\b/m, 'disrupt', 'scales to zero'],
];

function manifest(text: Arg, verdict: Verdict): void {
  for (const [pattern, labels, why] of powers) if (pattern.test(text.text)) add(verdict, labels, why);
}
