import { type Arg, joined } from '../arg.ts';
import { fetchedIn } from '../fetched.ts';
import { cut } from '../options.ts';
import type { Call, Scope, Session } from '../session.ts';
import { add, bit, replace, type Verdict } from '../verdict.ts';
import { setVariable } from '../walk.ts';

const secretName =
  /\$\{?!?(?:\w*_)?(?:PASS|PASSWD|PASSWORD|PASSPHRASE|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?|PGPASSWORD|MYSQL_PWD)(?:_\w*)?\b/i;

/** Printing a variable whose name says that it holds a credential. */
export function echo(call: Call, own: Verdict): void {
  const { text } = call.scope.source;
  for (const arg of call.args) {
    if (!arg.dynamic) continue;
    const raw = text.slice(arg.start, arg.end);
    if (raw.length < 4000 && secretName.test(raw.replace(/\$\{#\w+\}/g, '')) && !/:[+?]/.test(raw))
      add(own, ['read', 'secret'], 'prints a credential');
  }
}

/** `printf -v NAME` sets a variable and prints nothing. */
export function printf(call: Call, own: Verdict): void {
  const at = call.args[0]?.text === '-v' ? 1 : 0;
  if (at === 0) {
    echo(call, own);
    return;
  }
  const name = call.args[1]?.text ?? '';
  const format = call.args[2];
  const words = call.args.slice(3);
  const value =
    format === undefined || format.dynamic || words.some((word) => word.dynamic)
      ? undefined
      : words.length === 0
        ? format.text.replaceAll('%%', '%')
        : /^%s$/.test(format.text) && words.length === 1
          ? words[0]?.text
          : undefined;
  setVariable(call.scope, name, format !== undefined && /%[^s%]/.test(format.text) ? undefined : value);
}

export function assignWords(call: Call, own: Verdict): void {
  const names = call.args.filter((arg) => /^[A-Za-z_]\w*(?:\+?=|$)/.test(arg.text));
  if (names.length === 0 && !(call.name === 'declare' && call.args.some((arg) => /^-\w*[fF]/.test(arg.text)))) {
    if (call.name !== 'local' && !call.args.some((arg) => arg.dynamic))
      replace(own, ['read', 'secret'], 'prints all variables, credentials among them');
    return;
  }
  for (const arg of names) {
    const equals = arg.text.indexOf('=');
    if (equals < 0) continue;
    const name = arg.text.slice(0, equals).replace('+', '');
    const appended = arg.text[equals - 1] === '+';
    setVariable(call.scope, name, arg.dynamic || appended ? undefined : arg.text.slice(equals + 1));
  }
}

export function alias(call: Call, own: Verdict, session: Session): void {
  for (const arg of call.args) {
    const equals = arg.text.indexOf('=');
    if (equals > 0) session.aliases.set(arg.text.slice(0, equals), cut(arg, equals + 1));
    else if (arg.text === '-p') add(own, 'read', 'lists aliases');
  }
  if (call.args.length === 0) replace(own, 'read', 'lists aliases');
}

/** Text that is plain to see is judged; it stays unknown as soon as a part of it is not. */
export function evaluate(call: Call, own: Verdict, session: Session): void {
  const text = joined(call.args);
  if (text.text.trim() === '') return;
  if (call.args.some((arg) => arg.process?.some((word) => /^(?:curl|wget|fetch|http|nc)$/.test(word)))) {
    fetchedIn(session, text, call);
    add(own, 'egress', 'runs what it fetches from the network');
    session.judge.finding('pipe-from-network', 'The shell runs whatever the network sends.', text, call.scope);
  }
  if (!text.dynamic) replace(own, 'none', 'runs text that is plain to see');
  else if (/^\ue000+$/.test(text.text.trim())) return;
  session.judge.payload(text, 'sh', call.scope, own, { input: call.input });
}

export function source(call: Call, own: Verdict, session: Session): void {
  const file = call.args[0];
  if (file === undefined) return;
  if (
    /^(?:\/etc\/(?:profile|os-release|bash\.bashrc|environment|lsb-release)|~\/\.(?:bashrc|profile|bash_profile|zshrc))$|(?:^|\/)(?:bin|Scripts)\/activate$/.test(
      file.text,
    )
  ) {
    replace(own, 'none', 'sets variables of the shell from a well-known file');
    return;
  }
  if (file.process?.[0] === '<') {
    add(own, ['unknown'], 'runs what another command prints');
    if (file.process.some((word) => /^(?:curl|wget|fetch|http)$/.test(word))) {
      fetchedIn(session, file, call);
      add(own, 'egress', 'runs what it fetches from the network');
      session.judge.finding('pipe-from-network', 'The shell runs whatever the network sends.', file, call.scope);
    } else if (file.process.includes('completion')) replace(own, 'none', 'sets completions of the shell');
    return;
  }
  const text = file.dynamic ? undefined : session.resolve?.(file.text);
  if (text !== undefined && !session.active.has(`file ${file.text}`)) {
    session.active.add(`file ${file.text}`);
    replace(own, 'none', 'runs the commands of a file that was read too');
    session.judge.payload(
      { ...file, text, pieces: [[0, file.start]] },
      'sh',
      { ...call.scope, depth: call.scope.depth + 1 },
      own,
    );
    session.active.delete(`file ${file.text}`);
    return;
  }
  session.judge.finding(
    'script-elsewhere',
    `What ${file.dynamic ? 'this file' : file.text} does is not known: it is defined elsewhere.`,
    file,
    call.scope,
  );
}

export function trap(call: Call, own: Verdict, session: Session): void {
  const code = call.args.find((arg) => !/^-[lp]+$|^--$/.test(arg.text));
  if (code === undefined || call.args.length < 2 || code.text === '-' || code.text === '') return;
  if (code.dynamic && /^\ue000+$/.test(code.text)) add(own, 'unknown', 'runs text that is put together first');
  else session.judge.payload(code, 'sh', call.scope, own);
}

/** `env` alone prints everything; with a command it is that command. */
export function env(call: Call, own: Verdict, session: Session): void {
  const { parsed, scope } = call;
  const secretly = /PASS|SECRET|TOKEN|KEY|CREDENTIAL/i;
  if (call.name === 'printenv') {
    if (parsed.operands.length > 0 && !parsed.operands.some((arg) => secretly.test(arg.text) || arg.dynamic))
      replace(own, 'read', 'prints a variable');
    return;
  }
  for (const arg of parsed.assignments) assignmentFinding(arg, scope, session);
  const split = parsed.options.find(
    (option) => option.names.includes('-S') || option.names.includes('--split-string'),
  )?.value;
  if (split !== undefined) session.judge.payload(split, 'sh', scope, own);
  else if (parsed.rest.length === 0) replace(own, ['read', 'secret'], 'prints the environment, credentials among it');
  if ((own.bits & bit.none) !== 0 && own.bits !== bit.none) own.bits &= ~bit.none;
}

function assignmentFinding(arg: Arg, scope: Scope, session: Session): void {
  if (!arg.dynamic && /^\w*(?:PASS(?:WORD|WD)?|SECRET|TOKEN|API_?KEY|ACCESS_KEY)=./i.test(arg.text))
    session.judge.finding(
      'credential-in-arguments',
      `${arg.text.slice(0, arg.text.indexOf('='))} is given in the clear.`,
      arg,
      scope,
    );
}
