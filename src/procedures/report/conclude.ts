import { join } from 'node:path';
import type { SigningKey } from '../../audit/note.ts';
import type { AuditLog } from '../../audit/types.ts';
import { writeEvidence } from '../../evidence/bundle.ts';
import type { ProcedureOutcome } from '../../evidence/procedure-model.ts';
import type { Language } from '../../evidence/report/messages/catalogue.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { writeFileAtomic } from '../../lib/files.ts';
import { renderHandOver, renderHandOverMarkdown } from './hand-over.ts';
import { HandOverExtras } from './hand-over-extras.ts';
import { handOverPages, type Pages, reportPages } from './pages.ts';
import { extrasName, placeOf } from './place.ts';
import { readProcedureEvidence } from './read-evidence.ts';
import { catalogues } from './words.ts';

export interface ConcludeOptions {
  readonly outcome: ProcedureOutcome;
  readonly key: SigningKey;
  readonly audit: AuditLog;
  readonly dataDirectory: string;
  /** Of the report, and of the hand-over page that is named first; English without it. */
  readonly language?: Language;
  /** What is known beside the outcome; signed with it. */
  readonly extras?: HandOverExtras;
}

/** Where everything about a run lies. */
export interface ConcludedProcedure extends WrittenHandOver {
  /** As it was signed. */
  readonly outcome: ProcedureOutcome;
  readonly directory: string;
  /** Path of the signed bundle. */
  readonly evidence: string;
  readonly evidenceSha256: string;
  /** Index of its leaf in the audit log. */
  readonly leaf: number;
  /** Paths of the report. */
  readonly report: string;
  readonly reportMarkdown: string;
}

export interface WrittenHandOver {
  /** Path of the page in the language asked for, and of the same in Markdown. */
  readonly handOver: string;
  readonly handOverMarkdown: string;
}

/**
 * Signs the outcome of a run that has ended, and writes its evidence, its report and its hand-over page in every language. What
 * was signed first stays: when it is done again after a crash, the same files result. Of a run that may still be gone on
 * with, `writeHandOver` writes the page without signing.
 */
export async function concludeProcedure(options: ConcludeOptions): Promise<ConcludedProcedure> {
  const { key, audit, dataDirectory, language = 'en', extras } = options;
  const { directory, name } = placeOf(dataDirectory, options.outcome);
  const attachments =
    extras === undefined
      ? []
      : [{ name: extrasName, mediaType: 'application/json', content: canonicalJson(HandOverExtras.parse(extras)) }];
  const evidence = await writeEvidence({ outcome: options.outcome, key, audit, directory, name, attachments });
  // The pages show what was signed, which after a crash need not be what was found the second time.
  const signed = await readProcedureEvidence(evidence.path, { trustedKey: key.publicKey });
  const report = join(directory, 'report.html');
  const reportMarkdown = join(directory, 'report.md');
  const pages = reportPages(signed, language);
  await writeFileAtomic(report, pages.html);
  await writeFileAtomic(reportMarkdown, pages.markdown);
  const written = await writePages(directory, language, (each) => handOverPages(signed, each));
  return {
    outcome: signed.outcome,
    directory,
    evidence: evidence.path,
    evidenceSha256: evidence.sha256,
    leaf: evidence.leaf,
    report,
    reportMarkdown,
    ...written,
  };
}

/** Writes the hand-over pages of a run as it is now, unsigned: it may be gone on with, and is signed when it has ended. */
export async function writeHandOver(
  options: Omit<ConcludeOptions, 'key' | 'audit'>,
): Promise<WrittenHandOver & { readonly directory: string }> {
  const { outcome, dataDirectory, language = 'en', extras = {} } = options;
  const { directory } = placeOf(dataDirectory, outcome);
  return {
    directory,
    ...(await writePages(directory, language, (each) => ({
      html: renderHandOver(outcome, each, { extras }),
      markdown: renderHandOverMarkdown(outcome, each, { extras }),
    }))),
  };
}

async function writePages(
  directory: string,
  language: Language,
  render: (language: Language) => Pages,
): Promise<WrittenHandOver> {
  for (const each of Object.keys(catalogues) as Language[]) {
    const { html, markdown } = render(each);
    const [page, text] = pagesOf(directory, each);
    await writeFileAtomic(page, html);
    await writeFileAtomic(text, markdown);
  }
  const [handOver, handOverMarkdown] = pagesOf(directory, language);
  return { handOver, handOverMarkdown };
}

function pagesOf(directory: string, language: Language): readonly [html: string, markdown: string] {
  return [join(directory, `hand-over.${language}.html`), join(directory, `hand-over.${language}.md`)];
}
