import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, startHoldfast } from '../services/holdfast.ts';
import { removeDirectory } from '../services/programs.ts';
import { startSshd, type TestHost, type TestSshd } from '../services/sshd.ts';

let sshd: TestSshd;
let directory: string;

beforeAll(async () => {
  sshd = await startSshd({ count: 2 });
  const [one, two] = sshd.hosts as [TestHost, TestHost];
  directory = mkdtempSync(join(tmpdir(), 'hfop-'));
  chmodSync(directory, 0o711);
  const target = ({ entry }: TestHost, more: string) => `{ ssh: ${entry.ssh}, config: ${entry.config}${more} }`;
  writeFileSync(
    join(directory, 'holdfast.yaml'),
    [
      'site: clinic',
      'targets:',
      `  right: ${target(one, `, identity: { host-name: ${hostname()} }`)}`,
      `  wrong: ${target(two, ', identity: { host-name: another, machine-id: beef }')}`,
      `  unpinned: ${target(one, ', live: false')}`,
      '  gone: { ssh: nobody@no-such-host.invalid }',
      'groups:',
      '  hosts: { targets: [right, wrong], width: 2, error-limit: 1 }',
      '',
    ].join('\n'),
  );
  await holdfast('gate', 'open', 'host.read', '--for', '1h', '--reason', 'a test', '--yes');
});
afterAll(async () => {
  await sshd?.stop();
  if (directory !== undefined) removeDirectory(directory);
});

async function holdfast(...args: string[]): Promise<Ended> {
  const site = args.includes('--site') ? [] : ['--site', join(directory, 'holdfast.yaml')];
  return await startHoldfast([...args, ...site, '--data', join(directory, 'data')]).ended;
}

test('lists targets and groups without connecting', async () => {
  const { code, stdout } = await holdfast('target', 'list', '--json');
  const { targets, groups } = JSON.parse(stdout) as {
    targets: { name: string; reached: string; live: boolean; groups: string[] }[];
    groups: unknown[];
  };
  expect(code).toBe(0);
  expect(targets.map(({ name }) => name)).toEqual(['right', 'wrong', 'unpinned', 'gone', 'local']);
  expect(targets[0]).toMatchObject({ reached: 'host1', live: true, groups: ['hosts'] });
  expect(targets[2]).toMatchObject({ live: false, groups: [] });
  expect(groups).toEqual([{ name: 'hosts', targets: ['right', 'wrong'], width: 2, errorLimit: 1 }]);
  expect(readFileSync((sshd.hosts[0] as TestHost).log, 'utf8')).not.toContain('Accepted');
});

test('tells the right target from a wrong one, one that is not pinned and one that is gone, and ends accordingly', async () => {
  const { code, stdout } = await holdfast('target', 'identify', '--json');
  const { targets } = JSON.parse(stdout) as {
    targets: { name: string; state: string; differences: string[]; problem?: { code: string } }[];
  };
  expect(Object.fromEntries(targets.map(({ name, state }) => [name, state]))).toEqual({
    right: 'right',
    wrong: 'wrong',
    unpinned: 'unpinned',
    gone: 'unreachable',
    local: 'unpinned',
  });
  expect(targets[1]?.differences.join('; ')).toContain(`host-name should be another and is ${hostname()}`);
  expect(targets[3]?.problem?.code).toBe('target-not-reached');
  expect(code).toBe(3);
  expect((await holdfast('target', 'identify', 'right', 'unpinned')).code).toBe(0);
  expect((await holdfast('target', 'identify', 'gone')).code).toBe(6);
});

test('asks the members of a group, and refuses a name that is none', async () => {
  const { stdout } = await holdfast('target', 'identify', 'hosts', 'right', '--json');
  const { targets } = JSON.parse(stdout) as { targets: { name: string }[] };
  expect(targets.map(({ name }) => name)).toEqual(['right', 'wrong']);
  const unknown = await holdfast('target', 'identify', 'rigth');
  expect(unknown.stderr).toContain('Did you mean right?');
});

test('connects to nothing while the gate is closed', async () => {
  expect((await holdfast('gate', 'close', 'host.read')).code).toBe(0);
  const before = readFileSync((sshd.hosts[0] as TestHost).log, 'utf8');
  const { code, stderr } = await holdfast('target', 'identify', 'right');
  expect(code).toBe(5);
  expect(stderr).toContain('host.read');
  expect(readFileSync((sshd.hosts[0] as TestHost).log, 'utf8')).toBe(before);
});
