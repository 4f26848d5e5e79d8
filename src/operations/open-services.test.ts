import { chmod, chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveOptions } from '../config/options.ts';
import { SecretMemory } from '../config/secret-memory.ts';
import { silent } from '../lib/progress.ts';
import { openServices } from './open-services.ts';
import type { Faces, Services } from './services.ts';

const faces: Faces = {
  serve: async () => ({ url: '', tokenFile: '' }),
  completion: async () => '',
};

let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hf-services-'));
  await writeFile(
    join(directory, 'print-secret'),
    '#!/bin/sh\necho "$1-$(basename "$PWD")-${PLANTED:-none}"\necho second\n',
    { mode: 0o755 },
  );
  await writeFile(join(directory, 'count-and-print'), '#!/bin/sh\necho run >> counted\necho kept\n', { mode: 0o755 });
  await writeFile(join(directory, 'fail'), '#!/bin/sh\necho planted-output\necho planted-error >&2\nexit 3\n', {
    mode: 0o755,
  });
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe('a secret from a command', () => {
  it('is the first line it prints, run in the directory of the site file with none of the environment', async () => {
    const services = await siteNamed('good.yaml');
    const secret = await services.secret({ command: ['./print-secret', 'a b'] });
    expect(secret).toBe(`a b-${directory.split('/').at(-1)}-none`);
    expect(services.redact(`it is ${secret}`)).toBe('it is [redacted]');
  });

  it('is asked for once by a plan and the run that follows', async () => {
    const services = await siteNamed('good.yaml');
    const command = ['./count-and-print'];
    expect(await Promise.all([services.secret({ command }), services.secret({ command })])).toEqual(['kept', 'kept']);
    expect(await services.secret({ command })).toBe('kept');
    expect(await readFile(join(directory, 'counted'), 'utf8')).toBe('run\n');
  });

  it('that fails says why, without what it printed', async () => {
    const services = await siteNamed('good.yaml');
    const error = await services.secret({ command: ['./fail'] }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'secret-command-failed', details: { reason: 'exit code 3' } });
    expect(JSON.stringify(error)).not.toContain('planted');
  });

  it('is not run for a site file that everybody can write', async () => {
    const services = await siteNamed('open.yaml', 0o666);
    await expect(services.secret({ command: ['./print-secret', 'x'] })).rejects.toMatchObject({
      code: 'secret-command-failed',
      details: { reason: expect.stringContaining('every account of this machine can write') },
    });
  });

  it.runIf(process.getuid?.() === 0)('is not run as root for a site file of another account', async () => {
    const services = await siteNamed('foreign.yaml');
    await chown(join(directory, 'foreign.yaml'), 65_534, 65_534);
    await expect(services.secret({ command: ['./print-secret', 'x'] })).rejects.toMatchObject({
      details: { reason: expect.stringContaining('belongs to another account') },
    });
  });
});

describe('services', () => {
  it('read the site file again after a failure, and once after a success', async () => {
    const path = join(directory, 'later.yaml');
    const services = open('later.yaml');
    await expect(services.site()).rejects.toMatchObject({ code: 'site-file-missing' });
    await writeFile(path, 'site: one\nstores: {}\nassets: {}\n');
    expect((await services.site()).site.site).toBe('one');
    await writeFile(path, 'site: two\nstores: {}\nassets: {}\n');
    expect((await services.site()).site.site).toBe('one');
  });

  it('close without having opened anything', async () => {
    await open('good.yaml').close();
  });

  it('say that the store does not answer, without the password in its URL', async () => {
    const services = open('good.yaml', { HOLDFAST_STORE: 'postgres://u:planted-one@127.0.0.1:1/d' });
    const error = await services.records().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'store-unavailable' });
    expect(JSON.stringify(error)).not.toContain('planted');
    expect(services.redact('planted-one')).toBe('[redacted]');
  });

  it('of another place leave the URL of this store behind', () => {
    const services = open('good.yaml', { HOLDFAST_STORE: 'postgres://u:p@h/d' });
    const other = services.elsewhere({ site: '/x/holdfast.yaml', data: '/x/data' });
    expect(other.options).toMatchObject({ site: '/x/holdfast.yaml', data: '/x/data' });
    expect(other.options.store).toBeUndefined();
    expect(other.actor).toBe(services.actor);
  });
});

async function siteNamed(name: string, mode = 0o644): Promise<Services> {
  await writeFile(join(directory, name), 'site: x\nstores: {}\nassets: {}\n');
  await chmod(join(directory, name), mode);
  return open(name);
}

function open(site: string, env: Record<string, string> = {}): Services {
  const options = resolveOptions({ flags: { site }, env, cwd: directory, home: directory, uid: process.getuid?.() });
  return openServices({
    options,
    actor: { name: 'ann', kind: 'person', face: 'cli' },
    report: silent,
    signal: new AbortController().signal,
    env,
    faces,
    memory: new SecretMemory(),
  });
}
