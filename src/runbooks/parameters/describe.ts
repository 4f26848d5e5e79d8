import type { Parameter, Table } from '../types.ts';

/** Where a document says what a parameter is. */
export interface Saying {
  readonly meta: Readonly<Record<string, string>>;
  readonly tables: readonly Pick<Table, 'header' | 'rows'>[];
  /** Lines of the document outside of code. */
  readonly lines: Iterable<string>;
}

/**
 * Gives parameters what the document says of them: `parameters.NAME.description` of the front matter, the row of a table of variables, an
 * item such as `$BUCKET: where the backups lie`, or "replace `<host>` with the name of the machine". The first of them counts, in this order.
 */
export function described(parameters: readonly Parameter[], { meta, tables, lines }: Saying): Parameter[] {
  if (parameters.length === 0) return [];
  const wanted = new Set(parameters.map(({ name }) => name));
  const found = new Map<string, string>();
  const say = (written: string, text: string) => {
    const name = bare(written);
    const said = tidy(text);
    if (wanted.has(name) && !found.has(name) && said !== '') found.set(name, said);
  };
  for (const name of wanted) {
    const said = ['parameters', 'params', 'param'].map((key) => meta[`${key}.${name}.description`]).find(Boolean);
    if (said !== undefined) say(name, said);
  }
  for (const { header, rows } of tables) {
    const cells = header.map(bare);
    const named = cells.findIndex((cell) => names.test(cell));
    const told = cells.findIndex((cell) => meanings.test(cell));
    if (named >= 0 && told >= 0 && named !== told) for (const row of rows) say(row[named] ?? '', row[told] ?? '');
  }
  for (const line of lines) {
    const [, written = '', text = ''] = item.exec(line) ?? replaced.exec(line) ?? [];
    if (written !== '') say(written, text);
  }
  return parameters.map((parameter) => {
    const description = found.get(parameter.name);
    return description === undefined ? parameter : { ...parameter, description };
  });
}

const names =
  /^(?:(?:environment )?variables?|parameters?|names?|placeholders?|keys?|inputs?|변수|매개\s?변수|파라미터|이름|參數|参数|變數|变量|名稱|名称|パラメータ|変数|名前)$/i;
const meanings =
  /^(?:descriptions?|meanings?|what(?: it is)?|purpose|explanation|설명|의미|용도|說明|说明|描述|意思|意味|内容|用途)$/i;

const form = String.raw`(?:[$]?\{{1,2}|&lt;|[<$%[])?[\p{L}_][\p{L}\p{N} _.-]{0,60}(?:\}{1,2}|&gt;|[>%\]])?`;
/** `- \`$BUCKET\`: where the backups lie`. Marks of code or of a parameter keep sentences out. */
const item = new RegExp(
  String.raw`^\s*(?:[-*+]|\d{1,2}[.)])\s+(?:\*\*|__)?\x60(${form})\x60(?:\*\*|__)?\s*(?:[:：=–—]|-(?=\s))\s*(\S.{0,400})$`,
  'u',
);
/** "Replace \`<host>\` with the name of the machine." */
const replaced = new RegExp(
  String.raw`\b(?:replace|substitute|set|change)\s+\x60(${form})\x60\s+(?:with|by|to|for)\s+([^.;]{2,300})`,
  'iu',
);

/** Without the marks around a name: `<host>`, `{{host}}`, `${HOST}`. */
function bare(written: string): string {
  return written
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/[*`]/g, '')
    .trim()
    .replace(/^(?:\$?\{{1,2}|[<$%[])\s*|\s*(?:\}{1,2}|[>%\]])$/g, '');
}

function tidy(text: string): string {
  const plain = text
    .replace(/<!--[^>]{0,1000}-->|[`*]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > 200 ? `${plain.slice(0, 199)}…` : plain;
}
