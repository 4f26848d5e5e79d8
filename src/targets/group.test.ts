import { expect, test } from 'vitest';
import { onEach } from './group.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const signal = new AbortController().signal;

test('works on so many at a time, in order, and has a result for each in the order given', async () => {
  const begun: string[] = [];
  let now = 0;
  let most = 0;
  const results = await onEach(names, { width: 2, errorLimit: 0, signal }, async (name) => {
    begun.push(name);
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setImmediate(resolve));
    now -= 1;
    return { ok: true, value: name.toUpperCase() };
  });
  expect(begun).toEqual(names);
  expect(most).toBe(2);
  expect(results).toEqual(names.map((name) => ({ name, outcome: 'succeeded', value: name.toUpperCase() })));
});

test('starts no more once more have failed than may; the rest is not started', async () => {
  const results = await onEach(names, { width: 1, errorLimit: 1, signal }, async (name) => ({
    ok: name === 'a',
    value: name,
  }));
  expect(results.map(({ outcome }) => outcome)).toEqual([
    'succeeded',
    'failed',
    'failed',
    'not-started',
    'not-started',
    'not-started',
  ]);
});

test('a cancellation starts no more, and waits for what is under way', async () => {
  const stop = new AbortController();
  let ended = 0;
  const results = await onEach(names, { width: 2, errorLimit: 9, signal: stop.signal }, async (name) => {
    stop.abort();
    await new Promise((resolve) => setImmediate(resolve));
    ended += 1;
    return { ok: true, value: name };
  });
  expect(ended).toBe(results.filter(({ outcome }) => outcome === 'succeeded').length);
  expect(results.at(-1)).toEqual({ name: 'f', outcome: 'not-started' });
});

test('what is thrown is thrown after all that are under way have ended', async () => {
  let ended = 0;
  const working = onEach(names, { width: 3, errorLimit: 9, signal }, async (name) => {
    if (name === 'a') throw new Error('broken');
    await new Promise((resolve) => setTimeout(resolve, 5));
    ended += 1;
    return { ok: true, value: name };
  });
  await expect(working).rejects.toThrow('broken');
  expect(ended).toBe(2);
});
