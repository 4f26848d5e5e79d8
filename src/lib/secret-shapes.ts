/**
 * Shapes that are a secret whoever wrote them. Narrow on purpose: a pattern that eats ordinary text hides what went wrong, so
 * nothing here judges by randomness alone. Every pattern takes time linear in the text, also on text made to be slow: what
 * repeats is bounded or cannot begin twice at one place. None but the key block reaches over the end of a line.
 */
export function maskShapes(text: string, mask: string): string {
  let clean = text;
  if (clean.includes('://')) clean = maskAddresses(clean, mask);
  if (named.test(clean)) clean = maskNamed(clean, mask);
  if (tokenStart.test(clean)) clean = clean.replace(tokens, (token) => (isToken(token) ? mask : token));
  if (clean.includes(keyBegin)) clean = maskKeys(clean, mask);
  return clean;
}

/** user:password@ in an address: scheme, user and host stay. A password may hold / and @ though it should be percent-encoded. */
const address = /:\/\/([^\s:/@"'<>]{0,256}):(?!\d{1,5}(?:[/,?#]|$))([^\s"'<>]{1,512})@/g;

function maskAddresses(text: string, mask: string): string {
  return text.replace(address, (whole: string, user: string, password: string, offset: number) => {
    const web = /https?$/i.test(text.slice(Math.max(0, offset - 5), offset));
    if (!web) return `://${user}:${mask}@`;
    // Web addresses hold @ in their paths too.
    const end = password.search(/[/@]/);
    if (end < 0) return `://${user}:${mask}@`;
    return password[end] === '@' ? `://${user}:${mask}${password.slice(end)}@` : whole;
  });
}

const names =
  'pass(?:word|wd|phrase)|secret|token|(?:api|access|account|secret|private|encryption)[-_]?key|secret access key(?: \\[[^\\]\\n]{0,40}\\])?|PGPASS|credential';

/** Quick: most text holds none of them. */
const named =
  /pass(?:w|phrase)|secret|token|[-_ceint]key|credential|authorization|PGPASS|x-amz-sig|[?&]sig=|curl|비밀번호|암호|密码|密碼|口令|パスワード/i;

/** `password=...`, `PGPASSWORD=...`, `token: "..."` and the like, quoted, quoted within quotes, or bare. */
const assigned = new RegExp(
  `((?:${names})\\\\{0,3}["']?[ \\t]{0,8}(?:[=:]=?>?)[ \\t]{0,8})` +
    `(?:"((?:[^"\\\\\\n]|\\\\.)+)"?|'((?:[^'\\\\\\n]|\\\\.)+)'?|(\\\\{1,3}")([^"\\\\\\n]{1,4096})|((?!\\$[{(])[^\\s"',;}{)(\\\\][^\\s"',;}{)(]*))`,
  'gi',
);
/** In the query of an address the next parameter begins with &. */
const inQuery = /([?&][\w.-]{0,64}(?:password|secret|token|key|signature|sig)=)([^&\s"'#<>]{4,})/gi;
const asFlag =
  /(--(?:password|passphrase|secret|token|api-key|access-key|secret-key)[ \t]{1,8})(?!-)("[^"\n]+"|'[^'\n]+'|[^\s"']+)/gi;
const header =
  /(\bAuthorization["']?:[ \t]{0,8}["']?(?:(?:Bearer|Basic|Token|Digest|AWS4-HMAC-SHA256|ApiKey)[ \t]{1,8})?)([^\s"'][^\n"']*)/gi;
const curlUser = /(\bcurl\b[^\n]{0,200}?[ \t](?:-u|--user)[ =]{0,4}["']?[^\s:"']{1,128}:)([^\s"']+)/g;
const inOtherWords = /((?:비밀번호|암호|密码|密碼|口令|パスワード)[ \t]{0,8}[=:：][ \t]{0,8}["']?)([!#-&(-~]{4,})/g;

/** What stands there though it is no secret: a reference to where it is, or what a program says about it. */
const ordinary =
  /^(?:\$\{?[A-Z_][A-Z0-9_]*\}?|\$\(.*|\$\{\{.*|\{\{.*|<.*|\*{2,}|x{3,}|\.{3,}|…|(?:none|null|nil|true|false|yes|no|not|ok|set|unset|empty|missing|incorrect|invalid|expired|required|wrong|rejected|accepted|refused|denied|unknown|failed|changed|updated|is|was|must|cannot|the|a|for)[.!,]?)$/i;

function maskNamed(text: string, mask: string): string {
  return text
    .replace(inQuery, `$1${mask}`)
    .replace(header, `$1${mask}`)
    .replace(asFlag, (whole: string, before: string, value: string) =>
      ordinary.test(unquoted(value)) ? whole : before + mask,
    )
    .replace(curlUser, (whole: string, before: string, value: string) => (ordinary.test(value) ? whole : before + mask))
    .replace(inOtherWords, `$1${mask}`)
    .replace(
      assigned,
      (
        whole: string,
        before: string,
        double: string | undefined,
        single: string | undefined,
        escaped: string | undefined,
        inner: string | undefined,
        bare: string | undefined,
      ) => {
        if (ordinary.test(double ?? single ?? inner ?? bare ?? '')) return whole;
        // A parameter of an address, masked before; the next ones are no part of it.
        if (bare?.startsWith(`${mask}&`) === true) return whole;
        const quote = double !== undefined ? '"' : single !== undefined ? "'" : (escaped ?? '');
        const closed = (double !== undefined || single !== undefined) && whole.endsWith(quote) ? quote : '';
        return before + quote + mask + closed;
      },
    );
}

function unquoted(text: string): string {
  return text.replace(/^["']|["']$/g, '');
}

/** Tokens that say what they are by their beginning. */
const tokens = new RegExp(
  [
    'gh[pousr]_[A-Za-z0-9]{30,255}',
    'github_pat_[A-Za-z0-9_]{22,255}',
    'gl(?:pat|ptt|dt|rt|cbt|ft|soat|agent|oas|imt|ffct)-[A-Za-z0-9_.-]{20,255}',
    'xox[abceoprs]-[A-Za-z0-9-]{10,255}',
    'xapp-\\d-[A-Za-z0-9-]{10,255}',
    '(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,255}',
    'whsec_[A-Za-z0-9+/=]{24,255}',
    'npm_[A-Za-z0-9]{36}',
    'pypi-AgE[A-Za-z0-9_-]{40,1024}',
    'hv[sbr]\\.[A-Za-z0-9_-]{20,1024}',
    's\\.[A-Za-z0-9]{24}(?![A-Za-z0-9.])',
    'AIza[0-9A-Za-z_-]{35}',
    'ya29\\.[0-9A-Za-z_-]{20,1024}',
    'eyJ[A-Za-z0-9_-]{8,4096}\\.[A-Za-z0-9_-]{8,8192}\\.[A-Za-z0-9_-]{8,4096}(?:\\.[A-Za-z0-9_-]{4,4096}){0,2}',
    'A(?:KIA|SIA)[0-9A-Z]{16}(?![0-9A-Z])',
    'AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]{8,4096}',
    'SG\\.[\\w-]{16,64}\\.[\\w-]{16,128}',
    'dop_v1_[a-f0-9]{64}',
    'hf_[A-Za-z0-9]{30,64}',
    'sk-[A-Za-z0-9_-]{20,255}',
    'hooks\\.slack\\.com/services/[A-Za-z0-9/]{20,255}',
  ]
    .map((shape) => `\\b${shape}`)
    .join('|'),
  'g',
);
const tokenStart =
  /gh[pousr]_|github_pat_|\bgl[a-z]{2,5}-|xox[a-z]-|xapp-|[srp]k_(?:live|test)_|whsec_|npm_|pypi-AgE|\bhv[sbr]\.|\bs\.[A-Za-z0-9]{24}|AIza|ya29\.|\beyJ|\bA(?:KIA|SIA)|AGE-SECRET|\bSG\.|dop_v1|\bhf_|\bsk-|hooks\.slack/;

/** Two beginnings are also those of ordinary words: what follows must look like no word. */
function isToken(text: string): boolean {
  if (!/^s[.k]/.test(text) || /^sk_/.test(text)) return true;
  return /\d/.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text.slice(2));
}

const keyBegin = 'PRIVATE KEY';
const beginLine = /-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
const endLine = /-----END (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
/** What a key is made of, when its end is not there: base64 lines and headers, also with escaped line ends. */
const body =
  /(?:(?:\r?\n|\\r|\\n|[ \t]){0,4}(?:(?:Proc-Type|DEK-Info|Version|Comment): [^\n]{0,200}|[A-Za-z0-9+/=]{16,}|[A-Za-z0-9+/=]{1,76}(?=\r?\n|\\|$)))*/y;
/** Longer keys there are none. */
const longestKey = 65_536;

function maskKeys(text: string, mask: string): string {
  let clean = '';
  let position = 0;
  beginLine.lastIndex = 0;
  for (let begin = beginLine.exec(text); begin !== null; begin = beginLine.exec(text)) {
    const end = keyEnd(text, begin.index + begin[0].length);
    clean += text.slice(position, begin.index) + mask;
    position = end;
    beginLine.lastIndex = end;
  }
  return clean + text.slice(position);
}

function keyEnd(text: string, from: number): number {
  endLine.lastIndex = 0;
  body.lastIndex = from;
  body.exec(text);
  const withoutEnd = body.lastIndex;
  // Of a whole key everything goes, whatever stands in it; the search looks no further than a key is long.
  const found = endLine.exec(text.slice(from, Math.min(text.length, from + longestKey)));
  if (found === null) return withoutEnd;
  const nextBegin = text.indexOf('-----BEGIN ', from);
  const end = from + found.index + found[0].length;
  return nextBegin >= 0 && nextBegin < end ? withoutEnd : end;
}
