import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/store/open-database.ts';
import { type RemoteSite, remoteSite } from '../runbooks/remote.ts';
import { findPlanted, findPlantedBelow, type Planted, plant, watchCommandLines } from '../services/planted.ts';

const planted: Planted = { 'secret of the site file': plant('site') };
/** In the runbook itself: what looks like a secret is one, whoever wrote it. */
const written: Planted = {
  'password in a URL of the runbook': 'hunter2hunter2',
  'key in the output': `AKIA${'QX7RT2LM9KDJ4WZP'}`,
};
const secret = planted['secret of the site file'] ?? '';

let site: RemoteSite;

beforeAll(async () => {
  site = await remoteSite(1, { language: 'ko', secrets: { API_TOKEN: { env: 'THE_TOKEN' } } });
}, 120_000);

afterAll(async () => {
  await site?.remove();
});

test('4. A secret planted in a command, an output, a parameter or an environment never reaches the database, a log, evidence or a page', {
  timeout: 120_000,
}, async () => {
  const path = site.write('secrets', [
    'echo "token is $API_TOKEN"; echo "again $API_TOKEN" >&2',
    'printf %s "$API_TOKEN" | base64; printf %s "$API_TOKEN" | head -c 12; sleep 0.3; printf %s "$API_TOKEN" | tail -c +13',
    `echo connecting to postgres://app:${written['password in a URL of the runbook']}@db1/ledger`,
    `echo ${written['key in the output']?.slice(0, 4)}${written['key in the output']?.slice(4)}; exit 1`,
  ]);
  const watch = watchCommandLines(planted);
  const said: string[] = [];
  const started = site.start(['runbook', 'run', path, '--target', 'host1', '--auto', 'all', '--verbose'], {
    THE_TOKEN: secret,
  });
  const { id, name } = await failedQuestion();
  said.push((await site.holdfast('runs', 'questions')).stdout);
  const answered = await site.holdfast('runs', 'answer', id, name, 'abort', '--reason', 'enough');
  const ended = await started.ended;
  expect(ended.code, ended.stderr).toBe(1);
  said.push(answered.stdout, answered.stderr, ended.stdout, ended.stderr);
  said.push((await site.holdfast('runs', 'show', id, '--json')).stdout);
  said.push((await site.holdfast('audit', 'list', '--json')).stdout);
  expect(watch.stop(), 'no argument list held it').toEqual([]);
  const all: Planted = { ...planted, ...written };
  expect(said.flatMap((text, index) => findPlanted(all, `what was said ${index}`, text))).toEqual([]);
  // The owner's own text of the runbook is kept for the run to be resumed from, and is the one file that may hold what it holds.
  const data = join(site.directory, 'data');
  for (const part of readdirSync(data).filter((entry) => entry !== 'runbooks'))
    expect(findPlantedBelow(all, join(data, part))).toEqual([]);
  expect(findPlantedBelow(planted, join(data, 'runbooks'))).toEqual([]);
  // What the steps said is there all the same: masked, not dropped.
  const outputs = readdirSync(join(data, 'outputs', id));
  expect(outputs.length).toBeGreaterThanOrEqual(4);
  const report = readFileSync(join(dirname(evidenceOf(ended.stdout)), 'report.md'), 'utf8');
  expect(report).toContain('token is');
  expect(report).toContain('redacted');
  await expectRowsWithout(all, data);
});

test('nor by a title that is made of a command, a default, a heading or a list of people of the runbook', {
  timeout: 120_000,
}, async () => {
  const inText: Planted = {
    'password in a URL': 'hunter3hunter3',
    'key in the middle of a long line': `AKIA${'QX7RT2LM9KDJ4WZQ'}`,
    'password in a heading': 'hunter4hunter4',
    'default of a parameter': 'hunter5hunter5',
    'word beside a contact': 'hunter6hunter6',
  };
  const [url, key, heading, otherwise, contact] = Object.values(inText);
  const path = join(site.directory, 'titles.md');
  const steps = [
    `echo connecting to postgres://app:${url}@db1/ledger`,
    `echo ${'a very long line of words '.repeat(2)} and then ${key} in the middle of it`,
    `true "\${DB_PASSWORD:-${otherwise}}"; exit 1`,
  ];
  writeFileSync(
    path,
    `# Titles\n\n## Contacts\n\n| Name | Contact |\n|---|---|\n| Kim | 010, password: ${contact} |\n\n## With password: ${heading}\n\n${steps.map((step) => `\`\`\`bash\n${step}\n\`\`\``).join('\n\n')}\n`,
  );
  const started = site.start(['runbook', 'run', path, '--target', 'host1', '--auto', 'all']);
  const { id } = await failedQuestion();
  // While it waits, what was done so far is read back from its records; cancelled, it is signed.
  const shown = await site.holdfast('runbook', 'report', id, '--hand-over');
  expect(shown.code, shown.stderr).toBe(0);
  await site.holdfast('runs', 'cancel', id);
  const ended = await started.ended;
  const evidence = readdirSync(join(site.directory, 'data', 'evidence', 'runbooks')).filter((entry) =>
    entry.includes('titles'),
  );
  expect(evidence).toHaveLength(1);
  const beside = join(site.directory, 'data', 'evidence', 'runbooks', evidence[0] ?? '');
  expect(readFileSync(join(beside, 'hand-over.en.md'), 'utf8')).toContain('Kim');
  expect(shown.stdout, 'in the language of the site').toContain('hand-over.ko.html');
  expect(readFileSync(join(beside, 'report.md'), 'utf8')).toMatch(/^# 실행 보고서/);
  expect(findPlanted(inText, 'what was said', ended.stdout + ended.stderr)).toEqual([]);
  const data = join(site.directory, 'data');
  for (const part of readdirSync(data).filter((entry) => entry !== 'runbooks'))
    expect(findPlantedBelow(inText, join(data, part))).toEqual([]);
  await expectRowsWithout(inText, data);
});

test('nor by what somebody says who decides', { timeout: 120_000 }, async () => {
  const word = 'hunter7hunter7';
  const reason = ['--reason', `the password=${word} is known`];
  const subject = ['a'.repeat(64), '--step', 's1.1', '--target', 'target host1', '--effects', 'destroy'];
  const said = [
    await site.holdfast(
      'gate',
      'open',
      'scan.active',
      '--for',
      '1h',
      '--evidence',
      `https://u:${word}@h/`,
      ...reason,
      '--yes',
    ),
    await site.holdfast('gate', 'close', 'scan.active', ...reason),
    await site.holdfast('gate', 'break-glass', 'scan.active', ...reason, '--yes'),
    await site.holdfast('approval', 'request', ...subject, '--command', `login --password ${word}`, '--json'),
  ];
  const { id } = JSON.parse(said.at(-1)?.stdout ?? '') as { id: string };
  said.push(await site.holdfast('approval', 'deny', id, ...reason));
  for (const { code, stderr } of said) expect(code, stderr).toBe(0);
  const data = join(site.directory, 'data');
  expect(findPlantedBelow({ word }, join(data, 'audit'))).toEqual([]);
  await expectRowsWithout({ word }, data);
});

test('a value that looks like a secret is refused as a parameter, before it is in any record', async () => {
  const path = site.write('parameter', ['echo $NAME']);
  const ended = await site.holdfast('runbook', 'run', path, '--param', `NAME=${written['key in the output']}`);
  expect(ended.code).toBe(2);
  expect(findPlanted(written, 'the refusal', ended.stderr + ended.stdout)).toEqual([]);
});

test('a secret written into the text of a command is refused: it would be in a script on the target', async () => {
  const path = join(site.directory, 'text.md');
  writeFileSync(path, '# Text\n\n## Steps\n\n```bash\ncurl -H "X: <API_TOKEN>" https://example.test\n```\n');
  const ended = await site.start(['runbook', 'run', path, '--target', 'host1', '--dry-run', '--json'], {
    THE_TOKEN: secret,
  }).ended;
  expect(findPlanted(planted, 'the plan', ended.stdout + ended.stderr)).toEqual([]);
  expect(ended.stdout).toContain('refer to it as $API_TOKEN');
});

async function failedQuestion(): Promise<{ readonly id: string; readonly name: string }> {
  for (const end = performance.now() + 60_000; performance.now() < end; ) {
    const { questions } = (await site.json('runs', 'questions')) as { questions: { run: string; name: string }[] };
    const [first] = questions;
    if (first !== undefined) return { id: first.run, name: first.name };
  }
  throw new Error('the failed step asked nobody');
}

function evidenceOf(stdout: string): string {
  const path = /^Evidence\s+(\S+\.dsse)/m.exec(stdout)?.[1] ?? '';
  expect(readFileSync(path).length).toBeGreaterThan(0);
  return path;
}

/** A long value is compressed in the database's files: its rows are read as text too. */
async function expectRowsWithout(secrets: Planted, data: string): Promise<void> {
  const database = await openDatabase({ dataDirectory: data, signal: new AbortController().signal });
  try {
    const tables = await database.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('holdfast', 'dbos')",
    );
    expect(tables.length).toBeGreaterThan(8);
    for (const { name } of tables) {
      for (const { row } of await database.query<{ row: string }>(`select t::text as row from ${name} t`))
        expect(findPlanted(secrets, name, row)).toEqual([]);
    }
  } finally {
    await database.close();
  }
}
