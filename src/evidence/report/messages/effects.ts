import type { Label } from '../../../effects/types.ts';
import type { Language } from './catalogue.ts';

/** What a command does, in the words of each language. Capitals say: stop here. */
export const effectNames: Readonly<Record<Language, Readonly<Record<Label, string>>>> = {
  en: {
    none: 'does nothing',
    read: 'reads',
    secret: 'reads or shows secrets',
    write: 'writes',
    destroy: 'DESTROYS',
    'remote-delete': 'DELETES ON ANOTHER SYSTEM',
    privilege: 'with more rights',
    egress: 'sends data out',
    disrupt: 'INTERRUPTS SERVICE',
    unknown: 'effect not known: take it for dangerous',
    'not-shell': 'no command',
  },
  ko: {
    none: '아무 영향 없음',
    read: '읽기',
    secret: '비밀 값을 읽거나 보여 줌',
    write: '쓰기',
    destroy: '파괴',
    'remote-delete': '다른 시스템에서 삭제',
    privilege: '더 높은 권한으로 실행',
    egress: '데이터를 밖으로 보냄',
    disrupt: '서비스 중단',
    unknown: '영향을 알 수 없음: 위험하다고 여기십시오',
    'not-shell': '명령 아님',
  },
  'zh-Hant': {
    none: '沒有影響',
    read: '讀取',
    secret: '讀取或顯示機密',
    write: '寫入',
    destroy: '破壞',
    'remote-delete': '在另一系統上刪除',
    privilege: '以更高權限執行',
    egress: '將資料送出',
    disrupt: '中斷服務',
    unknown: '影響不明：請視為危險',
    'not-shell': '不是指令',
  },
};
