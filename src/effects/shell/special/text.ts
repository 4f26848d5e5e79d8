import { secretFile } from '../../knowledge/paths.ts';
import type { Arg } from '../arg.ts';
import { code } from '../code.ts';
import { cut } from '../options.ts';
import { given, valuesOf } from '../rules.ts';
import type { Call, Session } from '../session.ts';
import { add, bit, type Verdict } from '../verdict.ts';

/** A sed script may write files and run commands. */
export function sed(call: Call, own: Verdict, session: Session): void {
  const { parsed } = call;
  const scripts = valuesOf(parsed, '-e --expression');
  const script = scripts.length > 0 ? scripts : parsed.operands.slice(0, 1);
  const files = scripts.length > 0 ? parsed.operands : parsed.operands.slice(1);
  if (given(parsed, '-i --in-place', undefined)) {
    own.bits &= ~bit.read;
    add(own, 'write', 'changes files in place');
  }
  for (const arg of script) {
    const text = arg.text.length > 5000 ? arg.text.slice(0, 5000) : arg.text;
    const runs = /(?:^|[;\n{])\s*(?:\d+|\$|\/[^/\n]*\/)?(?:,(?:\d+|\$))?\s*e(?:[ \t]+(\S[^\n]*))?\s*(?:$|[\n;}])/.exec(
      text,
    );
    if (runs !== null) {
      const command = runs[1];
      if (command === undefined) add(own, 'unknown', 'runs what it reads');
      else
        session.judge.payload({ ...cut(arg, text.indexOf(command, runs.index)), text: command }, 'sh', call.scope, own);
    }
    if (/s([/|#,])(?:\\.|(?!\1)[^\n])*\1(?:\\.|(?!\1)[^\n])*\1[gpi\d]*e/.test(text))
      add(own, 'unknown', 'runs what the script makes');
    if (
      /(?:^|[;}\n])\s*(?:\/[^/\n]*\/)?\s*w\s+\S|s([/|#,])(?:\\.|(?!\1)[^\n])*\1(?:\\.|(?!\1)[^\n])*\1[gpi\d]*w\s+\S/.test(
        text,
      )
    )
      add(own, 'write', 'writes a file');
  }
  if (given(parsed, '-f --file', undefined)) {
    for (const arg of valuesOf(parsed, '-f --file'))
      session.judge.finding(
        'script-elsewhere',
        `What ${arg.text} does is not known: it is defined elsewhere.`,
        arg,
        call.scope,
      );
    add(own, 'unknown', 'its script is in a file');
  }
  if ((own.bits & bit.unknown) !== 0 || own.nested !== undefined) own.bits &= ~bit.read;
  secrets(files, own);
}

export function awk(call: Call, own: Verdict, session: Session): void {
  const { parsed } = call;
  const inFile = given(parsed, '-f --file', undefined);
  const program = inFile ? undefined : parsed.operands[0];
  if (program !== undefined) code('awk', program, call.scope, own, session);
  if (inFile) add(own, 'unknown', 'its program is in a file');
  if ((own.bits & bit.unknown) !== 0 || own.nested !== undefined) own.bits &= ~bit.read;
  secrets(inFile ? parsed.operands : parsed.operands.slice(1), own);
  if ((own.bits & ~bit.none) !== 0) own.bits &= ~bit.none;
}

function secrets(files: readonly Arg[], own: Verdict): void {
  const secret = files.find((arg) => secretFile.test(arg.text));
  if (secret !== undefined) add(own, ['read', 'secret'], `${secret.text} holds credentials`);
}
