import type { Language } from '../../evidence/report/messages/catalogue.ts';
import type { ReportEvidence } from '../../evidence/report/render.ts';
import { renderHandOver, renderHandOverMarkdown } from './hand-over.ts';
import type { ProcedureEvidence } from './read-evidence.ts';
import { renderReport } from './render.ts';
import { renderReportMarkdown } from './render-markdown.ts';

export interface Pages {
  readonly html: string;
  readonly markdown: string;
}

/** The report of signed evidence, in both forms. */
export function reportPages({ outcome, proof }: ProcedureEvidence, language: Language): Pages {
  return {
    html: renderReport(outcome, proof, language),
    markdown: renderReportMarkdown(outcome, proof, language),
  };
}

/** A run that has no evidence yet. */
export type UnsignedRun = Pick<ProcedureEvidence, 'outcome' | 'extras'> & { readonly proof?: ReportEvidence };

/** The hand-over page of a run, in both forms; it names the files that have all of it where there are any. */
export function handOverPages({ outcome, proof, extras }: UnsignedRun, language: Language): Pages {
  const options = {
    extras,
    ...(proof === undefined ? {} : { files: { report: 'report.html', evidence: proof.file } }),
  };
  return {
    html: renderHandOver(outcome, language, options),
    markdown: renderHandOverMarkdown(outcome, language, options),
  };
}
