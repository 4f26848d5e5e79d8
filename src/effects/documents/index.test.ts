import { describe, expect, it } from 'vitest';
import { misplaced } from '../../../test/effects/documents/misplaced.ts';
import type { Snippet } from '../types.ts';
import { findSnippets } from './index.ts';

const texts = (snippets: readonly Snippet[]) => snippets.map(({ language, text }) => [language, text]);

describe('the code of a Markdown document', () => {
  it('is every block, fenced and indented, in lists and quotes, and nothing that is only mentioned', () => {
    const document = [
      '# 복구 절차',
      'Do not run `rm -rf /` here, and never `dropdb prod`.',
      '',
      '| 명령 | 意思 |',
      '| --- | --- |',
      '| `restic prune` | 刪除 |',
      '',
      '1. 상태 확인',
      '   ```bash',
      '   systemctl status db  # 상태',
      '   ```',
      '   - deeper',
      '',
      '     ~~~sql',
      '     SELECT 1;',
      '     ~~~',
      '',
      '> 引用',
      '> ```console',
      '> $ df -h',
      '> ```',
      '',
      'Indented:',
      '',
      '\tkubectl get pods',
      '',
    ].join('\n');
    const found = findSnippets(document, { fileName: 'runbook.md' });
    expect(texts(found)).toEqual([
      ['sh', 'systemctl status db  # 상태'],
      ['sql', 'SELECT 1;'],
      ['sh', '$ df -h'],
      ['sh', 'kubectl get pods'],
    ]);
    for (const snippet of found) expect(misplaced(document, snippet)).toEqual([]);
  });

  it.each([
    ['CRLF', '> 가나다\r\n>\r\n> ```sh\r\n> echo 한글 \\\r\n>   다음\r\n> ```\r\n', 'echo 한글 \\\n  다음'],
    ['CR', '> ```sh\r> echo 一\r> echo 二\r> ```\r', 'echo 一\necho 二'],
    ['a byte order mark', '\ufeff```sh\nls\n```\n', 'ls'],
    ['tabs', '- a\n\n\t```sh\n\tls\n\t\tdf\n\t```\n', 'ls\n\tdf'],
    [
      'a comment and front matter',
      '<!-- canonical: x -->\n<!-- y -->\n\n---\ntitle: rm -rf x\n---\n\n```sh\nls\n```\n',
      'ls',
    ],
    [
      'MDX components',
      '<Tabs>\n  <Tab title="Linux">\n\n    ```bash\n    ls\n    df\n    ```\n\n  </Tab>\n</Tabs>\n',
      'ls\ndf',
    ],
    ['MDX without blank lines', '<Note>\n```bash\nls\n```\n</Note>\n', 'ls'],
    ['an open fence', 'text\n\n```sh\nls\n', 'ls'],
    ['HTML', 'text\n\n<pre><code class="x">ls -l</code></pre>\n', 'ls -l'],
    ['attributes of a fence', '``` {.bash title="x"}\nls\n```\n', 'ls'],
    ['a fence in capital letters', '```BASH\nls\n```\n', 'ls'],
  ])('is found exactly with %s', (_, document, text) => {
    const found = findSnippets(document, { language: 'markdown' });
    expect(texts(found)).toEqual([['sh', text]]);
    const [only] = found;
    const wrong = only === undefined ? ['none'] : misplaced(document, only);
    // A line break of another kind is shown as one line feed.
    expect(wrong.filter((one) => one !== '\n for \r')).toEqual([]);
  });

  it.each([
    ['shell', 'rm -rf /srv/old', 'sh'],
    ['a session', '$ systemctl stop db\nstopped', 'sh'],
    ['SQL', 'DELETE FROM users;', 'sql'],
    ['a manifest', 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: x', 'kubernetes'],
    ['settings', 'wal_level = replica\narchive_mode = on', 'prose'],
    ['a diagram', '┌───┐\n│ db │\n└───┘', 'prose'],
    [
      'a request in Korean',
      'https://example.com/page 따라 복구 진행해줘.\n\n진행:\n1. 확인 — 손실 시점 파악\n2. backup 상태 확인',
      'prose',
    ],
    ['a request in Chinese', '請依照這份文件還原資料庫。\n1. 先確認備份\n2. 再還原', 'prose'],
    [
      'a request in English',
      'Please restore the database from the last backup.\n\n1. Confirm when it was lost.\n2. Ask me before each step.',
      'prose',
    ],
    ['a checklist', '- [ ] 증상 확인\n- [ ] 영향 범위', 'prose'],
  ])('without a language is known by its look: %s', (_, code, language) => {
    const found = findSnippets(`text\n\n\`\`\`\n${code}\n\`\`\`\n`, { fileName: 'a.md' });
    expect(found.map((snippet) => snippet.language)).toEqual([language]);
  });

  it('is split where a manifest follows commands in one block', () => {
    const document = '```bash\nkubectl apply -f a.yaml\n\napiVersion: v1\nkind: Secret\nmetadata:\n  name: x\n```\n';
    const found = findSnippets(document, { fileName: 'a.md' });
    expect(found.map(({ language, around }) => [language, around?.effects])).toEqual([
      ['sh', undefined],
      ['kubernetes', ['write', 'secret']],
    ]);
    expect(found[1]?.start).toBe(document.indexOf('kind: Secret'));
  });

  it('is prose when a block for a shell holds one quoted sentence, and is a command when that could run something', () => {
    const say = (code: string) => findSnippets(`\`\`\`bash\n${code}\n\`\`\`\n`, { language: 'markdown' })[0]?.language;
    expect(say('# 요청:\n"포털 → App → \n 허용 끄기"')).toBe('prose');
    expect(say('"$(rm -rf /tmp/x) is gone now"')).toBe('sh');
    expect(say('"/opt/my tools/wipe it"')).toBe('sh');
    expect(say('"x y z" && rm -rf /srv')).toBe('sh');
  });

  it('is found in a text that lost its fences, by its form', () => {
    const document =
      '1. 核心結論\n\n本清冊未執行 restic forget --prune、未執行 rclone sync。\n\n驗證指令\n\npython3 check.py \\\n  --root .\n\n完成。\n';
    const found = findSnippets(document, { fileName: 'inventory.txt' });
    expect(texts(found)).toEqual([['sh', 'python3 check.py \\\n  --root .']]);
  });

  it('is one snippet of prose when there is none', () => {
    expect(texts(findSnippets('# Title\n\nOnly words here, and `rm -rf /` in them.\n', { fileName: 'a.md' }))).toEqual([
      ['prose', '# Title\n\nOnly words here, and `rm -rf /` in them.\n'],
    ]);
  });
});

describe('a program in another language', () => {
  it('is unknown as a file, and no step where a document shows it', () => {
    expect(findSnippets('import os\nos.remove("x")\n', { fileName: 'wipe.py' })[0]?.around?.effects).toEqual([
      'unknown',
    ]);
    expect(findSnippets('#!/usr/bin/env python3\nprint(1)\n')[0]?.around?.effects).toEqual(['unknown']);
    expect(findSnippets('```python\nimport os\n```\n', { fileName: 'a.md' })[0]).toMatchObject({ language: 'prose' });
  });
});
