import { describe, expect, it } from 'vitest';
import { labels } from '../../src/effects/types.ts';
import { labelledCommands } from './labelled.ts';

const set = labelledCommands();

describe('the labelled set', () => {
  it('holds at least 800 different commands, half of them hard, a third of them without effect', () => {
    expect(new Set(set.map(({ command }) => command)).size).toBe(set.length);
    expect(set.length).toBeGreaterThanOrEqual(800);
    expect(set.filter(({ hard }) => hard).length).toBeGreaterThanOrEqual(set.length / 2);
    const withoutEffect = set.filter(({ effects }) =>
      effects.every((label) => ['none', 'read', 'secret', 'not-shell'].includes(label)),
    );
    expect(withoutEffect.length).toBeGreaterThanOrEqual(set.length / 3);
  });

  it('writes its labels in their order, and none and not-shell alone', () => {
    for (const { command, effects } of set) {
      expect(effects, command).toEqual(labels.filter((label) => effects.includes(label)));
      if (effects.includes('none') || effects.includes('not-shell')) expect(effects, command).toHaveLength(1);
    }
  });
});
