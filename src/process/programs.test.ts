import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { postgresInstallations, postgresPrograms } from './postgres-programs.ts';
import { findPrograms, isOlder, postgresPackages, programs, toolVersions } from './programs.ts';
import { run } from './run.ts';
import { probeIsolation } from './sandbox.ts';

const never = new AbortController().signal;

test('finds every program with its version, and says what it is for', async () => {
  const found = await findPrograms();
  expect(found.map(({ spec }) => spec.name)).toContain('restic');
  for (const { spec, state, version, needed } of found.filter((program) => program.needed)) {
    expect({ name: spec.name, state, needed }).toEqual({ name: spec.name, state: 'present', needed: true });
    expect(version).toMatch(/^\d+\.\d+/);
  }
});

test('the PostgreSQL programs of a major are its own, never the wrappers of Debian', async () => {
  const [newest] = await postgresInstallations();
  expect(newest).toBeDefined();
  if (newest === undefined) return;
  const programs = await postgresPrograms(newest.major);
  for (const name of ['postgres', 'initdb', 'pg_dump', 'pg_restore', 'psql']) {
    const asked = await run(
      { program: join(programs.bin, name), args: ['--version'] },
      { signal: never, timeoutMs: 5000 },
    );
    expect(asked.stdout).toContain(` ${programs.version}`);
  }
});

test('a major that is not installed is an error that names what is', async () => {
  await expect(postgresPrograms(7)).rejects.toMatchObject({
    code: 'postgres-missing',
    hint: expect.stringContaining('postgresql-7'),
  });
});

test('evidence names each program once with its version', async () => {
  const names = (await toolVersions()).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['restic', 'postgresql']));
});

test('version numbers compare as numbers', () => {
  expect(isOlder('0.9.6', '0.14.0')).toBe(true);
  expect(isOlder('0.14', '0.14.0')).toBe(false);
  expect(isOlder('2.38.1', '2.33')).toBe(false);
  expect(isOlder('15', '15.1')).toBe(true);
});

test('the launcher installs the packages that the inventory names', () => {
  const launcher = readFileSync(join(import.meta.dirname, '../../holdfast'), 'utf8');
  const needed = programs.filter(({ needed }) => needed !== 'sometimes').map(({ packages }) => packages);
  for (const packages of [...needed, postgresPackages]) {
    for (const name of [...packages.apt, ...packages.dnf, ...packages.brew]) expect(launcher).toContain(name);
  }
});

test('isolation is what a real sandbox showed, with a reason', async () => {
  const report = await probeIsolation();
  expect(report.reason).not.toBe('');
  expect(report.howToAllow === '').toBe(report.level === 'sandbox');
  expect(await probeIsolation()).toBe(report);
});
