import type { ProcedureOutcome, StoredOutput } from '../../evidence/procedure-model.ts';
import type { ReportEvidence } from '../../evidence/report/render.ts';
import { shellWord } from '../../lib/shell-word.ts';

export function verifyCommand({ file }: ReportEvidence): string {
  return `holdfast evidence verify ${shellWord(file)}`;
}

/** The same with Holdfast, of the log itself: the leaf with the hashes that lead from it to the root. */
export function proveCommand({ leaf }: ReportEvidence): string {
  return `holdfast audit prove ${leaf}`;
}

/** The commands by which a hash of the report is checked with the tools that every machine has. */
export function handCommands(outcome: ProcedureOutcome, evidence: ReportEvidence) {
  const output = firstOutput(outcome);
  return {
    evidence: `sha256sum ${shellWord(evidence.file)}`,
    signature: signatureShell(evidence.file),
    runbook: `sha256sum ${shellWord(outcome.runbook.path)}`,
    output: output === undefined ? undefined : `gzip -dc ${shellWord(output.file)} | sha256sum`,
    proof: `tr -d '\\n' < ${shellWord(evidence.file)} | grep -oE '"(hashes|index)":[^]}]*]?|"checkpoint":"[^"]*"'`,
  };
}

/**
 * Whether the key in an evidence file signed it, with OpenSSL 3: what DSSE signs is the type and the text, each with its length. The first line
 * printed is the key as it is noted elsewhere. The file is one line of canonical JSON; quotes within its texts are escaped.
 */
export function signatureShell(file: string): string {
  return `FILE=${shellWord(file)}; DIR="$(mktemp -d)"
field() { grep -o "\\"$1\\":\\"[^\\"]*\\"" "$FILE" | head -n 1 | cut -d '"' -f 4; }
field publicKey
field payload | openssl base64 -d -A > "$DIR/statement.json"
field sig | openssl base64 -d -A > "$DIR/signature"
{ printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'; field publicKey | cut -d + -f 3- | openssl base64 -d -A | tail -c 32; } > "$DIR/key"
{ printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c < "$DIR/statement.json")"; cat "$DIR/statement.json"; } > "$DIR/signed"
openssl pkeyutl -verify -pubin -inkey "$DIR/key" -keyform DER -rawin -in "$DIR/signed" -sigfile "$DIR/signature"
echo "$DIR/statement.json"`;
}

function firstOutput({ steps }: ProcedureOutcome): StoredOutput | undefined {
  for (const { targets } of steps) {
    for (const { stdout, stderr } of targets) {
      const output = stdout ?? stderr;
      if (output !== undefined) return output;
    }
  }
  return undefined;
}
