import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { StoreConfig } from '../../config/site.ts';
import type { Account } from '../../process/types.ts';
import type { ResticDialect } from './versions.ts';

/** One repository: where it is and how it is reached. */
export interface Place {
  readonly store: string;
  /** Without secrets, for records and messages. */
  readonly location: string;
  /** What restic is given as `--repo`. */
  readonly repository: string;
  /** The directory, when it is on this machine. */
  readonly directory: string | undefined;
  readonly ssh: { readonly user: string | undefined; readonly host: string } | undefined;
  readonly account: Account;
  readonly cacheDirectory: string;
  /** Reads the password when it is needed; it is not kept. */
  readonly password: () => Promise<string>;
}

export interface OpenOptions {
  readonly name: string;
  readonly config: StoreConfig;
  readonly password: () => Promise<string>;
  /** Relative paths of the site file start here. */
  readonly baseDirectory: string;
  readonly cacheDirectory: string;
  /** Who runs restic; a repository on this machine belongs to this account. */
  readonly account: Account;
}

/** Reads where a store of the site file lies. */
export function placeOf(options: OpenOptions): Place {
  const { name: store, config, password, account, cacheDirectory } = options;
  const common = { store, password, account, cacheDirectory };
  if (config.sftp !== undefined) {
    const location = `sftp:${config.sftp}`;
    return { ...common, location, repository: location, directory: undefined, ssh: sshHost(config.sftp) };
  }
  const directory = resolve(options.baseDirectory, (config.path ?? '').replace(/^~(?=\/|$)/, homedir()));
  return { ...common, location: directory, repository: directory, directory, ssh: undefined };
}

/**
 * The option that keeps ssh from asking anybody anything, and ends it when the link is dead. Older versions take one whole
 * command for a call: two remote repositories in one call then rely on having no terminal.
 */
export function sshOptions(places: readonly Place[], dialect: ResticDialect): string[] {
  const hosts = places.flatMap((place) => (place.ssh === undefined ? [] : [place.ssh]));
  const [first, second] = hosts;
  if (first === undefined) return [];
  if (dialect.sftpArgs) return ['-o', `sftp.args=${sshArguments.join(' ')}`];
  if (second !== undefined && (second.host !== first.host || second.user !== first.user)) return [];
  const login = first.user === undefined ? [] : ['-l', first.user];
  return ['-o', `sftp.command=${['ssh', ...sshArguments, ...login, first.host, '-s', 'sftp'].join(' ')}`];
}

const sshArguments = [
  '-oBatchMode=yes',
  '-oConnectTimeout=20',
  '-oServerAliveInterval=15',
  '-oServerAliveCountMax=4',
] as const;

/** `user@host:/path`. A host that looks like an option, or holds a blank, would become an argument of ssh. */
function sshHost(sftp: string): { user: string | undefined; host: string } {
  const match = /^(?:([^@:\s-][^@:\s]*)@)?([^@:\s-][^@:\s]*):./.exec(sftp);
  if (match?.[2] === undefined) throw new TypeError(`the site file was accepted with the sftp store ${sftp}`);
  return { user: match[1], host: match[2] };
}
