import { describe, expect, test } from 'vitest';
import { readProcedure } from './procedure.ts';

function steps(...lines: readonly string[]): unknown[][] {
  return readProcedure(lines.join('\n')).steps.map(({ line, kind, title, text }) => [line, kind, title, text]);
}

function items(...lines: readonly string[]): unknown[][] {
  return readProcedure(lines.join('\n')).checklists.flatMap((list) =>
    list.items.map(({ line, text, done, step }) => [line, text, done, step]),
  );
}

describe('lines that count without being a list', () => {
  test('full-width numbers, numbers in brackets, circles, letters', () => {
    expect(
      steps(
        '## 手順',
        '',
        '１．監視を見る',
        '２．連絡する',
        '',
        '（1）检查数据',
        '（2）通知',
        '',
        '① 戻す',
        '② 確かめる',
      ),
    ).toEqual([
      [3, 'manual', '監視を見る', '監視を見る'],
      [4, 'manual', '連絡する', '連絡する'],
      [6, 'manual', '检查数据', '检查数据'],
      [7, 'manual', '通知', '通知'],
      [9, 'manual', '戻す', '戻す'],
      [10, 'manual', '確かめる', '確かめる'],
    ]);
    expect(
      steps('## Steps', '', 'a) Call', 'b) Write', '', 'e.g. this is a sentence.').map(([, , title]) => title),
    ).toEqual(['Call', 'Write']);
  });

  test('take the code below them, as in notes that were never meant to be Markdown', () => {
    expect(
      steps(
        '## 确认',
        '',
        '1、登录：`ssh ops@web1 uptime`',
        '2、查看状态',
        '```bash',
        'systemctl status mysqld',
        '```',
        '3、通知',
      ),
    ).toEqual([
      [3, 'command', '登录：ssh ops@web1 uptime', 'ssh ops@web1 uptime'],
      [6, 'command', '查看状态', 'systemctl status mysqld'],
      [8, 'manual', '通知', '通知'],
    ]);
  });
});

describe('a numbered list that Markdown takes apart', () => {
  test('keeps its code, its words and its tables with its items', () => {
    expect(
      steps(
        '## Steps',
        '',
        '1. Stop it',
        '```sh',
        'systemctl stop web',
        '```',
        '2. Look',
        '',
        'At the free space:',
        '',
        '```sh',
        'df -h',
        '```',
        '',
        '3. Tell them',
        '4. Start it',
        '',
        '```sh',
        'systemctl start web',
        '```',
      ),
    ).toEqual([
      [5, 'command', 'Stop it', 'systemctl stop web'],
      [12, 'command', 'At the free space', 'df -h'],
      [15, 'manual', 'Tell them', 'Tell them'],
      [19, 'command', 'Start it', 'systemctl start web'],
    ]);
  });

  test('code after a list that goes nowhere is no part of its last item', () => {
    expect(steps('## Steps', '', '1. Call', '2. Wait', '', '```sh', 'df -h', '```').map(([, kind]) => kind)).toEqual([
      'manual',
      'manual',
      'command',
    ]);
  });

  test('ends where a label or a heading begins something else', () => {
    const ways = [
      '**Option A**',
      '',
      '1. Call',
      '',
      '**Option B**',
      '',
      '1. Write',
      '',
      '**Then:**',
      '',
      '```sh',
      'df -h',
      '```',
      '',
      '2. Wait',
    ];
    const { alternatives, steps: found } = readProcedure(['## Steps', '', ...ways].join('\n'));
    expect(alternatives.map(({ choices }) => choices.map(({ steps: own }) => own))).toEqual([
      [['s1'], ['s2', 's3', 's4']],
    ]);
    expect(found.map(({ title }) => title)).toEqual(['Call', 'Write', 'Then', 'Wait']);
  });

  test('what a person is to write somewhere is in the text of the step', () => {
    expect(
      steps('## Steps', '', '1. Put this into the file:', '', '   ```yaml', '   a: 1', '   ```', '2. Save'),
    ).toEqual([
      [3, 'manual', 'Put this into the file', 'Put this into the file:\na: 1'],
      [8, 'manual', 'Save', 'Save'],
    ]);
  });
});

describe('bullets', () => {
  test('are things to do where the nearest words say so, and facts elsewhere', () => {
    expect(
      steps(
        '## Immediate actions',
        '',
        '- Page the owner',
        '- Stop the job',
        '',
        '## Impact',
        '',
        '- Nobody can log in',
      ).length,
    ).toBe(2);
    expect(
      steps('## 조치 사항', '', '- 담당자 호출', '', '복원 대상:', '- 데이터베이스').map(([, , title]) => title),
    ).toEqual(['담당자 호출']);
  });
});

test('a table that counts steps is carried out, one that explains commands is not', () => {
  const rows = [
    '| 1 | Look | `kubectl get pods` | Running |',
    '| 2 | Call | | |',
    '| 3 | Ask it | `curl -f http://x/` | 200 |',
  ];
  expect(steps('## Steps', '', '| Step | What | Command | Expected |', '|---|---|---|---|', ...rows)).toEqual([
    [5, 'command', 'Look', 'kubectl get pods'],
    [7, 'command', 'Ask it', 'curl -f http://x/'],
  ]);
  expect(steps('## Help', '', '| Command | What |', '|---|---|', '| `df -h` | shows disks |')).toEqual([]);
});

test('an item with things to do below it is not lost to them', () => {
  const inner = ['   a. page the owner', '   b. run `systemctl restart web`'];
  expect(
    steps('## Steps', '', '1. Look at the graph. If it is red:', ...inner, '2. Note the time').map(
      ([, , title]) => title,
    ),
  ).toEqual(['Look at the graph. If it is red', 'page the owner', 'run systemctl restart web', 'Note the time']);
});

test('a command after the prompt of root, alone, is for a person: it may be a remark', () => {
  expect(steps('## Steps', '', '1. Restart it', '', '   ```', '   # systemctl restart app', '   ```')).toEqual([
    [6, 'manual', 'Restart it', '# systemctl restart app'],
  ]);
});

describe('a box', () => {
  test('is found in tables, headings, HTML, after words, in lines of their own', () => {
    expect(
      items(
        '# A',
        '',
        '| Task | Done |',
        '|---|---|',
        '| Snapshot | [x] |',
        '',
        'Before:',
        '[ ] one',
        '□二',
        '',
        '<li><input type="checkbox" checked> three</li>',
        '',
        '## [ ] Four',
        '',
        'Say so.',
        '',
        '<table><tr><td>five</td><td>[ ]</td></tr></table>',
      ),
    ).toEqual([
      [5, 'Snapshot', true, 's1'],
      [8, 'one', false, 's2'],
      [9, '二', false, 's3'],
      [11, 'three', true, 's4'],
      [13, 'Four', false, 's5'],
      [17, 'five', false, 's6'],
    ]);
  });

  test('with a command is done with it, and is no second step', () => {
    expect(steps('- [ ] Look', '', '  ```sh', '  df -h', '  ```', '- [ ] Run `uptime`', '- [ ] Call')).toEqual([
      [4, 'command', 'Look', 'df -h'],
      [6, 'command', 'Run uptime', 'uptime'],
      [7, 'checklist-item', 'Call', 'Call'],
    ]);
  });

  test('in a comment or in code is none', () => {
    expect(items('<!--', '- [ ] no', '<input type="checkbox">', '-->', '', '```sh', '- [ ] no', '```')).toEqual([]);
  });
});

describe('ways of which one is chosen', () => {
  const fence = (text: string) => ['```sh', text, '```', ''];
  test.each([
    ['lines without emphasis', ['方案一：手动', '', ...fence('a -x'), '方案二：自动', '', ...fence('b -x')]],
    [
      'tabs of Hugo',
      [
        '{{< tabs >}}',
        '{{< tab "one" >}}',
        ...fence('a -x'),
        '{{< /tab >}}',
        '{{% tab name="two" %}}',
        ...fence('b -x'),
        '{{% /tab %}}',
        '{{< /tabs >}}',
      ],
    ],
    [
      'tabs of MkDocs',
      ['=== "Debian"', '    ```sh', '    a -x', '    ```', '', '=== "RHEL"', '', '    ```sh', '    b -x', '    ```'],
    ],
    [
      'tabs of GitLab',
      ['::Tabs', '', ':::TabTitle One', '', ...fence('a -x'), ':::TabTitle Two', '', ...fence('b -x'), '::EndTabs'],
    ],
  ])('%s', (_, lines) => {
    const { alternatives, steps: found } = readProcedure(
      ['# A', '', ...lines, '', 'After.', '', ...fence('df -h')].join('\n'),
    );
    expect(alternatives.map(({ choices }) => choices.map(({ steps: own }) => own))).toEqual([
      [['s1'], ['s2', ...(lines[0] === '方案一：手动' ? ['s3'] : [])]],
    ]);
    expect(found.map(({ text }) => text)).toEqual(['a -x', 'b -x', 'df -h']);
  });
});

describe('what was typed at several prompts', () => {
  test.each([
    ['a database after a shell', ['root@db1:/# psql -U postgres', 'psql (14.1)', 'postgres=# SELECT 1;', '(1 row)']],
    ['another machine', ['$ ssh web1', 'web1$ sudo systemctl stop app']],
    ['PowerShell', ['PS C:\\> Stop-Service app', 'done']],
    ['Redis', ['127.0.0.1:6379> FLUSHALL', 'OK']],
    ['Redis by name', ['cache-0:6379> FLUSHALL', 'OK']],
    ['a shell inside a container', ['sh-5.1# rm -rf /data/old', 'data']],
    ['what a shell opened, where its own prompt is not known', ['~ kubectl exec -it db-0 -- sh', '/ $ rm -rf wal/']],
    ['a node behind a debug pod', ['$ oc debug node/worker-1', 'sh-4.4# chroot /host', 'sh-4.4# reboot']],
    ['two accounts', ['ops@repo:~$ sudo su - app', 'app@repo:~$ rm -r /srv/app/old']],
    ['a tool that asks', ['(parted) mklabel gpt']],
  ])('%s: a person types it, and nothing of it is lost', (_, lines) => {
    expect(steps('# A', '', '```', ...lines, '```')).toEqual([[4, 'manual', 'A', lines.join('\n')]]);
  });
});

test('a prompt that names a machine says where its commands run', () => {
  const { steps: found } = readProcedure(
    ['# A', '', '```sh', 'db-01 $ sudo systemctl stop app', 'web', 'db-01 $ df -h', '```', ''].join('\n'),
  );
  expect(found.map(({ kind, text, target }) => [kind, text, target])).toEqual([
    ['command', 'sudo systemctl stop app', 'db-01'],
    ['command', 'df -h', 'db-01'],
  ]);
});

describe('a document without fences', () => {
  const commands = (...lines: readonly string[]) =>
    readProcedure(['# A', '', ...lines].join('\n'))
      .steps.filter(({ kind }) => kind === 'command')
      .map(({ text }) => text);

  test.each([
    'etcd keeps three copies of each entry',
    'which instance holds the lock at this moment.',
    'local disks fill up without a word, unless somebody looks at',
    'kill -9 is the last way, and it leaves the lock behind.',
    'reboot the machine only when nobody is at work',
    'See how `rate(errors_total[5m])` went',
    '`/metrics` of the agent?',
    'console under the `etcd` page',
    ': A server that takes writes',
    '**Free space < 1 TB**:',
    '[`docs`](https://example.com/a) of the operator',
    'hostssl all all 10.0.0.0/8 scram-sha-256',
  ])('has no command in a sentence: %s', (line) => {
    expect(commands(line)).toEqual([]);
  });

  test('has none in a line that goes on with a sentence', () => {
    expect(
      commands(
        'Whatever is still open there at the end of a long day makes it',
        'halt every queue worker task behind them',
      ),
    ).toEqual([]);
    expect(commands('1. Ring the owner', '2. ssh to the machine of the owner')).toEqual([]);
  });

  test('has those that stand on lines of their own', () => {
    expect(
      commands(
        'Stop the application on every machine of the whole cluster',
        'systemctl stop app',
        '',
        'Look at what is left:',
        'kubectl get all -n app',
        'ufw allow from 10.0.0.1 to any port 22',
        'docker-machine create -d google test',
      ),
    ).toEqual([
      'systemctl stop app',
      'kubectl get all -n app\nufw allow from 10.0.0.1 to any port 22\ndocker-machine create -d google test',
    ]);
  });
});

test('a fence right below a line of text, indented as deep as code, is a fence', () => {
  const { blocks } = readProcedure('- Look:\n        ```sh\n        df -h\n\n        df -i\n        ```\n- Next\n');
  expect(blocks.map(({ line, endLine, language, text }) => [line, endLine, language, text])).toEqual([
    [2, 6, 'sh', 'df -h\n\ndf -i'],
  ]);
});

test('code in components of MDX and in HTML is code, and says its language', () => {
  const source =
    '<CodeBlock language="bash">{`df -h`}</CodeBlock>\n\n<CodeBlock language="bash">\n{`df -i`}\n</CodeBlock>\n\n<pre><code class="language-sql">SELECT 1;</code></pre>\n';
  expect(readProcedure(source).blocks.map(({ line, language, text }) => [line, language, text])).toEqual([
    [1, 'bash', 'df -h'],
    [3, 'bash', 'df -i'],
    [7, 'sql', 'SELECT 1;'],
  ]);
});

test('signs of fences in a comment hide nothing that comes after it', () => {
  const source = '<!-- ```sh\nrm -rf /\n``` -->\n\n<details>\n- [ ] box\n```sh\ndf -h\n```\n</details>\n';
  const { blocks, checklists } = readProcedure(source);
  expect([blocks.map(({ text }) => text), checklists.map(({ items: own }) => own.length)]).toEqual([['df -h'], [1]]);
});

test('what stands around code in other dialects does not become its title', () => {
  const fence = '```sh\ndf -h\n```\n';
  for (const before of [
    ':::note',
    '!!! warning "Read"',
    '[1]: https://example.com',
    '{{< tab "x" >}}',
    '{/* a remark */}',
  ])
    expect(readProcedure(`# Disk\n\n${before}\n\n${fence}`).steps.map(({ title }) => title)).toEqual(['Disk']);
});

test('rules of alerts are told from other settings', () => {
  const rules = 'groups:\n- name: a\n  rules:\n  - alert: Down\n    expr: up == 0\n';
  expect(readProcedure(`\`\`\`yaml\n${rules}\`\`\`\n`).blocks).toMatchObject([
    { use: 'configuration', why: 'rules of alerts' },
  ]);
});
