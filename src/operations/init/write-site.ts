import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { writeFileAtomic } from '../../lib/files.ts';
import { siteTemplate } from './template.ts';

export interface WrittenSite {
  readonly site: string;
  readonly password: string;
  readonly passwordCreated: boolean;
}

/**
 * Writes a site file, its schema and a password file (mode 0600) beside it. A password that is there is kept: it may be the
 * only key to recovery points. Throws `site-file-exists` or `site-file-unwritable`.
 */
export async function writeSite(path: string, force: boolean): Promise<WrittenSite> {
  const directory = dirname(path);
  const password = join(directory, 'holdfast-password');
  try {
    await mkdir(directory, { recursive: true });
    await place(path, siteTemplate(nameOf(directory), './holdfast.schema.json'), force);
    const { siteJsonSchema } = await import('../../config/site-json-schema.ts');
    await writeFile(join(directory, 'holdfast.schema.json'), `${JSON.stringify(siteJsonSchema(), null, 2)}\n`);
    return { site: path, password, passwordCreated: await makePassword(password) };
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new HoldfastError('site-file-unwritable', { path, reason: code ?? message }, { cause });
  }
}

/** Whole or not at all: a reader never sees half a file, and two who start at once do not overwrite each other. */
async function place(path: string, text: string, force: boolean): Promise<void> {
  if (!force) {
    const file = await open(path, 'wx').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EEXIST') throw new HoldfastError('site-file-exists', { path }, { cause });
      throw cause;
    });
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    return;
  }
  await writeFileAtomic(path, text, 0o644);
}

/** 256 random bits in letters and digits that survive being copied by hand into a safe. */
async function makePassword(path: string): Promise<boolean> {
  const password = randomBytes(32).toString('hex').match(/.{8}/g)?.join('-') ?? '';
  try {
    await writeFile(path, `${password}\n`, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    if ((await readFile(path, 'utf8')).trim() === '') {
      throw new HoldfastError('site-file-unwritable', { path, reason: 'a password file is there and is empty' });
    }
    await chmod(path, 0o600);
    return false;
  }
}

/** The directory's name as a site's name: lower-case letters, digits and hyphens. */
function nameOf(directory: string): string {
  const name = basename(directory)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return name === '' ? 'my-site' : name;
}
