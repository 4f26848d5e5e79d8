import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../src/operations/api.ts';
import { type Ended, type Running, startHoldfast } from '../services/holdfast.ts';
import { removeDirectory } from '../services/programs.ts';

/** What acts: how it is called so that it would act, and is refused while its gates are closed. */
const acting: Readonly<
  Record<string, { readonly words: readonly string[]; readonly body: Readonly<Record<string, unknown>> }>
> = {
  protect: { words: ['protect'], body: {} },
  points: { words: ['points', '--refresh'], body: { refresh: true } },
  watch: { words: ['watch', '--once'], body: {} },
  'target identify': { words: ['target', 'identify'], body: {} },
  drill: { words: ['drill'], body: {} },
  recover: { words: ['recover', '--replace'], body: { replace: true } },
};

/** What has an effect and asks no gate, each with the reason. Whatever is in neither list fails the test. */
const ownRecords: Readonly<Record<string, string>> = {
  demo: 'acts in a world that it makes itself, through gates that are opened there, and says by whom',
  doctor: 'looks at the programs and the account of this machine',
  init: 'writes a new site file and password; opens gates only where the person says so',
  'site check': 'reads the site file',
  loss: 'reads records of Holdfast',
  'gate list': 'reads records of Holdfast',
  'gate open': 'decides: only a person who may',
  'gate close': 'closing is always allowed',
  'gate break-glass': 'decides: two people',
  'gate accept-policy': 'decides: an owner, or two people',
  'approval list': 'reads records of Holdfast',
  'approval request': 'asks',
  'approval grant': 'decides: a person who may',
  'approval deny': 'denying is always allowed',
  explain: 'reads the text it is given and runs nothing',
  'runbook check': 'reads the document it is given',
  'runbook run': 'its steps ask, one by one: tested below with a runbook',
  'runbook report': 'renders records of Holdfast',
  'evidence verify': 'reads the file it is given',
  'evidence report': 'renders the file it is given',
  bundle: 'reads the site and records of Holdfast, writes a new directory',
  'bundle verify': 'reads the bundle it is given',
  'bundle notes': 'takes notes into records of Holdfast',
  'runs list': 'reads records of Holdfast',
  'runs show': 'reads records of Holdfast',
  'runs resume': 'its steps ask anew: tested in approvals.test.ts with a gate that was closed meanwhile',
  'runs questions': 'reads records of Holdfast',
  'runs note': 'takes a note into records of Holdfast',
  'runs answer': 'says what a person says; the step that follows asks',
  'runs cancel': 'stopping is always allowed',
  'audit verify': 'reads files of the audit log',
  'audit prove': 'reads files of the audit log',
  'audit check-proof': 'reads the file it is given',
  'audit list': 'reads files of the audit log',
  'target list': 'reads the site file',
  serve: 'answers requests, each of which asks for itself',
};

let directory: string;
let before: string;
const places = () => ['--site', join(directory, 'holdfast.yaml'), '--data', join(directory, 'holdfast')];
const holdfast = (...words: readonly string[]): Promise<Ended> => startHoldfast([...words, ...places()]).ended;
/** Everything but the records of Holdfast, by path, size and time. */
const world = () =>
  execFileSync(
    'find',
    [directory, '-mindepth', '1', '-path', join(directory, 'holdfast'), '-prune', '-o', '-printf', '%P %s %T@\n'],
    {
      encoding: 'utf8',
    },
  );

beforeAll(() => {
  directory = mkdtempSync('/var/tmp/hf-gates-');
  chmodSync(directory, 0o755);
  for (const name of ['documents', 'local', 'second', 'ran']) mkdirSync(join(directory, name));
  for (const name of ['local', 'second', 'ran']) chmodSync(join(directory, name), 0o777);
  writeFileSync(join(directory, 'documents', 'a.txt'), 'content');
  writeFileSync(join(directory, 'password'), 'a password of the test\n', { mode: 0o600 });
  writeFileSync(
    join(directory, 'holdfast.yaml'),
    `site: clinic
stores:
  local: { path: local, password: { file: password } }
  second: { path: second, password: { file: password }, tier: ring }
assets:
  documents:
    files: { paths: [documents] }
    objectives: { rpo: 1d, rto: 1h }
    copies: [local, second]
`,
  );
  writeFileSync(join(directory, 'touch.md'), `# Touch\n\n\`\`\`sh\ntouch ${join(directory, 'ran', 'it')}\n\`\`\`\n`);
  before = world();
});
afterAll(() => removeDirectory(directory));

describe('1. Nothing with an effect runs while its gate is closed', () => {
  test('every operation that has effects is known here: it asks its gate, or there is a reason why not', () => {
    const unknown = operations
      .filter(({ effects }) => effects.some((effect) => effect !== 'none'))
      .map(({ name }) => name)
      .filter((name) => !(name in acting) && !(name in ownRecords));
    expect(unknown).toEqual([]);
    for (const { name, gate } of operations) if (name in acting) expect(gate, name).toBeDefined();
  });

  test.each(Object.keys(acting))('%s, at the command line', { timeout: 60_000 }, async (name) => {
    const ended = await holdfast(...(acting[name]?.words ?? []), '--json');
    expect(JSON.parse(ended.stdout), ended.stderr).toMatchObject({
      error: { code: 'gate-closed', hint: expect.stringContaining('holdfast gate open ') },
    });
    expect(ended.code).toBe(5);
    expect(world()).toBe(before);
  });

  test('every one of them, over HTTP', { timeout: 60_000 }, async () => {
    const running = startHoldfast(['serve', '--port', '0', ...places()]);
    try {
      const address = await told(running, /http:\/\/127\.0\.0\.1:\d+/);
      const token = readFileSync(join(directory, 'holdfast', 'http-token'), 'utf8').trim();
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
      const asked: string[] = [];
      for (const { name, faces } of operations) {
        const how = acting[name];
        if (how === undefined || !faces.includes('http')) continue;
        asked.push(name);
        const answer = await fetch(`${address}/v1/${name.replaceAll(' ', '/')}`, {
          method: 'POST',
          headers,
          body: JSON.stringify(how.body),
        });
        expect(await answer.json(), name).toMatchObject({ error: { code: 'gate-closed' } });
        expect(answer.status, name).toBe(403);
      }
      expect(asked.sort()).toEqual(['drill', 'points', 'protect', 'recover', 'target identify']);
      // What decides is not there at all: a token is no person.
      for (const name of ['gate/open', 'gate/break-glass', 'gate/accept-policy', 'approval/grant', 'init', 'demo']) {
        const answer = await fetch(`${address}/v1/${name}`, { method: 'POST', headers, body: '{}' });
        expect(answer.status, name).toBe(404);
      }
    } finally {
      running.kill('SIGTERM');
      await running.ended;
    }
    expect(world()).toBe(before);
  });

  test('a step of a runbook', { timeout: 60_000 }, async () => {
    // Who a target is may be looked at; what the step does may not be done.
    expect((await holdfast('gate', 'open', 'host.read', '--for', '1h', '--reason', 'x', '--yes')).code).toBe(0);
    const running = startHoldfast(['runbook', 'run', join(directory, 'touch.md'), '--auto', 'all', ...places()]);
    try {
      await told(running, /host\.write is closed/);
    } finally {
      running.kill('SIGINT');
      await running.ended;
    }
    expect((await holdfast('gate', 'close', 'host.read')).code).toBe(0);
    expect(existsSync(join(directory, 'ran', 'it'))).toBe(false);
    expect(world()).toBe(before);
  });

  test('a gate that was closed again, expired or is open for another target is closed', {
    timeout: 60_000,
  }, async () => {
    const open = ['gate', 'open', 'backup.run', 'offsite.sync', '--for', '1h', '--reason', 'x', '--yes'];
    expect((await holdfast(...open)).code).toBe(0);
    expect((await holdfast('gate', 'close', 'backup.run')).code).toBe(0);
    expect((await holdfast('protect')).stderr).toContain('backup.run is closed');
    expect((await holdfast(...open, '--scope', 'asset other')).code).toBe(0);
    expect((await holdfast('protect')).stderr).toContain('open for asset other only');
    expect((await holdfast('gate', 'close', '--all')).code).toBe(0);
    const brief = ['gate', 'open', 'backup.run', 'offsite.sync', '--for', '1s', '--reason', 'x', '--yes'];
    const made = await holdfast(...brief, '--json');
    const { opened } = JSON.parse(made.stdout) as { opened: { expiresAt: string }[] };
    await expect.poll(() => Date.now(), { timeout: 10_000 }).toBeGreaterThan(Date.parse(opened[0]?.expiresAt ?? ''));
    expect((await holdfast('protect')).code).toBe(5);
    expect(world()).toBe(before);
  });

  test('nobody without a terminal, and no assistant at all, opens one', { timeout: 60_000 }, async () => {
    const open = ['gate', 'open', 'backup.run', '--for', '1h', '--reason', 'x'];
    expect(await holdfast(...open)).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('nobody is at a terminal'),
    });
    for (const words of [open, ['gate', 'break-glass', 'restore.run', '--reason', 'x']]) {
      const ended = await startHoldfast([...words, '--yes', ...places()], { CLAUDECODE: '1' }).ended;
      expect(ended).toMatchObject({ code: 5, stderr: expect.stringContaining('an assistant decides nothing') });
    }
    const list = JSON.parse((await holdfast('gate', 'list', '--json')).stdout) as { gates: { state: string }[] };
    expect(list.gates.map(({ state }) => state)).toEqual(Array.from({ length: 19 }, () => 'closed'));
  });

  test('and every refusal is in the audit log', { timeout: 60_000 }, async () => {
    const listed = JSON.parse(
      (await holdfast('audit', 'list', '--kind', 'decision', '--limit', '1000', '--json')).stdout,
    ) as {
      leaves: { step: string; facts: { allowed: boolean; mode: string } }[];
    };
    const refused = new Set(listed.leaves.filter(({ facts }) => !facts.allowed).map(({ step }) => step));
    for (const step of ['protect', 'refresh', 'watch', 'drill', 'recover', 'identify']) expect(refused).toContain(step);
    expect(listed.leaves.every(({ facts }) => facts.mode === 'solo')).toBe(true);
    expect((await holdfast('audit', 'verify')).code).toBe(0);
  });

  test('while what is opened runs', { timeout: 120_000 }, async () => {
    const open = ['gate', 'open', 'backup.run,offsite.sync', '--for', '1h', '--reason', 'x', '--yes'];
    const scope = ['--scope', 'asset documents', '--scope', 'store local', '--scope', 'store second'];
    expect((await holdfast(...open, ...scope)).code).toBe(0);
    const made = await holdfast('protect');
    expect(made.code, made.stderr).toBe(0);
    expect(readdirSync(join(directory, 'second'))).toContain('snapshots');
  });
});

/** Waits until a program says something that fits. */
async function told(running: Running, pattern: RegExp): Promise<string> {
  for (const until = Date.now() + 30_000; Date.now() < until; await new Promise((go) => setTimeout(go, 20))) {
    const [found] = pattern.exec(running.stderr()) ?? [];
    if (found !== undefined) return found;
  }
  throw new Error(`never said ${pattern}: ${running.stderr()}`);
}
