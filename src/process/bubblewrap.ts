import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import type { Command, Sandbox } from './types.ts';

/** Directories of the root that programs and libraries are reached through; on a merged /usr they are links. */
const systemDirectories = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'] as const;

/** What programs read in /etc: who is who, where libraries are, the time zone. Nothing of the host's configuration. */
const systemFiles = [
  '/etc/passwd',
  '/etc/group',
  '/etc/nsswitch.conf',
  '/etc/ld.so.cache',
  '/etc/localtime',
  '/etc/alternatives',
] as const;

/** Only with a network: names and certificates. */
const networkFiles = ['/etc/resolv.conf', '/etc/hosts', '/etc/ssl', '/etc/pki', '/etc/ca-certificates'] as const;

/**
 * The bubblewrap command that runs a command in its sandbox. The environment is not written into the arguments, where
 * anybody could read it: bubblewrap is started with the command's own and hands it on.
 */
export function sandboxed(command: Command, sandbox: Sandbox): { program: string; args: string[] } {
  const args = [
    ...['--unshare-user', '--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
    ...(sandbox.network ? [] : ['--unshare-net']),
    ...['--die-with-parent', '--new-session'],
    ...['--ro-bind', '/usr', '/usr'],
    ...systemDirectories.flatMap(asOnHost),
    ...['--perms', '0755', '--dir', '/etc'],
    ...systemFiles.flatMap((path) => readOnly(path, path)),
    ...(sandbox.network ? networkFiles.flatMap((path) => readOnly(path, path)) : []),
    ...['--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp'],
    ...Object.entries(sandbox.readable).flatMap(([host, inside]) => ['--ro-bind', host, inside]),
    ...Object.entries(sandbox.writable).flatMap(([host, inside]) => ['--bind', host, inside]),
    ...['--chdir', command.cwd ?? '/'],
    ...['--', command.program, ...command.args],
  ];
  return { program: 'bwrap', args };
}

function asOnHost(name: string): string[] {
  const path = `/${name}`;
  if (!existsSync(path)) return [];
  return lstatSync(path).isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
}

function readOnly(host: string, inside: string): string[] {
  return existsSync(host) ? ['--ro-bind', host, inside] : [];
}
