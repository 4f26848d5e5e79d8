import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evidenceVerify } from '../../src/operations/evidence.ts';
import { evidenceReport } from '../../src/operations/evidence-report.ts';
import { runbookReport } from '../../src/operations/runbook-report.ts';
import type { OperationContext, Style } from '../../src/operations/types.ts';
import { type ConcludedProcedure, concludeProcedure } from '../../src/procedures/report/conclude.ts';
import { signatureShell } from '../../src/procedures/report/proof-commands.ts';
import { makeWorld, type World } from '../audit/world.ts';
import { fullExtras, stopped } from './outcomes.ts';

let world: World;
let concluded: ConcludedProcedure;

beforeAll(async () => {
  world = await makeWorld();
  concluded = await concludeProcedure({
    outcome: stopped(),
    audit: world.log,
    key: world.key,
    dataDirectory: world.data,
    extras: fullExtras,
  });
});

afterAll(async () => {
  await world.close();
});

const same = (text: string): string => text;
const style: Style = { bold: same, dim: same, green: same, red: same, yellow: same };

function context(language?: 'ko' | 'zh-Hant'): OperationContext {
  const options = { data: world.data, ...(language === undefined ? {} : { language }) };
  const records = () => Promise.reject(new Error('the database was opened'));
  return {
    services: {
      options,
      site: () => Promise.reject(new Error('no site file')),
      clock: { now: () => new Date('2026-11-21T00:00:00Z') },
      records,
    },
    signal: new AbortController().signal,
    report: () => undefined,
  } as unknown as OperationContext;
}

describe('evidence verify', () => {
  it('understands a run of a runbook: how it ended, by whom it could be agreed to, and what is unknown', async () => {
    const input = { file: concluded.evidence, anySigner: false };
    const result = await evidenceVerify.handle(context(), input);
    expect(result).toMatchObject({ kind: 'procedure', ending: 'stopped', mode: 'team', leaf: concluded.leaf });
    expect(result.steps?.find(({ outcome }) => outcome === 'unknown')).toMatchObject({ id: 'restore' });
    expect(evidenceVerify.output.parse(result)).toEqual(result);
    const text = evidenceVerify.text(result, style);
    expect(text).toContain('Run of Bring the ledger back at harbour-clinic');
    expect(text).toContain('6 steps: 2 succeeded, 1 skipped, 1 unknown, 2 not-reached');
    expect(text).toContain('? unknown: restore  Restore the recovery point');
    expect(text).toContain('✔ signed by the key of this data directory');
    const steering = { title: 'a\u001b[2Jb\nVerdict PROVEN', path: 'x', sha256: '' };
    expect(evidenceVerify.text({ ...result, runbook: steering }, style)).toContain(
      'Run of a[U+001B][2Jb Verdict PROVEN at',
    );
  });
});

describe('evidence report', () => {
  it('writes the report of a run in the language of its reader', async () => {
    const out = join(world.data, 'again.html');
    const result = await evidenceReport.handle(context('ko'), { file: concluded.evidence, timezone: 'UTC', out });
    expect(result).toEqual({ report: out, language: 'ko', verdict: 'stopped' });
    expect(await readFile(out, 'utf8')).toContain('중단됨');
  });
});

describe('runbook report', () => {
  it('renders report and hand-over page again from the evidence alone, without a database', async () => {
    const { run } = concluded.outcome;
    const again = await runbookReport.handle(context(), { run, handOver: false });
    expect(await readFile(again.html, 'utf8')).toBe(await readFile(concluded.report, 'utf8'));
    expect(await readFile(again.markdown, 'utf8')).toBe(await readFile(concluded.reportMarkdown, 'utf8'));
    const before = await readFile(join(concluded.directory, 'hand-over.zh-Hant.html'), 'utf8');
    const out = join(world.data, 'elsewhere');
    const page = await runbookReport.handle(context('zh-Hant'), { run, handOver: true, out });
    expect(dirname(page.html)).toBe(out);
    expect(await readFile(page.html, 'utf8')).toBe(before);
    expect(before).toContain('holdfast gate close host.destroy');
  });

  it('says that a run has no evidence, and looks into the records for the hand-over page alone', async () => {
    const input = { run: 'runbook-20261120T180400Z-ffffffff', handOver: false };
    await expect(runbookReport.handle(context(), input)).rejects.toMatchObject({ code: 'run-not-signed' });
    await expect(runbookReport.handle(context(), { ...input, handOver: true })).rejects.toThrow(
      'the database was opened',
    );
  });
});

describe('the commands that the report prints', () => {
  it('are those of docs/runbook-reports.md', async () => {
    const docs = await readFile(new URL('../../docs/runbook-reports.md', import.meta.url), 'utf8');
    expect(docs).toContain(`\`\`\`sh\n${signatureShell('EVIDENCE')}\n\`\`\``);
  });

  it('verify the signature where there is no Holdfast, show the key, the statement and the proof, and find a change', async () => {
    const report = readFileSync(concluded.reportMarkdown, 'utf8');
    const [signature, proof] = ['openssl pkeyutl -verify', 'checkpoint'].map((word) =>
      [...report.matchAll(/```sh\n([\s\S]*?)\n```/g)]
        .map(([, shell]) => shell ?? '')
        .find((shell) => shell.includes(word)),
    );
    const directory = join(world.data, 'by-hand');
    mkdirSync(directory);
    const file = basename(concluded.evidence);
    const bundle = readFileSync(concluded.evidence, 'utf8');
    const run = (shell = '') =>
      execFileSync('/bin/bash', ['-c', `${shell} 2>&1`], {
        cwd: directory,
        encoding: 'utf8',
        stdio: 'pipe',
        env: { PATH: '/usr/bin:/bin' },
      });
    writeFileSync(join(directory, file), bundle);
    const parsed = JSON.parse(bundle);
    const said = run(signature).trim().split('\n');
    expect(said.slice(0, 2)).toEqual([parsed.publicKey, 'Signature Verified Successfully']);
    const statement = readFileSync(said[2] ?? '', 'utf8');
    expect(JSON.parse(statement).predicate.outcome.run).toBe(concluded.outcome.run);
    const { hashes, index } = parsed.proof;
    expect(run(proof).trim().split('\n')).toEqual([
      `"checkpoint":${JSON.stringify(parsed.checkpoint)}`,
      `"hashes":${JSON.stringify(hashes)}`,
      `"index":${index}`,
    ]);
    const payload = Buffer.from(parsed.envelope.payload, 'base64').toString('utf8').replace('"stopped"', '"completed"');
    parsed.envelope.payload = Buffer.from(payload).toString('base64');
    writeFileSync(join(directory, file), JSON.stringify(parsed));
    expect(run(signature)).toContain('Signature Verification Failure');
  });
});
