import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { AssetOutcome, type Measured, Verdict } from '../evidence/model.ts';
import { runEndings } from '../evidence/procedure-model.ts';
import type { VerifiedEvidence } from '../evidence/verify-bundle.ts';
import { formatDuration } from '../lib/duration.ts';
import { visibleText } from '../lib/plain-text.ts';
import { trustedKey } from './trusted-key.ts';
import { defineOperation, type Style } from './types.ts';

const Verified = z.object({
  file: z.string(),
  kind: z.enum(['drill', 'recovery', 'procedure']),
  verdict: Verdict.optional().describe('Of a drill or recovery'),
  ending: z.enum(runEndings).optional().describe('Of a run of a runbook'),
  site: z.string(),
  run: z.string(),
  finishedAt: z.string(),
  isolation: z.string().optional(),
  negativeControl: z.boolean().optional(),
  assets: z.array(AssetOutcome).optional(),
  mode: z.enum(['solo', 'team']).optional(),
  runbook: z.object({ title: z.string(), path: z.string(), sha256: z.string() }).optional(),
  steps: z.array(z.object({ id: z.string(), title: z.string(), outcome: z.string() })).optional(),
  attachments: z.array(z.object({ name: z.string(), mediaType: z.string(), bytes: z.number() })),
  key: z.string().describe('Public key that signed, as `name+id+base64`'),
  signer: z.string().describe('Who is known to have signed'),
  leaf: z.number().describe('Number of its leaf in the audit log'),
  treeSize: z.number(),
  verifications: z.array(z.string()).describe('Each verification that was made'),
});
type Verified = z.output<typeof Verified>;

export const evidenceVerify = defineOperation({
  name: 'evidence verify',
  title: 'Verify a signed evidence file, offline',
  description:
    'Checks an evidence file by hashes and signatures alone: no database, no network, no other file. A byte changed anywhere in it is ' +
    'an error that names the part. The key inside the file shows only that its parts belong together; who signed is known by the ' +
    'key of this data directory, or by the one named with --key, which must come from elsewhere than the file.',
  input: z.strictObject({
    file: z.string().describe('The .dsse file'),
    key: z
      .string()
      .optional()
      .describe('File with the public key that must have signed; else the key of this data directory'),
    anySigner: z.boolean().default(false).describe('Check hashes and signatures only, whoever signed'),
  }),
  output: Verified,
  positional: ['file'],
  permission: 'evidence.read',
  effects: ['read'],
  faces: ['cli'],
  examples: [
    {
      command: 'evidence verify evidence/drill-20261120T040000Z-1f2e3d4c.dsse',
      does: 'verifies a drill of this data directory',
    },
    { command: 'evidence verify drill.dsse --key clinic.pub', does: 'verifies evidence of another data directory' },
  ],
  async handle({ services }, { file, key, anySigner }) {
    const { verifyEvidence } = await import('../evidence/verify-bundle.ts');
    const trusted = anySigner ? undefined : await trustedKey(services.options.data, key, { own: true });
    const result = verifyEvidence(await readEvidence(file), {
      ...(trusted === undefined ? {} : { trustedKey: trusted.key, trustedFrom: trusted.from }),
    });
    return {
      file,
      ...about(result),
      attachments: result.attachments.map(({ name, mediaType, bytes }) => ({ name, mediaType, bytes })),
      key: result.key,
      signer: result.signer,
      leaf: result.leaf,
      treeSize: result.treeSize,
      verifications: [...result.verifications],
    };
  },
  text: showEvidence,
});

function about(evidence: VerifiedEvidence) {
  const { site, run, finishedAt } = evidence.outcome;
  if (evidence.about === 'procedure') {
    const { ending, mode, runbook, steps } = evidence.outcome;
    const shown = steps.map(({ id, title, outcome }) => ({ id, title, outcome }));
    return { kind: 'procedure' as const, site, run, finishedAt, ending, mode, runbook, steps: shown };
  }
  const { kind, verdict, isolation, negativeControl, assets } = evidence.outcome;
  return { kind, verdict, site, run, finishedAt, isolation, negativeControl, assets };
}

export async function readEvidence(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HoldfastError('evidence-missing', { file, reason }, { cause: error });
  }
}

function showEvidence(result: Verified, style: Style): string {
  const lines = [
    ...(result.kind === 'procedure' ? showProcedure(result, style) : showOutcome(result, style)),
    '',
    'Verified, by hashes and signatures alone:',
  ];
  const known = result.signer.startsWith('signed');
  for (const verification of result.verifications) {
    const open = verification === result.signer && !known;
    lines.push(`  ${open ? style.yellow('?') : style.green('✔')} ${verification}`);
  }
  if (!known) lines.push(style.dim('  Name the public key of whoever should have signed with --key.'));
  return lines.join('\n');
}

function showOutcome(result: Verified, style: Style): readonly string[] {
  const verdict = result.verdict === 'PROVEN' ? style.green : result.verdict === 'FAILED' ? style.red : style.yellow;
  const control = result.negativeControl === true ? ' · negative control' : '';
  return [
    `${result.kind === 'drill' ? 'Drill' : 'Recovery'} of ${style.bold(result.site)} · ${result.run}`,
    `Verdict ${verdict(style.bold(result.verdict ?? ''))} · ${result.finishedAt} · isolation ${result.isolation}${control}`,
    ...(result.assets ?? []).flatMap(({ asset, verdict: found, recoveryPoint, rto, rpo }) => [
      `  ${asset}  ${found}  ${recoveryPoint.id} from ${recoveryPoint.store}`,
      `    RTO ${measured(rto)}   RPO ${measured(rpo)}`,
    ]),
  ];
}

function showProcedure({ site, run, finishedAt, ending, mode, runbook, steps = [] }: Verified, style: Style): string[] {
  const colour = ending === 'completed' ? style.green : ending === 'stopped' ? style.red : style.yellow;
  const counts = new Map<string, number>();
  for (const { outcome } of steps) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const tally = [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  return [
    `Run of ${style.bold(shown(runbook?.title))} at ${style.bold(shown(site))} · ${shown(run)}`,
    `${colour(style.bold((ending ?? '').toUpperCase().replaceAll('-', ' ')))} · ${finishedAt} · ${mode}`,
    `  ${shown(runbook?.path)}  sha256 ${shown(runbook?.sha256)}`,
    `  ${steps.length} steps: ${tally}`,
    ...steps
      .filter(({ outcome }) => outcome === 'unknown')
      .map(({ id, title }) => `  ? unknown: ${shown(id)}  ${shown(title)}`),
  ];
}

/** Texts of a file from elsewhere: nothing in them may steer the terminal. */
function shown(text = ''): string {
  return visibleText(text).replaceAll(/\s+/g, ' ');
}

function measured({ achievedMs, objectiveMs, met }: Measured): string {
  if (achievedMs === null) return `not reached, of ${formatDuration(objectiveMs)}`;
  return `${formatDuration(achievedMs)} of ${formatDuration(objectiveMs)}, ${met ? 'met' : 'missed'}`;
}
