import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { HoldfastError } from '../errors/holdfast-error.ts';
import type { Account } from './types.ts';

/** The accounts that root's children run as, the first that exists. `nobody` is on every system. */
export const unprivilegedNames = ['holdfast', 'postgres', 'nobody'] as const;

/** The account that children run as: unprivileged when Holdfast is root, else the user who started it. */
export async function childAccount(): Promise<Account> {
  return childAccountNow();
}

/** A system user by name. Throws `account-missing`. */
export async function accountNamed(name: string): Promise<Account> {
  const account = lookUp(name);
  if (account === undefined) throw new HoldfastError('account-missing', { account: name });
  return account;
}

let child: Account | undefined;

/** `childAccount` for code that cannot wait: starting a process. */
export function childAccountNow(): Account {
  child ??= chooseChild();
  return child;
}

function chooseChild(): Account {
  const own = currentAccount();
  if (own.uid !== 0) return own;
  for (const name of unprivilegedNames) {
    const account = lookUp(name);
    if (account !== undefined && account.uid !== 0) return account;
  }
  throw new HoldfastError('account-missing', { account: unprivilegedNames.join(', ') });
}

let current: Account | undefined;

/** Who runs Holdfast itself. It never changes: Holdfast does not drop its own rights, its children start without them. */
export function currentAccount(): Account {
  current ??= askAccount();
  return current;
}

function askAccount(): Account {
  const { uid, gid, username, homedir } = currentUser();
  return { name: username, uid, gid, home: homedir };
}

function currentUser(): { uid: number; gid: number; username: string; homedir: string } {
  try {
    return userInfo();
  } catch {
    // A user id without an entry in the user database, as containers give it.
    const uid = process.getuid?.() ?? 0;
    return { uid, gid: process.getgid?.() ?? 0, username: String(uid), homedir: process.env.HOME ?? '/' };
  }
}

const known = new Map<string, Account>();

function lookUp(name: string): Account | undefined {
  const cached = known.get(name);
  if (cached !== undefined) return cached;
  const account = entry(passwdFile(), name) ?? entry(directoryService(name), name) ?? numeric(name);
  if (account !== undefined) known.set(name, account);
  return account;
}

function entry(passwd: string, name: string): Account | undefined {
  const line = passwd.split('\n').find((candidate) => candidate.startsWith(`${name}:`));
  const [, , uid, gid, , home] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined) return undefined;
  return { name, uid: Number(uid), gid: Number(gid), home: home === undefined || home === '' ? '/' : home };
}

function passwdFile(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}

/** Users of LDAP and the like. macOS has no getent; there the numbers come from `id`. */
function directoryService(name: string): string {
  if (!/^[a-z_][a-z0-9_.-]*$/i.test(name)) return '';
  return process.platform === 'darwin' ? '' : output('getent', ['passwd', name]);
}

function numeric(name: string): Account | undefined {
  if (process.platform !== 'darwin' || !/^[a-z_][a-z0-9_.-]*$/i.test(name)) return undefined;
  const uid = output('id', ['-u', name]).trim();
  const gid = output('id', ['-g', name]).trim();
  if (uid === '' || gid === '') return undefined;
  return { name, uid: Number(uid) | 0, gid: Number(gid) | 0, home: name === 'root' ? '/var/root' : `/Users/${name}` };
}

function output(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', timeout: 5000, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}
