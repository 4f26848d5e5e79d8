import { HoldfastError } from '../errors/holdfast-error.ts';
import { childAccountNow, currentAccount } from './account.ts';
import { sandboxed } from './bubblewrap.ts';
import { findProgram, searchPath } from './path.ts';
import type { Account, Capability, Command } from './types.ts';

/** What is really spawned for a command. */
export interface LaunchPlan {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Given only where setpriv is not there to change the account. */
  readonly identity?: { readonly uid: number; readonly gid: number };
}

const sandboxPath = '/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin';

/**
 * Wraps a command in its account and its sandbox: `setpriv … -- bwrap … -- program …`. One `setpriv` does what Node cannot:
 * it changes the account with its groups, keeps single capabilities, forbids new privileges, and ties the child's life
 * to Holdfast's. Throws program-missing, account-missing, account-not-allowed.
 */
export function launchPlan(command: Command): LaunchPlan {
  const account = command.account ?? childAccountNow();
  const current = currentAccount();
  if (account.uid !== current.uid && current.uid !== 0) {
    const { name } = account;
    throw new HoldfastError('account-not-allowed', {
      program: command.program,
      account: name,
      current: current.name,
    });
  }
  const env = environment(command, account);
  const inner = innerCommand(command, env);
  const setpriv = process.platform === 'linux' ? findProgram('setpriv') : undefined;
  const changesAccount = account.uid !== current.uid;
  const cwd = command.sandbox === undefined ? (command.cwd ?? '/') : '/';
  if (setpriv === undefined) {
    const identity = changesAccount ? { identity: { uid: account.uid, gid: account.gid } } : {};
    return { file: inner.program, args: inner.args, env, cwd, ...identity };
  }
  const privileges = changesAccount ? drop(account, command.capabilities ?? []) : [];
  return { file: setpriv, args: [...privileges, '--pdeathsig', 'KILL', '--', inner.program, ...inner.args], env, cwd };
}

function environment(command: Command, account: Account): Record<string, string> {
  const boxed = command.sandbox !== undefined;
  return {
    PATH: boxed ? sandboxPath : searchPath(),
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    HOME: boxed ? '/tmp' : account.home,
    ...command.env,
  };
}

function innerCommand(command: Command, env: Readonly<Record<string, string>>): { program: string; args: string[] } {
  if (command.sandbox === undefined) {
    const program = findProgram(command.program, env.PATH, command.cwd ?? '/');
    if (program === undefined) throw new HoldfastError('program-missing', { program: command.program });
    return { program, args: [...command.args] };
  }
  if ((command.capabilities ?? []).length > 0) {
    throw new TypeError('a sandbox keeps no capabilities: its user namespace gives none over the host');
  }
  const { program, args } = sandboxed(command, command.sandbox);
  const bubblewrap = findProgram(program);
  if (bubblewrap === undefined) throw new HoldfastError('program-missing', { program });
  return { program: bubblewrap, args };
}

/** The bounding set binds only the namespace that Holdfast is in: bubblewrap's user namespace starts with a new one. */
function drop(account: Account, capabilities: readonly Capability[]): string[] {
  const kept = ['-all', ...capabilities.map((capability) => `+${capability}`)].join(',');
  return [
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    Number.isInteger(Number(account.name)) ? '--clear-groups' : '--init-groups',
    `--inh-caps=${kept}`,
    `--ambient-caps=${kept}`,
    `--bounding-set=${kept}`,
    '--no-new-privs',
  ];
}
