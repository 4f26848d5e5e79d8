import { beforeAll, describe, expect, it } from 'vitest';
import { prepareEffects } from '../../effects/explain.ts';
import { readProcedure } from '../../runbooks/index.ts';
import { deskFor, frame } from '../frame.ts';
import type { Picture } from '../picture.ts';
import { runbookPage } from './runbook.ts';

beforeAll(prepareEffects);

const picture: Picture = {
  ...{ site: 'clinic', timezone: 'UTC', madeAt: '2026-01-12T00:00:00.000Z', holdfast: '0', languages: ['en'], key: '' },
  ...{ siteFile: { path: '/x', sha256: '' }, recorded: false, assets: [], stores: [], targets: [], groups: [] },
  ...{ people: [], owners: [], openGates: [], runbooks: [], secrets: [] },
};

const source = `# Lost machine

\`\`\`bash
docker-compose down
rm -rf /srv/data
echo $NOBODY_SET_IT
\`\`\`

<!-- holdfast: tagret=db1 -->

1. Look at the disk

   \`\`\`bash
   df -h
   \`\`\`

<!-- holdfast: id=link, rollback=#unlink -->
\`\`\`bash
ln -s /srv/a /srv/b
\`\`\`

<!-- holdfast: id=unlink -->
\`\`\`bash
unlink /srv/b
\`\`\`

\`\`\`klingon
nuqneH
\`\`\`

| a | b |
|---|---|---|
| 1 | 2 |

\`\`\`yaml
key: value
\`\`\`
`;

/** The text of the page. */
function shown(language: 'en' | 'ko' | 'zh-Hant'): string {
  const desk = deskFor({ ...picture, languages: [language] }, language, 1);
  const procedure = readProcedure(source);
  return frame(desk, runbookPage(desk, { path: 'lost.md', file: 'lost.html', source, procedure }))
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&#39;', "'");
}

describe('the page of a runbook', () => {
  it('says in the language of the page what was found, what was not understood, what blocks are and what is not done in its turn', () => {
    const en = shown('en');
    expect(en).toContain('docker-compose (version 1) ended in 2023. Write docker compose.');
    expect(en).toContain('a table that breaks: its header has 2 cells, the line below it 3');
    const procedure = readProcedure(source);
    const english = [
      ...procedure.findings.map(({ message }) => message),
      ...procedure.notUnderstood.map(({ why }) => why),
    ];
    expect(english.length).toBeGreaterThan(6);
    for (const language of ['ko', 'zh-Hant'] as const) {
      const page = shown(language);
      for (const sentence of english) expect(page).not.toContain(sentence.replaceAll('`', '').slice(0, 40));
      expect(page).not.toMatch(/settings or data/);
    }
    expect(shown('zh-Hant')).toContain('不依順序執行：僅在回復 link 時使用');
    expect(en.match(/Look at the disk/g)).toHaveLength(2);
    expect(shown('ko')).toContain('깨진 표: 머리글은 2칸, 그 아랫줄은 3칸');
    expect(shown('ko')).toContain('tagret 주석은 없습니다. target 주석을 뜻한 것입니까?');
    expect(shown('zh-Hant')).toContain('在此之前沒有設定 $NOBODY_SET_IT。');
    expect(shown('zh-Hant')).toContain('設定或資料：yaml');
  });

  it('tells a step that never ran from one that did not work when it last ran', () => {
    const procedure = readProcedure('# A\n\n```bash\nuptime\n```\n\n```bash\ndf -h\n```\n');
    const at = '2026-01-11T03:00:00.000Z';
    const verified = new Map([
      ['s1', { state: 'unverified', at, target: 'db1' } as const],
      ['s2', { state: 'unverified' } as const],
    ]);
    const desk = deskFor({ ...picture, languages: ['en'] }, 'en', 1);
    const page = frame(desk, runbookPage(desk, { path: 'a.md', file: 'a.html', source: '', procedure, verified }));
    expect(page.match(/never seen to work/g)).toHaveLength(1);
    expect(page.replaceAll(/<[^>]*>/g, '')).toContain('did not work when it last ran, 2026-01-11 03:00:00 on db1');
  });
});
