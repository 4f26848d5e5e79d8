import { createHash } from 'node:crypto';

/** Numbers that look like chance and are the same each time: for data that must be the same on every machine. */
export interface Random {
  /** At least 0, below 1. */
  fraction(): number;
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<const Items extends readonly [unknown, ...unknown[]]>(items: Items): Items[number];
}

/**
 * A stream of numbers for one purpose. Streams of one seed with different purposes are independent, so that adding a
 * table does not change the others. The generator is sfc32 (Chris Doty-Humphrey's Small Fast Counting, 32 bit), keyed by SHA-256.
 */
export function randomFor(seed: string, purpose: string): Random {
  const key = createHash('sha256').update(`${seed}\0${purpose}`).digest();
  let a = key.readInt32LE(0);
  let b = key.readInt32LE(4);
  let c = key.readInt32LE(8);
  let counter = 1;

  function fraction(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }

  return {
    fraction,
    integer: (low, high) => low + Math.floor(fraction() * (high - low + 1)),
    chance: (probability) => fraction() < probability,
    pick: (items) => items[Math.floor(fraction() * items.length)] ?? items[0],
  };
}
