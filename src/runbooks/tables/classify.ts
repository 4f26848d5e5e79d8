import type { TableKind } from '../types.ts';
import { spokenDurations } from './spoken-duration.ts';

export interface TableText {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The heading that it stands under. */
  readonly section: string;
}

/** Words of headers and headings in English, Korean, Chinese (both) and Japanese. Matched against text without markup, in lower case. */
const words = {
  severity: /severity|priority|심각도|우선\s?순위|등급|嚴重|严重|優先|优先|重大度|深刻度|緊急度|影響度/,
  response: /respon[sd]e?|acknowledg|\back\b|응답|대응|回應|响应|響應|応答|対応|初動/,
  recovery: /recover|resol(?:ve|ution)|restor|\brto\b|mttr|fix|복구|해결|恢復|恢复|復旧|解決|解决|修復|修复/,
  objective:
    /\brpo\b|\brto\b|\bmtd\b|\bmtpd\b|\bslo\b|recovery (?:point|time)|복구\s?(?:시점|시간|목표)|復旧(?:時点|時間)?目標|恢復(?:點|時間)|恢复(?:点|时间)/,
  escalation: /escalat|에스컬레이션|상향\s?보고|升級|升级|エスカレーション/,
  elapsed: /elapsed|경과|經過|经过|経過|after|within|time|시간|時間|时间/,
  role: /\broles?\b|역할|角色|役割|職責|职责/,
  duty: /responsibilit|\bdut(?:y|ies)\b|\btasks?\b|책임|임무|업무|責任|职责|職責|任務|任务|担当業務/,
  contact:
    /contact|phone|\btel\b|e-?mail|on-?call|pager|slack|연락처|전화|비상\s?연락|이메일|聯絡|联系|聯繫|電話|电话|連絡先|メール/,
  person:
    /\bnames?\b|\bwho\b|person|people|\bteam|\bvendor|company|이름|성명|담당|업체|팀|姓名|人员|人員|部门|部門|團隊|团队|廠商|厂商|氏名|担当|会社/,
  retention: /retention|retain|\bkeep\b|kept|보존|보관|保留|保存期|保持/,
  trap: /pitfall|\btraps?\b|gotcha|common mistake|함정|주의\s?사항|실수|陷阱|坑|落とし穴|注意点|誤り/,
  avoid: /avoid|instead|prevent|mitigat|회피|방지|대책|避免|迴避|回避|対策|對策|对策/,
  tier: /\btiers?\b|\bcopies\b|\bcopy\b|media|storage (?:class|level)|티어|계층|저장\s?매체|사본|層級|层级|分層|分层|階層|媒體|媒体|媒介/,
  version: /\bversions?\b|\brev(?:ision)?\b|버전|개정|版本|版次|バージョン|版数|修訂|修订|改訂/,
  change: /\bchanges?\b|변경|개정|수정\s?내용|變更|变更|修改|変更|改訂内容|author|작성자|作者/,
  date: /\bdate\b|일자|날짜|日期|日付/,
  field: /^(?:item|field|key|property|attribute|항목|구분|項目|项目|字段|属性|屬性)$/,
  content: /^(?:content|value|description|details?|내용|값|설명|內容|内容|值|値|說明|说明)$/,
  incidentType:
    /(?:incident|failure|event|fault) ?types?|^types?$|^categor(?:y|ies)$|유형|분류|類型|类型|種類|種別|分類|分类/,
  example: /examples?|예시|예$|例|範例|示例/,
  action:
    /\bactions?\b|\bmeasures?\b|follow-?up|next step|조치|대책|할\s?일|다음\s?단계|措施|行動|行动|下一步|處置|处置|対応策|アクション/,
  owner: /owner|assignee|responsible|담당자?|책임자|負責|负责|担当者?|擔當|所有者/,
  due: /\bdue\b|deadline|complet|완료\s?일?|기한|마감|期限|完成|截止|完了/,
  event: /\bevents?\b|what happened|이벤트|사건|사실|내용|事件|經過|经过|出来事|イベント/,
  clock: /^(?:time|when|timestamp|시간|시각|時間|时间|時刻|日時)(?:\s*\(.*\))?$/,
  surface:
    /\bsurfaces?\b|attack surface|adapter|\bsources?\b|covered|sha-?256|표면|대상 목록|清冊|清册|納管|纳管|資產|资产|攻擊面|攻击面/,
  boundary: /boundar|scope|경계|범위|邊界|边界|狀態|状态|境界/,
  count: /metric|indicator|current value|지표|현재\s?값|指標|指标|目前值/,
  gap: /\bgaps?\b|risk|갭|위험|缺口|風險|风险|リスク/,
} as const;

type Meaning = keyof typeof words;

/** Levels as documents name them, at the beginning of a cell. */
export const levelName =
  /^(?:P[0-5]|SEV[- ]?[0-5]|S[0-5]|severity ?[0-5]|priority ?[0-5]|level ?[0-5]|critical|urgent|high|major|medium|moderate|minor|low|긴급|심각|높음|중간|보통|낮음|경미|緊急|严重|嚴重|高|中|低|重大|軽微|輕微)(?![\p{L}\p{N}])/iu;

/** What a table is about, told by its header, its rows and the heading above it. Never throws; `other` when nothing tells. */
export function classifyTable({ header, rows, section }: TableText): TableKind {
  const cells = header.map(plainCell);
  const has = (meaning: Meaning) => cells.some((cell) => words[meaning].test(cell));
  const at = (column: number, meaning: Meaning) => words[meaning].test(cells[column] ?? '');
  const under = (meaning: Meaning) => words[meaning].test(plainCell(section));
  const first = rows.map((row) => plainCell(row[0] ?? ''));
  const mostly = (test: (cell: string) => boolean) => first.length > 0 && first.filter(test).length * 2 > first.length;
  const levels = mostly((cell) => levelName.test(cell));
  const levelColumns = cells.filter((cell) => levelName.test(cell)).length;

  if (levelColumns >= 2 && (has('escalation') || under('escalation') || has('elapsed'))) return 'escalation';
  if (levelColumns >= 2 && first.some((cell) => words.response.test(cell) || words.recovery.test(cell)))
    return 'severity';
  if (under('escalation') || (has('escalation') && !has('duty')))
    return levels && has('response') ? 'severity' : 'escalation';
  if (levels && (has('gap') || has('action')) && !has('response') && !has('recovery')) return 'actions';
  if (levels && (has('response') || has('recovery') || has('severity') || under('severity'))) return 'severity';
  if (has('objective') && (countOf(cells, 'objective') >= 2 || durationsIn(rows))) return 'objectives';
  if (has('trap') || (under('trap') && cells.length > 1)) return 'traps';
  if (has('version') && (has('change') || has('date'))) return 'history';
  if (has('incidentType') && (has('severity') || has('example'))) return 'incident-types';
  if (has('contact')) return 'contacts';
  if (has('role') && (has('duty') || cells.length === 2)) return 'roles';
  if (has('clock') && has('event')) return 'timeline';
  if ((has('action') || at(0, 'gap') || has('gap')) && (has('owner') || has('due') || has('action'))) return 'actions';
  if (has('retention') || (under('retention') && durationsIn(rows))) return 'retention';
  if (has('tier') || (under('tier') && cells.length > 1)) return 'tiers';
  if (isAbout(cells, rows)) return 'document-information';
  if (has('surface') || under('surface')) return 'surfaces';
  if (has('count') && has('boundary')) return 'surfaces';
  if (under('contact') && has('person')) return 'contacts';
  if (under('objective') && durationsIn(rows)) return 'objectives';
  return 'other';
}

/** Longer cells are prose: their beginning tells enough. */
const longestCell = 500;

/** Without emphasis, code marks, links and outer blanks; lower case. */
export function plainCell(text: string): string {
  return text
    .slice(0, longestCell)
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`~]+(?=\S)|(?<=\S)[*_`~]+/g, '')
    .trim()
    .toLowerCase();
}

function countOf(cells: readonly string[], meaning: Meaning): number {
  return cells.filter((cell) => words[meaning].test(cell)).length;
}

function durationsIn(rows: readonly (readonly string[])[]): boolean {
  return rows.some((row) => row.slice(1).some((cell) => spokenDurations(cell).length > 0));
}

/** Two columns of names and values that speak of the document itself. */
function isAbout(cells: readonly string[], rows: readonly (readonly string[])[]): boolean {
  if (cells.length !== 2) return false;
  const fields = rows.map((row) => plainCell(row[0] ?? ''));
  const known = fields.filter((field) =>
    /version|author|owner|status|date|updated|reviewe?d?|standard|classification|버전|작성|상태|관리자|검토|승인|기준|문서|日期|狀態|状态|版本|作者|工具|快照|文件|文書|作成|バージョン/.test(
      field,
    ),
  );
  const headed = words.field.test(cells[0] ?? '') && words.content.test(cells[1] ?? '');
  return known.length >= 2 || (headed && known.length >= 1);
}
