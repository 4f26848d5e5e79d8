import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readProcedure } from '../../runbooks/index.ts';
import { weave } from './weave.ts';

/** All that a reader sees of the pieces, without what lays it out. */
function shown(source: string): string {
  const pieces = weave(source, readProcedure(source));
  return JSON.stringify(pieces);
}

const runbook = `---
title: Lost machine
---
<!-- made by a person -->
# Lost machine

Some words before.

| Role | Phone |
|---|---|
| Lead | 100 |

## Shut out
1. Switch off sign-in
   with the console
2. Note the time

\`\`\`bash
# look
restic snapshots
\`\`\`
Words after.

- [ ] an item
- [x] another

> quoted words

\`\`\`yaml
key: value
\`\`\`
`;

describe('a woven runbook', () => {
  it('shows each word of its source in the order of its lines, save front matter and comments', () => {
    const text = shown(runbook);
    for (const word of [
      'Some words before',
      'Lead',
      '100',
      'Shut out',
      'Switch off sign-in',
      'Note the time',
      'restic snapshots',
    ]) {
      expect(text).toContain(word);
    }
    for (const word of ['Words after', 'an item', 'another', 'quoted words', 'key: value'])
      expect(text).toContain(word);
    expect(text).not.toContain('made by a person');
    const lines = weave(runbook, readProcedure(runbook)).map(({ line }) => line);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
  });

  it('lets no word fall out of any document', () => {
    const part = fc.constantFrom(
      '# Heading',
      'words',
      '- item',
      '  - below it',
      '1. first',
      '- [ ] box',
      '```bash\nls -l here\n```',
      '    indented',
      '| a | b |\n|---|---|\n| c | d |',
      '> quoted',
      '',
      '***',
      'label:',
      '## 시나리오 1: 가',
      '## 시나리오 2: 나',
      '```\nplain\n```',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
        const text = shown(parts.join('\n'));
        const source = parts.join('\n');
        for (const word of source.match(/[\p{L}]{3,}/gu) ?? []) if (word !== 'bash') expect(text).toContain(word);
      }),
      { numRuns: 300 },
    );
  });
});
