import { readFile, stat } from 'node:fs/promises';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { resolvePath } from './paths.ts';
import type { SecretMemory } from './secret-memory.ts';
import type { SecretRef } from './site.ts';

/** What a program printed, as far as a secret needs it. `problem` says why there is none. */
export type Printed = { readonly stdout: string } | { readonly problem: string };

export interface SecretContext {
  /** What relative paths start from, and where commands run: the directory of the site file. */
  readonly baseDirectory: string;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly memory: SecretMemory;
  /** Runs a program, without a shell and with a limit. Given from above, where processes are known. */
  readonly print: (command: readonly string[], directory: string, signal: AbortSignal) => Promise<Printed>;
  readonly warn: (message: string) => void;
}

/**
 * Reads a secret where its reference says and remembers it, so that it is redacted from then on. Of a file and of a
 * command's output it is the first line. Throws `secret-not-set`, `secret-file-unreadable`, `secret-file-exposed` or
 * `secret-command-failed`; none of them holds any of the secret.
 */
export async function readSecret(ref: SecretRef, context: SecretContext): Promise<string> {
  const secret = await readFrom(ref, context);
  context.memory.remember(secret);
  return secret;
}

async function readFrom(ref: SecretRef, context: SecretContext): Promise<string> {
  if ('env' in ref) return fromEnvironment(ref.env, context);
  if ('file' in ref) return await fromFile(resolvePath(ref.file, context.baseDirectory), context);
  return await fromCommand(ref.command, context);
}

function fromEnvironment(name: string, { env }: SecretContext): string {
  const value = env[name];
  if (value === undefined || value === '') throw new HoldfastError('secret-not-set', { name });
  return value;
}

async function fromFile(path: string, context: SecretContext): Promise<string> {
  try {
    await refuseExposed(path, context);
    const secret = firstLine(await readFile(path, { encoding: 'utf8', signal: context.signal }));
    if (secret === '') throw new HoldfastError('secret-file-unreadable', { path, reason: 'its first line is empty' });
    return secret;
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause;
    if (context.signal.aborted) throw new HoldfastError('cancelled', { what: 'Reading a secret' }, { cause });
    const reason = reasons[String((cause as NodeJS.ErrnoException).code)] ?? 'the system refuses it';
    throw new HoldfastError('secret-file-unreadable', { path, reason }, { cause });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  ENOTDIR: 'it is not there',
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
};

/**
 * A file of one's own that others can read or write is refused: the owner can mend it. One that belongs to another account
 * (a secret mounted by a container platform) cannot be mended from here, so reading by others is a warning only.
 */
async function refuseExposed(path: string, context: SecretContext): Promise<void> {
  const found = await stat(path);
  if (!found.isFile()) return;
  const mode = (found.mode & 0o7777).toString(8).padStart(4, '0');
  if ((found.mode & 0o002) !== 0) throw new HoldfastError('secret-file-exposed', { path, mode, can: 'change' });
  if ((found.mode & 0o004) !== 0) {
    if (found.uid === process.getuid?.()) throw new HoldfastError('secret-file-exposed', { path, mode, can: 'read' });
    context.warn(`the secret file ${path} has mode ${mode}: other accounts of this machine can read it`);
  } else if ((found.mode & 0o060) !== 0) {
    context.warn(`the secret file ${path} has mode ${mode}: its group can read or change it`);
  }
}

async function fromCommand(command: readonly string[], context: SecretContext): Promise<string> {
  const printed = await context.print(command, context.baseDirectory, context.signal);
  const secret = 'stdout' in printed ? firstLine(printed.stdout) : '';
  if (secret !== '') return secret;
  const reason = 'problem' in printed ? printed.problem : 'its first line of output is empty';
  throw new HoldfastError('secret-command-failed', { command: command.join(' '), reason });
}

function firstLine(text: string): string {
  return text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';
}
