import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { loadSite, parseSite } from './load.ts';

const good = `site: clinic
stores:
  local: { path: ./points, password: { file: secret } }
assets:
  docs:
    files: { paths: [docs, ~/more] }
    objectives: { rpo: 1h30m, rto: 15m }
    copies: [local]
`;

let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hf-site-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe('loadSite', () => {
  it('resolves paths from the file, ~ from the home, and fills defaults', async () => {
    const { site, path, sha256 } = await loadSite(await written('good.yaml', good));
    expect(path).toBe(join(directory, 'good.yaml'));
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(site.stores.local).toMatchObject({ engine: 'restic', path: join(directory, 'points'), tier: 'local' });
    expect(site.stores.local?.password).toEqual({ file: join(directory, 'secret') });
    const docs = site.assets.docs;
    if (docs === undefined || !('files' in docs)) throw new Error('docs is no files asset');
    expect(docs.files.paths).toEqual([join(directory, 'docs'), join(homedir(), 'more')]);
    expect(docs.objectives).toEqual({ rpo: 5_400_000, rto: 900_000 });
    expect(docs['shrink-limit']).toBe(0.5);
  });

  it('reads a file with a byte order mark and Windows line ends', async () => {
    const { site } = await loadSite(await written('windows.yaml', `\uFEFF${good.replaceAll('\n', '\r\n')}`));
    expect(site.site).toBe('clinic');
  });

  it('loads the example in the documentation', async () => {
    const page = await readFile(new URL('../../docs/site-file.md', import.meta.url), 'utf8');
    const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const { site } = await loadSite(await written('example.yaml', example));
    expect(Object.keys(site.assets)).toEqual(['ledger', 'uploads']);
    expect(Object.keys(site.stores)).toEqual(['local', 'ring', 'cold']);
  });

  it('says that there is no file, with the path', async () => {
    await expect(loadSite(join(directory, 'none.yaml'))).rejects.toMatchObject({
      code: 'site-file-missing',
      details: { path: join(directory, 'none.yaml') },
    });
  });

  it('refuses a directory, a file that is too large, and one that is no UTF-8', async () => {
    await expect(loadSite(directory)).rejects.toMatchObject({ code: 'site-file-unreadable' });
    await expect(loadSite(await written('big.yaml', `#${'x'.repeat(1_000_000)}`))).rejects.toMatchObject({
      code: 'site-file-unreadable',
      details: { reason: 'it has 1.0 MB' },
    });
    const binary = join(directory, 'binary.yaml');
    await writeFile(binary, Buffer.from([0x73, 0xff, 0xfe]));
    await expect(loadSite(binary)).rejects.toMatchObject({ details: { reason: 'it is not UTF-8 text' } });
  });
});

describe('mistakes in a site file', () => {
  it('are all listed at once, with line, column, source line and caret', () => {
    const text = mistakesIn(good.replace('copies: [local]', 'copys: [lokal]').replace('rto: 15m', 'rto: soon'));
    expect(text).toContain(
      'holdfast.yaml:8:5  there is no key "copys" here; did you mean "copies"?\n    8 |     copys: [lokal]\n      |     ^',
    );
    expect(text).toContain('holdfast.yaml:7:36  "soon": not a duration; write for example 15m, 1h or 1d');
    expect(text).toContain('"copies" is missing');
  });

  it('name the store or asset that was probably meant', () => {
    expect(mistakesIn(good.replace('[local]', '[lokal]'))).toContain('there is no store "lokal"; did you mean local?');
    expect(mistakesIn(`${good}    after: [dogs, docks]\n`)).toContain('there is no asset "dogs"; did you mean docs?');
  });

  it('of an asset are those of the kind that was meant, never a bare "Invalid input"', () => {
    const text = mistakesIn(
      good.replace('files: { paths: [docs, ~/more] }', 'postgres: { url: { env: U }, canari: true }'),
    );
    expect(text).toContain('there is no key "canari" here; did you mean "canary"?');
    expect(text).not.toContain('Invalid');
    expect(text).not.toContain('"files"');
    expect(text.match(/holdfast\.yaml:/g)).toHaveLength(1);
  });

  it('say when an asset has neither postgres nor files, or both', () => {
    expect(mistakesIn(good.replace('files: {', 'file: {'))).toContain('this needs one of postgres or files');
    const both = good.replace('    objectives', '    postgres: { url: { env: U } }\n    objectives');
    expect(mistakesIn(both)).toContain('this has more than one of postgres or files: keep one');
  });

  it('include a circle of `after`, named member by member, once', () => {
    const text = mistakesIn(`${good}    after: [b]\n  b: ${flow('after: [c]')}\n  c: ${flow('after: [docs]')}\n`);
    expect(text).toContain('assets wait for each other in a circle: docs after b after c after docs');
    expect(text.match(/circle/g)).toHaveLength(1);
  });

  it('include an asset that waits for itself', () => {
    expect(mistakesIn(`${good}    after: [docs]\n`)).toContain('in a circle: docs after docs');
  });

  it('include a time zone that does not exist', () => {
    expect(mistakesIn(`timezone: Asia/Soul\n${good}`)).toContain(
      'there is no time zone "Asia/Soul"; did you mean Asia/Seoul?',
    );
  });

  it('include two stores in one place, and a store with no place or two', () => {
    const two = good.replace('assets:', '  other: { path: ./points/, password: { env: X } }\nassets:');
    expect(mistakesIn(two)).toContain('store "local" lies in the same place: that is one copy, not two');
    expect(mistakesIn(good.replace('path: ./points, ', ''))).toContain('a store has either path or sftp');
    expect(mistakesIn(good.replace('path: ./points', 'sftp: -oProxyCommand=x'))).toContain('write it as host:/path');
  });

  it.each([
    ['a key that is there twice', `${good}site: again\n`, 'this key is here twice; keep one'],
    ['a tab that indents', good.replace('  local:', '\tlocal:'), 'a tab'],
    ['a second document', `${good}---\nsite: b\n`, 'a second document starts here'],
    ['a bracket that is not closed', good.replace('[local]', '[local'), 'this is not YAML'],
    ['a tag', good.replace('clinic', '!!js/function clinic'), 'tags are not used'],
    ['a list where a mapping belongs', '- a\n', 'this must be a mapping, and it is a list'],
    ['an empty file', '', 'this must be a mapping'],
  ])('include %s', (_name, text, message) => {
    expect(mistakesIn(text)).toContain(message);
  });

  it('stop aliases that would grow to gigabytes', () => {
    const lines = Array.from(
      { length: 12 },
      (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join(', ')}]`,
    );
    const began = performance.now();
    expect(mistakesIn(`l0: &l0 [x]\n${lines.join('\n')}\n`)).toContain('aliases');
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('never repeat a secret that was written where its place belongs', () => {
    const text = mistakesIn(good.replace('{ file: secret }', 'hunter2-planted'));
    expect(text).toContain('this must be a mapping with env, file or command');
    expect(text).not.toContain('hunter2');
    const block = mistakesIn(
      good.replace('path: ./points, password: { file: secret }', 'pathh: ./p, password: "hunter2-planted"'),
    );
    expect(block).not.toContain('hunter2');
  });

  it('put the caret under the right column after wide characters', () => {
    const text = mistakesIn(good.replace('[docs, ~/more]', '[문서], excludee: []'));
    expect(text).toMatch(/\n {6}\| {21} {2,}\^/);
    const [, row = '', caret = ''] = /\n {4}6 \| (.*)\n {6}\| (.*)/.exec(text) ?? [];
    expect(caret.indexOf('^')).toBe(row.indexOf('excludee') + 2);
  });

  it('do not follow keys of the prototype', () => {
    expect(mistakesIn(`${good}__proto__: { polluted: true }\n`)).toContain('__proto__');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('a site file that cannot be read', () => {
  it.skipIf(process.getuid?.() === 0)('says that permission was denied', async () => {
    const path = await written('closed.yaml', good);
    await chmod(path, 0o000);
    await expect(loadSite(path)).rejects.toMatchObject({ details: { reason: 'permission denied' } });
  });
});

async function written(name: string, text: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, text);
  return path;
}

function flow(more: string): string {
  return `{ files: { paths: [x] }, objectives: { rpo: 1h, rto: 1h }, copies: [local], ${more} }`;
}

function mistakesIn(text: string): string {
  try {
    parseSite(text, 'holdfast.yaml');
  } catch (error) {
    if (error instanceof HoldfastError && error.code === 'site-file-invalid') return error.message;
    throw error;
  }
  throw new Error('no mistake was found');
}
