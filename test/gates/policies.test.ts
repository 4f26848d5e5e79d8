import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Authority } from '../../src/config/site.ts';
import { comparePolicies } from '../../src/gates/compare-policies.ts';
import { modeOf, ownersOf, type Policy, policyOwnersOf, soloPolicy } from '../../src/gates/policy.ts';
import { eligible, neededFor } from '../../src/gates/requirements.ts';
import { type Effect, gates } from '../../src/gates/types.ts';
import { person } from '../services/people.ts';

const known = ['kim', 'lee', 'park'].map(person);
const other = ['kim', 'lee', 'park'].map(person);

const policies: fc.Arbitrary<Policy> = fc
  .record({
    people: fc.subarray([0, 1, 2], { minLength: 1 }),
    second: fc.subarray([0, 1, 2], { maxLength: 1 }),
    roles: fc.array(fc.subarray(['dba', 'oncall']), { minLength: 3, maxLength: 3 }),
    all: fc.option(fc.subarray(['kim', 'lee', 'park'], { minLength: 1 }), { nil: undefined }),
    restore: fc.option(fc.subarray(['kim', 'lee', 'park'], { minLength: 1 }), { nil: undefined }),
    rules: fc.array(
      fc.record({
        effects: fc.subarray(['destroy', 'secret'], { minLength: 1 }),
        need: fc.integer({ min: 1, max: 2 }),
        roles: fc.subarray(['dba', 'oncall']),
        expires: fc.constantFrom('30m', '1h'),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ people, second, roles, all, restore, rules }) =>
    Authority.parse({
      people: Object.fromEntries(
        people.map((index) => [
          known[index]?.name,
          {
            keys: [known[index]?.key, ...(second.includes(index) ? [other[index]?.key] : [])],
            roles: roles[index],
          },
        ]),
      ),
      owners: {
        ...(all === undefined ? {} : { '*': all }),
        ...(restore === undefined ? {} : { 'restore.run': restore }),
      },
      approvals: rules,
    }),
  );

test('nobody agrees to what they do themselves by another name with the same key', () => {
  const [kim, lee] = known;
  const people = {
    kim: { keys: [kim?.key, lee?.key] },
    kay: { keys: [`${kim?.key} kay@laptop`] },
    lee: { keys: [other[1]?.key] },
  };
  const policy = Authority.parse({ people, owners: { '*': ['kim'] } });
  expect(eligible(policy, { need: 1, roles: [] }, ['kim'])).toEqual(['lee']);
  expect(eligible(policy, { need: 1, roles: [] }, ['kay'])).toEqual(['lee']);
});

describe('a policy that is taken over without a signature', () => {
  test('gives nobody a gate, a key, a role, a place among the people or a say over policies that they did not have', () => {
    fc.assert(
      fc.property(policies, policies, (before, after) => {
        if (comparePolicies(before, after).weaker.length > 0) return;
        expect(modeOf(after)).toBe('team');
        for (const gate of gates)
          for (const name of ownersOf(after, gate)) expect(ownersOf(before, gate)).toContain(name);
        for (const name of policyOwnersOf(after)) expect(policyOwnersOf(before)).toContain(name);
        for (const [name, { keys, roles }] of Object.entries(after.people)) {
          expect(before.people[name]?.keys).toEqual(expect.arrayContaining(keys));
          expect(before.people[name]?.roles).toEqual(expect.arrayContaining(roles));
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('does not let the owner of one gate accept policies because nobody owns all of them any more', () => {
    const policy = (owners: object) =>
      Authority.parse({ people: { kim: { keys: [known[0]?.key] }, lee: { keys: [known[1]?.key] } }, owners });
    const before = policy({ '*': ['kim'], 'restore.run': ['lee'] });
    expect(comparePolicies(before, policy({ 'restore.run': ['lee'] })).weaker).toEqual(['lee may accept policies']);
  });

  test('asks for as many who agree, of as few roles, for each effect', () => {
    const asked = (policy: Policy, effect: Effect) =>
      neededFor(
        {
          actor: { name: 'x', kind: 'person', face: 'cli' },
          effects: [effect],
          subject: { command: '', sha256: '', target: '', effects: [effect] },
        },
        policy,
      ).requirements;
    fc.assert(
      fc.property(policies, policies, fc.constantFrom<Effect>('destroy', 'secret'), (before, after, effect) => {
        if (comparePolicies(before, after).weaker.length > 0) return;
        for (const old of asked(before, effect)) {
          const kept = asked(after, effect).some(
            (one) =>
              one.need >= old.need &&
              (old.roles.length === 0 || (one.roles.length > 0 && one.roles.every((role) => old.roles.includes(role)))),
          );
          expect(kept).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('is never one without people, and is always the same one', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        expect(comparePolicies(policy, policy)).toEqual({ weaker: [], stricter: [] });
        expect(comparePolicies(policy, soloPolicy).weaker).not.toEqual([]);
        expect(comparePolicies(soloPolicy, policy).weaker).toEqual([]);
      }),
    );
  });
});
