import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { childAccountNow } from '../../src/process/account.ts';
import { startHoldfast } from '../services/holdfast.ts';
import { markedRuns } from '../services/leftovers.ts';
import { until } from './remote.ts';

const directory = mkdtempSync('/var/tmp/hf-resumed-');
const file = (name: string) => join(directory, name);
const options = ['--site', file('holdfast.yaml'), '--data', file('data')];
const holdfast = (...words: string[]) => startHoldfast([...words, ...options]).ended;

beforeAll(async () => {
  chmodSync(directory, 0o711);
  writeFileSync(
    file('holdfast.yaml'),
    'site: here\ntargets:\n  local: { local: true, live: false }\nsecrets:\n  DB_PASSWORD: { env: HF_TEST_SECRET }\n',
  );
  writeFileSync(file('secret.md'), '# Secret\n\n## Steps\n\n```bash\ntest "$DB_PASSWORD" = /nowhere\n```\n');
  writeFileSync(
    file('fails.md'),
    '# Fails\n\n## Steps\n\n```bash\ntest -e /nowhere\n```\n\n```bash\necho after\n```\n',
  );
  const opened = await holdfast('gate', 'open', 'host.read', '--for', '1h', '--reason', 'a test', '--yes');
  expect(opened.code, opened.stderr).toBe(0);
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Asked {
  readonly run: string;
  readonly name: string;
}

async function asked(): Promise<Asked | undefined> {
  const { stdout } = await holdfast('runs', 'questions', '--json');
  return (JSON.parse(stdout) as { questions: Asked[] }).questions[0];
}

/** The id of a run whose step failed, and whose process was killed while it asked what is to be done. */
async function killedAtQuestion(
  runbook = 'fails.md',
  env = {},
  meanwhile?: (run: string) => Promise<void>,
): Promise<string> {
  const run = startHoldfast(['runbook', 'run', file(runbook), '--auto', 'all', ...options], env);
  let question: Asked | undefined;
  await until('it asks what is to be done about the failure', async () => {
    question = await asked();
    return question?.name === 's1:failed-1';
  });
  expect(run.stderr(), 'how to answer, cancel and resume it is known from the screen').toContain(question?.run);
  await meanwhile?.(question?.run ?? '');
  run.kill('SIGKILL');
  await run.ended;
  return question?.run ?? '';
}

test.each([
  ['abort', 1, 'Stopped', 'stopped'],
  ['skip', 4, 'Completed, with gaps', 'completed-with-gaps'],
])(
  'a run that is resumed and answered with %s ends as it would have: with %i, and says so',
  {
    timeout: 60_000,
  },
  async (choice, code, said, ending) => {
    const id = await killedAtQuestion();
    const answered = await holdfast('runs', 'answer', id, 's1:failed-1', choice, '--reason', 'seen');
    expect(answered.code, answered.stderr).toBe(0);
    const resumed = await holdfast('runs', 'resume', id);
    expect(resumed.code, resumed.stderr).toBe(code);
    expect(resumed.stdout).toContain(said);
    expect(resumed.stdout).toMatch(/^Hand-over \//m);
    expect((await holdfast('runs', 'list')).stdout).toMatch(new RegExp(`${id} .* ${ending}$`, 'm'));
    expect(markedRuns(childAccountNow()), 'its markers have served').not.toContain(id);
  },
);

test('a run that is cancelled after its process was killed leaves no markers either', { timeout: 60_000 }, async () => {
  const id = await killedAtQuestion();
  expect(markedRuns(childAccountNow())).toContain(id);
  const cancelled = await holdfast('runs', 'cancel', id);
  expect(cancelled.code, cancelled.stderr).toBe(0);
  expect(markedRuns(childAccountNow())).not.toContain(id);
});

const planted = { HF_TEST_SECRET: 'planted-in-the-environment' };

test('a run whose secret is not at hand is handed over, cancelled and resumed all the same', {
  timeout: 90_000,
}, async () => {
  const id = await killedAtQuestion('secret.md', planted);
  const page = await holdfast('runbook', 'report', id, '--hand-over');
  expect(page.code, page.stderr).toBe(0);
  const without = await holdfast('runs', 'resume', id);
  expect(without.code).toBe(6);
  expect(without.stderr).toContain('secret-not-set');
  expect(without.stderr, 'whoever has the secret is told how to go on').toContain('Hand-over page');
  await holdfast('runs', 'answer', id, 's1:failed-1', 'abort');
  const resumed = await startHoldfast(['runs', 'resume', id, ...options], planted).ended;
  expect(resumed.code, resumed.stderr).toBe(1);

  const other = await killedAtQuestion('secret.md', planted);
  const cancelled = await holdfast('runs', 'cancel', other);
  expect(cancelled.code, cancelled.stderr).toBe(0);
  expect(cancelled.stdout).toContain('cancelled');
  expect(markedRuns(childAccountNow()), 'it was looked for').not.toContain(other);
});

test('a run that is under way is handed over as such: nobody is told to begin it again', {
  timeout: 60_000,
}, async () => {
  let text = '';
  const id = await killedAtQuestion('fails.md', {}, async (run) => {
    const { stdout } = await holdfast('runbook', 'report', run, '--hand-over', '--json');
    text = readFileSync((JSON.parse(stdout) as { markdown: string }).markdown, 'utf8');
  });
  expect(text).toContain('UNDER WAY');
  expect(text).toContain(`holdfast runs questions ${id}`);
  expect(text).not.toContain('--from');
  await holdfast('runs', 'cancel', id);
});

test('a step that failed does not stay verified because its run was cancelled', { timeout: 90_000 }, async () => {
  const verified = async () => (await holdfast('runbook', 'check', file('sometimes.md'))).stdout;
  const wrong = file('wrong');
  writeFileSync(file('sometimes.md'), `# Sometimes\n\n## Steps\n\n\`\`\`bash\ntest ! -e ${wrong}\n\`\`\`\n`);
  const run = () => startHoldfast(['runbook', 'run', file('sometimes.md'), '--auto', 'all', ...options]);
  expect((await run().ended).code).toBe(0);
  expect(await verified()).toContain('1 of 1 command');
  writeFileSync(wrong, '');
  const failed = run();
  await until('it asks what is to be done', async () => (await asked())?.name === 's1:failed-1');
  failed.kill('SIGINT');
  expect((await failed.ended).code).toBe(130);
  expect(await verified()).toContain('0 of 1 command');
});
