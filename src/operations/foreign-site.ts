import { stat } from 'node:fs/promises';
import { HoldfastError } from '../errors/holdfast-error.ts';

/**
 * A site file can name commands, so whoever may write it may run programs as the one who uses it. Throws
 * `secret-command-failed` when that is somebody else: the file belongs neither to this account nor to root, or others may
 * write it.
 */
export async function refuseForeignCommands(sitePath: string, command: readonly string[]): Promise<void> {
  const found = await stat(sitePath);
  const own = found.uid === process.getuid?.() || found.uid === 0;
  if (own && (found.mode & 0o002) === 0) return;
  const reason = own
    ? `every account of this machine can write ${sitePath}, so its commands are not run`
    : `${sitePath} belongs to another account, so its commands are not run`;
  throw new HoldfastError('secret-command-failed', { command: command.join(' '), reason });
}
