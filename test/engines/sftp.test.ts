import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../src/engines/api.ts';
import type { Store } from '../../src/engines/types.ts';
import { childAccountNow } from '../../src/process/account.ts';
import { bench } from '../services/bench.ts';
import { removeDirectory, runUnprivileged, temporaryDirectory, unprivileged } from '../services/programs.ts';

const sshd = '/usr/sbin/sshd';
const usable = existsSync(sshd) && existsSync('/usr/lib/openssh/sftp-server');
const path = process.env.PATH;

let home: string;
let server: ChildProcess;
let store: Store;
let port: number;

/** A real sshd as the unprivileged account, and an `ssh` on the PATH that reads a configuration of its own. */
beforeAll(async () => {
  if (!usable) return;
  home = temporaryDirectory();
  port = await freePort();
  for (const name of ['host', 'client'])
    runUnprivileged('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(home, name)]);
  runUnprivileged('cp', [join(home, 'client.pub'), join(home, 'authorized')]);
  const hostKey = readFileSync(join(home, 'host.pub'), 'utf8');
  writeFileSync(join(home, 'known'), `[127.0.0.1]:${port} ${hostKey}`, { mode: 0o644 });
  writeFileSync(
    join(home, 'sshd_config'),
    [
      ...[`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${home}/host`, `AuthorizedKeysFile ${home}/authorized`],
      ...[
        'PidFile none',
        'UsePAM no',
        'StrictModes no',
        'PasswordAuthentication no',
        'KbdInteractiveAuthentication no',
      ],
      'Subsystem sftp /usr/lib/openssh/sftp-server',
    ].join('\n'),
    { mode: 0o644 },
  );
  const config = [
    'Host peer',
    'HostName 127.0.0.1',
    `Port ${port}`,
    `IdentityFile ${home}/client`,
    `UserKnownHostsFile ${home}/known`,
  ];
  writeFileSync(join(home, 'ssh_config'), `${config.join('\n')}\n`, { mode: 0o644 });
  mkdirSync(join(home, 'bin'), { mode: 0o755 });
  writeFileSync(join(home, 'bin/ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F ${home}/ssh_config "$@"\n`, { mode: 0o755 });
  process.env.PATH = `${home}/bin:${path}`;
  const wrapped = unprivileged(sshd, ['-D', '-e', '-f', join(home, 'sshd_config')]);
  server = spawn(wrapped.program, wrapped.args, { stdio: 'ignore' });
  await listening(port);
  store = openStore({
    name: 'ring',
    config: { engine: 'restic', sftp: `peer:${home}/repository`, tier: 'ring', password: { env: 'UNUSED' } },
    password: async () => 'ring password',
    baseDirectory: home,
    cacheDirectory: join(home, 'cache'),
    account: childAccountNow(),
  });
});

afterAll(async () => {
  if (!usable) return;
  process.env.PATH = path;
  await stopServer();
  removeDirectory(home);
});

test.skipIf(!usable)('a store over sftp keeps, lists, verifies and gives back', async () => {
  const tree = join(home, 'tree');
  mkdirSync(tree);
  writeFileSync(join(tree, 'a'), 'content', { mode: 0o644 });
  expect(await store.prepare(bench())).toEqual({ created: true });
  const kept = await store.keep({ paths: [tree], base: tree, tags: { part: 'data' }, time: new Date() }, bench());
  expect((await store.list({ part: 'data' }, bench())).map((snapshot) => snapshot.id)).toEqual([kept.snapshot]);
  expect(await store.verify({ readData: true }, bench())).toMatchObject({ sound: true });
  await store.fetch(kept.snapshot, join(home, 'out'), bench(), { isolated: true });
  expect(readFileSync(join(home, 'out/a'), 'utf8')).toBe('content');
});

test.skipIf(!usable)('a peer whose host key is not known is out of reach, and nobody is asked', async () => {
  const known = readFileSync(join(home, 'known'));
  writeFileSync(join(home, 'known'), '');
  await expect(store.list({}, bench())).rejects.toMatchObject({ code: 'store-unreachable' });
  writeFileSync(join(home, 'known'), known);
});

test.skipIf(!usable)('a peer that is down is out of reach', async () => {
  await stopServer();
  await expect(store.list({}, bench())).rejects.toMatchObject({ code: 'store-unreachable' });
});

async function stopServer(): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function listening(at: number): Promise<void> {
  const end = Date.now() + 10_000;
  for (;;) {
    const socket = connect(at, '127.0.0.1');
    const answered = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (answered) return;
    if (Date.now() > end) throw new Error('sshd does not listen');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
