import type { Question } from '../lib/question.ts';

/** What is said beside a question to whoever answers it, in the language of the question itself. */
export interface QuestionWords {
  readonly needsReason: string;
  readonly needsTyped: (text: string) => string;
  readonly needsValue: string;
  readonly needsSecret: string;
  readonly waits: string;
  readonly moreWaiting: (count: number) => string;
  readonly moreLines: (count: number) => string;
  readonly notUnderstood: (choices: string) => string;
  readonly type: (text: string, choice: string) => string;
  readonly notTyped: (text: string) => string;
  readonly why: string;
  readonly note: string;
  readonly file: string;
  readonly anotherFile: string;
}

const catalogues: Readonly<Record<NonNullable<Question['language']>, QuestionWords>> = {
  en: {
    needsReason: 'with a reason',
    needsTyped: (text) => `with the value ${text}`,
    needsValue: 'with a value',
    needsSecret: 'a secret: only at the terminal of the run',
    waits: 'It waits for an answer.',
    moreWaiting: (count) => `(${count} more)`,
    moreLines: (count) => `… ${count} more lines: holdfast runs questions`,
    notUnderstood: (choices) => `Not understood. One of: ${choices}`,
    type: (text, choice) => `Type ${text} to ${choice}`,
    notTyped: (text) => `That is not ${text}.`,
    why: 'Why',
    note: 'Note (Enter for none)',
    file: 'File as proof (Enter for none)',
    anotherFile: 'Another file (Enter for no more)',
  },
  ko: {
    needsReason: '이유 필요',
    needsTyped: (text) => `입력할 값: ${text}`,
    needsValue: '값 필요',
    needsSecret: '비밀 값: 실행 중인 터미널에서만 입력',
    waits: '답을 기다리고 있습니다.',
    moreWaiting: (count) => `(질문 ${count}개 더 있음)`,
    moreLines: (count) => `… ${count}줄 더 있음: holdfast runs questions`,
    notUnderstood: (choices) => `알 수 없는 입력입니다. 다음 중에서 고르십시오: ${choices}`,
    type: (text, choice) => `확인을 위해 ${text} 입력 (${choice})`,
    notTyped: (text) => `입력이 다릅니다. 입력해야 할 값: ${text}`,
    why: '이유',
    note: '메모 (없으면 Enter)',
    file: '증빙 파일 경로 (없으면 Enter)',
    anotherFile: '다른 파일 경로 (더 없으면 Enter)',
  },
  'zh-Hant': {
    needsReason: '須填原因',
    needsTyped: (text) => `須輸入：${text}`,
    needsValue: '須輸入值',
    needsSecret: '機密值：只能在執行中的終端機輸入',
    waits: '正在等待回答。',
    moreWaiting: (count) => `（還有 ${count} 個問題）`,
    moreLines: (count) => `… 還有 ${count} 行：holdfast runs questions`,
    notUnderstood: (choices) => `無法辨識的輸入。請選擇其一：${choices}`,
    type: (text, choice) => `請輸入 ${text} 以確認（${choice}）`,
    notTyped: (text) => `輸入不符，須輸入：${text}`,
    why: '原因',
    note: '備註（沒有請按 Enter）',
    file: '證明檔案路徑（沒有請按 Enter）',
    anotherFile: '其他檔案路徑（沒有請按 Enter）',
  },
};

export function questionWords({ language = 'en' }: Pick<Question, 'language'>): QuestionWords {
  return catalogues[language];
}
