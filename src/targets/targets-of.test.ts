import { expect, test } from 'vitest';
import { Site } from '../config/site.ts';
import { describeAddress } from './describe-address.ts';
import { targetsOf } from './targets-of.ts';

const targets = (entries: Record<string, unknown>) =>
  targetsOf(Site.parse({ site: 'clinic', targets: entries }), '/etc/holdfast');

test('this machine is always there, and may be described otherwise', () => {
  expect([...targets({}).values()]).toEqual([
    { name: 'local', kind: 'local', identity: {}, live: true, address: { kind: 'local' } },
  ]);
  expect(targets({ local: { local: true, account: 'ops', live: false } }).get('local')).toMatchObject({
    live: false,
    address: { kind: 'local', account: 'ops' },
  });
});

test('files are found from where the site file lies', () => {
  const ssh = targets({ db1: { ssh: 'ops@db1', key: 'keys/ops', config: '/etc/ssh/x', 'known-hosts': 'known' } });
  expect(ssh.get('db1')?.address).toEqual({
    kind: 'ssh',
    destination: 'ops@db1',
    identityFile: '/etc/holdfast/keys/ops',
    config: '/etc/ssh/x',
    knownHosts: '/etc/holdfast/known',
  });
});

test('every kind of target is taken as the site file has it, and can be described', () => {
  const all = targets({
    a: { ssh: 'ops@db1', port: 2222, jump: 'gate', directory: '/srv', identity: { 'host-name': 'db1' } },
    b: { docker: 'web', program: 'podman' },
    c: { kubernetes: { pod: 'deploy/web', container: 'app', namespace: 'prod', context: 'east' } },
    d: { local: true },
  });
  expect(all.get('a')).toMatchObject({ directory: '/srv', identity: { 'host-name': 'db1' }, kind: 'ssh' });
  expect([...all.values()].map(({ address }) => describeAddress(address))).toEqual([
    'ops@db1 port 2222 through gate',
    'container web of podman',
    'pod deploy/web, container app in prod of east',
    'this machine',
    'this machine',
  ]);
});

test.each([{ ssh: '-oProxyCommand=x' }, { docker: '--privileged' }, { kubernetes: { pod: '-c' } }, { ssh: 'a b' }])(
  'what could be an option is no address: %j',
  (entry) => {
    expect(() => targets({ bad: entry })).toThrow();
  },
);
