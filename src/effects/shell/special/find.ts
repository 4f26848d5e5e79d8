import { secretFile } from '../../knowledge/paths.ts';
import { type Arg, joined, madeUp } from '../arg.ts';
import { unknownCharacter } from '../placeholders.ts';
import type { Call, Session } from '../session.ts';
import { toolNamed } from '../tools.ts';
import { add, bit, type Verdict } from '../verdict.ts';

/** `-delete`, `-exec CMD ... ;`, `-fprint FILE`: find judged word by word. */
export function find(call: Call, own: Verdict, session: Session): void {
  const { args, scope } = call;
  let acts = false;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] as Arg;
    if (arg.text === '-delete') {
      acts = true;
      add(own, 'destroy', 'deletes what it finds');
      const start = args.find((each) => !each.text.startsWith('-'));
      if (start?.dynamic === true)
        session.judge.finding('dynamic-delete-target', 'Where find deletes is only known when it runs.', start, scope);
    } else if (/^-(?:exec|execdir|ok|okdir)$/.test(arg.text)) {
      let end = at + 1;
      while (end < args.length && args[end]?.text !== ';' && args[end]?.text !== '+') end++;
      const words = args
        .slice(at + 1, end)
        .map((word) => (word.text === '{}' ? madeUp(unknownCharacter, word, true) : word));
      const before = own.bits;
      session.judge.words(words, { ...scope, depth: scope.depth + 1 }, undefined, own);
      if ((own.bits & ~(before | bit.none | bit.read)) !== 0) acts = true;
      if ((own.nested ?? 0) !== 0) acts = true;
      secretsFound(words, args.slice(0, Math.min(at, 40)), own);
      at = end;
    } else if (/^-(?:fprint0?|fprintf|fls)$/.test(arg.text)) add(own, 'write', 'writes what it finds to a file');
    else if (takesWord.test(arg.text)) at++;
  }
  // Looking is only the way to the act.
  if (acts) own.bits &= ~bit.read;
}

const takesWord =
  /^-(?:i?name|i?path|i?wholename|i?regex|i?lname|type|xtype|size|perm|user|group|uid|gid|newer\w*|[acm]time|[acm]min|maxdepth|mindepth|samefile|inum|links|fstype|printf|regextype|used|context|D)$/;

/** Words from input become operands that nobody has seen. */
export function xargs(call: Call, own: Verdict, session: Session): void {
  const { parsed, scope, input } = call;
  const rest = parsed.rest.length > 0 ? parsed.rest : [madeUp('echo', call.word)];
  const name = rest[0]?.text ?? '';
  const words = [...rest, madeUp(unknownCharacter, call.word, true)];
  own.bits &= ~bit.none;
  session.judge.words(words, { ...scope, depth: scope.depth + 1 }, undefined, own);
  const before = (input?.words ?? []).map((word) => ({ text: word }));
  if (/^(?:ba|z|da|k)?sh$/.test(name) && rest.length === 1) add(own, 'unknown', 'a shell runs what comes in');
  secretsFound(rest, before, own);
}

/** A reader of files that were looked for by the name of a credential. */
function secretsFound(
  command: readonly { readonly text: string }[],
  search: readonly { readonly text: string }[],
  own: Verdict,
): void {
  const reader = toolNamed(command[0]?.text ?? '');
  if (reader?.verb.reads !== true) return;
  const named = search.some(
    (word) =>
      secretFile.test(word.text.replaceAll('*', 'x')) ||
      /(?:id_rsa|\.pem|\.key|secret|password|credential|token|\.env)\b/i.test(word.text),
  );
  if (named) add(own, ['read', 'secret'], 'shows files that hold credentials');
}

/** `parallel CMD ::: ARGS`: the command with one word more; without a command each line of input is one. */
export function parallel(call: Call, own: Verdict, session: Session): void {
  const { parsed, scope } = call;
  const rest = parsed.rest.length > 0 ? parsed.rest : parsed.operands;
  const colons = rest.findIndex((arg) => /^::::?\+?$/.test(arg.text));
  const words = colons < 0 ? rest : rest.slice(0, colons);
  own.bits &= ~bit.none;
  if (words.length === 0) {
    const text = call.input?.text;
    const given = colons < 0 ? [] : rest.slice(colons + 1);
    if (text !== undefined) session.judge.payload(text, 'sh', scope, own);
    else if (given.length > 0) for (const arg of given) session.judge.payload(arg, 'sh', scope, own);
    else add(own, 'unknown', 'runs what comes in');
    return;
  }
  const text = joined(words);
  session.judge.payload(
    { ...text, text: `${text.text.replaceAll('{}', unknownCharacter)} ${unknownCharacter}` },
    'sh',
    scope,
    own,
  );
}
