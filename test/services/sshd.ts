import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { childAccountNow } from '../../src/process/account.ts';
import { environmentHolds, livingProcesses, processEntry } from '../../src/process/listing.ts';
import { findProgram } from '../../src/process/path.ts';
import type { Target } from '../../src/targets/types.ts';
import { commandLine, familyOf } from './leftovers.ts';
import { asRoot, removeDirectory, temporaryDirectory, unprivileged } from './programs.ts';

export const remoteShells = ['dash', 'bash', 'busybox'] as const;
export type RemoteShell = (typeof remoteShells)[number];

export interface SshdOptions {
  /** How many hosts, each with a server, a port, a host key and a home of its own. Default 1. */
  readonly count?: number;
  /** What `sh` is there. Default: what it is on this machine. */
  readonly shell?: RemoteShell;
  /** More lines for sshd_config. */
  readonly settings?: readonly string[];
  /** Where its directory is made. Default: the directory for temporary files. */
  readonly base?: string;
}

/** Real OpenSSH servers on 127.0.0.1 that one test owns. They run as the unprivileged account and let only it in. */
export interface TestSshd {
  readonly directory: string;
  /** Configuration for the OpenSSH client: it names the hosts and the key. */
  readonly config: string;
  readonly knownHosts: string;
  readonly hosts: readonly TestHost[];
  /** Ends servers, connections and steps, and removes all directories. */
  stop(): Promise<void>;
}

export interface TestHost {
  readonly name: string;
  readonly port: number;
  /** The account's home there; markers lie below. */
  readonly home: string;
  readonly runs: string;
  /** A directory that both sides may write to. */
  readonly room: string;
  readonly log: string;
  /** This host as Holdfast's target. */
  readonly target: Target;
  /** The same, as a site file says it. */
  readonly entry: { readonly ssh: string; readonly config: string };
  /** Processes of the server that hold a connection, one each. */
  connections(): readonly number[];
  /** What runs behind the connections: the helper shells. */
  shells(): readonly number[];
  /** Kills the connections with SIGKILL, as a cut line does; the server stays. */
  drop(): void;
  /** Server and connections stop answering, as behind a cut cable, or go on. */
  silent(isSilent: boolean): void;
  /** Kills server and connections. */
  down(): Promise<void>;
  up(): Promise<void>;
  /** From the next `up` on it shows another host key. */
  changeHostKey(): void;
  /** What still runs of the steps there. */
  steps(): readonly number[];
}

/** Starts servers; each is ready to be connected to. */
export async function startSshd(options: SshdOptions = {}): Promise<TestSshd> {
  const directory = temporaryDirectory('hfss-', options.base);
  // The client's and the server's account are two when tests run as root.
  chmodSync(directory, 0o755);
  keygen(join(directory, 'client'));
  const config = join(directory, 'ssh_config');
  const knownHosts = join(directory, 'known_hosts');
  const ports = await freePorts(options.count ?? 1);
  const shellPath = linkShell(directory, options.shell);
  const hosts = ports.map((port, index) =>
    makeHost({ directory, config, port, shellPath, name: `host${index + 1}`, options }),
  );
  const account = childAccountNow();
  writeFileSync(
    config,
    hosts
      .map(({ name, port }) =>
        [
          `Host ${name}`,
          '  HostName 127.0.0.1',
          `  Port ${port}`,
          `  User ${account.name}`,
          `  IdentityFile ${join(directory, 'client')}`,
          '  IdentitiesOnly yes',
          '  IdentityAgent none',
          `  UserKnownHostsFile ${knownHosts}`,
          '  StrictHostKeyChecking yes',
          '',
        ].join('\n'),
      )
      .join('\n'),
  );
  writeFileSync(
    knownHosts,
    hosts.map(({ home, port }) => `[127.0.0.1]:${port} ${readFileSync(join(home, '..', 'key.pub'), 'utf8')}`).join(''),
  );
  const stop = async (): Promise<void> => {
    await Promise.all(hosts.map((host) => host.down()));
    for (const host of hosts) for (const pid of host.steps()) killNow(pid);
    removeDirectory(directory);
  };
  try {
    await Promise.all(hosts.map((host) => host.up()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { directory, config, knownHosts, hosts, stop };
}

interface HostPlan {
  readonly directory: string;
  readonly config: string;
  readonly port: number;
  readonly shellPath: string;
  readonly name: string;
  readonly options: SshdOptions;
}

function makeHost({ directory, config, port, shellPath, name, options }: HostPlan): TestHost {
  const own = join(directory, name);
  const home = join(own, 'home');
  const key = join(own, 'key');
  const log = join(own, 'log');
  const room = join(own, 'room');
  mkdirSync(home, { recursive: true });
  mkdirSync(room);
  chmodSync(room, 0o777);
  keygen(key);
  writeFileSync(log, '');
  const path = `${shellPath}/usr/local/bin:/usr/bin:/bin`;
  writeFileSync(
    join(own, 'sshd_config'),
    [
      'ListenAddress 127.0.0.1',
      `Port ${port}`,
      `HostKey ${key}`,
      `AuthorizedKeysFile ${join(directory, 'client.pub')}`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PidFile none',
      'MaxStartups 200',
      'MaxSessions 100',
      'UseDNS no',
      'PrintMotd no',
      'PrintLastLog no',
      'PermitUserEnvironment no',
      `SetEnv HOME=${home} PATH=${path}`,
      // The login shell would run it as `sh -c`; `exec` leaves only the helper.
      ...(shellPath === '' ? [] : ['ForceCommand exec sh']),
      ...(options.settings ?? []),
      '',
    ].join('\n'),
  );
  for (const file of [own, home, key, log]) give(file);
  const sshd = findProgram('sshd', '/usr/sbin:/usr/local/sbin:/sbin:/usr/bin') ?? 'sshd';
  let server: { readonly pid: number; readonly exited: Promise<unknown> } | undefined;
  const connections = (): number[] =>
    server === undefined
      ? []
      : livingProcesses()
          .filter(({ parent }) => parent === server?.pid)
          .map(({ pid }) => pid);
  const behind = (): number[] => connections().flatMap((pid) => familyOf(pid).map((member) => member.pid));
  const host: TestHost = {
    name,
    port,
    home,
    runs: join(home, '.local', 'state', 'holdfast-steps'),
    room,
    log,
    target: { name, kind: 'ssh', identity: {}, live: true, address: { kind: 'ssh', destination: name, config } },
    entry: { ssh: name, config },
    connections,
    shells: () => behind().filter((pid) => !isServer(pid)),
    drop() {
      // Each has a process without rights beside the one that watches it, which would carry on alone.
      for (const pid of behind().filter(isServer)) killNow(pid);
    },
    silent(isSilent) {
      if (server === undefined) return;
      const family = familyOf(server.pid).map((member) => member.pid);
      for (const pid of family.filter(isServer)) process.kill(pid, isSilent ? 'SIGSTOP' : 'SIGCONT');
    },
    async down() {
      if (server === undefined) return;
      const { pid, exited } = server;
      for (const member of familyOf(pid)) if (member.pid !== pid) killNow(member.pid);
      killNow(pid);
      await exited;
      server = undefined;
    },
    async up() {
      const wrapped = unprivileged(sshd, ['-D', '-f', join(own, 'sshd_config'), '-E', log]);
      const child = spawn(wrapped.program, wrapped.args, { cwd: '/', stdio: 'ignore', env: { PATH: '/usr/bin:/bin' } });
      if (child.pid === undefined) throw new Error('sshd did not start');
      server = { pid: child.pid, exited: once(child, 'exit') };
      await answers(port, () => child.exitCode !== null, log);
    },
    changeHostKey() {
      for (const file of [key, `${key}.pub`]) rmSync(file, { force: true });
      keygen(key);
      give(key);
    },
    steps: () =>
      livingProcesses()
        .filter(({ pid }) => environmentHolds(pid, `HOME=${home}`) && environmentHolds(pid, 'HOLDFAST_STEP='))
        .map(({ pid }) => pid),
  };
  return host;
}

/** A directory in front of PATH in which `sh` is the wanted shell; empty when it stays as it is. Ends in a colon. */
function linkShell(directory: string, shell: RemoteShell | undefined): string {
  if (shell === undefined) return '';
  const program = findProgram(shell);
  if (program === undefined) throw new Error(`${shell} is not installed`);
  const bin = join(directory, 'bin');
  mkdirSync(bin);
  symlinkSync(program, join(bin, 'sh'));
  return `${bin}:`;
}

function keygen(path: string): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', path], { stdio: 'ignore' });
}

function give(path: string): void {
  const { uid, gid } = childAccountNow();
  if (asRoot) chownSync(path, uid, gid);
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map(async (server) => await new Promise((resolve) => server.close(resolve))));
  return ports;
}

async function answers(port: number, hasEnded: () => boolean, log: string): Promise<void> {
  for (const end = performance.now() + 20_000; performance.now() < end; await delay(10)) {
    if (hasEnded()) throw new Error(`sshd ended: ${readFileSync(log, 'utf8')}`);
    if (await reachable(port)) return;
  }
  throw new Error(`sshd does not answer: ${readFileSync(log, 'utf8')}`);
}

async function reachable(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Named `sshd: ACCOUNT`, from OpenSSH 9.8 on `sshd-session: ACCOUNT`. */
function isServer(pid: number): boolean {
  return commandLine(pid).startsWith('sshd');
}

function killNow(pid: number): void {
  try {
    if (processEntry(pid) !== undefined) process.kill(pid, 'SIGKILL');
  } catch {
    // Gone meanwhile.
  }
}
