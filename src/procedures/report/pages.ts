import type { Language } from '../../evidence/report/messages/catalogue.ts';
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

/** The hand-over page of signed evidence, in both forms. */
export function handOverPages({ outcome, proof, extras }: ProcedureEvidence, language: Language): Pages {
  const options = { extras, files: { report: 'report.html', evidence: proof.file } };
  return {
    html: renderHandOver(outcome, language, options),
    markdown: renderHandOverMarkdown(outcome, language, options),
  };
}
