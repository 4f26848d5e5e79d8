import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSigningKey } from '../../src/audit/keys.ts';
import { openAuditLog } from '../../src/audit/log.ts';
import type { AuditLog } from '../../src/audit/types.ts';
import { HoldfastError } from '../../src/errors/holdfast-error.ts';
import { type EvidenceOptions, writeEvidence } from '../../src/evidence/bundle.ts';
import { isSignedBy, preAuthenticationEncoding, signEnvelope } from '../../src/evidence/dsse.ts';
import { verifyEvidence } from '../../src/evidence/verify-bundle.ts';
import { canonicalJson } from '../../src/lib/canonical-json.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { outcome } from './outcome.ts';
import { fill, makeWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await makeWorld();
  await fill(world, 0, 300);
});

afterAll(async () => {
  await world.close();
});

describe('an evidence file', () => {
  it('is signed as DSSE says, so that other verifiers read it', () => {
    expect(preAuthenticationEncoding('http://example.com/HelloWorld', Buffer.from('hello world')).toString()).toBe(
      'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
    );
    const envelope = signEnvelope('text/plain', Buffer.from('한'), world.key);
    expect(isSignedBy(envelope, world.key.publicKey)).toBe(true);
    expect(isSignedBy({ ...envelope, payloadType: 'text/html' }, world.key.publicKey)).toBe(false);
  });

  it('says what was found, and who signed only to whoever knows the key', async () => {
    const written = await writeEvidence(options('known'));
    const bytes = await readFile(written.path);
    const result = verifyEvidence(bytes, { trustedKey: world.key.publicKey, trustedFrom: 'data-directory' });
    expect(result).toMatchObject({ signer: 'signed by the key of this data directory', leaf: written.leaf });
    expect(result.outcome).toEqual(outcome('known'));
    expect(result.attachments.map(({ name, bytes: size }) => [name, size])).toEqual([
      ['steps/fetch.log', 38],
      ['steps/dump.bin', 64],
    ]);
    expect(verifyEvidence(bytes, { trustedKey: world.key.publicKey }).signer).toBe('signed by the key given');
    expect(verifyEvidence(bytes).signer).toBe('consistent, signer not known here');
    expect(bytes.toString('utf8').trimEnd()).toBe(canonicalJson(JSON.parse(bytes.toString('utf8'))));
  });

  it('is written once for a run: a replay gives the same file and no second leaf', async () => {
    const first = await writeEvidence(options('replayed'));
    const again = await writeEvidence({ ...options('replayed'), outcome: { ...outcome('replayed'), durationMs: 1 } });
    expect(again).toEqual(first);
    // As if Holdfast had died between the leaf and the file.
    const bytes = await readFile(first.path);
    const { attachments, envelope, format, publicKey } = JSON.parse(bytes.toString('utf8'));
    await rm(first.path);
    await writeFile(`${first.path}.unproven`, JSON.stringify({ attachments, envelope, format, publicKey }));
    const resumed = await writeEvidence({ ...options('replayed'), outcome: { ...outcome('replayed'), durationMs: 2 } });
    expect(resumed.leaf).toBe(first.leaf);
    expect(verifyEvidence(await readFile(resumed.path)).outcome.durationMs).toBe(20_500);
    expect((await readdir(join(world.data, 'evidence'))).filter((name) => name.includes('unproven'))).toEqual([]);
  });

  it('survives a crash at every step of its making with one leaf and one file', async () => {
    for (const moment of ['append', 'appended', 'publish', 'published', 'prove'] as const) {
      const run = `crash-${moment}`;
      await expect(writeEvidence({ ...options(run), audit: dyingLog(moment) })).rejects.toThrow('power cut');
      const changed = { ...outcome(run), durationMs: 99 };
      const written = await writeEvidence({ ...options(run), outcome: changed });
      const result = verifyEvidence(await readFile(written.path), { trustedKey: world.key.publicKey });
      expect(result.outcome).toEqual(outcome(run));
      const rows = await world.database.query('select index from audit_leaves where key = $1', [`evidence:${run}`]);
      expect(rows).toEqual([{ index: String(written.leaf) }]);
    }
  });

  it('never overwrites the evidence of another run, and never gives one run two outcomes', async () => {
    const first = await writeEvidence({ ...options('one'), name: 'weekly' });
    const second = await writeEvidence({ ...options('two'), name: 'weekly' });
    expect(second.path).not.toBe(first.path);
    expect(verifyEvidence(await readFile(first.path)).outcome.run).toBe('one');
    await rm(first.path);
    const other = { ...options('one'), name: 'weekly', outcome: { ...outcome('one'), verdict: 'FAILED' as const } };
    await expect(writeEvidence(other)).rejects.toMatchObject({ code: 'evidence-differs' });
  });

  it('is refused when somebody signed a changed copy anew, whole, with a key of their own', async () => {
    const forger = await makeForger();
    const forged = await writeEvidence({
      ...options('forged'),
      key: forger.key,
      audit: forger.log,
      outcome: { ...outcome('forged'), verdict: 'PROVEN' },
    });
    await world.database.query('delete from audit_checkpoints');
    const bytes = await readFile(forged.path);
    expect(verifyEvidence(bytes).signer).toBe('consistent, signer not known here');
    expect(() => verifyEvidence(bytes, { trustedKey: world.key.publicKey })).toThrow(
      expect.objectContaining({ code: 'evidence-other-signer' }),
    );
  });
});

describe('a changed byte anywhere in an evidence file is an error that names what changed', () => {
  it('in every byte of the file, each bit of its own', async () => {
    const bytes = await readFile((await writeEvidence(options('bytes'))).path);
    const parts = new Map<string, number>();
    for (let at = 0; at < bytes.length; at += 1) {
      const part = partOf(flipped(bytes, at, 1 << (at % 8)));
      const known = JSON.stringify(bytes.subarray(at - 20, at + 20).toString());
      expect(part, `byte ${at} of ${bytes.length}, ${known}`).toMatch(expectedPart(bytes, at));
      parts.set(part, (parts.get(part) ?? 0) + 1);
    }
    const named = [...parts.keys()];
    for (const part of ['checkpoint', 'key', 'signature', 'format', 'text between parts', 'attachment steps/fetch.log'])
      expect(named).toContain(part);
    expect(named).toContain('envelope payload, field predicate/outcome/assets/0/recoveryPoint/bytes');
    expect(named).toContain('envelope payload, field predicate/outcome/verdict');
  });

  it('by any other value at random places, and by bytes put in or taken out', async () => {
    const bytes = await readFile((await writeEvidence(options('random'))).path);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        partOf(flipped(bytes, at, mask));
        partOf(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]));
        partOf(Buffer.concat([bytes.subarray(0, at), Buffer.from([mask]), bytes.subarray(at)]));
      }),
      { numRuns: 400 },
    );
    for (const other of [Buffer.alloc(0), Buffer.from('{}\n')])
      expect(() => verifyEvidence(other)).toThrow(expect.objectContaining({ code: 'evidence-unreadable' }));
    for (const other of [Buffer.concat([bytes, bytes]), bytes.subarray(0, -1), bytes.subarray(0, bytes.length / 2)])
      expect(partOf(other)).not.toBe('');
  });

  it('also when parts of two true files are mixed', async () => {
    const one = JSON.parse((await readFile((await writeEvidence(options('mixed-1'))).path)).toString('utf8'));
    const two = JSON.parse((await readFile((await writeEvidence(options('mixed-2'))).path)).toString('utf8'));
    for (const part of ['envelope', 'proof', 'checkpoint'])
      expect(partOf(Buffer.from(`${canonicalJson({ ...one, [part]: two[part] })}\n`)), part).toMatch(
        /^(proof|checkpoint|envelope)/,
      );
    const without = { ...one, attachments: one.attachments.slice(0, 1) };
    expect(partOf(Buffer.from(`${canonicalJson(without)}\n`))).toBe('attachment steps/dump.bin');
  });
});

function options(run: string): EvidenceOptions {
  return {
    outcome: outcome(run),
    key: world.key,
    audit: world.log,
    directory: join(world.data, 'evidence'),
    name: run,
    attachments: [
      { name: 'steps/fetch.log', mediaType: 'text/plain', content: 'fetched "332 MB" from ring\n복원 끝\n' },
      { name: 'steps/dump.bin', mediaType: 'application/octet-stream', content: Buffer.alloc(64, 0xfe) },
    ],
  };
}

/** A log whose process dies before or after one of its calls. */
function dyingLog(moment: 'append' | 'appended' | 'publish' | 'published' | 'prove'): AuditLog {
  const die = (when: string): void => {
    if (when === moment) throw new Error('power cut');
  };
  return {
    async append(leaf, given) {
      die('append');
      const index = await world.log.append(leaf, given);
      die('appended');
      return index;
    },
    async publish() {
      die('publish');
      const published = await world.log.publish();
      die('published');
      return published;
    },
    async prove(index) {
      die('prove');
      return world.log.prove(index);
    },
  };
}

async function makeForger(): Promise<{ readonly key: World['key']; readonly log: AuditLog }> {
  const data = join(world.data, `forger-${randomBytes(4).toString('hex')}`);
  const key = await openSigningKey(data);
  // Whoever can write here has the database too; only the key is not theirs.
  await world.database.query('delete from audit_checkpoints');
  const log = openAuditLog({ database: world.database, directory: join(data, 'audit'), key, clock: systemClock });
  return { key, log };
}

function flipped(bytes: Buffer, at: number, mask: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ mask, at);
  return copy;
}

/** The part that the error names. Fails when the file verifies. */
function partOf(bytes: Buffer): string {
  try {
    verifyEvidence(bytes);
  } catch (error) {
    if (error instanceof HoldfastError && error.code === 'evidence-changed') return String(error.details.part);
    throw error;
  }
  throw new Error('a changed file was found good');
}

/** What may be named for a byte: the value that holds it; for a byte of a member's name the member, or the text between parts. */
function expectedPart(bytes: Buffer, at: number): RegExp {
  const text = bytes.toString('latin1');
  const between = 'text between parts';
  const values = { payload: 'envelope payload.*', sig: 'signature', publicKey: 'key', checkpoint: '', format: '' };
  for (const [name, part] of Object.entries(values)) {
    const start = text.indexOf(`"${name}":`);
    const value = start + name.length + 3;
    if (at > value && at < text.indexOf('"', value + 1))
      return new RegExp(`^${part || name}( or the text behind it)?$`);
    if (at >= start && at <= value)
      return new RegExp(`^(${part || name}|envelope.*|signature.*|${between}|[a-z]+ or the text behind it)$`);
  }
  const isIn = (from: string, to: string): boolean => at >= text.indexOf(from) && at < text.indexOf(to);
  if (isIn('"proof":{', '},"publicKey"')) return new RegExp(`^(proof.*|${between})$`);
  if (isIn('"envelope":{', '},"format"')) return new RegExp(`^(envelope.*|signature.*|${between})$`);
  if (isIn('"attachments":[', '],"checkpoint"')) return new RegExp(`^(attachment.*|${between})$`);
  return new RegExp(`^(${between}|(checkpoint|format|key|attachment .*|proof.*|envelope.*)( or the text behind it)?)$`);
}
