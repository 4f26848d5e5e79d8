import { describe, expect, it } from 'vitest';
import { compactTime, newRunId } from './ids.ts';

describe('compactTime', () => {
  it('is UTC to the second and sorts as text', () => {
    expect(compactTime(new Date('2026-11-20T02:00:03.987Z'))).toBe('20261120T020003Z');
    const times = ['2026-01-09T23:59:59Z', '2026-01-10T00:00:00Z', '2026-11-01T00:00:00Z'];
    const written = times.map((time) => compactTime(new Date(time)));
    expect([...written].sort()).toEqual(written);
  });
});

describe('newRunId', () => {
  it('names the operation and the time, and is another one each time', () => {
    const now = new Date('2026-11-20T02:00:03Z');
    const ids = new Set(Array.from({ length: 200 }, () => newRunId('evidence verify', now)));
    expect(ids.size).toBe(200);
    for (const id of ids) expect(id).toMatch(/^evidence-verify-20261120T020003Z-[0-9a-f]{8}$/);
  });
});
