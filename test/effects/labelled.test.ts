import { beforeAll, describe, expect, it } from 'vitest';
import { explain, prepareEffects } from '../../src/effects/explain.ts';
import { labelledCommands } from './labelled.ts';
import { isDangerMissed, isExact, isRead, type Judged, judgeAll, share } from './measures.ts';

const set = labelledCommands();
let judged: readonly Judged[] = [];

beforeAll(async () => {
  await prepareEffects();
  judged = judgeAll(set, (command) => explain(command).effects);
});

describe('explain, beside the labelled set', () => {
  it('judges no dangerous command harmless', () => {
    expect(judged.filter(isDangerMissed).map(({ labelled }) => labelled.command)).toEqual([]);
  });

  it('recognises at least 97 of 100 reads as reads', () => {
    expect(share(judged.filter(isRead), isExact)).toBeGreaterThanOrEqual(0.97);
  });

  it('gives at least 95 of 100 commands exactly their labels', () => {
    expect(share(judged, isExact)).toBeGreaterThanOrEqual(0.95);
  });
});
