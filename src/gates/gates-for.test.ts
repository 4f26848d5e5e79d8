import { expect, test } from 'vitest';
import { labels } from '../effects/types.ts';
import { gatesFor } from './gates-for.ts';

test('every effect but none asks for a gate', () => {
  for (const label of labels) {
    if (label === 'not-shell') continue;
    expect(gatesFor([label], ['host']).length > 0, label).toBe(label !== 'none');
  }
  expect(gatesFor([], ['host', 'pod', 'database'])).toEqual([]);
});

test.each([
  [['read'], ['host'], ['host.read']],
  [['unknown'], ['host'], ['host.write', 'host.destroy']],
  [['write', 'destroy'], ['host'], ['host.write', 'host.destroy']],
  [['write'], ['database'], ['database.write']],
  [['write'], ['database', 'host'], ['host.write', 'database.write']],
  [['read'], ['pod'], ['host.read', 'kubernetes.act']],
  [['none'], ['pod'], []],
  [['remote-delete', 'secret', 'egress'], ['here'], ['offsite.remote-delete', 'secret.read', 'data.egress']],
  [['disrupt', 'privilege'], ['host'], ['host.write', 'service.disrupt']],
] as const)('%o in %o asks for %o', (effects, places, gates) => {
  expect(gatesFor(effects, places)).toEqual(gates);
});
