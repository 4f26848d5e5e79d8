import { expect, test } from 'vitest';
import { authorize } from './authorize.ts';

test('in solo mode the owner of the data directory may act, and the record says that nobody else was asked', () => {
  const decision = authorize({
    actor: { name: 'kim', kind: 'person', face: 'cli' },
    run: 'drill-1',
    step: 'restore',
    gate: 'restore.drill',
    effects: ['write'],
    target: 'sandbox',
  });
  expect(decision).toEqual({
    allowed: true,
    mode: 'solo',
    reason: 'solo: kim owns the data directory, nobody else was asked',
  });
});
