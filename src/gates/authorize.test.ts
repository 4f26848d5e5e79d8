import { expect, test } from 'vitest';
import { type Authority, authorize } from './authorize.ts';
import { bindingOf } from './binding.ts';
import { soloPolicy } from './policy.ts';
import type { Approval, Opening, Request } from './types.ts';

const now = new Date('2026-11-20T12:00:00Z');
const request: Request = {
  actor: { name: 'kim', kind: 'person', face: 'cli' },
  site: 'clinic',
  run: 'drill-1',
  step: 'restore',
  gates: ['restore.drill'],
  effects: ['write'],
  target: 'asset ledger, store ring',
  subject: { command: 'drill: Restore ledger', sha256: 'a', target: 'asset ledger, store ring', effects: ['write'] },
};
const opening: Opening = {
  id: 'opening-1',
  site: 'clinic',
  gate: 'restore.drill',
  kind: 'response',
  mode: 'solo',
  owner: 'kim',
  openedBy: 'kim',
  openedAt: '2026-11-20T11:00:00.000Z',
  expiresAt: '2026-11-20T13:00:00.000Z',
  reason: 'weekly',
  scope: ['*'],
  evidence: [],
  followUpOwner: 'kim',
  rollbackOwner: 'kim',
  validationPlan: 'none',
  signedBy: [],
};

function decided(change: Partial<Opening> = {}, asked: Partial<Request> = {}, rest: Partial<Authority> = {}) {
  const openings = [{ opening: { ...opening, ...change }, signatures: [], complete: true }];
  const authority = { policy: soloPolicy, teamElsewhere: false, openings, approvals: [], ...rest };
  return authorize({ ...request, ...asked }, authority, now);
}

test('a step runs while its gate is open, and the record says that one person decided alone', () => {
  expect(decided()).toMatchObject({
    allowed: true,
    mode: 'solo',
    by: [],
    reason: 'solo: restore.drill opened by kim, opening-1',
  });
});

test.each([
  ['nobody opened it', {}, { openings: [] }],
  ['it has expired', { expiresAt: '2026-11-20T12:00:00.000Z' }, {}],
  ['it was opened for another target', { scope: ['asset ledger'] }, {}],
  ['its window has not begun', { window: { from: '2026-11-20T12:30:00Z', to: '2026-11-20T13:00:00Z' } }, {}],
  ['its window is over', { window: { from: '2026-11-20T11:30:00Z', to: '2026-11-20T12:00:00Z' } }, {}],
  ['another gate is open', { gate: 'restore.run' }, {}],
] as const)('a gate is closed when %s', (_why, change, rest) => {
  expect(decided(change, {}, rest)).toMatchObject({ allowed: false, code: 'gate-closed', closed: ['restore.drill'] });
});

test('a gate that was closed, or a glass that one of two broke, opens nothing', () => {
  const openings = [
    { opening, signatures: [], complete: true, closedAt: '2026-11-20T11:30:00.000Z' },
    { opening: { ...opening, kind: 'break-glass' as const }, signatures: [], complete: false },
  ];
  expect(decided({}, {}, { openings })).toMatchObject({ allowed: false, closed: ['restore.drill'] });
});

test('every gate of a step must be open, and those that are closed are named together', () => {
  const asked = { gates: ['restore.drill', 'host.write', 'data.egress'] as const };
  expect(decided({}, asked)).toMatchObject({ allowed: false, closed: ['host.write', 'data.egress'] });
});

test('an opening for each part of a target covers the whole, and always the records of its own site', () => {
  const change = { scope: ['asset ledger', 'store ring'] };
  expect(decided(change)).toMatchObject({ allowed: true });
  expect(decided(change, { target: 'site clinic' })).toMatchObject({ allowed: true });
  expect(decided(change, { target: 'site other' })).toMatchObject({ allowed: false });
});

test('a step that has effects and names no gate is refused', () => {
  expect(decided({}, { gates: [] })).toMatchObject({ allowed: false, code: 'gates-missing' });
  expect(decided({}, { gates: [], effects: ['none'] })).toMatchObject({ allowed: true });
  expect(decided({}, { gates: [], effects: [] })).toMatchObject({ allowed: true });
});

test('what is destructive asks nobody in solo, but an assistant asks the person', () => {
  const destroys = { effects: ['destroy'] as const };
  const assistant = { actor: { name: 'kim', kind: 'assistant', face: 'cli' } as const };
  expect(decided({}, destroys)).toMatchObject({ allowed: true, by: [] });
  expect(decided({}, { ...destroys, ...assistant })).toMatchObject({ allowed: 'ask', mode: 'solo' });
  expect(decided({}, assistant)).toMatchObject({ allowed: true });
});

test.each([
  ['nobody agreed', []],
  ['lee agreed, and not enough others', ['lee']],
])('an approval whose time is over says that %s', (said, agreed) => {
  const asked = { ...request, actor: { name: 'kim', kind: 'assistant', face: 'cli' }, effects: ['destroy'] } as const;
  const approval: Approval = {
    ...{ id: 'approval-1', site: 'clinic', run: asked.run, ahead: false, step: asked.step },
    ...{ subject: asked.subject, target: asked.target, effects: asked.effects, binding: bindingOf(asked) },
    ...{ requestedBy: 'kim', requestedAt: '2026-11-20T11:00:00.000Z', expiresAt: '2026-11-20T12:00:00.000Z' },
    requirements: [{ need: 2, roles: [] }],
    state: 'waiting',
    votes: agreed.map((by) => ({ by, kind: 'person', at: '2026-11-20T11:30:00.000Z', grants: true, reason: '' })),
  };
  const openings = [{ opening, signatures: [], complete: true }];
  const authority = { policy: soloPolicy, teamElsewhere: false, openings, approvals: [approval] };
  expect(authorize(asked, authority, now)).toMatchObject({
    code: 'approval-expired',
    reason: `${said} before 2026-11-20T12:00:00.000Z`,
  });
});

test('a site that nobody accepted is refused where another site has people', () => {
  expect(decided({}, {}, { policy: undefined })).toMatchObject({ allowed: true, mode: 'solo' });
  expect(decided({}, {}, { policy: undefined, teamElsewhere: true })).toMatchObject({
    allowed: false,
    code: 'authority-unknown',
  });
});
