import { deviceFile, secretFile, systemFile } from '../../knowledge/paths.ts';
import { madeUp } from '../arg.ts';
import { unknownCharacter } from '../placeholders.ts';
import { given, valuesOf } from '../rules.ts';
import type { Call, Session } from '../session.ts';
import { add, bit, replace, type Verdict } from '../verdict.ts';

/** `if=`, `of=`: what is written decides. */
export function dd(call: Call, own: Verdict, session: Session): void {
  if (call.args.some((arg) => arg.text === '--help')) {
    replace(own, 'none', 'prints its help');
    return;
  }
  const target = call.args.find((arg) => arg.text.startsWith('of='));
  const from = call.args.find((arg) => arg.text.startsWith('if='))?.text.slice(3) ?? '';
  if (secretFile.test(from)) add(own, ['read', 'secret'], `${from} holds credentials`);
  if (target === undefined) return;
  const path = target.text.slice(3);
  if (/^\/dev\/(?:null|stdout|stderr|zero)$/.test(path)) return;
  if (deviceFile.test(path) || systemFile.test(path)) replace(own, 'destroy', `overwrites ${path}`);
  else if (target.dynamic && /^\ue000/.test(path)) {
    replace(own, 'destroy', 'overwrites what is only known when it runs');
    session.judge.finding(
      'dynamic-delete-target',
      'What dd overwrites is only known when it runs.',
      target,
      call.scope,
    );
  } else if (/^\/dev\/[\w/\ue000]+/.test(path)) replace(own, 'destroy', `overwrites the device ${path}`);
  else replace(own, 'write', 'writes a file');
}

const remote = /^(?:[\w.\ue000-]+@)?(?:[\w.\ue000-]+|\[[\w:.%]+\]):(?!\\)|^(?:rsync|ssh|scp|sftp):\/\//;

/** Which side is remote: to there it leaves, from there it is written here. */
export function scp(call: Call, own: Verdict): void {
  direction(call, own);
}

export function rsync(call: Call, own: Verdict): void {
  const { parsed } = call;
  const { operands } = parsed;
  const dry = given(parsed, '-n --dry-run --list-only', undefined);
  if (dry || operands.length < 2) {
    replace(own, 'read', 'only lists what would be copied');
    return;
  }
  const away = direction(call, own);
  const deletes = parsed.options.some((option) =>
    option.names.some((name) => /^--(?:del|delete(?:-\w+)*|remove-source-files)$/.test(name)),
  );
  if (deletes)
    add(
      own,
      away && !given(parsed, '--remove-source-files', undefined) ? 'remote-delete' : 'destroy',
      'deletes what is not in the source',
    );
}

function direction(call: Call, own: Verdict): boolean {
  const { operands } = call.parsed;
  const target = operands.at(-1)?.text ?? '';
  const away = remote.test(target);
  if (away) replace(own, operands.length > 1 ? 'egress' : 'unknown', 'copies files to another host');
  else if (operands.slice(0, -1).some((arg) => remote.test(arg.text)))
    replace(own, 'read', 'copies files from another host');
  else replace(own, 'write', 'copies files');
  const secret = operands.slice(0, -1).find((arg) => secretFile.test(arg.text));
  if (secret !== undefined) add(own, ['read', 'secret'], `${secret.text} holds credentials`);
  return away;
}

/** docker cp and kubectl cp: out of a container is a write here, into it a write there. */
export function copyPlaces(call: Call, own: Verdict): void {
  const { operands } = call.parsed;
  const into = (text: string) => /^[^/.~][^:]*:/.test(text);
  if (into(operands.at(-1)?.text ?? '')) own.place = /^(?:kubectl|oc|k)$/.test(call.name) ? 'pod' : 'container';
  else if (into(operands[0]?.text ?? '')) replace(own, 'read', 'copies files out of it');
}

/** What tar does stands in one letter, and in options that run commands. */
export function tar(call: Call, own: Verdict, session: Session): void {
  const { parsed, scope } = call;
  const has = (list: string) => given(parsed, list, undefined);
  const toOutput = valuesOf(parsed, '-f --file').some((arg) => arg.text === '-') || !has('-f --file');
  if (has('-t --list -d --diff --compare')) replace(own, 'read', 'lists an archive');
  else if (has('--delete')) replace(own, 'destroy', 'deletes from an archive');
  else if (has('-x --extract --get'))
    replace(own, has('-O --to-stdout') ? 'read' : 'write', 'takes files out of an archive');
  else if (has('-c --create')) replace(own, toOutput ? 'read' : 'write', 'puts files into an archive');
  else if (has('-r --append -u --update -A --catenate')) replace(own, 'write', 'adds to an archive');
  if (has('--remove-files')) add(own, 'destroy', 'deletes the files it has archived');
  const device = valuesOf(parsed, '-f --file').find((arg) => deviceFile.test(arg.text));
  if (device !== undefined && has('-c --create')) add(own, 'destroy', `overwrites the device ${device.text}`);
  const ran = [
    ...valuesOf(
      parsed,
      '--to-command --checkpoint-action -I --use-compress-program --use-compress -F --info-script --new-volume-script --rsh-command',
    ),
  ];
  for (const arg of ran) {
    if (/^(?:dot|echo|ttyout|bell|totals|sleep)/.test(arg.text)) continue;
    const command = arg.text.startsWith('exec=') ? arg.text.slice(5) : arg.text;
    if (/^(?:z?std|pigz|gzip|bzip2|pbzip2|xz|lz4|lzma|zstdmt)\b/.test(command)) continue;
    session.judge.payload({ ...madeUp(command, arg), dynamic: command.includes(unknownCharacter) }, 'sh', scope, own);
  }
  if ((own.bits & ~bit.none) !== 0) own.bits &= ~bit.none;
}
