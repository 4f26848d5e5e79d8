import { currentAccount } from '../../process/account.ts';
import { commandText } from '../../process/child.ts';
import type { Opening } from '../shell/link.ts';
import type { Target } from '../types.ts';
import { ownVariables } from './variables.ts';

type Address = Extract<Target['address'], { kind: 'ssh' }>;

/**
 * `ssh` with the user's configuration, agent, jump hosts and shared connections. Only what a program needs is set over it: no
 * questions, a limit, a sign of life, no forwarding of ports. A connection of the user is shared; none is made that others could share,
 * because they would end with the run. Whether a host key is trusted is for the configuration alone to say.
 */
export function reachSsh(address: Address, timeoutMs: number): Opening {
  const own = [
    ...(address.config === undefined ? [] : ['-F', address.config]),
    ...(address.port === undefined ? [] : ['-p', String(address.port)]),
    ...(address.identityFile === undefined ? [] : ['-i', address.identityFile, '-o', 'IdentitiesOnly=yes']),
    ...(address.jump === undefined ? [] : ['-J', address.jump]),
    ...(address.knownHosts === undefined ? [] : ['-o', `UserKnownHostsFile="${address.knownHosts}"`]),
  ];
  const options = [
    'BatchMode=yes',
    `ConnectTimeout=${Math.max(1, Math.ceil(timeoutMs / 1000))}`,
    'ServerAliveInterval=5',
    'ServerAliveCountMax=3',
    'ClearAllForwardings=yes',
    'RemoteCommand=none',
    'ControlMaster=no',
    'LogLevel=ERROR',
  ].flatMap((option) => ['-o', option]);
  const { destination } = address;
  // Keys and configuration are those of the account that runs Holdfast.
  const account = { account: currentAccount(), env: ownVariables() };
  return {
    command: { program: 'ssh', args: ['-T', ...options, ...own, '--', destination, 'exec /bin/sh'], ...account },
    byHand: commandText({ program: 'ssh', args: [...own, '--', destination, 'true'] }),
    leavesDaemons: true,
  };
}
