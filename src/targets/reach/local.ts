import { accountNamed, childAccount, currentAccount } from '../../process/account.ts';
import { markVariable } from '../../process/tree.ts';
import type { Opening } from '../shell/link.ts';
import { quote } from '../shell/quote.ts';
import type { Target } from '../types.ts';
import { ownVariables } from './variables.ts';

type Address = Extract<Target['address'], { kind: 'local' }>;

/**
 * A shell on this machine, as the account of the site file; without one as an unprivileged account when Holdfast is root, else as
 * who started it. A step must outlive a Holdfast that is killed, so it does not carry the mark by which Holdfast ends what
 * it started; one that a Holdfast around this one gave stays.
 */
export async function reachLocal(address: Address): Promise<Opening> {
  const account = address.account === undefined ? await childAccount() : await accountNamed(address.account);
  const own = account.uid === currentAccount().uid;
  return {
    command: {
      program: 'sh',
      args: [],
      account,
      env: { ...(own ? ownVariables() : {}), USER: account.name, LOGNAME: account.name },
    },
    preamble: `${as(markVariable)}${as('TZ')}`,
  };
}

/** The shell's own `TZ` and mark are those of a child of Holdfast; its steps get what Holdfast itself has. */
function as(name: string): string {
  const value = process.env[name];
  return value === undefined ? `unset ${name}\n` : `export ${name}=${quote(value)}\n`;
}
