import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listLeaves } from '../../src/audit/list.ts';
import { verifyLog } from '../../src/audit/verify.ts';
import { makeWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await makeWorld();
});

afterAll(async () => {
  await world.close();
});

it('loses no committed leaf and signs nothing false when processes that append and publish are killed at any moment', async () => {
  const committed = new Set<number>();
  let published = 0;
  for (let round = 0; round < 6; round += 1) {
    const lines = await Promise.all([killAfter(`a${round}`, 20 + round * 17), killAfter(`b${round}`, 35 + round * 11)]);
    for (const [, what, digits] of lines.flatMap((text) => [...text.matchAll(/^(leaf|size) (\d+)$/gm)])) {
      if (what === 'leaf') committed.add(Number(digits));
      else published = Math.max(published, Number(digits));
    }
    if (published === 0) continue;
    // What the dead left is a whole log, before anybody mends anything.
    const { differences, size } = await verifyLog(world.directory, { trustedKey: world.key.publicKey });
    expect(differences).toEqual([]);
    expect(size).toBeGreaterThanOrEqual(published);
  }
  const { size } = await world.log.publish();
  expect(committed.size).toBeGreaterThan(100);
  expect(Math.max(...committed)).toBeLessThan(size);
  expect((await verifyLog(world.directory, { trustedKey: world.key.publicKey })).differences).toEqual([]);
  const { leaves } = await listLeaves(world.directory, { limit: size });
  const seen = leaves.map(({ actor, facts }) => `${actor}-${facts.number}`);
  expect(new Set(seen).size).toBe(size);
});

/** Runs a process that appends and publishes; kills it when it has printed so many lines. Gives all it printed. */
async function killAfter(name: string, lines: number): Promise<string> {
  const program = new URL('./append-forever.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, world.data, world.host, world.user, name], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const limit = setTimeout(() => child.kill('SIGKILL'), 20_000);
  let text = '';
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (text.split('\n').length > lines) child.kill('SIGKILL');
  });
  const [code, signal] = await once(child, 'close');
  clearTimeout(limit);
  expect({ code, signal, errors }).toEqual({ code: null, signal: 'SIGKILL', errors: '' });
  return text;
}
