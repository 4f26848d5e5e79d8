import { describe, expect, test } from 'vitest';
import { openingText } from '../../src/gates/decision-text.ts';
import { type KeptOpening, whyNot } from '../../src/gates/opening-holds.ts';
import { type Policy, soloPolicy } from '../../src/gates/policy.ts';
import type { Opening } from '../../src/gates/types.ts';
import { person, policyOf, type TestPerson } from '../services/people.ts';

const kim = person('kim');
const lee = person('lee');
const park = person('park');
const team = policyOf([kim, lee, park]);

const plain: Opening = {
  id: 'opening-1',
  site: 'clinic',
  gate: 'restore.run',
  kind: 'response',
  mode: 'team',
  owner: 'kim',
  openedBy: 'kim',
  openedAt: '2026-11-20T11:00:00.000Z',
  expiresAt: '2026-11-20T13:00:00.000Z',
  reason: 'INC-7',
  scope: ['asset ledger'],
  evidence: ['INC-7'],
  followUpOwner: 'kim',
  rollbackOwner: 'lee',
  validationPlan: 'drill',
  signedBy: ['kim'],
};

function kept(signers: readonly TestPerson[], opening: Opening = plain): KeptOpening {
  const signatures = signers.map((one) => one.signature(opening.site, openingText(opening)));
  return { opening, signatures, complete: true };
}

function opens(one: KeptOpening, policy: Policy = team, target = 'asset ledger'): boolean {
  return whyNot(one, { policy, target, now: new Date('2026-11-20T12:00:00Z') }) === undefined;
}

describe('an opening of a site with people', () => {
  test('opens while its owner, who signed it, may open the gate', () => {
    expect(opens(kept([kim]))).toBe(true);
    expect(opens(kept([lee]))).toBe(false);
    expect(opens(kept([]))).toBe(false);
    expect(opens(kept([kim]), policyOf([lee, kim, park]))).toBe(false);
    expect(opens(kept([kim]), policyOf([person('kim'), lee, park]))).toBe(false);
    expect(opens(kept([kim]), policyOf([lee, park]))).toBe(false);
  });

  const changes: readonly Partial<Opening>[] = [
    { id: 'opening-2' },
    { site: 'other' },
    { gate: 'host.destroy' },
    { openedBy: 'lee' },
    { expiresAt: '2099-01-01T00:00:00.000Z' },
    { scope: ['asset ledger', 'asset other'] },
    { scope: ['*'] },
    { reason: 'because' },
    { rollbackOwner: 'kim' },
    { window: { from: '2026-11-20T00:00:00Z', to: '2027-11-20T00:00:00Z' } },
    { kind: 'break-glass' },
  ];
  test.each(changes)('that was changed in the database to %o opens nothing', (change) => {
    const signed = kept([kim, lee]);
    const { signatures } = kept([kim]);
    expect(opens({ ...signed, opening: { ...plain, ...change }, signatures })).toBe(false);
  });

  test('made in solo opens nothing once there are people', () => {
    const alone = { ...kept([]), opening: { ...plain, mode: 'solo' as const } };
    expect(opens(alone, soloPolicy)).toBe(true);
    expect(opens(alone)).toBe(false);
  });

  test('by a broken glass takes two different people of the site', () => {
    const glass: Opening = { ...plain, kind: 'break-glass', owner: 'lee', signedBy: ['lee', 'park'] };
    expect(opens(kept([lee, park], glass))).toBe(true);
    expect(opens(kept([lee], glass))).toBe(false);
    expect(opens(kept([lee, lee], glass))).toBe(false);
    expect(
      opens(kept([lee, { ...lee, signature: (site, text) => ({ ...lee.signature(site, text), by: 'park' }) }], glass)),
    ).toBe(false);
    expect(opens(kept([lee, person('mallory')], glass))).toBe(false);
    // One person with two keys of their own is one person.
    const again = person('lee');
    const two = { ...team, people: { ...team.people, lee: { keys: [lee.key, again.key], roles: [] } } };
    expect(opens(kept([lee, again], glass), two)).toBe(false);
    expect(opens(kept([again, park], glass), two)).toBe(true);
    expect(opens({ ...kept([lee, park], glass), complete: false })).toBe(false);
    expect(opens(kept([lee, park], glass), policyOf([kim, lee]))).toBe(false);
  });
});
