import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSigningKey, publicKeyPath } from '../../src/audit/keys.ts';
import { HoldfastError } from '../../src/errors/holdfast-error.ts';
import { writeEvidence } from '../../src/evidence/bundle.ts';
import { silent } from '../../src/lib/progress.ts';
import { auditCheckProof, auditList, auditProve, auditVerify } from '../../src/operations/audit.ts';
import { evidenceVerify } from '../../src/operations/evidence.ts';
import type { Services } from '../../src/operations/services.ts';
import type { OperationContext, Style } from '../../src/operations/types.ts';
import { outcome } from './outcome.ts';
import { fill, makeWorld, type World } from './world.ts';

const plain: Style = { bold: same, dim: same, green: same, red: same, yellow: same };
let world: World;
/** The data directory with nothing but files: its database is gone. */
let context: OperationContext;
let evidence: string;

beforeAll(async () => {
  world = await makeWorld();
  await fill(world, 0, 300);
  const written = await writeEvidence({
    ...{ outcome: outcome(), key: world.key, audit: world.log },
    ...{ directory: join(world.data, 'evidence'), name: 'drill' },
  });
  evidence = written.path;
  context = contextOf(world.data);
});

afterAll(async () => {
  await world.close();
});

describe('operations on the record', () => {
  it('verify the log without the database, and say what was verified', async () => {
    const output = await auditVerify.handle(context, { against: [evidence] });
    expect(output).toMatchObject({
      size: 301,
      signer: 'signed by the key of this data directory',
      against: [evidence],
    });
    expect(auditVerify.text(output, plain)).toContain('✔ 301 leaves hashed');
    expect(auditVerify.output.parse(output)).toEqual(output);
  });

  it('end with exit code 3 and name the leaf when the log was changed', async () => {
    const copy = join(world.data, 'copy');
    await cp(world.directory, copy, { recursive: true });
    const path = join(copy, 'tile/entries/000');
    await writeFile(path, (await readFile(path, 'latin1')).replace('"number":7,', '"number":8,'), 'latin1');
    const failed = await caught(
      auditVerify.handle(context, { against: [], directory: copy, key: publicKeyPath(world.data) }),
    );
    expect(failed).toMatchObject({ code: 'audit-log-changed', exitCode: 3 });
    expect(failed.message).toContain('tile/entries/000: leaf 7 was changed');
  });

  it('know a signer only by a key that does not come with the log', async () => {
    const output = await auditVerify.handle(context, { against: [], directory: world.directory });
    expect(output.signer).toBe('consistent, signer not known here');
    const other = contextOf(join(world.data, 'other'));
    await mkdir(join(world.data, 'other'));
    expect((await evidenceVerify.handle(other, { file: evidence, anySigner: false })).signer).toContain('not known');
  });

  it('export a proof that is checked offline with the public key', async () => {
    const { proof, size } = await auditProve.handle(context, { index: 300 });
    expect(size).toBe(301);
    const file = join(world.data, '300.tlog-proof');
    await writeFile(file, `${auditProve.text({ index: 300, size, entry: '', proof }, plain)}\n`);
    const checked = await auditCheckProof.handle(context, { file, key: publicKeyPath(world.data) });
    expect(checked).toMatchObject({ index: 300, size: 301, signer: 'signed by the key given' });
    await writeFile(file, proof.replace('index 300', 'index 299'));
    expect(await caught(auditCheckProof.handle(context, { file }))).toMatchObject({ code: 'audit-proof-wrong' });
    expect(await caught(auditProve.handle(context, { index: 301 }))).toMatchObject({ code: 'audit-leaf-unknown' });
  });

  it('list the newest leaves first, by run and kind', async () => {
    const all = await auditList.handle(context, { limit: 280 });
    expect(all.leaves.map(({ index }) => index)).toEqual(Array.from({ length: 280 }, (_, at) => 300 - at));
    const { leaves } = await auditList.handle(context, { limit: 5, kind: 'evidence' });
    expect(leaves).toHaveLength(1);
    expect(auditList.text({ size: 301, leaves }, plain)).toContain('evidence');
    const run = await auditList.handle(context, { limit: 500, run: 'drill-20261120T020000Z-0badcafe' });
    expect(run.leaves).toHaveLength(300);
  });

  it('verify evidence and say what it says, with each verification made', async () => {
    const output = await evidenceVerify.handle(context, { file: evidence, anySigner: false });
    expect(evidenceVerify.output.parse(output)).toEqual(output);
    const text = evidenceVerify.text(output, plain);
    for (const said of ['Verdict PROVEN', 'seoul-clinic', 'RTO 20.5 s of 1 h, met', 'missed', 'leaf 300'])
      expect(text).toContain(said);
    expect(text).toContain('✔ signed by the key of this data directory');
  });

  it('refuse changed evidence, evidence of another key, and a file that is not there, each in its own words', async () => {
    const bytes = await readFile(evidence);
    const file = join(world.data, 'changed.dsse');
    await writeFile(file, bytes.with(200, (bytes[200] ?? 0) ^ 1));
    expect(await caught(evidenceVerify.handle(context, { file, anySigner: false }))).toMatchObject({
      ...{ code: 'evidence-changed', exitCode: 3 },
    });
    const stranger = await openSigningKey(join(world.data, 'stranger'));
    const key = publicKeyPath(join(world.data, 'stranger'));
    const other = await caught(evidenceVerify.handle(context, { file: evidence, key, anySigner: false }));
    expect(other).toMatchObject({ code: 'evidence-other-signer', exitCode: 3 });
    expect(other.message).toContain(stranger.publicKey.name);
    const absent = evidenceVerify.handle(context, { file: join(world.data, 'absent.dsse'), anySigner: false });
    expect(await caught(absent)).toMatchObject({ code: 'evidence-missing' });
    expect(await caught(auditVerify.handle(context, { against: [key] }))).toMatchObject({ code: 'against-unreadable' });
  });
});

function contextOf(data: string): OperationContext {
  const services = {
    options: { data },
    records: () => Promise.reject(new Error('the database was opened')),
  };
  return { services: services as unknown as Services, signal: new AbortController().signal, report: silent };
}

async function caught(work: Promise<unknown>): Promise<HoldfastError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof HoldfastError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

function same(text: string): string {
  return text;
}
