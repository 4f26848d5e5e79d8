import { randomBytes } from 'node:crypto';

/** `20261120T020003Z`: a time that sorts as text, to the second, in UTC. */
export function compactTime(time: Date): string {
  return time
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
}

/** A run's id: operation, time, and 32 random bits, so that a person can read it and two never meet. */
export function newRunId(operation: string, now: Date): string {
  return `${operation.replaceAll(' ', '-')}-${compactTime(now)}-${randomBytes(4).toString('hex')}`;
}
