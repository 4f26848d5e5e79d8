import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditLog } from '../../src/audit/types.ts';
import { writeEvidence } from '../../src/evidence/bundle.ts';
import type { ProcedureOutcome } from '../../src/evidence/procedure-model.ts';
import { verifyEvidence } from '../../src/evidence/verify-bundle.ts';
import { canonicalJson } from '../../src/lib/canonical-json.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { concludeProcedure, writeHandOver } from '../../src/procedures/report/conclude.ts';
import { findProcedureEvidence } from '../../src/procedures/report/read-evidence.ts';
import { outcome as drillOutcome } from '../audit/outcome.ts';
import { makeWorld, type World } from '../audit/world.ts';
import { group, hostileOutcome, long, outcome, step, stopped, target } from './outcomes.ts';

let world: World;
let count = 0;

beforeAll(async () => {
  world = await makeWorld();
});

afterAll(async () => {
  await world.close();
});

/** The same outcome as of another run. */
function fresh(of: ProcedureOutcome = outcome()): ProcedureOutcome {
  count += 1;
  return { ...of, run: `runbook-20261120T180400Z-${count.toString(16).padStart(8, '0')}` };
}

async function conclude(of: ProcedureOutcome, audit: AuditLog = world.log) {
  return await concludeProcedure({ outcome: of, audit, key: world.key, dataDirectory: world.data });
}

describe('a run of a runbook', () => {
  it('ends in one directory: evidence, report, and the hand-over page in every language', async () => {
    const of = fresh();
    const concluded = await conclude(of);
    const name = `2026-11-20-ledger-${of.run.slice(-8)}`;
    expect(concluded.directory).toBe(join(world.data, 'evidence', 'runbooks', name));
    expect((await readdir(concluded.directory)).sort()).toEqual(
      [
        `${name}.dsse`,
        'report.html',
        'report.md',
        ...['en', 'ko', 'zh-Hant'].flatMap((language) => [`hand-over.${language}.html`, `hand-over.${language}.md`]),
      ].sort(),
    );
    expect(concluded.outcome).toEqual(of);
    expect(concluded.evidenceSha256).toBe(sha256(await readFile(concluded.evidence)));
    expect(await readFile(concluded.handOver, 'utf8')).toContain('<html lang="en">');
    const report = await readFile(concluded.report, 'utf8');
    expect(report).toContain(`holdfast evidence verify ${name}.dsse`);
    expect(report).toContain(concluded.evidenceSha256);
    expect((await stat(concluded.report)).mode & 0o777).toBe(0o600);
  });

  it('is signed as an in-toto statement about the runbook and every output', async () => {
    const of = fresh(stopped());
    const { evidence } = await conclude(of);
    const bundle = JSON.parse(await readFile(evidence, 'utf8'));
    const statement = JSON.parse(Buffer.from(bundle.envelope.payload, 'base64').toString('utf8'));
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'urn:holdfast:procedure:v1',
      predicate: { outcome: { run: of.run, ending: 'stopped' } },
    });
    expect(statement.subject).toContainEqual({ name: of.runbook.path, digest: { sha256: of.runbook.sha256 } });
    for (const { targets } of of.steps) {
      for (const { stderr } of targets) {
        if (stderr === undefined) continue;
        const name = stderr.file.replace(/\.gz$/, '');
        expect(statement.subject).toContainEqual({ name, digest: { sha256: stderr.sha256 } });
      }
    }
  });

  it('leaves one leaf that says how it ended', async () => {
    const of = fresh(stopped());
    const { leaf } = await conclude(of);
    const proof = await world.log.prove(leaf);
    expect(JSON.parse(proof.entry)).toMatchObject({
      kind: 'evidence',
      run: of.run,
      facts: { about: 'procedure', ending: 'stopped', mode: 'team', site: of.site },
    });
  });

  it('verifies with the trusted key alone, as a procedure', async () => {
    const of = fresh();
    const { evidence, leaf } = await conclude(of);
    const verified = verifyEvidence(await readFile(evidence), { trustedKey: world.key.publicKey });
    expect(verified).toMatchObject({ about: 'procedure', signer: 'signed by the key given', leaf });
    expect(verified.outcome).toEqual(of);
  });

  it('is signed once: what a second attempt after a crash found does not replace it', async () => {
    for (const moment of ['append', 'appended', 'publish', 'prove'] as const) {
      const of = fresh();
      await expect(conclude(of, dying(moment))).rejects.toThrow('power cut');
      const again = await conclude({ ...of, durationMs: 1, ending: 'cancelled' });
      expect(again.outcome).toEqual(of);
      expect(await readFile(again.report, 'utf8')).toContain('COMPLETED');
      const rows = await world.database.query('select index from audit_leaves where key = $1', [`evidence:${of.run}`]);
      expect(rows).toEqual([{ index: String(again.leaf) }]);
    }
  });

  it('gives the same bytes when it is concluded again', async () => {
    const of = fresh(group());
    const first = await conclude(of);
    const read = async () =>
      await Promise.all(
        (await readdir(first.directory))
          .sort()
          .map(async (file) => sha256(await readFile(join(first.directory, file)))),
      );
    const before = await read();
    await rm(first.report);
    expect(await conclude(of)).toEqual(first);
    expect(await read()).toEqual(before);
  });

  it.each([
    ['400 steps', long],
    ['hostile texts', hostileOutcome],
    ['twelve hosts', group],
  ] as const)('is signed and verified whole with %s', async (_, make) => {
    const of = { ...make(), ...{ run: fresh().run, timezone: 'UTC' } };
    const { evidence } = await conclude(of);
    expect(verifyEvidence(await readFile(evidence)).outcome.run).toBe(of.run);
  });

  it('is signed also when the last lines of an output begin within a character', async () => {
    const tail = '\udc4dthe second half of it';
    const cut = target('db1', { stdout: { file: 'o.gz', sha256: sha256('o'), bytes: 9000, lines: 9, tail } });
    const { evidence, outcome: signed } = await conclude(
      fresh(outcome({ steps: [step('a', 'A', { targets: [cut] })] })),
    );
    expect(signed.steps[0]?.targets[0]?.stdout?.tail).toBe('\ufffdthe second half of it');
    expect(() => verifyEvidence(Buffer.alloc(0))).toThrow();
    expect(verifyEvidence(await readFile(evidence)).about).toBe('procedure');
  });

  it('keeps what the hand-over page says beside the outcome as a signed attachment', async () => {
    const of = fresh(stopped());
    const extras = { openGates: [{ gate: 'host.destroy', until: '2026-11-20T19:00:00.000Z' }] };
    const options = { outcome: of, audit: world.log, key: world.key, dataDirectory: world.data };
    const { evidence, handOver } = await concludeProcedure({ ...options, extras, language: 'ko' });
    expect(basename(handOver)).toBe('hand-over.ko.html');
    expect(await readFile(handOver, 'utf8')).toContain('holdfast gate close host.destroy');
    expect((await findProcedureEvidence(world.data, of.run)).extras).toEqual(extras);
    const bundle = JSON.parse(await readFile(evidence, 'utf8'));
    bundle.attachments[0].content = bundle.attachments[0].content.replace('destroy', 'read');
    expect(() => verifyEvidence(Buffer.from(`${canonicalJson(bundle)}\n`))).toThrow(
      expect.objectContaining({ code: 'evidence-changed' }),
    );
  });

  it('that is not over yet gets a hand-over page and no signature, and is signed when it has ended', async () => {
    const unfinished = fresh(stopped());
    const page = await writeHandOver({
      outcome: unfinished,
      dataDirectory: world.data,
      extras: { interrupted: true },
    });
    expect(await readFile(page.handOverMarkdown, 'utf8')).toContain(`holdfast runs resume ${unfinished.run}`);
    await expect(findProcedureEvidence(world.data, unfinished.run)).rejects.toMatchObject({ code: 'run-not-signed' });
    const { outcome: signed } = await conclude({ ...outcome(), run: unfinished.run });
    expect(signed.ending).toBe('completed');
    expect(await readFile(page.handOverMarkdown, 'utf8')).not.toContain('runs resume');
  });
});

describe('a changed byte of the evidence of a run is an error that names what changed', () => {
  it('in every field of the statement', async () => {
    const { evidence } = await conclude(fresh(stopped()));
    const bundle = JSON.parse(await readFile(evidence, 'utf8'));
    const text = Buffer.from(bundle.envelope.payload, 'base64').toString('utf8');
    const altered = (from: string, to: string): Buffer => {
      expect(text).toContain(from);
      const payload = Buffer.from(text.replace(from, to)).toString('base64');
      return Buffer.from(`${canonicalJson({ ...bundle, envelope: { ...bundle.envelope, payload } })}\n`);
    };
    for (const [from, to, part] of [
      ['"ending":"stopped"', '"ending":"completed"', 'predicate/outcome/ending'],
      ['"mode":"team"', '"mode":"solo"', 'predicate/outcome/mode'],
      ['"outcome":"unknown"', '"outcome":"succeeded"', 'predicate/outcome/steps/3/'],
      ['urn:holdfast:procedure:v1', 'urn:holdfast:outcome:v1', 'predicateType'],
      ['the cache is rebuilt later', 'the cache is rebuilt later!', 'predicate/outcome/steps/2/answers/1'],
    ] as const) {
      let message = '';
      try {
        verifyEvidence(altered(from, to));
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message, from).toContain(part);
    }
  });

  it('at every seventh byte of the file', async () => {
    const { evidence } = await conclude(fresh());
    const bytes = await readFile(evidence);
    for (let at = 0; at < bytes.length; at += 7) {
      const other = Buffer.from(bytes);
      other[at] = (other[at] ?? 0) ^ (1 << (at % 8));
      expect(() => verifyEvidence(other), `byte ${at}`).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^evidence-(changed|unreadable)$/) }),
      );
    }
  });
});

describe('the evidence of a run', () => {
  it('is found by the id of the run without a database, and refused when it is not there or changed', async () => {
    const of = fresh();
    const { evidence, leaf } = await conclude(of);
    const found = await findProcedureEvidence(world.data, of.run, { trustedKey: world.key.publicKey });
    expect(found).toMatchObject({ path: evidence, proof: { leaf } });
    await expect(findProcedureEvidence(world.data, 'runbook-20261120T180400Z-ffffffff')).rejects.toMatchObject({
      code: 'run-not-signed',
    });
    await writeFile(evidence, (await readFile(evidence, 'utf8')).replace('"index":', '"index":1'));
    await expect(findProcedureEvidence(world.data, of.run)).rejects.toMatchObject({ code: 'evidence-changed' });
  });

  it('of a drill in its place is refused as another kind', async () => {
    const directory = join(world.data, 'evidence', 'runbooks', '2026-11-20-x-0badcafe');
    await writeEvidence({ outcome: drillOutcome(), key: world.key, audit: world.log, directory, name: 'x' });
    await expect(findProcedureEvidence(world.data, 'runbook-20261120T180400Z-0badcafe')).rejects.toMatchObject({
      code: 'evidence-other-kind',
    });
  });
});

/** A log whose process dies before or after one of its calls. */
function dying(moment: 'append' | 'appended' | 'publish' | 'prove'): AuditLog {
  const die = (when: string): void => {
    if (when === moment) throw new Error('power cut');
  };
  return {
    async append(leaf, options) {
      die('append');
      const index = await world.log.append(leaf, options);
      die('appended');
      return index;
    },
    async publish() {
      die('publish');
      return await world.log.publish();
    },
    async prove(index) {
      die('prove');
      return await world.log.prove(index);
    },
  };
}
