/** Stands where a value is not known. A word character to bash and to PostgreSQL, and in no real command. */
export const unknownCharacter = '\ue000';

const patterns: readonly RegExp[] = [
  // <pod>, <your-bucket>, <pod name>, <고객명>; not <file, not <<EOF, not <(cmd).
  /(?<![<\d&])<(?![<(&\s])[^<>\n|&;$`"'(){}]{0,60}[^<>\n|&;$`"'(){}\s\d]>(?![>&(])/g,
  // [pod-name] and [NAMESPACE] standing alone as a word, all upper case or with a dash in it.
  /(?<=[\s/=:@])\[(?:[A-Z][A-Z0-9_ -]{1,40}|your[-_ ][a-z0-9_ -]{1,40})\](?=[\s/:.]|$)/g,
  // Bare markers: vpc-xxx, xxxx, XXXX, i-xxxxxxxx.
  /(?<![\w.$])(?:[A-Za-z]{1,12}-)?(?:x{3,}|X{3,})(?:-[xX]{3,})*(?![\w])/g,
];

/** Upper-case words that stand for a value: SUSPICIOUS_IP, POD_NAME, PID. */
const marker =
  /(?<=[\s=:/@,])(?:[A-Z][A-Z0-9]*_(?:[A-Z0-9]+_)*(?:IP|ID|NAME|HOST|PORT|USER|PATH|DIR|FILE|DATE|BUCKET|POD|NODE|NAMESPACE|CONTAINER|IMAGE|ADDRESS|DOMAIN|ARN|URL|KEY|HASH|TIMESTAMP|VERSION|TAG|CLUSTER|REGION|SERVICE|PID)|PID|NAMESPACE|POD|HOSTNAME|CONTAINER_ID)(?![\w=(])/g;

/**
 * Placeholders of documents become words of private-use characters of the same length, before anything is parsed: `<pod> -n` is otherwise
 * read as two redirections, without an error. `{{x}}` inside quotes is a Go template and stays.
 */
export function substitute(given: string): string {
  let text = given;
  if (text.includes('{{')) text = braces(text);
  if (text.includes('<') || text.includes('[') || /x{3}/i.test(text)) {
    for (const pattern of patterns) text = text.replace(pattern, same);
  }
  if (/[A-Z]{3}/.test(text)) text = text.replace(marker, same);
  return text;
}

function same(match: string): string {
  return unknownCharacter.repeat(match.length);
}

/** `{{x}}` outside of quotes; quotes are followed line by line, as a document's quotes rarely hold over lines. */
function braces(text: string): string {
  let out = '';
  let from = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (character === '\n') quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = '';
    else if (character === '{' && text[at + 1] === '{' && quote !== "'") {
      const end = text.slice(at + 2, at + 90).indexOf('}}') + at + 2;
      const inside = end < at + 2 || end - at > 80 ? undefined : text.slice(at + 2, end);
      if (
        inside === undefined ||
        /[\n{}]/.test(inside) ||
        (quote === '"' && /^\s*(?:\.|range|json|if|end)/.test(inside))
      )
        continue;
      out += text.slice(from, at) + unknownCharacter.repeat(end + 2 - at);
      from = end + 2;
      at = end + 1;
    }
  }
  return out + text.slice(from);
}
