import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { doctor } from './doctor.ts';
import type { OperationContext, Style } from './types.ts';

const same = (text: string): string => text;
const plain: Style = { bold: same, dim: same, green: same, red: same, yellow: same };

// Where there is no site file it opens nothing: what it tells is read from this machine.
const services = {
  options: { site: resolve('holdfast.yaml') },
  site: () => Promise.reject(new HoldfastError('site-file-missing', { path: 'holdfast.yaml' })),
};
const context = { services } as unknown as OperationContext;

test('says what is there with version and purpose, the isolation and the account', async () => {
  const diagnosis = doctor.output.parse(await doctor.handle(context, {}));
  const text = doctor.text(diagnosis, plain);
  expect(text).toMatch(/✔ restic +0\.\d+/);
  expect(text).toMatch(/✔ postgresql +\d+\.\d+/);
  expect(text).toMatch(/Isolation {2}(sandbox|process): /);
  expect(text).toContain('Account');
  expect(text).toContain('Everything that Holdfast needs is there.');
  expect(diagnosis.gates).toBeUndefined();
  expect(doctor.exit?.(diagnosis)).toBe('ok');
});

test('what lacks is named with the one command that installs it, and the exit code says so', async () => {
  const path = process.env.PATH;
  process.env.PATH = '/no/such/directory';
  try {
    const diagnosis = await doctor.handle(context, {});
    expect(diagnosis.programs.find(({ name }) => name === 'restic')).toMatchObject({ state: 'missing', needed: true });
    expect(doctor.text(diagnosis, plain)).toMatch(/✘ restic +missing/);
    expect(doctor.exit?.(diagnosis)).toBe('unavailable');
  } finally {
    process.env.PATH = path;
  }
});

test('gives the command for this system', async () => {
  const { installCommand } = await import('../process/install.ts');
  const { programs } = await import('../process/programs.ts');
  const command = installCommand(programs.map(({ packages }) => packages));
  expect(command).toMatch(/(apt-get install|dnf install|brew install).* restic/);
  expect(installCommand([])).toBeUndefined();
});
