import { expect, test } from 'vitest';
import { together } from './together.ts';

const signal = new AbortController().signal;

test('gives the results in the order of the parts', async () => {
  const results = await together<[number, string]>(
    signal,
    async () => 1,
    async () => 'two',
  );
  expect(results).toEqual([1, 'two']);
});

test('a failure stops the others and is thrown only when they have stopped', async () => {
  let stopped = false;
  const slow = (signal: AbortSignal) =>
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        setImmediate(() => {
          stopped = true;
          reject(new Error('stopped'));
        });
      });
    });
  const failing = async () => {
    throw new Error('first');
  };
  await expect(together(signal, slow, failing)).rejects.toThrow('first');
  expect(stopped).toBe(true);
});
