import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Plan } from '../../src/procedures/plan.ts';
import { startHoldfast } from '../services/holdfast.ts';

const directory = mkdtempSync('/var/tmp/hf-plan-');
const file = (name: string) => join(directory, name);
const options = ['--site', file('holdfast.yaml'), '--data', file('data')];
const planning = (...words: string[]) =>
  startHoldfast(['runbook', 'run', file('book.md'), '--dry-run', ...words, ...options]).ended;

async function plan(...words: string[]): Promise<Plan> {
  const ended = await planning('--json', ...words);
  expect(ended.code, ended.stderr).toBe(0);
  return (JSON.parse(ended.stdout) as { plan: Plan }).plan;
}

beforeAll(() => {
  chmodSync(directory, 0o711);
  writeFileSync(
    file('holdfast.yaml'),
    `site: fresh
targets:
  local: { local: true, live: false }
  prod: { local: true, before-destroy: [{ name: dump, run: "curl -T dump https://keep.example/" }] }
authority:
  people:
    kim: { keys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHNCNzGc1OMQxfFUC3P7DSOSJSZ3A3T9GPPjnE5ZW1Pz"] }
  owners: { "*": [kim] }
  approvals: [{ effects: [destroy], need: 2 }]
`,
  );
  const steps = [
    '```bash {capture=VERSION}\necho 15\n```',
    '```bash\necho $VERSION\n```',
    '```bash\nrm -rf /nowhere/x\n```',
  ];
  writeFileSync(file('book.md'), `# A book\n\n## Steps\n\n${steps.join('\n\n')}\n`);
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('the plan says who must agree also at a site that nobody used yet', async () => {
  const { steps } = await plan();
  expect(steps.map(({ approvals }) => approvals)).toEqual([[], [], [{ need: 2, roles: [] }]]);
});

test('the plan shows what a command holds that cannot be seen, and what its variables hold', async () => {
  writeFileSync(file('odd.md'), '# Odd\u001b[2J\n\n## Steps\n\n```bash\nrm -rf "$DIR" <place>\n```\n');
  const words = ['--dry-run', '--param', 'DIR=/srv/a b\nc', '--param', 'place=/srv/x\r/tmp/\u202ey'];
  const { stdout, stderr } = await startHoldfast(['runbook', 'run', file('odd.md'), ...words, ...options]).ended;
  expect(stderr).toBe('');
  expect(stdout).toContain('Odd[U+001B][2J');
  expect(stdout).toContain("      DIR=$'/srv/a b\\nc'\n");
  expect(stdout).toContain(`      rm -rf "$DIR" '/srv/x[U+000D]/tmp/[U+202E]y'\n`);
});

test('the plan names every closed gate: of the step, of the question who its target is, and of what is kept first', async () => {
  expect((await plan()).steps.map(({ closed }) => closed)).toEqual([
    ['host.read'],
    ['host.read'],
    ['host.read', 'host.destroy'],
  ]);
  const { steps } = await plan('--target', 'prod');
  expect(steps[2]?.keepsBefore).toEqual(['dump of prod']);
  expect(steps[2]?.closed).toEqual(['host.read', 'host.destroy', 'data.egress']);
  const { stdout } = await planning('--target', 'prod');
  expect(stdout).toContain('holdfast gate open host.read host.destroy data.egress ');
  expect(stdout, 'as it is typed where there are people').toContain('--as NAME --key FILE');
});

test('what an earlier step gives is not asked for, but where the run begins after it', async () => {
  expect((await plan()).steps.flatMap(({ missing }) => missing)).toEqual([]);
  expect((await plan('--from', 's2')).steps.flatMap(({ missing }) => missing)).toEqual(['VERSION']);
});

test('a step that is only done when a parameter says so is told with whether it is', async () => {
  const tiers = '# Tiers\n\n## Steps\n\n```bash {when="TIER == cold"}\necho cold\n```\n';
  writeFileSync(file('tiers.md'), tiers);
  const said = async (...words: string[]) =>
    (await startHoldfast(['runbook', 'run', file('tiers.md'), '--dry-run', ...words, ...options]).ended).stdout;
  expect(await said()).toContain('only for TIER == cold, which is not so');
  expect(await said('--param', 'TIER=cold')).toMatch(/only for TIER == cold$/m);
});

test('where the text says a step runs is told beside where it will run', async () => {
  writeFileSync(file('places.md'), '# Places\n\n## Steps\n\n1. On the node `db7`:\n\n   ```bash\n   uptime\n   ```\n');
  const places = ['runbook', 'run', file('places.md'), '--dry-run', ...options];
  expect((await startHoldfast(places).ended).stdout).toContain('on local · the text says on node db7 · read');
});

test('of many targets the plan counts the names, and all of them are in its JSON', async () => {
  const names = Array.from({ length: 50 }, (_, index) => `web${index + 1}`);
  const targets = Object.fromEntries(names.map((name) => [name, { local: true }]));
  writeFileSync(file('many.yaml'), JSON.stringify({ site: 'many', targets, groups: { webs: { targets: names } } }));
  const words = ['runbook', 'run', file('book.md'), '--dry-run', '--target', 'webs'];
  const own = ['--site', file('many.yaml'), '--data', file('data')];
  expect((await startHoldfast([...words, ...own]).ended).stdout).toContain('on 50 targets: web1, web2 … web50');
  const { plan: all } = JSON.parse((await startHoldfast([...words, ...own, '--json']).ended).stdout) as { plan: Plan };
  expect(all.steps[0]?.targets).toEqual(names);
});

test('a time that is none is refused with the option that it was given with', async () => {
  const ended = await planning('--rto', 'soon');
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('--rto');
});
