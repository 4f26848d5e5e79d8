import { beforeAll, describe, expect, it } from 'vitest';
import { explain, prepareEffects } from '../explain.ts';
import { families } from './api.ts';

beforeAll(prepareEffects);

describe.each(families.map((family) => [family.name, family] as const))('every example of %s', (_, family) => {
  it.each(family.tools.flatMap((tool) => tool.examples.map(([command, ...labels]) => [command, labels] as const)))(
    '%s',
    (command, labels) => {
      const judged = explain(command, { language: 'sh' });
      expect([...judged.effects].sort(), judged.commands.map(({ why }) => why).join('; ')).toEqual([...labels].sort());
    },
  );
});
