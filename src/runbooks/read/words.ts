/** Words that documents use, in Korean, Chinese (both), English and Japanese. Matched against plain text of headings and labels. */

const prompt =
  /\bprompts?\b.{0,30}\b(?:ai|llm|assistant|agent|claude|chatgpt|copilot|gemini)\b|\b(?:ai|llm|assistant|agent|claude|chatgpt|copilot|gemini)\b.{0,30}\bprompts?\b|^\W*prompts?\W*$|(?:ai|assistant|어시스턴트|에이전트).{0,12}(?:프롬프트|요청문)|프롬프트\s*(?:예시|템플릿)|(?:ai|助手|助理|智能体|代理).{0,12}(?:提示詞|提示词|提示語|提示)|^提示[詞词]|(?:ai|アシスタント|エージェント).{0,12}(?:プロンプト|依頼文|指示文)|^プロンプト/i;
/** What is about prompts as a subject, or a danger: steps for people. */
const aboutPrompts =
  /inject|인젝션|주입|注入|インジェクション|leak|유출|洩漏|泄漏|泄露|漏洩|filter|필터|\blogs?\b|로그|日誌|日志|\bserver|서버|サーバ|서비스|\bservice|outage|장애|故障|incident|사고|障害/i;

/** Whether a heading or a label says that what follows is text for an AI assistant. */
export function forAssistant(text: string): boolean {
  return prompt.test(text) && !aboutPrompts.test(text);
}

export const aboutTemplate = /\btemplates?\b|템플릿|양식|서식|範本|模板|樣板|样板|テンプレート|雛形|ひな形|様式/i;

/** Output that a person should see: no commands. */
export const aboutOutput =
  /\b(?:expected|sample|example|typical) (?:output|result|response)s?\b|^(?:output|result|response|returns|prints|you (?:should|will) see|shows?)\b|\boutput\s*[:：]?$|예상\s*(?:출력|결과|응답)|출력\s*(?:예시|예)|(?:^|\s)(?:결과|출력|응답)\s*[:：]?$|預期(?:輸出|結果|回應)|预期(?:输出|结果|响应)|(?:輸出|输出)(?:範例|示例|例|結果|结果)|^(?:輸出|输出|結果|结果)\s*[:：]?$|(?:出力|実行結果|期待(?:される)?(?:結果|出力))(?:例)?\s*[:：]?$|^出力/i;

/** A collection to choose from. */
export const collection =
  /유용한\s*명령|명령어?\s*(?:모음|단축|참고)|단축\s*명령|자주\s*(?:쓰는|사용하는)\s*명령|\b(?:useful|handy|common|frequent(?:ly used)?|quick)\s+(?:commands?|reference|one-?liners?)|\bcheat\s?-?sheets?\b|\bcommand (?:reference|cheat)|常用(?:命令|指令)|(?:命令|指令)(?:速查|大全|彙整|汇总|一覽)|便利な?コマンド|よく使う(?:コマンド)?|コマンド(?:集|一覧|早見)/i;

export const appendix = /^\W*(?:부록|appendix|附錄|附录|付録|補遺)/i;

/** A thing is shown, and not to be done now. */
export const shown =
  /\bexamples?\b|\bsamples?\b|예시|예제|샘플|範例|示例|範本|样例|サンプル|記述例|(?:スクリプト|設定)例/i;

/** Headings of sections whose numbered lists tell nothing to do: they say so with their first words. */
export const notProcedure =
  /^\W*(?:목차|개요|교훈|참고\s*(?:자료|문서)|참석자?|용어|원칙|목적|배경|적용\s*범위|관련\s*문서|(?:\S+\s+){0,3}검증\s*항목|table of contents\b|contents\W*$|overview\b|lessons\b|references?\W*$|related documents?\b|glossary\b|principles\b|(?:introduction|background|scope|purpose|goals?|architecture|known issues|limitations|faq)\W*$|알려진\s*문제|아키텍처|已知(?:问题|問題)|架构|架構|既知の問題|アーキテクチャ|目錄|目录|目次|概要|概述|總覽|总览|教訓|教训|参考|參考|術語|术语|用語|原則|原则|背景|目的|範圍|范围|適用範圍|适用范围|適用範囲|關聯文件|相關文件|相关文档|関連文書)/i;

/** Headings and labels of lists whose bullets are things to do. */
export const aboutDoing =
  /^(?:(?:\S+\s+){0,2}(?:steps|actions|procedures?|instructions)|(?:(?:steps|procedure|instructions)\s(?:for|to)\s.{0,60}|how to\s.{0,40}|what to do.{0,30}|mitigations?|remediations?|resolutions?|to-?\s?do|do(?: this)?(?: first)?|checklist))\W*$|(?:절차|조치(?:\s*사항)?|대응\s*방법|해결\s*방법|할\s*일|수행\s*단계)\W*$|(?:手順|対応|対処法?|やること|作業内容)\W*$|(?:步骤|步驟|措施|操作流程|处理方法|處理方式|处置|處置|待辦|待办)\W*$/iu;

/** What stands before a block or in a heading, when it takes back what was done before it. */
export const rollback =
  /^(?:롤백|되돌리기|되돌림|원복|roll\s?-?backs?\b|back\s?-?out\b|revert(?:ing)?\b|undo\b|回滾|回滚|回退|撤銷|撤销|ロールバック|切り?戻し|巻き?戻し)/i;

/** The same for what shows whether the step before has worked. */
export const verification =
  /^(?:검증|확인|점검\s*[:：]?$|verif(?:y|ies|ication)\b|validat(?:e|ion)\b|check\b|confirm\b|驗證|验证|確認|检查|檢查|核對|核对|検証|動作確認)/i;

/** `# or:` before the second of two ways. */
export const or =
  /^(?:또는|혹은|아니면|or\b|alternatively\b|或者?(?![\p{L}])|或者|或是|或\s|または|もしくは|あるいは)/iu;

/** One of several ways: `Scenario 1`, `Option A`, `方案一`, `案 A`. The rest is what it is called. */
const choiceWord =
  '시나리오|선택지|옵션|방법|방안|대안|케이스|경우|scenario|option|alternative|method|approach|case|variant|path|方案|情境|情況|情况|場景|场景|選項|选项|方法|案|選択肢|シナリオ|パターン|ケース|オプション|場合';
const choiceNumber = '\\d{1,2}|[A-Za-z]|[一二三四五六七八九十甲乙丙丁]|[①-⑳]|[가나다라마]';
export const choice = new RegExp(
  `^(?:(?:${choiceWord})\\s*(?:${choiceNumber})(?![\\p{L}\\p{N}])|(?:${choiceWord})\\s*[:：]|(?:第\\s*)?(?:${choiceNumber})\\s*案(?![\\p{L}])|제?\\d\\s*안(?![\\p{L}]))\\s*[:：.)、–—-]?\\s*`,
  'iu',
);

/** The same as a line of its own: a number, and a colon or nothing after it. */
export const choiceLine = new RegExp(
  `^(?:(?:${choiceWord})\\s*(?:${choiceNumber})|(?:第\\s*)?(?:${choiceNumber})\\s*案)\\s*(?:[:：)）.、–—-]|$)`,
  'iu',
);

/** How often a checklist is gone through. */
export const periods = [
  ['day', /일일|매일|일간|\bdaily\b|每日|每天|日常|毎日|日次/i],
  ['week', /주간|매주|\bweekly\b|每週|每周|毎週|週次|周检/i],
  ['month', /월간|매월|월별|\bmonthly\b|每月|毎月|月次|月度/i],
  ['quarter', /분기|\bquarterly\b|每季|季度|四半期/i],
  ['year', /연간|매년|연례|\b(?:yearly|annual(?:ly)?)\b|每年|年度|毎年|年次/i],
] as const;

export const question = /[?？]\s*$/;
export const decision =
  /^(?:decide|choose|determine (?:if|whether)|judge)\b|(?:결정|판단|선택)(?:한다|합니다|하세요|하십시오|하기|할 것)?\s*[.。]?$|^(?:決定|决定|判斷|判断|選擇|选择)|を?(?:決定|判断|選択)(?:する|します|してください)\s*。?$/i;

/** Words after which only examples follow. */
export const forInstance =
  /(?:\be\.\s?g\.?|\bfor (?:example|instance)|\bsuch as|예를\s*들(?:어|면)|(?:^|\s)예|例如|譬如|比如|例えば|たとえば)[\s:：,，、.]*$/i;
