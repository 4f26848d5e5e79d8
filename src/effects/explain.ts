import { findSnippets } from './documents/index.ts';
import { judgeShell, type ShellOptions } from './shell/index.ts';
import { spans } from './shell/placed.ts';
import type { DataJudgement, DataJudges, Resolve, SqlDialect } from './shell/session.ts';
import { toolNamed } from './shell/tools.ts';
import { bit, bitsOf, labelsOf } from './shell/verdict.ts';
import type { Effects, Finding, JudgedCommand, Language, Snippet } from './types.ts';

export interface ExplainOptions {
  /** Overrides what the text looks like. */
  readonly language?: Language;
  /** Tells the language by its ending. */
  readonly fileName?: string;
  /** Text of a file that a command names, when it is at hand: then the script is judged too. */
  readonly resolve?: Resolve;
}

let sql: typeof import('./sql/index.ts') | undefined;

/** Loads PostgreSQL's grammar, once. Until then SQL is unknown. Texts without SQL need not wait for it. */
export async function prepareEffects(): Promise<void> {
  const loaded = await import('./sql/index.ts');
  await loaded.prepareSql();
  sql = loaded;
}

/**
 * What a text would do if it ran: a command, a script, SQL, a Markdown document, a manifest. Pure and synchronous; never throws. Labels are
 * the union over all commands; spans are offsets in `text`.
 */
export function explain(text: string, { language, fileName, resolve }: ExplainOptions = {}): Effects {
  const said = language ?? (fileName === undefined && beginsWithHeredoc(text) ? 'sh' : undefined);
  const options = {
    ...(said === undefined ? {} : { language: said }),
    ...(fileName === undefined ? {} : { fileName }),
  };
  const spanAt = spans(text);
  const commands: JudgedCommand[] = [];
  const findings: Finding[] = [];
  let bits = 0;
  for (const snippet of findSnippets(text, options)) {
    const judged = judgeSnippet(snippet, resolve);
    const place = (span: { readonly start: number; readonly end: number }) => {
      const start = documentOffset(snippet, span.start);
      return spanAt(start, span.end > span.start ? documentOffset(snippet, span.end - 1) + 1 : start);
    };
    bits |= bitsOf(judged.effects);
    if (snippet.around !== undefined) {
      bits |= bitsOf(snippet.around.effects);
      const span = place({ start: 0, end: snippet.text.length });
      commands.push({
        text: text.slice(span.start, span.end),
        effects: snippet.around.effects,
        place: snippet.place,
        span,
        why: snippet.around.why,
      });
    }
    for (const command of judged.commands) {
      const span = place(command.span);
      commands.push({ ...command, text: text.slice(span.start, span.end), span });
    }
    for (const finding of judged.findings) findings.push({ ...finding, span: place(finding.span) });
  }
  return { effects: labelsOf(bits === 0 ? bit.none : bits), commands, findings };
}

function documentOffset(snippet: Snippet, offset: number): number {
  return snippet.offsets === undefined
    ? snippet.start + offset
    : (snippet.offsets[Math.min(offset, snippet.offsets.length - 1)] ?? 0);
}

/** Judges one snippet; spans are offsets in its text. */
function judgeSnippet(snippet: Snippet, resolve: Resolve | undefined): Effects {
  const { text, language } = snippet;
  const shell: ShellOptions = { data: judges, place: snippet.place, ...(resolve === undefined ? {} : { resolve }) };
  switch (language) {
    case 'sql':
      return judgeData(text, judges.sql(text, undefined), shell);
    case 'prose':
      return isCommandAfterAll(text) ? judgeShell(text, shell) : { effects: ['not-shell'], commands: [], findings: [] };
    case 'kubernetes':
    case 'dockerfile':
    case 'compose':
    case 'systemd':
    case 'crontab':
    case 'markdown':
    case 'workflow':
      // What the document itself does is told by `around`; its commands are snippets of their own.
      return { effects: ['none'], commands: [], findings: [] };
    default:
      return judgeShell(text, shell);
  }
}

/** A command line with a heredoc: what is in the heredoc does not make the text a document. */
function beginsWithHeredoc(text: string): boolean {
  if (!text.includes('<<')) return false;
  const first = /\S[^\n]*/.exec(text)?.[0] ?? '';
  return toolNamed(first.split(/\s/, 1)[0] ?? '') !== undefined && isCommandAfterAll(first);
}

/** One line that begins with a tool and has options, paths or quotes: in doubt it is a command. */
function isCommandAfterAll(text: string): boolean {
  const line = text.trim();
  if (line.includes('\n') || line.length > 2000 || /[.!?:]$/.test(line)) return false;
  return toolNamed(line.split(/\s/, 1)[0] ?? '') !== undefined && /\s(?:-{1,2}\w|['"<]|\S*[/=])/.test(line);
}

/** SQL that stands alone: its statements, and the shell commands that it starts. */
function judgeData(text: string, judged: DataJudgement, shell: ShellOptions): Effects {
  let bits = bitsOf(judged.effects);
  const spanAt = spans(text);
  const commands: JudgedCommand[] = judged.statements.map(({ start, end, effects, place, why }) => ({
    text: text.slice(start, end),
    effects,
    place,
    why,
    span: spanAt(start, end),
  }));
  for (const nested of judged.commands) {
    const inner = judgeShell(nested.text, { ...shell, place: nested.place });
    bits |= bitsOf(inner.effects);
    for (const command of inner.commands)
      commands.push({
        ...command,
        span: spanAt(nested.start + command.span.start, Math.min(nested.end, nested.start + command.span.end)),
      });
  }
  const findings = judged.findings.map(({ start, end, code, message }) => ({
    code,
    message,
    span: spanAt(start, end),
  }));
  return { effects: labelsOf(bits), commands, findings };
}

const dialects: Readonly<Record<SqlDialect, 'postgres' | 'mysql' | undefined>> = {
  postgresql: 'postgres',
  mysql: 'mysql',
  sqlite: undefined,
  other: undefined,
};

const judges: DataJudges = {
  sql: (text, dialect) => {
    const named = dialect === undefined ? undefined : dialects[dialect];
    return sql?.judgeSql(text, named === undefined ? {} : { dialect: named }) ?? notLoaded(text);
  },
  redis: (text) => sql?.judgeRedis(text) ?? notLoaded(text),
  mongo: (text) => sql?.judgeMongo(text) ?? notLoaded(text),
};

function notLoaded(text: string): DataJudgement {
  const effects = ['unknown'] as const;
  return {
    effects,
    statements: [
      { start: 0, end: text.length, effects, place: 'database', why: 'not read: its grammar is not loaded' },
    ],
    findings: [],
    commands: [],
  };
}
