import { describe, expect, it } from 'vitest';
import type { Language } from '../types.ts';
import { sniff } from './sniff.ts';

const looks: readonly (readonly [Language, readonly string[]])[] = [
  [
    'sh',
    [
      'rm -fr /data',
      'docker rm all',
      'find / -delete',
      'select x in a b; do rm $x; done',
      'truncate -s 0 /var/log/x',
      'set -euo pipefail',
      'update-grub',
      '# restart\nsystemctl restart x',
      '{ echo a; }',
      "echo 'the data is a lie'",
      '- rm -rf /',
      'kubectl delete pod 를 실행하지 마세요',
      'FLUSHALL',
      '',
      'wipe --all 데이터',
      'cat <<EOF\nthe words of it\nEOF',
    ],
  ],
  [
    'sql',
    [
      'select pg_terminate_backend(1);',
      'TRUNCATE users',
      'TRUNCATE TABLE a WHERE b',
      '-- clean\nDROP DATABASE prod;',
      'SET statement_timeout = 0;',
      'update users set x=1',
      'delete from x',
      'VACUUM FULL;',
      'EXPLAIN ANALYZE DELETE FROM x',
      'WITH d AS (DELETE FROM x RETURNING *) SELECT 1',
      '\\dt',
      'postgres=# drop table x;',
      'mysql> drop database x;',
      "COPY x FROM PROGRAM 'id'",
      'DO $$ begin end $$',
      'ALTER SYSTEM SET a = 1',
    ],
  ],
  [
    'prose',
    [
      'Did not run prune',
      'No restic prune was executed.',
      '未執行 restic forget --prune',
      '서버를 재시작한다 (systemctl restart x)',
      'find the backup and check it',
      'Restart the server and wait.',
      'wal_level = replica\narchive_mode = on',
      '/var/lib/data/\n├── a',
      '{\n "a": 1\n}',
      '[global]\nrepo1-path=/x',
    ],
  ],
  ['dockerfile', ['FROM alpine\nRUN rm -rf /x', 'RUN apt-get update', 'COPY . /app']],
  ['systemd', ['[Unit]\nDescription=x\n[Service]\nExecStart=/bin/x', 'ExecStart=/bin/x']],
  ['crontab', ['0 2 * * * /usr/local/bin/backup.sh', '# daily\nPATH=/bin\n@daily pg_dump x']],
  [
    'kubernetes',
    [
      'apiVersion: v1\nkind: Secret\nmetadata: {name: x}',
      '{"apiVersion": "v1", "kind": "Pod"}',
      '# x\n---\napiVersion: v1\nkind: Pod',
    ],
  ],
  ['compose', ['services:\n  a:\n    image: x', 'version: "3"\nservices:\n  a:\n    build: .']],
  [
    'workflow',
    ['on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n    - run: ls', '- hosts: all\n  tasks:\n  - shell: ls'],
  ],
  [
    'markdown',
    [
      '# Title\n\nText here is prose.\n\n```bash\nls\n```',
      '---\ntitle: x\n---\n\n# Title\n\nThe text of it.\n',
      '## Steps\n\n1. one\n2. two\n',
    ],
  ],
];

describe('the language of a text', () => {
  it.each(looks.flatMap(([language, texts]) => texts.map((text) => [language, text] as const)))(
    'is %s: %j',
    (language, text) => {
      expect(sniff(text)).toBe(language);
    },
  );

  it.each([
    ['a.sh', 'sh'],
    ['x.sql', 'sql'],
    ['runbook.mdx', 'markdown'],
    ['build/Dockerfile', 'dockerfile'],
    ['app.dockerfile', 'dockerfile'],
    ['/etc/cron.d/backup', 'crontab'],
    ['db.service.j2', 'systemd'],
    ['values.yaml', 'prose'],
    ['wipe.py', 'prose'],
  ] as const)('is told by the name of its file: %s', (fileName, language) => {
    expect(sniff('hello: x', fileName)).toBe(language);
  });
});
