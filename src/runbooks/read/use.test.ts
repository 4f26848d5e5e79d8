import { describe, expect, test } from 'vitest';
import { readProcedure } from './procedure.ts';

const fence = (tag: string, text: string) => `\`\`\`${tag}\n${text}\n\`\`\`\n`;

describe('what a block is for', () => {
  test.each([
    ['commands', fence('bash', 'df -h'), 'step'],
    ['commands without a language', fence('', 'kubectl get pods -A'), 'step'],
    ['indented commands', '    systemctl status web\n', 'step'],
    ['commands in a pre', '<pre>systemctl restart &lt;unit&gt;</pre>\n', 'step'],
    ['commands of another shell', fence('powershell', 'Restart-Service web'), 'step'],
    ['a sentence behind a fence for a shell', fence('bash', '"Please call the bank and ask for Kim"'), 'step'],
    ['a statement', fence('sql', 'SELECT 1;'), 'step'],
    ['a schema', fence('sql', 'CREATE TABLE a (b int);'), 'configuration'],
    ['a schema in a recovery', `## Restore the table\n\n${fence('sql', 'CREATE TABLE a (b int);')}`, 'step'],
    ['settings', fence('yaml', 'a: 1'), 'configuration'],
    ['settings without a language', fence('', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a'), 'configuration'],
    ['an environment', fence('bash', 'A=1\nB="x y"'), 'configuration'],
    ['lines of cron', fence('bash', '# nightly\n0 2 * * * /usr/local/bin/backup.sh'), 'configuration'],
    ['a program', fence('python', 'import os'), 'configuration'],
    ['a program without a language', fence('', '#!/usr/bin/env python3\nimport os'), 'configuration'],
    ['aliases', fence('bash', "alias a='ls'\nalias b='df'"), 'example'],
    ['a tree', fence('', '/srv\n├── a\n└── b'), 'example'],
    ['arrows', fence('text', 'web → api → database'), 'example'],
    ['a diagram', fence('mermaid', 'graph TD; a-->b'), 'example'],
    ['output', fence('output', 'ok'), 'example'],
    ['expected output', `Expected output:\n\n${fence('', '3 rows')}`, 'example'],
    ['a text', fence('text', 'Dear all,\n\nwe work on it.'), 'example'],
    ['useful commands', `## Useful commands\n\n${fence('bash', 'df -h')}`, 'example'],
    ['a script in an appendix', `## Appendix\n\n${fence('bash', '#!/bin/bash\n# clean.sh\nrm /tmp/x')}`, 'example'],
    [
      'a script in a procedure',
      `## Restore\n\n${fence('bash', '#!/bin/bash\n# restore.sh\nX=$1\n\n# 1. a\nls $X')}`,
      'step',
    ],
    ['what was typed', fence('console', '$ date\nFri'), 'transcript'],
    ['what root typed', fence('', '[root@db1 ~]# systemctl status web\nactive'), 'transcript'],
    ['what was typed into a database', fence('', 'app=# select 1;\n ?column?\n        1'), 'transcript'],
    ['a document', fence('markdown', '# Report'), 'template'],
    ['a checklist', fence('', '- [ ] one\n- [ ] two'), 'template'],
    ['a prompt', `## Prompt for the AI assistant\n\n${fence('', 'systemctl restart web')}`, 'prompt'],
    ['a prompt in Korean', `## AI 프롬프트\n\n${fence('bash', 'rm -rf /')}`, 'prompt'],
    ['a prompt in Chinese', `## AI 提示詞\n\n${fence('', '請依此頁進行')}`, 'prompt'],
    ['a prompt in Japanese', `## AIへのプロンプト\n\n${fence('', 'このページに従って')}`, 'prompt'],
    ['one of two', `**Option A**\n\n${fence('bash', 'ls')}\n**Option B**\n\nCall.\n`, 'alternative'],
    ['two ways', fence('bash', '# one\nls\n\n# 또는 둘\ndf'), 'alternative'],
    ['nothing', fence('bash', ''), 'not-understood'],
    ['a language that is not known', fence('klingon', 'batlh'), 'not-understood'],
  ])('%s', (_, source, use) => {
    expect(readProcedure(source).blocks.map((block) => block.use)).toEqual([use]);
  });

  test('prompts as a subject are steps for people, and a title says nothing of its sections', () => {
    const source = `# Sample prompts for the AI service: overview\n\n## Prompt injection of the AI agent\n\n${fence('sh', 'systemctl stop agent')}\n1. Call the owner\n`;
    expect(readProcedure(source).steps.map(({ kind }) => kind)).toEqual(['command', 'manual']);
  });

  test('numbered lists tell what to do, but not where a section only tells what there is', () => {
    const kinds = (heading: string) =>
      readProcedure(`# A\n\n## ${heading}\n\n1. Call the owner\n`).steps.map(({ kind }) => kind);
    for (const heading of ['Change the retention policy', '정책 적용', 'Next steps', '複製', '2. 복구 절차'])
      expect(kinds(heading)).toEqual(['manual']);
    for (const heading of ['1. Overview', '개요', '概要', 'References', '교훈 (Lessons)', '目錄'])
      expect(kinds(heading)).toEqual([]);
  });

  test('a prompt gives no step and is shown', () => {
    const { steps, prompts } = readProcedure('## AI prompt\n\nFollow this.\n\n1. Delete all\n\n- [ ] done\n');
    expect(steps).toEqual([]);
    expect(prompts).toMatchObject([{ line: 3, endLine: 7 }]);
  });
});
