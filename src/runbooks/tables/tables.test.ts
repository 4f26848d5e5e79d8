import { describe, expect, it } from 'vitest';
import type { Block, Table, TableKind } from '../types.ts';
import { sentence } from '../words/index.ts';
import { classifyTable, severitiesOf } from './index.ts';
import { spokenDurations } from './spoken-duration.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('a table', () => {
  const cases: readonly (readonly [TableKind, string, string, ...string[]])[] = [
    ['severity', 'Levels', 'Level | Response | Resolution', 'P1 | 15 min | 1 h', 'P2 | 30 min | 4 h'],
    ['severity', '등급 기준', '등급 | 초동 | 해결', '높음 | 30분 | 4시간', '낮음 | 하루 | 1주일'],
    ['severity', '嚴重程度', '等級 | 回應時間 | 恢復時間', '高 | 15分鐘 | 1小時', '低 | 1天 | 1週'],
    ['severity', 'Targets', 'Target | P1 | P2', 'Response time | 5 min | 1 h', 'Resolution | 1 h | 1 day'],
    ['escalation', 'Escalation matrix', 'After | P1 | P2', '15 min | lead | -', '1 h | CTO | lead'],
    ['escalation', '보고 체계', '경과 | P1 | P2', '10분 | 팀장 | -', '1시간 | 대표 | 팀장'],
    ['roles', 'Organisation', 'Role | Responsibility', 'Commander | decides', 'Scribe | writes'],
    ['roles', '体制', '役割 | 責任', '指揮官 | 判断', '記録係 | 記録'],
    ['contacts', 'Who to call', 'Role | Name | Phone', 'DBA | A | 1', 'Net | B | 2'],
    ['contacts', '联系方式', '角色 | 姓名 | 电话', '运维 | 甲 | 1', '安全 | 乙 | 2'],
    ['objectives', 'Goals', 'Data | RPO | RTO', 'ledger | 15 min | 1 h', 'files | 1 day | 15 min'],
    ['retention', 'Backups', 'Kind | Retention', 'daily | 7 days', 'weekly | 4 weeks'],
    ['retention', '보존 정책', '종류 | 기간', '일일 | 7일', '주간 | 4주'],
    ['traps', 'Pitfalls', 'Trap | Consequence | Avoid', 'a | b | c', 'd | e | f'],
    ['traps', '陷阱', '做法 | 後果', '甲 | 乙', '丙 | 丁'],
    ['tiers', 'Copies', 'Tier | Where', 'local | disk', 'cold | vault'],
    ['history', 'Changes', 'Version | Date | Change', '1.0 | 2026-01-01 | first', '1.1 | 2026-02-01 | more'],
    ['document-information', '', 'Item | Content', 'Version | 1.0', 'Author | A'],
    ['document-information', '備份清冊', '項目 | 內容', '日期 | 2026-01-01', '狀態 | 完成'],
    ['document-information', '', '項目 | 內容', '日期 | 2026-01-01', '狀態 | 完成'],
    [
      'incident-types',
      'Classification',
      'Type | Example | Default severity',
      'Network | link down | P1',
      'Data | loss | P1',
    ],
    ['actions', 'Follow-up', 'Action | Owner | Due', 'index | DBA | 2026-01-01', 'alert | SRE | 2026-01-02'],
    ['actions', '缺口', '優先 | 缺口 | 風險 | 下一步', 'P0 | 甲 | 乙 | 丙', 'P1 | 丁 | 戊 | 己'],
    ['timeline', 'Timeline', 'Time | Event', '14:30 | alert', '14:35 | declared'],
    ['surfaces', 'Coverage', 'Surface | Source', 'backup | a.sh', 'restore | b.sh'],
    ['other', 'Sizes', 'Size | Price', 'small | 1', 'large | 2'],
    ['other', '', 'A | B', '1 | 2', '3 | 4'],
  ];
  it.each(cases)('of kind %s is known: %s, %s', (kind, section, header, ...rows) => {
    expect(classifyTable({ header: cells(header), rows: rows.map(cells), section })).toBe(kind);
  });

  it('is known whatever emphasis its cells carry', () => {
    const header = ['**Role**', '`Responsibility`'];
    expect(classifyTable({ header, rows: [['**Commander**', 'decides']], section: '' })).toBe('roles');
  });

  it('without cells is other', () => {
    expect(classifyTable({ header: [], rows: [], section: '' })).toBe('other');
  });
});

describe('a time as people write it', () => {
  it.each([
    ['30 minutes', 30 * minute],
    ['within 15 min', 15 * minute],
    ['1 hour 30 minutes', 90 * minute],
    ['an hour', hour],
    ['half an hour', 30 * minute],
    ['two days', 2 * day],
    ['4h', 4 * hour],
    ['20분 이내', 20 * minute],
    ['3시간', 3 * hour],
    ['2주일 안에', 14 * day],
    ['3개월', 90 * day],
    ['5分鐘內', 5 * minute],
    ['6小時', 6 * hour],
    ['半小时', 30 * minute],
    ['三十分鐘', 30 * minute],
    ['两天', 2 * day],
    ['45分以内', 45 * minute],
    ['２時間', 2 * hour],
    ['1週間', 7 * day],
  ])('%s', (text, ms) => {
    expect(spokenDurations(text)).toEqual([ms]);
  });

  it.each([
    'next business day',
    '다음 근무일',
    '翌営業日',
    '次一工作日',
    '3 business days',
    '0',
    'at once',
    '14:30',
    '2026-01-12',
    '2026年1月12日',
    'P1',
    'v2',
    '24x7',
    '3분기',
    '',
  ])('is absent where no clock could hold it: %s', (text) => {
    expect(spokenDurations(text)).toEqual([]);
  });

  it('has both ends of a range', () => {
    expect(spokenDurations('1 hour to 2 days')).toEqual([hour, 2 * day]);
  });
});

describe('severity levels', () => {
  it('come from a table, with the lines they stand on', () => {
    const found = severitiesOf(
      [
        table(10, 'Level | Response time | Recovery time', [
          'P1 (critical) | 15 min | 1 hour',
          'P2 | next business day | 2 days',
        ]),
      ],
      [],
    );
    expect(found).toEqual([
      { name: 'P1', line: 12, responseMs: 15 * minute, recoveryMs: hour },
      { name: 'P2', line: 13, recoveryMs: 2 * day },
    ]);
  });

  it('come from a table that has them as columns', () => {
    const found = severitiesOf(
      [table(1, 'Target | SEV1 | SEV2', ['Response time | 5 min | 1 h', 'Resolution time | 1 h | 1 day'])],
      [],
    );
    expect(found).toMatchObject([
      { name: 'SEV1', responseMs: 5 * minute, recoveryMs: hour },
      { name: 'SEV2', responseMs: hour, recoveryMs: day },
    ]);
  });

  it('come from boxes drawn in a fence, in any of the languages', () => {
    const drawing = [
      '┌──────────────────────────┐',
      '│  ┌────────────────────┐  │',
      '│  │ P1 - 치명 (最優先) │  │',
      '│  │ • 응답: 10분 이내  │  │',
      '│  │ • 복구: 2시간 이내 │  │',
      '│  └────────────────────┘  │',
      '│  ┌────────────────────┐  │',
      '│  │ P2: minor trouble  │  │',
      '│  │ * Response: 1 day  │  │',
      '│  │ * 恢復時間：1週    │  │',
      '│  └────────────────────┘  │',
      '└──────────────────────────┘',
    ].join('\n');
    expect(severitiesOf([], [block(20, drawing)])).toEqual([
      { name: 'P1', line: 23, responseMs: 10 * minute, recoveryMs: 2 * hour },
      { name: 'P2', line: 28, responseMs: day, recoveryMs: 7 * day },
    ]);
  });

  it('are none in a drawing that gives nothing a time', () => {
    expect(severitiesOf([], [block(1, '│ P1 │ → │ P2 │')])).toEqual([]);
  });

  it('that two places state are told once, each filling what the other leaves out', () => {
    const tables = [
      table(1, 'Level | Response', ['P1 | 5 min']),
      table(9, 'Level | Response | Recovery', ['P1 | 9 min | 1 h']),
    ];
    expect(severitiesOf(tables, [])).toEqual([{ name: 'P1', line: 3, responseMs: 5 * minute, recoveryMs: hour }]);
  });
});

function cells(row: string): string[] {
  return row.split(' | ');
}

function table(line: number, header: string, rows: readonly string[]): Table {
  return {
    line,
    endLine: line + rows.length + 1,
    kind: 'severity',
    section: '',
    header: cells(header),
    rows: rows.map(cells),
  };
}

function block(line: number, text: string): Block {
  return {
    id: 'block-1',
    line,
    endLine: line + text.split('\n').length + 1,
    language: '',
    use: 'example',
    why: '',
    said: sentence('drawing'),
    text,
    section: '',
    steps: [],
    effects: [],
  };
}
