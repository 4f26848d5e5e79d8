import type { Label } from '../types.ts';
import type { Arg } from './arg.ts';
import { cut } from './options.ts';
import type { Scope, Session } from './session.ts';
import { add, bit, type Verdict } from './verdict.ts';

export type CodeLanguage = 'python' | 'perl' | 'ruby' | 'node' | 'php' | 'awk';

type Known = readonly (readonly [pattern: RegExp, labels: Label | readonly Label[], why: string])[];

const everywhere: Known = [
  [
    /\b(?:rmtree|rm_rf|rm_r|rmSync|rmdirSync|unlinkSync|unlink|rmdir|removedirs|remove_tree|rimraf|FileUtils\.rm\w*|File\.delete|os\.remove|fs\.(?:promises\.)?(?:rm|rmdir|unlink|truncate)\w*|truncate(?:Sync)?)\b/,
    'destroy',
    'deletes files',
  ],
  [/\b(?:os\.kill|process\.kill|Process\.kill)\b/, 'disrupt', 'kills a process'],
  [
    /\b(?:chmod|chown|lchown|fchmod|chmodSync|chownSync|setuid|setgid|os\.setuid)\b/,
    'privilege',
    'changes who may use a file',
  ],
  [
    /\b(?:os\.environ\b(?!\.get|\[)|process\.env\b(?![.[])|%ENV\b|ENV\.to_h|printenv|getenv\(\)|phpinfo\()/,
    ['read', 'secret'],
    'prints the environment',
  ],
  [
    /\b(?:writeFile(?:Sync)?|appendFile(?:Sync)?|write_text|write_bytes|file_put_contents|File\.write|os\.(?:mkdir|makedirs|rename|symlink|link|replace)|shutil\.(?:copy\w*|move)|mkdirSync|renameSync|copyFileSync|rename|mkdir)\b/,
    'write',
    'writes files',
  ],
  [/\bopen\s*\(?[^)\n]{0,200}?,\s*(?:mode\s*=\s*)?['"][bt]?(?:[wax]|r\+|>|>>)/, 'write', 'writes a file'],
  [/\b(?:requests\.(?:post|put|patch)|urlopen\([^)]*data|sendmail|smtplib|ftplib)\b/, 'egress', 'sends data away'],
  [/\b(?:requests\.delete)\b/, 'remote-delete', 'asks a server to delete'],
];

const opaque =
  /\b(?:eval|exec(?!ut)|compile|__import__|importlib|marshal|pickle\.loads|unpack|b64decode|base64|fromCharCode|Buffer\.from|atob|decode64|socket|pty\.spawn|ctypes|Net::HTTP|IO::Socket|HTTP::Tiny|LWP|fetch|http\.get|https\.get|urllib|urlopen|requests\.get|getattr|globals|vm\.run|Function)\b\s*[(.:\s]/;

const shellCall: Readonly<Record<CodeLanguage, RegExp>> = {
  python: /\b(?:os\.system|os\.popen|subprocess\.\w+|commands\.getoutput|os\.exec\w+|os\.spawn\w+)\s*\(\s*(\[)?/g,
  perl: /\b(?:system|exec|qx)\b\s*\(?\s*|`/g,
  ruby: /\b(?:system|exec|spawn|IO\.popen|Open3\.\w+)\b\s*\(?\s*|`/g,
  node: /\b(?:execSync|exec|execFileSync|execFile|spawnSync|spawn)\s*\(\s*/g,
  php: /\b(?:system|exec|shell_exec|passthru|popen|proc_open)\s*\(\s*|`/g,
  awk: /\bsystem\s*\(\s*/g,
};

/** Names that may be called without any effect worth a label. */
const harmless: ReadonlySet<string> = new Set(
  'system popen run call check_output check_call Popen getoutput execSync execFileSync spawnSync spawn execFile exec shell_exec passthru popen3 capture2 capture3 print println printf sprintf len str int float bool list dict set tuple range sorted sum min max abs round enumerate zip map filter any all repr type isinstance format join split strip replace lower upper keys values items get append extend load loads dump dumps open read readline readlines write close json sys re match search findall sub group groups exists isfile isdir listdir glob walk getsize stat now time strftime strptime isoformat fromtimestamp utcnow today timedelta total_seconds localtime gmtime substr length index tolower toupper gsub gensub rand srand log exp sqrt sin cos getline next exit console error info warn parse stringify require readFileSync readdirSync existsSync statSync toString slice push pop forEach reduce includes startsWith endsWith trim puts p echo var_dump print_r json_encode json_decode file_get_contents count implode explode date strlen chomp die defined scalar ref sort reverse uniq hexdigest sha256 md5 encode decode hex oct ord chr bin token_hex token_urlsafe token_bytes randint choice choices randbytes getenv version platform python_version if for while return in not and or function else elif lambda def switch catch my our local foreach unless until print_exc getpid hostname gethostname round ceil floor isNaN Number String Object Array Math Date JSON'.split(
    ' ',
  ),
);

/** What literal code in another language plainly does. What cannot be told is unknown, never harmless. */
export function code(language: CodeLanguage, arg: Arg, scope: Scope, own: Verdict, session: Session): void {
  const text = arg.text.length > 10_000 ? arg.text.slice(0, 10_000) : arg.text;
  const before = own.bits;
  if (arg.text.length > text.length) add(own, 'unknown', 'too long to read');
  for (const [pattern, labels, why] of everywhere) {
    if (language === 'awk') break;
    if (pattern.test(text)) add(own, labels, why);
  }
  commandsIn(language, text, arg, scope, own, session);
  if (language === 'awk') {
    awkOutput(text, arg, scope, own, session);
    return;
  }
  if (opaque.test(text)) add(own, 'unknown', 'does what cannot be told from its text');
  else if (!allHarmless(text) && (own.bits & ~before) === 0 && own.nested === undefined)
    add(own, 'unknown', 'calls what is not known');
  if ((own.nested ?? 0) !== 0) own.bits &= ~bit.none;
  if (/\b(?:open|readFileSync|file_get_contents|listdir|readdirSync|glob|read_text|read)\s*\(/.test(text))
    add(own, 'read', 'reads files');
}

/** Commands that the code hands to a shell, as far as they are literal. */
function commandsIn(
  language: CodeLanguage,
  text: string,
  arg: Arg,
  scope: Scope,
  own: Verdict,
  session: Session,
): void {
  let calls = 0;
  let upTo = 0;
  for (const match of text.matchAll(shellCall[language])) {
    const at = match.index + match[0].length;
    if (match.index < upTo) continue;
    if (++calls > 200) {
      add(own, 'unknown', 'too many commands to follow');
      return;
    }
    const literal = match[0].endsWith('`')
      ? untilQuote(text, at, '`')
      : text[at] === '"' || text[at] === "'"
        ? untilQuote(text, at + 1, text[at] as string)
        : undefined;
    if (literal === undefined) {
      add(own, 'unknown', 'runs a command that is put together first');
      continue;
    }
    upTo = literal.end + 1;
    const after = text.slice(literal.end + 1, literal.end + 40);
    const words = match[1] === '[' || (/^\s*,\s*(?:\[|["'])/.test(after) && language !== 'awk');
    const command = { ...cut(arg, literal.start), text: text.slice(literal.start, literal.end).replaceAll('\\"', '"') };
    const list = words ? (text.slice(literal.end + 1, literal.end + 2000).split(/[\])]/)[0] ?? '') : '';
    const more = [...list.matchAll(/(["'])([^"'\n]*)\1/g)].map((each) => each[2]).join(' ');
    session.judge.payload(more === '' ? command : { ...command, text: `${command.text} ${more}` }, 'sh', scope, own);
    if (/^\s*(?:\+|\.|%|\bf["'])/.test(after) || /\bf["']$/.test(text.slice(at - 2, at)))
      add(own, 'unknown', 'runs a command that is put together first');
  }
}

function untilQuote(
  text: string,
  start: number,
  quote: string,
): { readonly start: number; readonly end: number } | undefined {
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return { start, end: at };
  }
  return undefined;
}

/** `print > "file"`, `print | "command"` and `"command" | getline`. */
function awkOutput(text: string, arg: Arg, scope: Scope, own: Verdict, session: Session): void {
  if (
    /\bprintf?\b[^;}\n]*>>?\s*(?:"[^"]*"|\w+|\$\d|\()/.test(text) &&
    !/\bprintf?\b[^;}\n]*>\s*"\/dev\/std(?:err|out)"/.test(text) &&
    !/\bprintf?\s*\([^)]*>/.test(text)
  )
    add(own, 'write', 'writes a file');
  for (const match of text.matchAll(/\|&?\s*"([^"\n]*)"|"([^"\n]*)"\s*\|&?\s*getline/g)) {
    const start = match.index + match[0].indexOf('"') + 1;
    session.judge.payload({ ...cut(arg, start), text: match[1] ?? match[2] ?? '' }, 'sh', scope, own);
  }
  if (/\|&?\s*(?:[a-z_]\w*|\$\d)\s*[;}\n]|\|\s*"?(?:ba)?sh"?\b/.test(text))
    add(own, 'unknown', 'runs a command that is put together first');
}

/** Whether all that is called has a name known to be harmless. */
function allHarmless(text: string): boolean {
  const plain = text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""');
  let calls = 0;
  for (const match of plain.matchAll(/([A-Za-z_$]\w*)\s*\(/g)) {
    if (++calls > 2000 || !harmless.has(match[1] as string)) return false;
  }
  return true;
}
