import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { prepareEffects } from '../../effects/explain.ts';
import type { Procedure } from '../types.ts';
import { readProcedure } from './procedure.ts';

beforeAll(prepareEffects);

describe('a runbook that nobody has edited', () => {
  test('a Korean one: settings behind comments, a prompt, a request in quotes, entities, two ways in one block', () => {
    const lost = fixture('lost-laptop.ko.md');
    expect(lost.title).toBe('지점 서버 분실');
    expect(lost.description).toBe('지점 서버를 잃었을 때 하루 안에 되살린다.');
    expect(uses(lost)).toEqual(['prompt', 'step', 'step', 'step', 'alternative', 'step']);
    expect(lost.prompts).toMatchObject([{ line: 14, endLine: 19, block: 'block-1' }]);
    expect(told(lost)).toEqual([
      [29, 'manual', '본사 IT 에게 바로 요청'],
      [36, 'command', '이웃 서버 측에서 가장 새로운 복사본 확인'],
      [38, 'manual', '외장 디스크도 확인 · (사람이 꽂아서 본다)'],
      [42, 'manual', '새 기계 구하기'],
      [50, 'manual', '사용자 만들기'],
      [51, 'manual', '원격 접속 확인'],
      [54, 'command', '도구 설치'],
      [61, 'command', '운영자 머신에서'],
      [64, 'command', '또는 외장 디스크'],
      [69, 'command', '검증'],
      [72, 'manual', '이름은 그대로'],
      [76, 'manual', '접근 다시 열기'],
      [81, 'manual', '새 값을 열쇠고리에 넣는다'],
      [82, 'manual', '컨테이너를 다시 켠다'],
    ]);
    expect(lost.steps[0]?.text).toBe("관리 콘솔 → 앱 등록 → '지점 앱' → 비밀 삭제");
    expect(lost.steps[1]).toMatchObject({ target: '이웃 서버', effects: ['read', 'secret'] });
    expect(lost.steps[1]?.text).toContain('--password-file <(pass show repo)');
    expect(lost.alternatives).toMatchObject([
      {
        id: 'a1',
        question: '5. 복원',
        choices: [
          { title: '운영자 머신에서', steps: ['s8'] },
          { title: '외장 디스크', steps: ['s9'] },
        ],
      },
    ]);
    expect(lost.steps[7]).toMatchObject({ alternative: 'a1-1', target: '운영자 머신', parameters: ['branch'] });
    expect(lost.steps[9]).toMatchObject({ role: 'verification', of: 's9' });
    expect(lost.parameters).toMatchObject([{ name: 'branch', forms: ['entity'], source: 'unresolved' }]);
    expect(lost.tables).toMatchObject([{ line: 86, endLine: 89, kind: 'traps', section: '함정' }]);
    expect(lost.notUnderstood).toEqual([]);
  });

  test('an English one: items with fences, checklists, a quote, files, what belongs to the step before', () => {
    const service = fixture('service-operation.en.md');
    expect(uses(service).join(' ')).toBe(
      'step step step example configuration configuration step configuration step step step step example example',
    );
    expect(told(service)).toEqual([
      [15, 'command', 'How: Run on the index node'],
      [21, 'command', 'Verify'],
      [26, 'command', 'Rollback'],
      [48, 'checklist-item', 'Firewall rules are in place'],
      [49, 'checklist-item', 'Certificates are there'],
      [59, 'command', 'Start the index'],
      [78, 'command', 'Look at the service'],
      [82, 'command', 'If it is down, its log as well'],
      [84, 'manual', 'Tell the people who wait for it'],
      [87, 'command', 'Restart it'],
      [89, 'question', 'Is it answering again?'],
      [94, 'command', 'If nothing helps'],
      [99, 'checklist-item', 'Look at the error rate'],
      [100, 'checklist-item', 'Read the slow log'],
    ]);
    expect(service.steps[0]).toMatchObject({ target: 'index node', annotations: { rollback: '#s3' } });
    expect(service.steps[1]).toMatchObject({ role: 'verification', of: 's1' });
    expect(service.steps[2]).toMatchObject({ role: 'rollback', of: 's1' });
    expect(service.steps[9]?.annotations).toEqual({ approve: { need: 2, roles: ['operators'] }, timeout: 120_000 });
    expect(service.checklists.map(({ title, every, items }) => [title, every, items.map(({ done }) => done)])).toEqual([
      ['Checklist', undefined, [false, true]],
      ['Weekly', 'week', [false, false]],
    ]);
    expect(service.notUnderstood).toEqual([]);
  });

  test("a hospital's in Traditional Chinese: drawn severities, scenarios, templates with tables, legal clocks", () => {
    const hospital = fixture('hospital.zh-TW.md');
    expect(uses(hospital).join(' ')).toBe(
      'example example template step alternative alternative alternative step template configuration example example',
    );
    expect(hospital.alternatives).toMatchObject([
      {
        line: 80,
        question: '復原程序',
        choices: [
          { title: '方案一：連線耗盡', steps: ['s4', 's5'] },
          { title: '方案二：主庫停機', steps: ['s6', 's7'] },
          { title: '方案三：磁碟已滿', steps: ['s8', 's9'] },
        ],
      },
    ]);
    expect(told(hospital).slice(-5)).toEqual([
      [110, 'manual', '打電話給護理站'],
      [105, 'command', '方案三：磁碟已滿'],
      [119, 'manual', '立即隔離 · 拔除受感染主機的網路'],
      [123, 'command', '保全證據'],
      [125, 'manual', '72 小時內向主管機關通報'],
    ]);
    expect(hospital.severities).toMatchObject([{ responseMs: 900_000, recoveryMs: 3_600_000 }]);
    expect(hospital.checklists.map(({ line, title, block, items }) => [line, title, block, items.length])).toEqual([
      [52, '一、收集資訊', 'block-3', 2],
      [57, '二、通報', 'block-3', 1],
    ]);
    expect(hospital.tables.map(({ line, kind, block }) => [line, kind, block])).toEqual([
      [7, 'document-information', undefined],
      [25, 'contacts', undefined],
      [40, 'escalation', undefined],
      [137, 'timeline', 'block-9'],
      [144, 'actions', 'block-9'],
    ]);
    expect(hospital.notUnderstood).toEqual([]);
  });

  test('one in Simplified Chinese that an export has robbed of its marks', () => {
    const inventory = fixture('inventory.zh-CN.txt');
    expect(inventory.title).toBe('备份与恢复只读清册');
    expect(uses(inventory)).toEqual(['configuration', 'step', 'step']);
    expect(told(inventory)).toEqual([
      [35, 'manual', '整理负责人的回复，写明角色与范围'],
      [36, 'manual', '建立不含秘密的证据编号'],
      [40, 'command', '检查命令'],
      [46, 'command', '固定时间的快照'],
    ]);
    expect(inventory.tables.map(({ line, endLine, header, rows }) => [line, endLine, header.length, rows[1]])).toEqual([
      [9, 12, 2, ['状态', '只读']],
      [20, 23, 3, ['恢复演练', '4', '需要人工批准']],
      [52, 54, 3, ['现场证据', '0%', '没有连过任何主机']],
    ]);
    expect(inventory.steps[2]?.text).toMatch(/^python3 .* \\\n {2}--root \. \\\n/);
    expect(inventory.notUnderstood).toEqual([]);
  });

  test('a Japanese one: transcripts, steps that are headings, tabs, expected output', () => {
    const signing = fixture('signing.ja.md');
    expect(uses(signing).join(' ')).toBe(
      'transcript alternative alternative step example alternative alternative step',
    );
    expect(told(signing)).toEqual([
      [13, 'command', '状態を調べる: systemctl is-active signing'],
      [15, 'command', '状態を調べる: df -h /srv'],
      [20, 'manual', '担当者へ連絡する'],
      [31, 'command', '案A'],
      [37, 'command', '案B'],
      [45, 'command', '台帳サーバーで次を実行する'],
      [56, 'manual', '署名を一つ作ってもらう'],
      [57, 'decision', '利用者に知らせてよいか判断する'],
      [63, 'command', '確認: systemctl start signing'],
      [70, 'command', '確認: launchctl kickstart -k system/signing'],
      [79, 'command', '切り戻し'],
      [84, 'checklist-item', '予備機の時刻'],
      [85, 'checklist-item', '鍵の保管庫の封印'],
    ]);
    expect(signing.steps[5]).toMatchObject({ language: 'sql', target: '台帳サーバー', role: 'verification' });
    expect(signing.alternatives.map(({ choices }) => choices.map(({ title }) => title))).toEqual([
      ['案A', '案B'],
      ['Linux', 'macOS'],
    ]);
    expect(signing.checklists).toMatchObject([{ every: 'week' }]);
    expect(signing.tables).toMatchObject([{ kind: 'objectives' }]);
    expect(signing.notUnderstood).toEqual([]);
  });
});

describe('a step', () => {
  test('keeps its hash when something is written above it, and changes it when it is edited', () => {
    const one = '## A\n\n```sh\ndf -h\n```\n';
    const before = readProcedure(one).steps[0]?.hash;
    expect(readProcedure(`Words.\n\n${one}`).steps[0]?.hash).toBe(before);
    expect(readProcedure(one.replace('-h', '-i')).steps[0]?.hash).not.toBe(before);
    expect(readProcedure(one.replace('sh\n', 'sh {timeout=1s}\n')).steps[0]?.hash).not.toBe(before);
  });

  test('takes the id that its author gives, once', () => {
    const { steps, findings } = readProcedure('```sh {id=look}\nls\n```\n\n```sh {id=look}\nls\n```\n');
    expect(steps.map(({ id }) => id)).toEqual(['look', 's2']);
    expect(findings.filter(({ code }) => code === 'duplicate-id')).toMatchObject([
      { line: 6, step: 's2', level: 'error' },
    ]);
  });

  test('has the lines of its source with CRLF and a byte order mark', () => {
    const source = '\ufeff# A\r\n\r\n1. Look\r\n\r\n   ```sh\r\n   df -h\r\n   ls\r\n   ```\r\n';
    expect(readProcedure(source).steps).toMatchObject([{ line: 6, endLine: 7, text: 'df -h\nls', title: 'Look' }]);
  });

  test('of a transcript is what was typed, with the lines that the shell asked for', () => {
    const source = '```\n$ for i in 1 2; do\n>   echo $i\n> done\n1\n2\n$ date\nFri\n```\n';
    const { steps, blocks } = readProcedure(source);
    expect(blocks[0]?.use).toBe('transcript');
    expect(steps.map(({ line, text }) => [line, text])).toEqual([
      [2, 'for i in 1 2; do\n  echo $i\ndone'],
      [7, 'date'],
    ]);
  });
});

describe('a table', () => {
  test('is read from HTML, from lines drawn with signs, and from pipes with a pipe in a cell', () => {
    const source = [
      '<table>',
      '<tr><th>Role</th><th>Phone</th></tr>',
      '<tr><td>DBA</td><td><b>1</b></td></tr>',
      '</table>',
      '',
      '+---+---+',
      '| a | b |',
      '+---+---+',
      '| 1 | 2 |',
      '+---+---+',
      '',
      '| x |',
      '|---|',
      '| `a \\| b` |',
    ].join('\n');
    expect(
      readProcedure(source).tables.map(({ line, endLine, header, rows }) => [line, endLine, header, rows]),
    ).toEqual([
      [1, 4, ['Role', 'Phone'], [['DBA', '1']]],
      [6, 10, ['a', 'b'], [['1', '2']]],
      [12, 14, ['x'], [['`a | b`']]],
    ]);
  });
});

describe('a title', () => {
  test('comes from the settings, a heading, or the name of the file', () => {
    expect(readProcedure('---\ntitle: One\n---\n# Two\n').title).toBe('One');
    expect(readProcedure('## Two `x`\n').title).toBe('Two x');
    expect(readProcedure('words\n', { path: '/a/b/three.md' }).title).toBe('three');
  });
});

describe('hostile text', () => {
  const samples: Readonly<Record<string, (size: number) => string>> = {
    'signs of quotes': (size) => '>'.repeat(size),
    'zero bytes': (size) => '\0'.repeat(size),
    'open pre': (size) => '<pre>'.repeat(size / 5),
    'fences in fences': (size) => '```a\n'.repeat(size / 5),
    'quotes in lists': (size) => '> - 1. '.repeat(size / 7),
    'numbered comments': (size) => `\`\`\`sh\n${'# 1. a\nA=1\nls $A\n'.repeat(size / 17)}\`\`\`\n`,
    'two ways each': (size) => '**Option A**\n\n'.repeat(size / 14),
    boxes: (size) => '- [ ] a\n'.repeat(size / 8),
    'open comments': (size) => '<!-- holdfast: '.repeat(size / 15),
    cells: (size) => `|a|\n|-|\n${'|'.repeat(size)}`,
  };

  test.each(Object.entries(samples))('%s take time in proportion to their size', { timeout: 120_000 }, (_, sample) => {
    const time = (size: number) => {
      const text = sample(size);
      const before = process.cpuUsage();
      readProcedure(text);
      // Its own work, in milliseconds: what else the machine does is not counted.
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    time(10_000);
    const small = Math.min(time(30_000), time(30_000), time(30_000));
    const large = Math.min(time(120_000), time(120_000));
    // Four times the text: what grows with the square takes sixteen times as long.
    expect(large).toBeLessThan(9 * small + 100);
  });

  test('a megabyte of quotes, and lists in lists in lists, are read', { timeout: 120_000 }, () => {
    expect(readProcedure('>'.repeat(1_000_000)).steps).toEqual([]);
    const deep = Array.from({ length: 500 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n');
    expect(readProcedure(deep).notUnderstood).toEqual([]);
  });
});

function fixture(name: string): Procedure {
  return readProcedure(readFileSync(new URL(`../../../test/fixtures/runbooks/${name}`, import.meta.url), 'utf8'), {
    path: name,
  });
}

function uses({ blocks }: Procedure): string[] {
  return blocks.map(({ use }) => use);
}

function told({ steps }: Procedure): (string | number)[][] {
  return steps.map(({ line, kind, title }) => [line, kind, title]);
}

test('from number 10 on, a fence that is indented as under the nine before it still belongs to its item', () => {
  const item = (number: number) => `${number}. Do thing ${number}\n   \`\`\`bash\n   echo ${number}\n   \`\`\`\n`;
  const { steps } = readProcedure(`# Many\n\n## Steps\n\n${[8, 9, 10, 11, 12].map(item).join('')}`);
  expect(steps.map(({ kind, title, text, line }) => [kind, title, text, line])).toEqual(
    [8, 9, 10, 11, 12].map((number, index) => ['command', `Do thing ${number}`, `echo ${number}`, 7 + index * 4]),
  );
});
