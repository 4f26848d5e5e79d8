import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { outcome, step } from '../../../test/procedures/outcomes.ts';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { recordVerifications } from '../../procedures/verification.ts';
import { openDatabase } from '../../store/open-database.ts';
import type { Services } from '../services.ts';
import { lastVerified } from './check-verification.ts';

const signal = new AbortController().signal;
let data: string;

beforeAll(async () => {
  data = await mkdtemp('/tmp/hf-checked-');
});

afterAll(async () => {
  await rm(data, { recursive: true, force: true });
});

const disk = step('disk', 'Look');
const procedure = { steps: [disk] } as never;

function services(
  directory: string,
  records: () => Promise<unknown> = () => Promise.reject(new Error('opened')),
): Services {
  return {
    options: { site: join(directory, 'holdfast.yaml'), data: directory },
    clock: { now: () => new Date('2026-11-21T00:00:00Z') },
    site: () => Promise.reject(new HoldfastError('site-file-missing', { path: 'holdfast.yaml' })),
    records,
  } as unknown as Services;
}

it('looks at nothing and makes nothing where no database is', async () => {
  const nowhere = join(data, 'nowhere');
  expect(await lastVerified(services(nowhere), procedure, undefined, false)).toBeUndefined();
  expect([...((await lastVerified(services(nowhere), procedure, undefined, true)) ?? [])]).toEqual([
    ['disk', { state: 'unverified' }],
  ]);
  expect(existsSync(nowhere)).toBe(false);
});

it('shows what ran on a machine without a site file, and says nothing of a runbook that never ran unless asked', async () => {
  const database = await openDatabase({ dataDirectory: data, signal });
  try {
    const here = services(data, () => Promise.resolve({ database }));
    expect(await lastVerified(here, procedure, undefined, false)).toBeUndefined();
    expect((await lastVerified(here, procedure, undefined, true))?.get('disk')).toEqual({ state: 'unverified' });
    await recordVerifications(database, outcome({ site: 'this-machine', steps: [disk] }));
    expect((await lastVerified(here, procedure, undefined, false))?.get('disk')).toMatchObject({ state: 'verified' });
  } finally {
    await database.close();
  }
});

it('does not keep a runbook from being shown when the records cannot be opened, but says so when asked', async () => {
  expect(await lastVerified(services(data), procedure, undefined, false)).toBeUndefined();
  await expect(lastVerified(services(data), procedure, undefined, true)).rejects.toThrow('opened');
});
