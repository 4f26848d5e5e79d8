import { currentAccount } from '../../process/account.ts';
import type { Opening } from '../shell/link.ts';
import type { Target } from '../types.ts';
import { ownVariables } from './variables.ts';

type Address = Extract<Target['address'], { kind: 'ssh' }>;

/**
 * `ssh` with the user's configuration, agent, jump hosts and shared connections. Only what a program needs is set over it: no
 * questions, a limit, a sign of life, no forwarding of ports. Whether a host key is trusted is for the configuration alone to say.
 */
export function reachSsh(address: Address, timeoutMs: number): Opening {
  const options = [
    'BatchMode=yes',
    `ConnectTimeout=${Math.max(1, Math.ceil(timeoutMs / 1000))}`,
    'ServerAliveInterval=5',
    'ServerAliveCountMax=3',
    'ClearAllForwardings=yes',
    'RemoteCommand=none',
    'LogLevel=ERROR',
    ...(address.identityFile === undefined ? [] : ['IdentitiesOnly=yes']),
    ...(address.knownHosts === undefined ? [] : [`UserKnownHostsFile="${address.knownHosts}"`]),
  ];
  const args = [
    '-T',
    ...options.flatMap((option) => ['-o', option]),
    ...(address.config === undefined ? [] : ['-F', address.config]),
    ...(address.port === undefined ? [] : ['-p', String(address.port)]),
    ...(address.identityFile === undefined ? [] : ['-i', address.identityFile]),
    ...(address.jump === undefined ? [] : ['-J', address.jump]),
    '--',
    address.destination,
    'exec /bin/sh',
  ];
  // Keys and configuration are those of the account that runs Holdfast.
  return { command: { program: 'ssh', args, account: currentAccount(), env: ownVariables() }, leavesDaemons: true };
}
