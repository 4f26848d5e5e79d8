import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startPostgres } from './postgres.ts';
import { startRestic } from './restic.ts';

test('starts a server that answers on its socket only, and leaves nothing when it stops', async () => {
  const server = await startPostgres();
  expect(await server.sql('show listen_addresses')).toEqual([{ listen_addresses: '' }]);
  await server.stop();
  expect(existsSync(server.connection.host)).toBe(false);
  expect(() => process.kill(server.pid, 0)).toThrow();
});

test('asks for the password when it was given one', async () => {
  const server = await startPostgres({ password: 'a test password' });
  try {
    await expect(server.sql('select 1')).resolves.toHaveLength(1);
  } finally {
    await server.stop();
  }
});

test('makes a repository that restic opens, and leaves nothing when it stops', () => {
  const repository = startRestic();
  expect(JSON.parse(repository.restic('snapshots', '--json'))).toEqual([]);
  repository.stop();
  expect(existsSync(repository.home)).toBe(false);
});
