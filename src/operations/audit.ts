import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Against } from '../audit/signed-states.ts';
import type { LogVerification } from '../audit/verify.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { signerWords, trustedKey } from './trusted-key.ts';
import { defineOperation, type Style } from './types.ts';

const Verified = z.object({
  origin: z.string().describe('Name of the log: that of its key'),
  size: z.number().describe('Leaves that were recomputed'),
  root: z.string().describe('Root of the tree, in base64'),
  signer: z.string().describe('Who is known to have signed'),
  checkpoints: z.number().describe('Checkpoints whose signature and root were verified'),
  tiles: z.number().describe('Tiles and entry bundles that were compared'),
  against: z.array(z.string()).describe('Checkpoints kept elsewhere that the log continues'),
  notes: z.array(z.string()),
});
type Verified = z.output<typeof Verified>;

export const auditVerify = defineOperation({
  name: 'audit verify',
  title: 'Verify the audit log from its files alone',
  description:
    'Hashes every published leaf, computes every tile and root anew, and compares them with every checkpoint and its signature. ' +
    'No database is opened, so it works on a copy of the log, on any machine. A leaf that was changed, removed or moved is named. ' +
    'A log put back whole to an older state is found only with --against: a checkpoint kept elsewhere, such as the one in an evidence file.',
  input: z.strictObject({
    against: z
      .array(z.string())
      .default([])
      .describe(
        'A checkpoint kept elsewhere that the log must continue: a checkpoint file, a proof or an evidence file',
      ),
    key: z
      .string()
      .optional()
      .describe('File with the public key that must have signed; else the key of this data directory'),
    directory: z.string().optional().describe('A copy of a log to verify instead; name its key with --key'),
  }),
  output: Verified,
  permission: 'audit.read',
  effects: ['read'],
  faces: ['cli'],
  examples: [
    { command: 'audit verify', does: 'verifies the log of this data directory' },
    { command: 'audit verify --against drill.dsse', does: 'also finds a log put back behind that drill' },
    { command: 'audit verify --directory /mnt/copy/audit --key site.pub', does: 'verifies a copy of another log' },
  ],
  async handle({ services }, { against, key, directory }) {
    const { verifyLog } = await import('../audit/verify.ts');
    const trusted = await trustedKey(services.options.data, key, { own: directory === undefined });
    const states = await Promise.all(against.map(readAgainst));
    const result = await verifyLog(directory ?? join(services.options.data, 'audit'), {
      against: states,
      ...(trusted === undefined ? {} : { trustedKey: trusted.key }),
    });
    if (result.differences.length > 0) throw changedLog(result);
    const { origin, size, root, checkpoints, tiles, notes } = result;
    const signer = signerWords(trusted?.from);
    return { origin, size, root, signer, checkpoints, tiles, against: [...against], notes: [...notes] };
  },
  text: showVerified,
});

export const auditProve = defineOperation({
  name: 'audit prove',
  title: 'Export a proof that a leaf is in the audit log',
  description:
    'Prints a proof in the C2SP .tlog-proof form: the leaf, the hashes from it to the root, and the signed checkpoint. Whoever has ' +
    'the public key of this data directory checks it offline, without the log. Read from the published files; no database is opened.',
  input: z.strictObject({
    index: z.coerce.number().int().min(0).describe('Number of the leaf, as `audit list` shows it'),
  }),
  output: z.object({
    index: z.number(),
    size: z.number().describe('Leaves of the tree that it is proven in'),
    entry: z.string().describe('The leaf: canonical JSON'),
    proof: z.string().describe('The .tlog-proof text'),
  }),
  positional: ['index'],
  permission: 'audit.read',
  effects: ['read'],
  faces: ['cli', 'http'],
  examples: [{ command: 'audit prove 5212 > 5212.tlog-proof', does: 'keeps a proof of leaf 5212' }],
  async handle({ services }, { index }) {
    const [{ proveInclusion, formatProof }, { readCheckpoint }] = await Promise.all([
      import('../audit/prove.ts'),
      import('../audit/checkpoint.ts'),
    ]);
    const proof = await proveInclusion(join(services.options.data, 'audit'), index);
    const size = readCheckpoint(proof.checkpoint)?.size ?? 0;
    return { index, size, entry: proof.entry, proof: formatProof(proof) };
  },
  // The text is the file: nothing is said around it, so that it can be redirected.
  text: ({ proof }) => proof.trimEnd(),
});

export const auditCheckProof = defineOperation({
  name: 'audit check-proof',
  title: 'Check an exported proof of a leaf, offline',
  description:
    'Checks a .tlog-proof file that `audit prove` printed: the signature on its checkpoint, and the way from the leaf to the root.',
  input: z.strictObject({
    file: z.string().describe('The .tlog-proof file'),
    key: z
      .string()
      .optional()
      .describe('File with the public key that must have signed; else the key of this data directory'),
  }),
  output: z.object({ index: z.number(), size: z.number(), entry: z.string(), signer: z.string() }),
  positional: ['file'],
  permission: 'audit.read',
  effects: ['read'],
  faces: ['cli'],
  examples: [
    { command: 'audit check-proof 5212.tlog-proof --key site.pub', does: 'checks a proof with a key kept elsewhere' },
  ],
  async handle({ services }, { file, key }) {
    const { checkProof, parseProof } = await import('../audit/prove.ts');
    const trusted = await trustedKey(services.options.data, key, { own: true });
    if (trusted === undefined) throw new HoldfastError('key-missing', { path: 'keys/signing.pub' });
    const proof = parseProof(await readText(file));
    if (proof === undefined) {
      throw new HoldfastError('audit-proof-wrong', { file, difference: 'it is not a .tlog-proof with its leaf' });
    }
    const checked = checkProof(proof, trusted.key);
    if (!checked.ok) throw new HoldfastError('audit-proof-wrong', { file, difference: checked.why });
    return { index: proof.index, size: checked.size, entry: proof.entry, signer: signerWords(trusted.from) };
  },
  text: ({ index, size, entry, signer }, style) =>
    `${style.green('✔')} leaf ${index} is in the log of ${size} leaves, ${signer}\n${entry}`,
});

export const auditList = defineOperation({
  name: 'audit list',
  title: 'List the newest leaves of the audit log',
  description:
    'Shows decisions and acts as they are published, newest first. Leaves are published at the end of each run. Read from the ' +
    'published files; no database is opened and nothing is verified: `audit verify` does that.',
  input: z.strictObject({
    limit: z.coerce.number().int().min(1).max(10_000).default(20).describe('How many at most'),
    run: z.string().optional().describe('Only the leaves of this run and its branches'),
    kind: z.string().optional().describe('Only leaves of this kind, as `decision`'),
  }),
  output: z.object({
    size: z.number(),
    leaves: z.array(
      z.object({
        index: z.number(),
        kind: z.string(),
        time: z.string(),
        actor: z.string(),
        run: z.string().optional(),
        step: z.string().optional(),
        facts: z.record(z.string(), z.unknown()),
      }),
    ),
  }),
  permission: 'audit.read',
  effects: ['read'],
  faces: ['cli', 'http'],
  examples: [
    { command: 'audit list', does: 'shows the last 20 leaves' },
    { command: 'audit list --kind decision --limit 100', does: 'shows what was allowed and refused' },
  ],
  async handle({ services }, { limit, run, kind }) {
    const { listLeaves } = await import('../audit/list.ts');
    const { size, leaves } = await listLeaves(join(services.options.data, 'audit'), {
      limit,
      ...(run === undefined ? {} : { run }),
      ...(kind === undefined ? {} : { kind }),
    });
    return { size, leaves: [...leaves] };
  },
  text({ size, leaves }, style) {
    if (leaves.length === 0) return size === 0 ? 'The log is empty.' : 'No such leaves.';
    const width = String(leaves[0]?.index ?? 0).length;
    return leaves
      .map(({ index, time, kind, actor, run, step }) => {
        const about = [run, step].filter((part) => part !== undefined).join(' ');
        return `${String(index).padStart(width)}  ${time}  ${kind.padEnd(16)} ${actor}  ${style.dim(about)}`;
      })
      .join('\n');
  },
});

/** A checkpoint from any file that carries one. */
async function readAgainst(file: string): Promise<Against> {
  const [{ readCheckpoint }, { parseProof }, { parseBundle }] = await Promise.all([
    import('../audit/checkpoint.ts'),
    import('../audit/prove.ts'),
    import('../evidence/bundle-format.ts'),
  ]);
  const text = await readText(file);
  const note = text.startsWith('{')
    ? parseBundle(Buffer.from(text)).checkpoint
    : (parseProof(text)?.checkpoint ?? text);
  if (readCheckpoint(note) === undefined) throw new HoldfastError('against-unreadable', { file });
  return { label: file, note };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new HoldfastError('against-unreadable', { file }, { cause: error });
  }
}

function changedLog({ differences, moreDifferences }: LogVerification): HoldfastError {
  const lines = differences.map(({ file, what }) => `${file}: ${what}`);
  if (moreDifferences > 0) lines.push(`and ${moreDifferences} more`);
  const others = differences.length + moreDifferences - 1;
  const more = others === 0 ? '' : ` (and ${others} more, shown with --verbose)`;
  return new HoldfastError('audit-log-changed', { difference: `${lines[0]}${more}` }, { output: lines.join('\n') });
}

function showVerified(result: Verified, style: Style): string {
  const tick = style.green('✔');
  const lines = [
    `${style.bold('Audit log')} ${result.origin}`,
    `  ${tick} ${result.size.toLocaleString('en')} leaves hashed, ${result.tiles} tiles and bundles compared`,
    `  ${tick} ${result.checkpoints} checkpoints verified, up to root ${result.root}`,
    ...result.against.map((file) => `  ${tick} it continues the checkpoint in ${file}`),
  ];
  const known = result.signer.startsWith('signed');
  lines.push(`  ${known ? tick : style.yellow('?')} ${result.signer}`);
  for (const note of result.notes) lines.push(style.yellow(`  ! ${note}`));
  return lines.join('\n');
}
