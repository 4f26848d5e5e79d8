import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { ProcedureOutcome } from '../../src/evidence/procedure-model.ts';
import { until } from '../runbooks/remote.ts';
import { startHoldfast } from '../services/holdfast.ts';
import { removeDirectory } from '../services/programs.ts';

const directory = mkdtempSync('/var/tmp/hf-runbook-team-');
const file = (name: string) => join(directory, name);
const options = ['--site', file('holdfast.yaml'), '--data', file('data')];
const holdfast = (...words: string[]) => startHoldfast([...words, ...options]).ended;
const as = (name: string) => ['--as', name, '--key', file(name)];

beforeAll(() => {
  chmodSync(directory, 0o755);
  mkdirSync(file('place'), { mode: 0o777 });
  chmodSync(file('place'), 0o777);
  for (const name of ['kim', 'lee', 'park'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file(name)]);
  const people = Object.fromEntries(
    ['kim', 'lee', 'park'].map((name) => [name, { keys: [readFileSync(file(`${name}.pub`), 'utf8').trim()] }]),
  );
  const authority = { people, owners: { '*': ['kim'] } };
  writeFileSync(
    file('holdfast.yaml'),
    stringify({ site: 'clinic', targets: { local: { local: true, live: false } }, authority }),
  );
  const steps = `\`\`\`bash\necho kept > ${file('place')}/kept\n\`\`\`\n\n\`\`\`bash\nrm -rf ${file('place')}/old && echo gone > ${file('place')}/gone\n\`\`\`\n`;
  writeFileSync(file('cleanup.md'), `# Clean up\n\n## Steps\n\n${steps}`);
});

afterAll(() => removeDirectory(directory));

test('what destroys waits until others have agreed to this very command with their own keys, and the evidence names them', {
  timeout: 180_000,
}, async () => {
  const opened = await holdfast(
    'gate',
    'open',
    'host.read',
    'host.write',
    'host.destroy',
    '--for',
    '1h',
    '--reason',
    'clean up',
    '--validation-plan',
    'look',
    ...as('kim'),
  );
  expect(opened.code, opened.stderr).toBe(0);
  const run = startHoldfast(['runbook', 'run', file('cleanup.md'), '--auto', 'all', '--json', ...options]);
  await until('it asks for the name of the target', async () => (await questions()).length > 0);
  const [question] = await questions();
  expect(question?.choices[0]?.typed).toBe('local');
  const typed = await holdfast('runs', 'answer', question?.run ?? '', question?.name ?? '', 'run', '--value', 'local');
  expect(typed.code, typed.stderr).toBe(0);
  await until('it waits for an approval', async () => (await approvals()).length > 0);
  const [approval] = await approvals();
  const id = approval?.id ?? '';
  // Nobody whom the site knows runs it: what is shown says how many that takes.
  expect(approval?.needs).toEqual([{ need: 2, roles: [] }]);
  expect(existsSync(join(file('place'), 'kept')), 'the step before it ran').toBe(true);
  expect(existsSync(join(file('place'), 'gone')), 'nothing was destroyed yet').toBe(false);
  const forged = await holdfast('approval', 'grant', id, '--as', 'lee', '--key', file('park'), '--reason', 'x');
  expect(forged.code, 'the key of another').not.toBe(0);
  // Who runs it is an account that the site does not know: it may be any of them, so one more must agree.
  for (const name of ['lee', 'park']) {
    const granted = await holdfast('approval', 'grant', id, ...as(name), '--reason', 'looked at it');
    expect(granted.code, granted.stderr).toBe(0);
  }
  const ended = await run.ended;
  expect(ended.code, ended.stderr).toBe(0);
  const { outcome } = JSON.parse(ended.stdout) as { outcome: ProcedureOutcome };
  expect(outcome.mode).toBe('team');
  expect(outcome.steps[1]?.approvals.map(({ by }) => by).sort()).toEqual(['lee', 'park']);
  expect(readFileSync(join(file('place'), 'gone'), 'utf8')).toBe('gone\n');
});

test('what was agreed to ahead goes on without waiting', { timeout: 120_000 }, async () => {
  const keep = file('ahead.md');
  writeFileSync(keep, `# Ahead\n\n## Steps\n\n\`\`\`bash\nrm -rf ${file('place')}/ahead\n\`\`\`\n`);
  const begin = () => startHoldfast(['runbook', 'run', keep, '--json', ...options]);
  const agree = async () => {
    await until('it asks', async () => (await questions()).length > 0);
    const [question] = await questions();
    await holdfast('runs', 'answer', question?.run ?? '', question?.name ?? '', 'run', '--value', 'local');
    return question?.run ?? '';
  };
  const first = begin();
  const run = await agree();
  await until('it waits for an approval', async () => (await approvals()).length > 0);
  const [shown] = await approvals();
  await holdfast('runs', 'cancel', run);
  await first.ended;
  const { sha256 = '', step = '', target = '', effects = [], command = '', runbook = '' } = shown ?? {};
  const asked = await holdfast(
    ...['approval', 'request', sha256, '--step', step, '--target', target, '--command', command, '--runbook', runbook],
    ...effects.flatMap((effect) => ['--effects', effect]),
    '--json',
  );
  expect(asked.code, asked.stderr).toBe(0);
  const { id } = JSON.parse(asked.stdout) as { id: string };
  for (const name of ['lee', 'park']) await holdfast('approval', 'grant', id, ...as(name), '--reason', 'ahead');
  const second = begin();
  await agree();
  const ended = await second.ended;
  expect(ended.code, ended.stderr).toBe(0);
  const { outcome } = JSON.parse(ended.stdout) as { outcome: ProcedureOutcome };
  expect(outcome.steps[0]?.approvals.map((approval) => approval.id)).toEqual([id, id]);
});

test('what nobody there can agree to does not begin and does not end the run: somebody says what is to be done', {
  timeout: 60_000,
}, async () => {
  writeFileSync(
    file('nine.md'),
    `# Nine\n\n## Steps\n\n\`\`\`bash {approve="9"}\necho never > ${file('place')}/never\n\`\`\`\n`,
  );
  const run = startHoldfast(['runbook', 'run', file('nine.md'), '--auto', 'all', '--json', ...options]);
  await until('it asks what is to be done', async () => (await questions()).length > 0);
  const [question] = await questions();
  expect(question?.name).toBe('s1:failed-1');
  expect(question?.details[0]).toContain('must agree, and besides');
  await holdfast('runs', 'answer', question?.run ?? '', 's1:failed-1', 'abort');
  const ended = await run.ended;
  expect(ended.code, ended.stderr).toBe(1);
  const { outcome } = JSON.parse(ended.stdout) as { outcome: ProcedureOutcome };
  expect(outcome.steps[0]?.targets).toMatchObject([
    { outcome: 'not-started', why: expect.stringContaining('must agree') },
  ]);
  expect(existsSync(join(file('place'), 'never'))).toBe(false);
});

interface Asked {
  readonly run: string;
  readonly name: string;
  readonly details: readonly string[];
  readonly choices: readonly { readonly typed?: string }[];
}

async function questions(): Promise<readonly Asked[]> {
  const ended = await holdfast('runs', 'questions', '--json');
  return (JSON.parse(ended.stdout) as { questions: Asked[] }).questions;
}

interface Shown {
  readonly id: string;
  readonly sha256: string;
  readonly step: string;
  readonly target: string;
  readonly effects: readonly string[];
  readonly needs: readonly { readonly need: number; readonly roles: readonly string[] }[];
  readonly command: string;
  readonly runbook?: string;
}

async function approvals(): Promise<readonly Shown[]> {
  const ended = await holdfast('approval', 'list', '--json');
  const found = (JSON.parse(ended.stdout) as { approvals: (Shown & { state: string })[] }).approvals;
  return found.filter(({ state }) => state === 'waiting');
}
