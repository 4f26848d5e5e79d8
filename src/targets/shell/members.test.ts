import { expect, test } from 'vitest';
import { descendantsOf, membersOf, readMarked, readProcesses } from './members.ts';

const proc = [
  '1 (init) S 0 1 1 0 -1 4194560 0 0 0 0 0 0',
  '50 (sh) S 1 50 50 0 -1 0 0 0 0 0 0 0',
  '51 (a) b (c) R 50 50 50 0 -1 0 0 0',
  '52 (left the session) S 1 52 52 0 -1 0 0 0',
  '53 (its child) S 52 52 52 0 -1 0 0 0',
  '54 (reaped soon) Z 50 50 50 0 -1 0 0 0',
  '60 (another) S 1 60 60 0 -1 0 0 0',
].join('\n');

test('a step is its session, what carries its mark, and all that came of those', () => {
  const all = readProcesses(proc);
  expect(membersOf(all, readMarked('/proc/52/environ\n'), 50).sort()).toEqual([50, 51, 52, 53]);
  expect(membersOf(all, new Set(), 50).sort()).toEqual([50, 51]);
  expect(membersOf(all, new Set([60]), 0)).toEqual([60]);
});

test('a process whose number is not known makes nobody a member', () => {
  expect(membersOf(readProcesses(proc), new Set(), 0)).toEqual([]);
  expect(membersOf(readProcesses(proc), new Set(), 1)).toEqual([]);
});

test('where there is no /proc, what ps says is read', () => {
  const all = readProcesses('    1     0     1 Ss\n   50     1    50 S\n   51    50    50 R+\n   54    50    50 Z\n');
  expect(membersOf(all, new Set(), 50).sort()).toEqual([50, 51]);
  expect([...readMarked('   51 /bin/sh HOLDFAST_STEP=:r/s:\n')]).toEqual([51]);
  expect(descendantsOf(all, [50]).sort()).toEqual([50, 51]);
});
