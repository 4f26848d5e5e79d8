import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/evidence/model.ts';
import { newestPostgres } from '../../src/process/postgres-programs.ts';
import { type Ended, smallSite, startHoldfast, type TestSite } from '../services/holdfast.ts';
import { asRoot } from '../services/programs.ts';

interface Drilled {
  readonly outcome: Outcome;
  readonly evidence: string;
  readonly report: string;
}

let site: TestSite;
let siteText: string;
/** Programs of this machine without bubblewrap. */
let withoutSandbox: string;

beforeAll(async () => {
  site = await smallSite(0.003);
  siteText = readFileSync(site.world.siteFile, 'utf8');
  withoutSandbox = mkdtempSync('/var/tmp/hf-path-');
  for (const directory of (process.env.PATH ?? '').split(':')) linkAll(directory, withoutSandbox);
  await site.json(0, 'protect');
}, 120_000);

afterAll(async () => {
  await site?.remove();
  rmSync(withoutSandbox, { recursive: true, force: true });
});

describe('A recovery point is PROVEN only by a restore in isolation whose checks ran; what could not be checked is never green', () => {
  test('before any drill it is not proven, nor is it by having been backed up', async () => {
    expect(await proofs()).toEqual([null, null]);
  });

  test('where a sandbox is demanded and cannot be had, the drill is refused and proves nothing', {
    timeout: 60_000,
  }, async () => {
    writeSite(`isolation: sandbox\n${siteText}`);
    const refused = await drill(['drill'], { PATH: withoutSandbox });
    expect(refused.code).toBe(5);
    expect(refused.answer).toMatchObject({ error: { code: 'isolation-too-weak' } });
    expect(await proofs()).toEqual([null, null]);
    expect(readdirSync(site.data)).not.toContain('evidence');
  });

  test('where any isolation will do, the verdict, the evidence and the report name the weaker one', {
    timeout: 60_000,
  }, async () => {
    writeSite(`isolation: any\n${siteText}`);
    const { code, answer } = await drill(['drill'], { PATH: withoutSandbox });
    const { outcome, evidence, report } = answer as unknown as Drilled;
    expect({ code, verdict: outcome.verdict, isolation: outcome.isolation }).toEqual({
      code: 0,
      verdict: 'PROVEN',
      isolation: 'process',
    });
    expect(await site.holdfast('evidence', 'verify', evidence)).toMatchObject({ code: 0 });
    expect(statementOf(evidence)).toMatchObject({ predicate: { outcome: { isolation: 'process' } } });
    const page = readFileSync(report, 'utf8');
    expect(page).toContain('Weaker than a sandbox');
    expect(page).not.toContain('in a sandbox without network');
    const text = await startHoldfast(['drill', 'documents', ...site.options], { PATH: withoutSandbox }).ended;
    expect(text.stdout).toContain('isolation process');
  });

  test('with a sandbox the same drill says so', { timeout: 60_000 }, async () => {
    writeSite(`isolation: sandbox\n${siteText}`);
    const { code, answer } = await drill(['drill']);
    const { outcome, report } = answer as unknown as Drilled;
    expect([code, outcome.verdict, outcome.isolation]).toEqual([0, 'PROVEN', 'sandbox']);
    expect(readFileSync(report, 'utf8')).toContain('sandbox without network');
  });

  test('an expectation that PostgreSQL refuses is FAILED, and every other check still says what it saw', {
    timeout: 60_000,
  }, async () => {
    writeSite(
      siteText.replace(
        '    checks:\n',
        '    checks:\n      - sql: { query: "select count(*) from no_such_table", expect: 0 }\n',
      ),
    );
    const { code, answer } = await drill(['drill', 'records']);
    const { outcome } = answer as unknown as Drilled;
    expect([code, outcome.verdict]).toEqual([3, 'FAILED']);
    const failed = outcome.assets[0]?.checks.filter(({ status }) => status !== 'passed').map(({ name }) => name);
    expect(failed).toEqual(['sql']);
    expect(await proofs('records')).toEqual(['FAILED']);
  });

  test.runIf(asRoot)(
    'a check whose program is missing makes the verdict COULD NOT VERIFY',
    { timeout: 60_000 },
    async () => {
      writeSite(siteText);
      const { bin } = await newestPostgres();
      const { code, answer } = await drillHiding(join(bin, 'pg_amcheck'));
      const { outcome } = answer as unknown as Drilled;
      expect([code, outcome.verdict]).toEqual([4, 'COULD NOT VERIFY']);
      const open = outcome.assets[0]?.checks.filter(({ status }) => status !== 'passed');
      expect(open?.map(({ name, status }) => [name, status])).toEqual([['amcheck', 'could-not-run']]);
      expect(await proofs('records')).toEqual(['COULD NOT VERIFY']);
    },
  );

  test('a store whose disk is not there is COULD NOT VERIFY, never FAILED and never green', {
    timeout: 60_000,
  }, async () => {
    writeSite(siteText);
    const aside = `${site.world.stores.second}.unmounted`;
    renameSync(site.world.stores.second, aside);
    mkdirSync(site.world.stores.second);
    try {
      await expectNotVerified('store-missing');
    } finally {
      rmSync(site.world.stores.second, { recursive: true });
      renameSync(aside, site.world.stores.second);
    }
  });

  test('a store on a machine that does not answer is COULD NOT VERIFY', { timeout: 60_000 }, async () => {
    writeSite(siteText.replace('path: stores/second', 'sftp: "nobody@holdfast.invalid:/backups"'));
    await expectNotVerified('store-unreachable');
  });

  test('a store whose password cannot be read is COULD NOT VERIFY', { timeout: 60_000 }, async () => {
    const [before, after = ''] = siteText.split('  second:');
    writeSite(`${before}  second:${after.replace('{ file: secrets/store-password }', '{ env: NOT_SET }')}`);
    await expectNotVerified('secret-not-set');
  });

  test('a drill that could look again is PROVEN again', { timeout: 60_000 }, async () => {
    writeSite(siteText);
    const { code } = await drill(['drill', '--from', 'second']);
    expect(code).toBe(0);
    expect(await proofs()).toEqual(['PROVEN', 'PROVEN']);
  });
});

async function expectNotVerified(error: string): Promise<void> {
  const { code, answer } = await drill(['drill', '--from', 'second']);
  const { outcome, report } = answer as unknown as Drilled;
  expect(outcome.assets.map((asset) => [asset.verdict, asset.error?.code])).toEqual([
    ['COULD NOT VERIFY', error],
    ['COULD NOT VERIFY', error],
  ]);
  expect([code, outcome.verdict]).toEqual([4, 'COULD NOT VERIFY']);
  expect(readFileSync(report, 'utf8')).toContain('COULD NOT VERIFY');
  expect(await proofs()).toEqual(['COULD NOT VERIFY', 'COULD NOT VERIFY']);
}

async function drill(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly answer: Record<string, unknown> }> {
  const ended = await startHoldfast([...words, '--json', ...site.options], env).ended;
  return { code: ended.code, answer: parse(ended) };
}

/** The same with a program covered by an empty file, in a mount namespace of its own: this machine keeps it. */
async function drillHiding(program: string): ReturnType<typeof drill> {
  const main = new URL('../../src/main.ts', import.meta.url).pathname;
  const script = 'mount --bind /dev/null "$0" && exec "$@"';
  const words = [process.execPath, main, 'drill', 'records', '--json', ...site.options];
  const child = spawn('/usr/bin/unshare', ['--mount', 'sh', '-c', script, program, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8' },
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, answer: JSON.parse(stdout) as Record<string, unknown> };
}

function parse({ stdout, stderr }: Ended): Record<string, unknown> {
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** The last word on each recovery point, sorted by asset. */
async function proofs(asset?: string): Promise<(string | null)[]> {
  const { points } = (await site.json(0, 'points', ...(asset === undefined ? [] : [asset]))) as unknown as {
    points: { asset: string; proof: { verdict: string } | null }[];
  };
  return points.sort((a, b) => (a.asset < b.asset ? -1 : 1)).map(({ proof }) => proof?.verdict ?? null);
}

function writeSite(text: string): void {
  writeFileSync(site.world.siteFile, text);
}

/** The in-toto statement in a signed bundle. */
function statementOf(path: string): unknown {
  const { envelope } = JSON.parse(readFileSync(path, 'utf8')) as { envelope: { payload: string } };
  return JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8'));
}

function linkAll(from: string, into: string): void {
  // npm puts directories on the PATH that need not be there.
  if (!existsSync(from)) return;
  for (const name of readdirSync(from, { withFileTypes: true })) {
    if (name.name === 'bwrap' || name.isDirectory()) continue;
    try {
      symlinkSync(join(from, name.name), join(into, name.name));
    } catch {
      // A directory before it on the PATH has one of that name.
    }
  }
}
