import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { run } from '../run.ts';
import type { Account } from '../types.ts';
import type { ClusterSpec } from './types.ts';

/**
 * Makes a cluster with initdb, under the account that will run the server. Takes about one second. Errors:
 * `cluster-not-empty` when the directory holds anything, `initdb-failed` with the program's output; then nothing is left.
 */
export async function initCluster(
  spec: ClusterSpec,
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<void> {
  await prepareDirectory(spec.data, spec.account);
  const passwordFile =
    typeof spec.auth === 'string' ? undefined : await writePassword(spec.data, spec.auth.password, spec.account);
  try {
    const finished = await run(
      {
        program: join(spec.bin, 'initdb'),
        args: initdbArguments(spec, passwordFile),
        ...(spec.env ? { env: spec.env } : {}),
        ...(spec.account ? { account: spec.account } : {}),
        cwd: spec.data,
      },
      { signal, timeoutMs },
    );
    if (!finished.ok) {
      await rm(spec.data, { recursive: true, force: true });
      if (finished.cancelled) throw new HoldfastError('cancelled', { what: 'Making a PostgreSQL cluster' });
      throw new HoldfastError(
        'initdb-failed',
        { data: spec.data, exit: finished.exitCode ?? finished.signal ?? 'timeout' },
        { output: `${finished.stdout}\n${finished.stderr}`.trim() },
      );
    }
  } finally {
    if (passwordFile !== undefined) await rm(passwordFile, { force: true });
  }
}

function initdbArguments(spec: ClusterSpec, passwordFile: string | undefined): string[] {
  return [
    `--pgdata=${spec.data}`,
    `--username=${spec.superuser}`,
    `--encoding=${spec.encoding ?? 'UTF8'}`,
    `--locale=${spec.locale ?? 'C'}`,
    ...(spec.checksums === false ? [] : ['--data-checksums']),
    ...(spec.sync === false ? ['--no-sync'] : []),
    ...(passwordFile === undefined ? ['--auth=trust'] : ['--auth=scram-sha-256', `--pwfile=${passwordFile}`]),
  ];
}

async function prepareDirectory(data: string, account: Account | undefined): Promise<void> {
  await mkdir(data, { recursive: true, mode: 0o700 });
  const found = await readdir(data);
  if (found.length > 0) throw new HoldfastError('cluster-not-empty', { data, example: found[0] ?? '' });
  await chmod(data, 0o700);
  if (account !== undefined && process.getuid?.() === 0) await chown(data, account.uid, account.gid);
}

async function writePassword(data: string, password: string, account: Account | undefined): Promise<string> {
  const file = join(dirname(data), `.password-${randomBytes(6).toString('hex')}`);
  await writeFile(file, `${password}\n`, { mode: 0o600, flag: 'wx' });
  if (account !== undefined && process.getuid?.() === 0) await chown(file, account.uid, account.gid);
  return file;
}
