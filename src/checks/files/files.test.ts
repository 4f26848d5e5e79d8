import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bench } from '../../../test/services/bench.ts';
import { removeDirectory, temporaryDirectory } from '../../../test/services/programs.ts';
import { startRestic } from '../../../test/services/restic.ts';
import type { FilesFacts } from '../facts.ts';
import { writeFileCanary } from './canary.ts';
import { collectFilesFacts } from './collect.ts';
import { compareFiles } from './compare.ts';
import { excluder } from './exclude.ts';
import { pathBytes, pathText } from './path-text.ts';

let home: string;
let tree: string;
let restored: string;
let facts: FilesFacts;

const invalid = Buffer.from([0x62, 0x61, 0x64, 0xff, 0x5c, 0x6e]);
const nothing = async (): Promise<void> => undefined;

beforeAll(async () => {
  home = temporaryDirectory();
  tree = join(home, 'tree');
  mkdirSync(join(tree, 'sub/empty'), { recursive: true });
  for (const name of ['a', 'b', 'line\nbreak', '장부', 'back\\slash', 'quote\'"', '-dash']) {
    writeFileSync(join(tree, name), `content of ${name}`);
  }
  writeFileSync(Buffer.concat([Buffer.from(`${tree}/`), invalid]), 'invalid name');
  writeFileSync(join(tree, 'sub/script'), '#!/bin/sh\n', { mode: 0o750 });
  writeFileSync(join(tree, 'sub/sparse'), '');
  truncateSync(join(tree, 'sub/sparse'), 20_000_000);
  symlinkSync('a', join(tree, 'link'));
  symlinkSync('/nonexistent', join(tree, 'sub/dangling'));
  const canary = await writeFileCanary(tree);
  ({ facts } = await collectFilesFacts([tree], nothing, { canary }, bench()));
  restored = join(home, 'restored');
  copy(tree, restored);
});

afterAll(() => removeDirectory(home));

/** `cp -a` keeps names that are no UTF-8, holes and the times of directories. */
function copy(from: string, into: string): void {
  const target = join(into, tree);
  mkdirSync(dirname(target), { recursive: true });
  execFileSync('cp', ['-a', from, target]);
}

async function damaged(change: (directory: string) => void): Promise<Record<string, readonly string[]>> {
  const into = join(home, `damaged-${Math.random().toString(36).slice(2)}`);
  copy(tree, into);
  const parent = join(into, tree);
  change(parent);
  const results = await compareFiles(facts, into, bench());
  rmSync(into, { recursive: true });
  const failed = results.filter((result) => result.status !== 'passed');
  return Object.fromEntries(
    failed.map((result) => [result.name, result.details.map((line) => line.replace(tree, ''))]),
  );
}

test('files that came back as they were pass', async () => {
  const results = await compareFiles(facts, restored, bench());
  expect(results.map(({ name, status, details }) => [name, status, details])).toEqual([
    ['files', 'passed', []],
    ['canary', 'passed', []],
  ]);
});

test('facts know odd names, sparse files, links and directories, and do not follow links', () => {
  const names = facts.entries.map((entry) => entry.path.replace(`${tree}/`, ''));
  expect(names).toContain('line\nbreak');
  expect(names).toContain('장부');
  expect(names).toContain('back\\\\slash');
  expect(names).toContain('bad\\xff\\\\n');
  expect(facts.entries.find((entry) => entry.path.endsWith('/link'))).toMatchObject({ kind: 'link', link: 'a' });
  expect(facts.entries.find((entry) => entry.path.endsWith('sparse'))?.size).toBe(20_000_000);
  expect(facts.entries.some((entry) => entry.unstable)).toBe(false);
});

test.each<[string, (directory: string) => void, Record<string, readonly string[]>]>([
  ['a flipped byte', (d) => flip(join(d, 'a')), { files: ['/a: the content differs'] }],
  [
    'a byte more',
    (d) => keepTime(join(d, 'b'), (path) => appendFileSync(path, 'x')),
    { files: ['/b: has 13 bytes, had 12'] },
  ],
  ['another mode', (d) => chmodSync(join(d, 'sub/script'), 0o700), { files: ['/sub/script: has mode 0700, had 0750'] }],
  [
    'a directory open to all',
    (d) => chmodSync(join(d, 'sub/empty'), 0o777),
    { files: ['/sub/empty: has mode 0777, had 0755'] },
  ],
  ['another time', (d) => utimesSync(join(d, 'a'), 1, 1), { files: ['/a: the time of the last change differs'] }],
  ['a missing file', (d) => keepTime(d, () => unlinkSync(join(d, '장부'))), { files: ['/장부 is missing'] }],
  [
    'a missing directory',
    (d) => keepTime(join(d, 'sub'), () => rmSync(join(d, 'sub/empty'), { recursive: true })),
    { files: ['/sub/empty is missing'] },
  ],
  [
    'one file more',
    (d) => keepTime(d, () => writeFileSync(join(d, 'more\n'), '')),
    { files: ['/more\\n was not there at backup time'] },
  ],
  [
    'a link elsewhere',
    (d) => keepTime(d, () => relink(join(d, 'link'), 'b')),
    { files: ['/link: the link points elsewhere'] },
  ],
  [
    'a file in place of a link',
    (d) =>
      keepTime(d, () => {
        unlinkSync(join(d, 'link'));
        writeFileSync(join(d, 'link'), 'a');
      }),
    { files: ['/link: is a file, was a link'] },
  ],
  [
    'a canary that is gone',
    (d) => keepTime(d, () => unlinkSync(join(d, '.holdfast-canary'))),
    { files: ['/.holdfast-canary is missing'], canary: ['the canary file is missing'] },
  ],
])('finds %s, and only that', async (_, change, expected) => {
  expect(await damaged(change)).toEqual(expected);
});

/** Changes one byte and sets the time back, as damage does. */
function flip(path: string): void {
  keepTime(path, () => {
    const content = readFileSync(path);
    content.writeUInt8(content.readUInt8(3) ^ 1, 3);
    writeFileSync(path, content);
  });
}

function keepTime(path: string, change: (path: string) => void): void {
  const { atimeMs, mtimeMs } = statSync(path);
  change(path);
  utimesSync(path, atimeMs / 1000, mtimeMs / 1000);
}

function relink(path: string, target: string): void {
  unlinkSync(path);
  symlinkSync(target, path);
}

test('what changed, came or went while the backup ran is unstable, and is not compared', async () => {
  const moving = join(home, 'moving');
  mkdirSync(moving);
  for (const name of ['same', 'changed', 'gone']) writeFileSync(join(moving, name), name);
  const { facts: recorded } = await collectFilesFacts(
    [moving],
    async () => {
      keepTime(join(moving, 'changed'), (path) => writeFileSync(path, 'CHANGED'));
      unlinkSync(join(moving, 'gone'));
      writeFileSync(join(moving, 'new'), 'new');
    },
    {},
    bench(),
  );
  const unstable = recorded.entries.filter((entry) => entry.unstable).map((entry) => entry.path.replace(moving, ''));
  expect(unstable.sort()).toEqual(['', '/changed', '/gone', '/new']);
  const into = join(home, 'moved');
  mkdirSync(join(into, moving), { recursive: true });
  execFileSync('cp', ['-a', join(moving, 'same'), join(into, moving, 'same')]);
  const [files] = await compareFiles(recorded, into, bench());
  expect(files).toMatchObject({ status: 'passed', details: [] });
  expect(files?.summary).toContain('4 changed during the backup');
});

test('a restore that brought nothing is a failure, whatever is expected of it', async () => {
  const empty = join(home, 'empty');
  mkdirSync(empty);
  const [files] = await compareFiles(facts, empty, bench());
  expect(files?.status).toBe('failed');
  expect(files?.details.length).toBe(facts.entries.length);
});

test('every name comes back from its text', () => {
  const names = [
    invalid,
    Buffer.from('plain'),
    Buffer.from('back\\xff'),
    Buffer.from([0xed, 0xa0, 0x80]),
    Buffer.from('\uFFFD'),
  ];
  for (const name of names) expect(pathBytes(pathText(name)).equals(name)).toBe(true);
  expect(new Set(names.map(pathText)).size).toBe(names.length);
});

test('exclude patterns leave out exactly what restic leaves out', () => {
  const repository = startRestic();
  const root = join(repository.home, 'src');
  const paths = [
    'a.log',
    'b.txt',
    'cache/x',
    'sub/cache/y',
    'sub/deep/er/z.log',
    'sub/[x]',
    'sub/foo bar',
    'keep/cachet',
    'n1',
    'n2',
    'nx',
    '.hidden/f',
  ];
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path);
  }
  const sets = [
    ['*.log'],
    ['cache'],
    [`${root}/cache`],
    ['sub/**/z.log'],
    ['n[0-9]'],
    ['n[^0-9]'],
    ['\\[x\\]'],
    ['foo*'],
    ['.*'],
    ['sub/cache', 'n?'],
    [`${root}/*/cache`],
    ['deep/er'],
    ['src/*.txt'],
    ['**/deep/**'],
  ];
  execFileSync('chmod', ['-R', 'a+rX', repository.home]);
  for (const patterns of sets) {
    const excludes = patterns.map((pattern) => `--exclude=${pattern}`);
    const said = repository.restic('backup', '--dry-run', '--verbose=2', ...excludes, root).split('\n');
    const kept = said.flatMap((line) => /^new +(.*), saved in /.exec(line)?.[1] ?? []);
    const isExcluded = excluder(patterns);
    const expected = paths.filter((path) => !withParents(join(root, path)).some(isExcluded));
    const files = kept.map((path) => path.slice(root.length + 1)).filter((path) => paths.includes(path));
    expect([patterns, files.sort()]).toEqual([patterns, expected.sort()]);
  }
  repository.stop();
}, 180_000);

function withParents(path: string): string[] {
  return path === '/' ? [] : [...withParents(dirname(path)), path];
}

test('a pattern that restic versions read differently is refused', () => {
  expect(() => excluder(['!keep'])).toThrow('is not supported');
  expect(() => excluder(['a[b'])).toThrow('is not supported');
});
