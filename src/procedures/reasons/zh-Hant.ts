import type { Catalogue } from './index.ts';

/** Traditional Chinese, in the words used in Taiwan. */
export const zhHant: Catalogue = {
  exit: '結束碼 {exit}',
  'exit-expected': '結束碼 {exit}，預期 {expected}',
  'no-text': '輸出中沒有「{text}」',
  'no-match': '輸出不符合「{pattern}」',
  'pattern-slow': '以「{pattern}」比對此輸出耗時過久',
  'no-pattern': '「{pattern}」不是規則運算式',
  'no-path': '「{path}」不是指向單一值的路徑（RFC 9535）',
  'no-json': '輸出不是 JSON',
  'nothing-at': '輸出中 {path} 沒有值',
  'value-differs': '{path} 為 {found}，預期 {expected}',
  'no-number': '輸出中沒有數字',
  'too-small': '{number} 小於 {limit}',
  'too-large': '{number} 大於 {limit}',
  'first-only': '（僅查看輸出的前 4 MB）',
  'nothing-captured': '輸出中沒有可作為 {name} 的內容',
  'link-lost': '目標已不再回應',
  'nothing-found': '在目標上找不到結束碼，也找不到程序',
  'too-late': '超過允許的時間（{limit}），且有無法終止的程序：{processes}',
  'was-killed': '超過允許的時間（{limit}），已強制終止',
  'not-killed': '無法終止的程序：{processes}',
  'gate-closed': '開始之前閘門已關閉',
  'cancelled-before': '開始之前執行已取消',
  'left-alone': '失敗的目標過多，未予執行',
};
