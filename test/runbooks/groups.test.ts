import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSshd, type TestSshd } from '../services/sshd.ts';
import { agree, type Desk, openDesk } from './desk.ts';
import { linesIn } from './remote.ts';

let sshd: TestSshd;
let desk: Desk;

const names = Array.from({ length: 12 }, (_, index) => `host${index + 1}`);

beforeAll(async () => {
  sshd = await startSshd({ count: 12 });
  const targets = Object.fromEntries(sshd.hosts.map(({ name, entry }) => [name, { ...entry, live: false }]));
  desk = await openDesk({
    targets,
    groups: {
      all: { targets: names, width: 4, 'error-limit': 12 },
      careful: { targets: names, width: 1, 'error-limit': 0 },
      two: { targets: ['host1', 'host2'], width: 2, 'error-limit': 2 },
    },
  });
}, 120_000);

afterAll(async () => {
  await desk?.close();
  await sshd?.stop();
});

const runbook = (command: string, attributes = '') =>
  `# Group\n\n## Steps\n\n\`\`\`bash${attributes}\n${command}\n\`\`\`\n`;
const homes = () => sshd.hosts.map(({ home }) => home);

test('a step on a group has an outcome of its own for each host, and is tried again only where it failed', async () => {
  for (const home of homes().slice(0, 3)) writeFileSync(join(home, 'broken'), '');
  let asked = 0;
  const outcome = await desk.outcome(runbook('echo once >> ~/log; uname -n; test ! -e ~/broken'), {
    target: 'all',
    says: (question) => {
      if (question.kind !== 'failed-step') return agree(question);
      asked += 1;
      for (const home of homes()) if (existsSync(join(home, 'broken'))) writeFileSync(join(home, 'mended'), '');
      return asked === 1 ? { choice: 'retry' } : { choice: 'skip', reason: 'by hand' };
    },
  });
  const [step] = outcome.steps;
  expect(step?.targets).toHaveLength(12);
  expect(
    step?.targets
      .filter((target) => target.outcome === 'failed')
      .map(({ target }) => target)
      .sort(),
  ).toEqual(names.slice(0, 3));
  expect(homes().map((home) => linesIn(join(home, 'log')).length)).toEqual([2, 2, 2, ...Array(9).fill(1)]);
  expect(outcome.ending).toBe('completed-with-gaps');
  expect(outcome.targets).toHaveLength(12);
}, 60_000);

test('no host is begun any more once more have failed than may', async () => {
  const outcome = await desk.outcome(runbook('echo careful >> ~/careful; exit 7'), {
    target: 'careful',
    says: (question) => (question.kind === 'failed-step' ? { choice: 'abort' } : agree(question)),
  });
  const [step] = outcome.steps;
  expect(step?.targets.filter((target) => target.outcome === 'failed')).toHaveLength(1);
  expect(step?.targets.filter((target) => target.outcome === 'not-started')).toHaveLength(11);
  expect(homes().filter((home) => existsSync(join(home, 'careful')))).toHaveLength(1);
}, 60_000);

test('a host that cannot be reached is its own failure, and the others do the step', async () => {
  const [first] = sshd.hosts;
  await first?.down();
  const outcome = await desk.outcome(runbook('echo reached >> ~/reached'), {
    target: 'all',
    says: (question) =>
      question.kind === 'failed-step' ? { choice: 'skip', reason: 'its disk is gone' } : agree(question),
  });
  await first?.up();
  const [step] = outcome.steps;
  expect(step?.targets.find(({ target }) => target === 'host1')).toMatchObject({ outcome: 'not-started' });
  expect(step?.targets.filter((target) => target.outcome === 'succeeded')).toHaveLength(11);
  expect(
    homes()
      .slice(1)
      .map((home) => readFileSync(join(home, 'reached'), 'utf8')),
  ).toEqual(Array(11).fill('reached\n'));
}, 60_000);

/** How often the step ran on each of the two hosts. */
const times = (file: string) =>
  homes()
    .slice(0, 2)
    .map((home) => linesIn(join(home, file)).length);

test('a host that is still away when it is tried again is tried again alone: where it is done nothing is repeated', async () => {
  const [first] = sshd.hosts;
  await first?.down();
  let asked = 0;
  const outcome = await desk.outcome(runbook('echo away >> ~/away'), {
    target: 'two',
    says: (question) => {
      if (question.kind !== 'failed-step') return agree(question);
      asked += 1;
      if (asked === 1) return { choice: 'retry' };
      void first?.up().then(async () => {
        const [open] = await desk.runs().questions();
        await desk.runs().answer(open?.run ?? '', question.name, { choice: 'retry' });
      });
      return undefined;
    },
  });
  expect(asked).toBe(2);
  expect(outcome.ending).toBe('completed');
  expect(times('away')).toEqual([1, 1]);
}, 60_000);

test('what failed beside a host of which nobody knows is tried again with it', async () => {
  const [first, second] = sshd.hosts;
  writeFileSync(join(first?.home ?? '', 'fails'), '');
  writeFileSync(join(second?.home ?? '', 'hangs'), '');
  const command =
    'echo beside >> ~/beside; if [ -e ~/fails ]; then rm ~/fails; exit 1; fi; test ! -e ~/hangs || sleep 60';
  const run = await desk.start(runbook(command), {
    target: 'two',
    says: (question) =>
      question.kind === 'unknown-outcome' ? { choice: 'was-not-done', reason: 'looked' } : agree(question),
  });
  await expect.poll(() => times('beside'), { timeout: 20_000 }).toEqual([1, 1]);
  rmSync(join(second?.home ?? '', 'hangs'));
  for (const pid of second?.steps() ?? []) process.kill(pid, 'SIGKILL');
  const { outcome } = await run.result();
  expect(outcome.ending).toBe('completed');
  expect(times('beside')).toEqual([2, 2]);
}, 60_000);

test('where a step was taken back it is done anew, and it is taken back once', async () => {
  const [first, second] = sshd.hosts;
  for (const host of [first, second]) writeFileSync(join(host?.home ?? '', 'odd'), '');
  writeFileSync(join(second?.home ?? '', 'stuck'), '');
  const failures = [{ choice: 'rollback' }, { choice: 'rollback' }, { choice: 'retry' }];
  const outcome = await desk.outcome(
    runbook('echo done >> ~/done; test ! -e ~/odd', ' {rollback="test ! -e ~/stuck && echo undone >> ~/undone"}'),
    {
      target: 'two',
      says: (question) => {
        if (question.kind !== 'failed-step') return agree(question);
        if (failures.length === 1) for (const host of [first, second]) rmSync(join(host?.home ?? '', 'odd'));
        return failures.shift();
      },
    },
  );
  expect(times('undone'), 'on the first, and not on the second').toEqual([1, 0]);
  expect(outcome.ending).toBe('completed');
  expect(times('done'), 'also where it was taken back').toEqual([2, 2]);
  expect(outcome.steps[0]?.undone?.targets.map((target) => target.outcome).sort()).toEqual(['failed', 'succeeded']);
}, 60_000);

test('a host on which a step took its own marker away is unknown: a person is asked, and looking again starts nothing', async () => {
  const asked: string[][] = [];
  writeFileSync(join(homes()[0] ?? '', 'takes'), '');
  const outcome = await desk.outcome(runbook('echo took >> ~/took; [ ! -e ~/takes ] || rm -rf ~/.local'), {
    target: 'all',
    says: (question) => {
      if (question.kind !== 'unknown-outcome') return agree(question);
      asked.push([...question.details]);
      return asked.length === 1 ? { choice: 'look' } : { choice: 'was-done', reason: 'seen there' };
    },
  });
  const [step] = outcome.steps;
  expect(asked).toHaveLength(2);
  expect(asked[1]?.join(' ')).toContain('host1: neither an exit status nor a process was found');
  expect(step?.targets.find(({ target }) => target === 'host1')).toMatchObject({ outcome: 'unknown' });
  expect(step?.targets.filter((target) => target.outcome === 'succeeded')).toHaveLength(11);
  expect(homes().map((home) => linesIn(join(home, 'took')).length)).toEqual(Array(12).fill(1));
}, 60_000);
