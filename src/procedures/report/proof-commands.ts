import type { ProcedureOutcome, StoredOutput } from '../../evidence/procedure-model.ts';
import type { ReportEvidence } from '../../evidence/report/render.ts';
import { shellWord } from '../../evidence/report/shell-word.ts';

export function verifyCommand({ file }: ReportEvidence): string {
  return `holdfast evidence verify ${shellWord(file)}`;
}

/** The commands by which a hash of the report is checked with the tools that every machine has. */
export function handCommands(outcome: ProcedureOutcome, evidence: ReportEvidence) {
  const output = firstOutput(outcome);
  return {
    evidence: `sha256sum ${shellWord(evidence.file)}`,
    runbook: `sha256sum ${shellWord(outcome.runbook.path)}`,
    output: output === undefined ? undefined : `gzip -dc ${shellWord(output.file)} | sha256sum`,
    log: `holdfast audit prove ${evidence.leaf}`,
  };
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
