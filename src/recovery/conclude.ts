import { hostname } from 'node:os';
import { join } from 'node:path';
import { writeEvidence } from '../evidence/bundle.ts';
import type { Outcome } from '../evidence/model.ts';
import { renderReport } from '../evidence/report/render.ts';
import type { Run } from '../execution/types.ts';
import { writeFileAtomic } from '../lib/files.ts';
import { version } from '../lib/version.ts';
import { toolVersions } from '../process/programs.ts';
import type { Estate, SiteSource } from '../protection/estate.ts';

/** Where the proof of a drill or recovery lies. */
export interface Concluded {
  readonly outcome: Outcome;
  /** Path of the signed bundle. */
  readonly evidence: string;
  readonly evidenceSha256: string;
  /** Path of the HTML page. */
  readonly report: string;
  /** Index of its leaf in the audit log. */
  readonly leaf: number;
}

/** Completes an outcome, signs it, and writes the evidence and the report. The same run writes the same files again. */
export async function conclude(
  estate: Estate,
  run: Run,
  source: SiteSource,
  found: Omit<Outcome, 'finishedAt' | 'durationMs' | 'host' | 'tools' | 'holdfast'>,
): Promise<Concluded> {
  const completed = await run.step(
    {
      name: 'conclude',
      title: 'Sum up',
      gates: [found.kind === 'drill' ? 'restore.drill' : 'restore.run'],
      effects: ['read'],
      target: `site ${found.site}`,
    },
    () => complete(estate, found),
  );
  const written = await run.step(
    {
      name: 'evidence',
      title: 'Sign the evidence and write the report',
      gates: [found.kind === 'drill' ? 'restore.drill' : 'restore.run'],
      effects: ['write'],
      target: `site ${found.site}`,
      summary: (result: Omit<Concluded, 'outcome'>) => `leaf ${result.leaf} of the audit log`,
    },
    () => write(estate, source, completed.result),
  );
  return { outcome: completed.result, ...written.result };
}

async function complete(
  estate: Estate,
  found: Omit<Outcome, 'finishedAt' | 'durationMs' | 'host' | 'tools' | 'holdfast'>,
): Promise<Outcome> {
  const now = estate.clock.now();
  return {
    ...found,
    host: hostname(),
    finishedAt: now.toISOString(),
    durationMs: Math.max(0, now.getTime() - Date.parse(found.startedAt)),
    timeline: [...found.timeline].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    tools: [...(await toolVersions())],
    holdfast: version,
  };
}

async function write(estate: Estate, source: SiteSource, outcome: Outcome): Promise<Omit<Concluded, 'outcome'>> {
  const directory = join(estate.dataDirectory, 'evidence');
  const evidence = await writeEvidence({ outcome, key: estate.key, audit: estate.audit, directory, name: outcome.run });
  const report = join(directory, `${outcome.run}.html`);
  const page = renderReport(outcome, {
    language: source.site.language,
    timezone: source.site.timezone,
    generatedAt: outcome.finishedAt,
    evidence: {
      file: `${outcome.run}.dsse`,
      sha256: evidence.sha256,
      keyId: evidence.keyId,
      leaf: evidence.leaf,
      treeSize: evidence.treeSize,
      root: evidence.root,
    },
  });
  await writeFileAtomic(report, page);
  return { evidence: evidence.path, evidenceSha256: evidence.sha256, report, leaf: evidence.leaf };
}
