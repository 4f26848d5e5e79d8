import { parse } from 'unbash';
import type { Effects, Place } from '../types.ts';
import { judgeWords } from './command.ts';
import { normalise } from './normalise.ts';
import { judgePayload } from './payload.ts';
import { placed } from './placed.ts';
import { substitute } from './placeholders.ts';
import { typedOnly } from './prompts.ts';
import type { DataJudges, Judge, Resolve, Scope, Session } from './session.ts';
import { toolNamed } from './tools.ts';
import { bit, bitsOf, labelsOf } from './verdict.ts';
import { walkScript } from './walk.ts';

export interface ShellOptions {
  readonly data: DataJudges;
  readonly place?: Place;
  readonly resolve?: Resolve;
}

/**
 * Judges shell text: scripts, single commands, transcripts with prompts. Never throws; what goes too deep, or cannot be parsed, is
 * unknown. Spans are offsets in the given text.
 */
export function judgeShell(given: string, { data, place = 'here', resolve }: ShellOptions): Effects {
  const normal = normalise(given);
  const text = typedOnly(substitute(normal.text), (name) => toolNamed(name) !== undefined);
  const offsets = normal.offsets;
  const toRoot =
    offsets === undefined
      ? (offset: number) => offset
      : (offset: number) => offsets[Math.min(offset, offsets.length - 1)] ?? given.length;
  const session = newSession(data, resolve);
  const scope: Scope = { source: { text, toRoot }, place, variables: new Map(), depth: 0, perhaps: false };
  let bits = 0;
  try {
    walkScript(session, parse(text), scope);
  } catch {
    // Only a text made to exhaust the stack gets here.
    bits = bit.unknown;
  }
  for (const command of session.commands) bits |= bitsOf(command.effects);
  return { effects: labelsOf(bits === 0 ? bit.none : bits), ...placed(given, session) };
}

function newSession(data: DataJudges, resolve: Resolve | undefined): Session {
  const judge: Judge = {
    words: (args, scope, input, verdict) => judgeWords(session, args, scope, input, verdict),
    payload: (text, as, scope, verdict, more) => judgePayload(session, text, as, scope, verdict, more),
    script: (script, scope) => walkScript(session, script, scope),
    finding: (code, message, at, scope) => {
      const start = scope.source.toRoot(at.start);
      session.findings.push({
        code,
        message,
        start,
        end: Math.max(start, scope.source.toRoot(Math.max(at.start, at.end - 1)) + 1),
      });
    },
  };
  const session: Session = {
    judge,
    commands: [],
    spans: [],
    findings: [],
    functions: new Map(),
    aliases: new Map(),
    active: new Set(),
    judgedFunctions: new Map(),
    stopped: new Set(),
    facts: new Set(),
    resolve,
    data,
    work: 0,
    unclosed: 0,
  };
  return session;
}
