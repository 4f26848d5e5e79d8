import { isSql } from '../../effects/documents/sniff-sql.ts';
import { isCommandWord } from '../../effects/documents/words.ts';
import { normalise } from '../../effects/shell/normalise.ts';

/** A command that a sentence tells to type: `Run \`df -h\``. */
export interface ToldCommand {
  readonly text: string;
  readonly language: 'sh' | 'sql';
}

/**
 * The commands that an item or a paragraph tells a person to type, in order; none where it only speaks of some, warns of them, or leaves open
 * which of them. `doing`: it stands in a list of things to do, where a single word may be a program, and a name before a colon what is done.
 */
export function toldCommands(markdown: string, doing = false): ToldCommand[] {
  const text = markdown.replace(/<!--[^>]{0,1000}-->/g, ' ').trim();
  // A definition of a link or of a footnote is read where it is referred to.
  if (!text.includes('`') || text.length > 1000 || /```|~~~|^\[[^\]]{1,200}\]:/.test(text)) return [];
  const spans = [...text.matchAll(/(`{1,2})(?!`)((?:(?!\1)[\s\S]){1,600}?)\1(?!`)/g)];
  const [first] = spans;
  if (first === undefined) return [];
  if (first[0].length === text.replace(/[\s.。:：]+$/, '').length) return commandIn(first[2], 'alone', doing);
  const commands = spans.flatMap((span) => {
    const how = toldHow(text, span, doing);
    const found = commandIn(span[2], how ?? 'mentioned');
    return found.length === 0 ? [] : [{ span, how, found }];
  });
  if (commands[0]?.how === undefined) return [];
  if (!commands.every(({ span }, index) => index === 0 || goesOn(text, commands[index - 1]?.span, span))) return [];
  return commands.flatMap(({ found }) => found);
}

/** How a sentence comes to a command: it asks for it, ends in a colon before it, has it on a line alone, or only names it. */
type How = 'asked' | 'labelled' | 'alone' | 'mentioned';

const verb = String.raw`(?:run|execute|issue|invoke|re-?run)(?:\s+(?:the|this|these))?(?:\s+following)?(?:\s+(?:commands?|queries|query|statements?))?`;
/** What right before a command tells to type it. */
const asks = new RegExp(
  String.raw`(?<!\p{L})${verb}\s*[:：]?\s*$|^\W*(?:use|type|enter)\s*$|(?:执行|執行|运行|運行|输入|輸入|실행|입력)(?:\s*(?:以下|下列|命令|指令|명령))*\s*[:：]?\s*$`,
  'iu',
);
/** What right after it does, in languages that put the verb last. */
const askedAfter =
  /^\s*(?:(?:명령(?:어)?|コマンド)\s*)?(?:(?:을|를|으로|로|を)\s*)?(?:실행|입력|수행|実行|入力)(?!\s*(?:하지|금지|되|할\s*수|중|결과|しない|せず|できる|された?|結果|中))/u;
/** `执行 \`x\` 命令，你可以…`: what it is good for. */
const tellsUse = /^\s*(?:命令|指令)?\s*[，,]?\s*(?:(?:你|您|用户|使用者)(?:就|也)?(?:可以|能)|(?:就|也)?可以)/u;
/** What before the verb makes no request of it. */
const noRequest =
  /(?:n't|\b(?:not|never|without|avoid|instead of|(?<!need |have |has |want )to|can|could|may|might|will|would|shall|you|we|they|it|which|that|who|jobs?|scripts?|cron|automatically|already|before|would)|不要|勿|禁止|切勿|避免|不可|不得)\s*(?:\w+ly\s+)?$/i;
const notLabel =
  /^\W*\w+\s+(?:commands?|scripts?)\W*$|(?:\b(?:e\.?g|example|sample|note|default|output|result|returns?|usage|syntax|format|was|were|is|called|named|like|deprecated|instead of|formerly|see also|alternatively|old|error|alert|warning|do not|don't|never)|예|예시|참고|주의|기본값|출력|결과|例|例如|示例|範例|注意|警告|備考|出力|結果|输出|輸出|默认|預設|既定)\s*[:：]\s*$/i;

/** How the words around a command come to it; undefined where they only name it. */
function toldHow(text: string, span: RegExpMatchArray, doing: boolean): How | undefined {
  const at = span.index ?? 0;
  const before = text.slice(Math.max(0, at - 160), at).replace(/\*\*|__/g, '');
  const after = text.slice(at + span[0].length, at + span[0].length + 80);
  const asked = asks.exec(before);
  if (asked !== null) {
    const lead = before.slice(0, asked.index).trimEnd();
    return noRequest.test(lead) || (tellsUse.test(after) && !/[请請]$/.test(lead)) ? undefined : 'asked';
  }
  if (askedAfter.test(after)) return 'asked';
  if (doing && withTool(before, after)) return 'asked';
  if (/\n[ \t]*$/.test(before) && /^[ \t]*(?:\n|$)/.test(after)) return 'alone';
  if (!/\S\s*[:：]\s*$/.test(before) || notLabel.test(before)) return undefined;
  return doing || action.test(before) ? 'labelled' : undefined;
}

/** What is before a colon when it is something to do, and no name of a thing. */
const action =
  /^\W*(?:(?:then|next|first|finally|now|please|to)[\s,]+)?(?:add|apply|attach|back\s?up|block|check|clean|clear|compare|confirm|connect|copy|count|create|delete|deploy|describe|detach|disable|drain|dump|enable|ensure|fail\s?over|find|flush|free|get|identify|inspect|install|isolate|kill|list|log\s?in|look|make|measure|mount|move|open|promote|pull|push|reboot|reload|remove|reset|restart|restore|resume|revoke|roll\s?-?back|rotate|run|scale|see|send|set|show|start|stop|switch|tail|take|test|turn|undo|unmount|update|upgrade|validate|verify|view|wait|watch)\b|(?:확인|점검|조회|재시작|시작|중지|정지|삭제|정리|복구|복원|실행|종료|검증|생성|적용|변경|접속|로그인)(?:하기|한다|합니다|하세요)?\s*[:：]\s*$|^\W*(?:检查|檢查|查看|停止|启动|啟動|重启|重啟|重新|删除|刪除|清理|恢复|恢復|还原|還原|验证|驗證|确认|確認|登录|登入|切换|切換|连接|連線|备份|備份)|(?:確認|停止|起動|再起動|削除|復旧|検証|実行|ログイン|接続)(?:する|します)?\s*[:：]\s*$/iu;

/** `Delete it with \`x\``, `\`x\` で確認する`: in a list of things to do that is a request. */
function withTool(before: string, after: string): boolean {
  return (
    (/\b(?:with|using|via|by running)\s*$/i.test(before) &&
      action.test(before) &&
      !/\b(?:not|never|n't|without)\b/i.test(before)) ||
    /^\s*(?:으?로|を使って|で)\s*[^.。\n]{0,30}?(?:확인|점검|조회|재시작|시작|중지|삭제|정리|복구|복원|검증|確認|停止|起動|削除|復旧|検証)(?!\s*(?:하지|금지|되|할\s*수|しない|せず|できる))/u.test(
      after,
    ) ||
    (/(?:^|[，,。；;\s])(?:用|使用|通过|透過)\s*$/u.test(before) &&
      /^\s*(?:检查|檢查|查看|停止|启动|啟動|重启|重啟|删除|刪除|清理|恢复|恢復|还原|還原|验证|驗證|确认|確認)/u.test(
        after,
      ))
  );
}

/** Whether the next command is to be typed after the one before it: `a`, then `b`. */
function goesOn(text: string, before: RegExpMatchArray | undefined, span: RegExpMatchArray): boolean {
  if (before?.index === undefined || span.index === undefined) return false;
  const between = text.slice(before.index + before[0].length, span.index);
  return /^\s*[,;，；、]?\s*(?:(?:and|then|and then|followed by|next|그리고|다음(?:에)?|然后|然後|接着|接著|再|次に|それから)\s*)?(?:run\s*|执行\s*|執行\s*)?$/iu.test(
    between,
  );
}

/** What stands behind code marks as a command; nothing for a name, a path, a value. */
function commandIn(span = '', how: How, loose = false): ToldCommand[] {
  const text = normalise(span)
    .text.replace(/\s*\n\s*/g, ' ')
    .trim()
    .replace(/^\$\s+/, '');
  const words = text.split(/\s+/);
  const more = words.length > 1;
  if (more && isSql(text) && /[;*=()]|^(?:SELECT|VACUUM|SHOW|ALTER|DROP|TRUNCATE)\b/.test(text))
    return how === 'mentioned' ? [] : [{ text, language: 'sql' }];
  const program = words.find((word) => !/^(?:sudo|[A-Za-z_]\w*=.*)$/.test(word)) ?? '';
  const path = /^(?:\.{1,2}|~)?\/[\w.-]+/.test(program);
  const asked = how === 'asked';
  const is =
    isCommandWord(program) || path
      ? more || (isCommandWord(program) && (loose || (how !== 'mentioned' && singles.test(program))))
      : /^[a-z][\w.+-]*$/.test(program) && more && (asked || how === 'alone' || /\s--?[a-z]/.test(text));
  // Neither a device nor a formula is typed.
  if (/^\/(?:dev|proc|sys)\//.test(program) || /^[\w:]+(?: \+?=(?:\s|$)|(?: by \([^)]*\))? \()/.test(text)) return [];
  const script = asked && /^(?:\.{0,2}\/\S+|[\w./-]+\.(?:sh|bash|py|rb|pl))$/.test(program);
  return is || script ? [{ text, language: 'sh' }] : [];
}

/** Programs that say something without a further word. */
const singles =
  /^(?:df|du|free|uptime|who|w|ps|top|htop|ls|lsblk|mount|id|hostname|date|dmesg|nvidia-smi|iostat|vmstat|ss|netstat|ifconfig|env|last|lsof|ifdown|ifup|reboot|poweroff|halt|sync|pg_lsclusters|zpool|lscpu|arp|route|journalctl|iotop|nproc|whoami|pwd)$/;
