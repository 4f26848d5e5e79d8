import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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
    },
  });
}, 120_000);

afterAll(async () => {
  await desk?.close();
  await sshd?.stop();
});

const runbook = (command: string) => `# Group\n\n## Steps\n\n\`\`\`bash\n${command}\n\`\`\`\n`;
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
