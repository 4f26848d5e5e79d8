import { deviceFile, secretFile, systemFile } from '../knowledge/paths.ts';
import type { Rule } from '../knowledge/types.ts';
import { type Arg, sourceOf } from './arg.ts';
import { carry } from './carry.ts';
import { type Parsed, parseOptions } from './options.ts';
import { given, holds } from './rules.ts';
import { type Call, deepest, type Input, mostWork, type Scope, type Session } from './session.ts';
import { specials } from './special/index.ts';
import { hasCommands, type Node, toolNamed } from './tools.ts';
import { add, bit, bitsOf, replace, type Verdict } from './verdict.ts';
import { walkScript } from './walk.ts';

/** Judges words as one command: functions and aliases of the text first, then what is known of tools. Unknown is said so. */
export function judgeWords(
  session: Session,
  args: readonly Arg[],
  scope: Scope,
  input: Input | undefined,
  verdict: Verdict,
): void {
  const word = args[0];
  if (word === undefined) return;
  if (scope.depth > deepest || ++session.work > mostWork * 10) {
    add(verdict, 'unknown', 'too deep to follow');
    return;
  }
  if (word.dynamic || word.glob) {
    add(verdict, 'unknown', 'the command is only known when it runs');
    return;
  }
  const name = baseName(word.text);
  if (session.functions.has(word.text)) callFunction(session, word, args.slice(1), scope, verdict);
  else if (session.aliases.has(word.text) && !session.active.has(`alias ${word.text}`))
    callAlias(session, word, args.slice(1), scope, input, verdict);
  else {
    const node = toolNamed(name) ?? versioned(name);
    if (node === undefined) notKnown(session, word, scope, verdict);
    else
      judgeTool(
        session,
        node,
        { name, word, args: args.slice(1), parsed: parseOptions(node, args.slice(1)), input, scope },
        verdict,
      );
  }
}

function baseName(text: string): string {
  const plain = text.startsWith('\\') ? text.slice(1) : text;
  if (!plain.includes('/')) return plain;
  return /^(?:\/|~\/|\.{1,2}\/).*\/?(?:s?bin|libexec)\//.test(plain) || /^\/(?:usr|opt|nix|snap)\//.test(plain)
    ? plain.slice(plain.lastIndexOf('/') + 1)
    : plain;
}

/** python3.11, mkfs.ext4, gcc-12: the tool under another version's name. */
function versioned(name: string): Node | undefined {
  const short = /^([a-z][\w+]*?)[-.]?\d+(?:\.\d+)*$/.exec(name)?.[1] ?? /^(mkfs|fsck)\.\w+$/.exec(name)?.[1];
  return short === undefined ? undefined : toolNamed(short);
}

function notKnown(session: Session, word: Arg, scope: Scope, verdict: Verdict): void {
  const script = word.text.includes('/') || /\.(?:sh|bash|py|pl|rb|js|php)$/.test(word.text);
  if (script && session.resolve !== undefined) {
    const text = session.resolve(word.text);
    if (text !== undefined && !session.active.has(`file ${word.text}`)) {
      session.active.add(`file ${word.text}`);
      const spot: Scope = { ...scope, depth: scope.depth + 1, source: sourceOf({ ...word, text: '' }, scope.source) };
      session.judge.payload(
        { ...word, text, pieces: [[0, word.start]] },
        /^#!.*python/.test(text) ? 'python' : 'sh',
        { ...spot, source: scope.source },
        verdict,
      );
      session.active.delete(`file ${word.text}`);
      add(verdict, 'none', 'a script that was read too');
      return;
    }
  }
  add(verdict, 'unknown', script ? 'a script that is not at hand' : `${word.text} is not known`);
  if (script)
    session.judge.finding(
      'script-elsewhere',
      `${word.text} is defined elsewhere: what it does is not known.`,
      word,
      scope,
    );
  hint(word.text, verdict);
}

/** A private script is unknown, plus what its name makes plain. */
function hint(name: string, verdict: Verdict): void {
  const words = name
    .slice(name.lastIndexOf('/') + 1)
    .toLowerCase()
    .split(/[^a-z]+/);
  if (
    words.some((word) => /^(?:delete|destroy|purge|wipe|erase|drop|prune|cleanup|clean|uninstall|restore)$/.test(word))
  )
    add(verdict, 'destroy', 'by its name it deletes or overwrites');
  if (
    words.some((word) =>
      /^(?:restart|stop|shutdown|reboot|failover|failback|switchover|drain|kill|restore)$/.test(word),
    )
  )
    add(verdict, 'disrupt', 'by its name it interrupts a service');
}

function callFunction(session: Session, word: Arg, args: readonly Arg[], scope: Scope, verdict: Verdict): void {
  const defined = session.functions.get(word.text);
  const key = `${word.text}\0${args.map((arg) => arg.text).join('\0')}`;
  const before = session.judgedFunctions.get(key);
  if (before !== undefined) {
    verdict.bits |= before.bits;
    verdict.whys.push(...before.whys);
    return;
  }
  if (defined === undefined || session.active.has(word.text)) return;
  if (session.work > mostWork) {
    add(verdict, 'unknown', 'too much to follow');
    return;
  }
  session.active.add(word.text);
  const variables = new Map(scope.variables);
  args.slice(0, 9).forEach((arg, index) => {
    variables.set(String(index + 1), arg.dynamic ? undefined : arg.text);
  });
  const all = args.some((arg) => arg.dynamic) ? undefined : args.map((arg) => arg.text).join(' ');
  variables.set('@', all);
  variables.set('*', all);
  const bits = walkScript(session, defined.body, {
    ...scope,
    source: defined.source,
    depth: scope.depth + 1,
    variables,
  });
  for (const [name, value] of variables) if (!/^[\d@*]$/.test(name)) scope.variables.set(name, value);
  session.active.delete(word.text);
  add(verdict, 'none', `calls ${word.text}, defined above`);
  verdict.bits |= bits;
  if (session.judgedFunctions.size < 10_000) session.judgedFunctions.set(key, { ...verdict, bits });
}

function callAlias(
  session: Session,
  word: Arg,
  args: readonly Arg[],
  scope: Scope,
  input: Input | undefined,
  verdict: Verdict,
): void {
  const text = session.aliases.get(word.text);
  if (text === undefined) return;
  session.active.add(`alias ${word.text}`);
  const rest = args.map((arg) => `'${arg.text.replaceAll("'", "'\\''")}'`).join(' ');
  session.judge.payload({ ...word, text: `${text.text} ${rest}`, pieces: [[0, word.start]] }, 'sh', scope, verdict, {
    input,
  });
  session.active.delete(`alias ${word.text}`);
}

function judgeTool(session: Session, node: Node, call: Call, verdict: Verdict): void {
  const { parsed } = call;
  const at = parsed.node;
  if (node.tool.style !== 'plain' && asksForHelp(parsed, verdict)) return;
  const own: Verdict = { bits: 0, whys: [], place: at.verb.place ?? node.verb.place ?? call.scope.place };
  base(session, call, own);
  for (const rule of at.rules)
    if (holds(rule.when, parsed, call.input !== undefined)) applyRule(session, rule, call, own);
  files(call, at, own);
  const special = at.verb.special ?? node.verb.special;
  if (special !== undefined) specials[special](call, own, session);
  if (at.dryRun.some((when) => holds(when, parsed, call.input !== undefined)))
    replace(own, 'read', 'a dry run: it only says what it would do');
  carry(session, call, own);
  lookForFindings(session, call, own);
  verdict.bits |= own.bits;
  if (own.nested !== undefined) verdict.nested = (verdict.nested ?? 0) | own.nested;
  for (const why of own.whys) if (!verdict.whys.includes(why)) verdict.whys.push(why);
  if (own.place !== call.scope.place) verdict.place = own.place;
}

function asksForHelp(parsed: Parsed, verdict: Verdict): boolean {
  for (const option of parsed.options) {
    for (const name of option.names) {
      if (name === '--help' || name === '-help' || parsed.node.help.has(name)) {
        add(verdict, 'none', 'prints its help');
        return true;
      }
      if (name === '--version' || parsed.node.version.has(name)) {
        add(verdict, 'read', 'prints its version');
        return true;
      }
    }
  }
  return false;
}

function base(session: Session, call: Call, own: Verdict): void {
  const { node, unlisted, dynamicVerb, operands } = call.parsed;
  const { verb } = node;
  if (unlisted !== undefined) {
    const meant = verb.unlisted ?? node.tool.unlisted;
    if (meant !== undefined) {
      add(own, meant.is, meant.why);
      return;
    }
    if (unlisted.text === 'help') {
      add(own, 'none', 'prints its help');
      return;
    }
    if (unlisted.text === 'version') {
      add(own, 'read', 'prints its version');
      return;
    }
    add(own, 'unknown', `${[call.name, ...node.path].join(' ')} has no known ${unlisted.text}`);
    session.judge.finding(
      'unknown-subcommand',
      `${[call.name, ...node.path].join(' ')} has no subcommand ${unlisted.text} that is known.`,
      unlisted,
      call.scope,
    );
    return;
  }
  if (dynamicVerb) add(own, 'unknown', 'the subcommand is only known when it runs');
  if (verb.is !== undefined) add(own, verb.is, verb.why ?? [call.name, ...node.path].join(' '));
  else if (hasCommands(node) && operands.length === 0) add(own, 'none', 'prints its help');
  else if (verb.special === undefined && verb.carries === undefined && hasCommands(node))
    add(own, 'unknown', `${call.name} in a way that is not known`);
}

function applyRule(session: Session, rule: Rule, call: Call, own: Verdict): void {
  if (rule.set !== undefined) replace(own, rule.set, rule.why);
  if (rule.add !== undefined) add(own, rule.add, rule.why);
  if (rule.finding !== undefined) session.judge.finding(rule.finding.code, rule.finding.message, call.word, call.scope);
}

/** Files by their well-known names. */
function files(call: Call, node: Node, own: Verdict): void {
  const { operands } = call.parsed;
  const { verb } = node;
  if (verb.reads === true) {
    const secret = operands.find((arg) => secretFile.test(arg.text));
    if (secret !== undefined) add(own, ['read', 'secret'], `${secret.text} holds credentials`);
  }
  // A filter of text that stands here.
  if (verb.reads === true && operands.length === 0 && call.input?.text !== undefined && own.bits === bit.read)
    own.bits = bit.none;
  if (verb.writes === undefined) return;
  const written = verb.writes === 'all' ? operands : operands.slice(-1);
  for (const arg of written) {
    if (deviceFile.test(arg.text)) replaceWrite(own, `overwrites the device ${arg.text}`);
    else if (systemFile.test(arg.text) && !given(call.parsed, '-a --append', undefined))
      replaceWrite(own, `overwrites ${arg.text}`);
  }
}

function replaceWrite(own: Verdict, why: string): void {
  own.bits = (own.bits & ~bit.write) | bitsOf('destroy');
  own.whys = [why];
}

/** Tokens of pages, of a request that is sent twice and of a cluster that is founded are no secrets. */
const credential =
  /^--?(?!(?:[\w-]*-)?(?:cluster|page|next|starting|continuation|client|request|idempotency)-token$)(?:[\w-]*-)?(?:password|passwd|passphrase|secret|token|api-?key|secret-?key|access-?key|secret-access-key|auth-?token)$/;

function lookForFindings(session: Session, call: Call, own: Verdict): void {
  const { parsed, scope } = call;
  if ((own.bits & (bit.destroy | bit['remote-delete'])) !== 0) {
    const target = parsed.operands.find((arg) => arg.dynamic);
    if (target !== undefined)
      session.judge.finding(
        'dynamic-delete-target',
        `What ${call.name} deletes is only known when it runs.`,
        target,
        scope,
      );
  }
  for (const option of parsed.options) {
    if (option.abbreviated)
      session.judge.finding(
        'abbreviated-option',
        `${option.arg.text} is short for ${option.names.join(' or ')}.`,
        option.arg,
        scope,
      );
    const value = option.value;
    if (value === undefined || value.dynamic || value.text === '') continue;
    if (
      option.names.some((name) => parsed.node.credentials.has(name) || credential.test(name)) &&
      !/^(?:file|env|stdin|pass|@|\/|true|false|-$)/.test(value.text)
    )
      session.judge.finding(
        'credential-in-arguments',
        `The value of ${option.names[0]} can be read in the process list and in the history.`,
        option.arg,
        scope,
      );
  }
  for (const arg of call.args) {
    if (arg.text.length < 2000 && arg.text.includes('://') && /:\/\/[^\s/:@\ue000]+:[^\s/@\ue000]+@/.test(arg.text))
      session.judge.finding('credential-in-arguments', 'A password stands in this address.', arg, scope);
    else if (
      arg.text.length < 2000 &&
      /^(?:Authorization: *(?:Bearer|Basic|Token)|X-(?:Vault-Token|Api-Key|Auth-Token):) *[^\s\ue000]/i.test(
        arg.text,
      ) &&
      !arg.dynamic
    )
      session.judge.finding('credential-in-arguments', 'A credential stands in this header.', arg, scope);
  }
}
