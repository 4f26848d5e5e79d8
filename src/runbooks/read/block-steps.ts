import { linesOf } from '../../effects/documents/lines.ts';
import { withoutPrompts } from '../../effects/sql/prompts.ts';
import { logsIn } from './login.ts';
import type { CodeNode } from './nodes.ts';
import { titleOf, unnumbered } from './plain.ts';
import { partsOf, type ScriptPart } from './script.ts';
import { typedParts } from './transcript.ts';
import type { UseOfBlock } from './use.ts';

/** A step as a block tells it; its title may be empty. */
export interface BlockStep {
  readonly title: string;
  /** The remark over it, whole: it may say where it runs. */
  readonly remark: string;
  readonly text: string;
  readonly line: number;
  readonly endLine: number;
  readonly kind: 'command' | 'manual';
  readonly language?: 'sh' | 'sql';
  /** Whether it stands for the step before it. */
  readonly or: boolean;
}

/** The steps of a block, in order. Empty for a block of another use. */
export function stepsOfBlock(code: CodeNode, form: UseOfBlock['form']): BlockStep[] {
  switch (form) {
    case 'shell':
      return partsOf(code.text).map((part) => ofPart(code, byHandAfterLogin(part)));
    case 'transcript':
      return typedParts(code.text).map((part) => ofPart(code, byHandAfterLogin(part)));
    case 'script':
      return [whole(code, code.text.trim(), 'command', 'sh')];
    case 'sql':
      return sqlParts(code.text).map((part) => ({ ...ofPart(code, part), language: 'sql' as const }));
    case 'sql-transcript':
      return [
        whole(
          code,
          withoutPrompts(code.text)
            .text.replace(/^\s*\n/gm, '')
            .trim(),
          'command',
          'sql',
        ),
      ];
    case 'request':
      return [request(code)];
    case 'by-hand':
      return [{ ...whole(code, code.text.trim(), 'manual'), ...saidFirst(code.text) }];
    case 'session':
      return [whole(code, code.text.trim(), 'manual')];
    default:
      return [];
  }
}

/** What opens a shell elsewhere is typed by a person, with all that is meant for that shell: by itself it would be done here. */
function byHandAfterLogin(part: ScriptPart): ScriptPart {
  return part.kind === 'command' && logsIn(part.text) ? { ...part, kind: 'manual' } : part;
}

function ofPart(code: CodeNode, part: ScriptPart): BlockStep {
  const line = code.lineAt(part.start);
  return {
    title: titleOf(part.title),
    remark: part.title,
    text: code.how === 'indented' ? dedented(part.text) : part.text,
    line,
    endLine: Math.max(line, code.lineAt(Math.max(part.start, part.end - 1))),
    kind: part.kind,
    ...(part.kind === 'command' ? { language: 'sh' as const } : {}),
    or: part.or,
  };
}

/** In items blanks are left of the indentation that made code of it. */
function dedented(text: string): string {
  const blanks = /^ {1,3}/.exec(text)?.[0] ?? '';
  return blanks !== '' && text.split('\n').every((line) => line.trim() === '' || line.startsWith(blanks))
    ? text.replace(new RegExp(`^${blanks}`, 'gm'), '')
    : text;
}

function whole(code: CodeNode, text: string, kind: 'command' | 'manual', language?: 'sh' | 'sql'): BlockStep {
  const first = code.text.length - code.text.trimStart().length;
  const line = code.lineAt(first);
  const endLine = Math.max(line, code.lineAt(Math.max(first, code.text.trimEnd().length - 1)));
  return {
    title: '',
    remark: '',
    text,
    line,
    endLine,
    kind,
    or: false,
    ...(language === undefined ? {} : { language }),
  };
}

/** What a person is asked to do: the comment over it is its title, the quotes around it go. */
function request(code: CodeNode): BlockStep {
  const lines = code.text.split('\n');
  const comments = lines.filter((line) => /^\s*#/.test(line)).map((line) => line.replace(/^\s*#+\s*/, ''));
  const said = lines
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .trim()
    .replace(/^"([\s\S]*)"$/, '$1');
  const remark = comments.join(' · ');
  const line = code.lineAt(Math.max(0, code.text.search(/^[ \t]*[^\s#]/m)));
  return { ...whole(code, said, 'manual'), line, title: titleOf(unnumbered(remark)), remark };
}

/** The comment that begins a block is what it is called. */
function saidFirst(text: string): Pick<BlockStep, 'title' | 'remark'> {
  const remark = /^\s*(?:#|::|REM\b)[ \t]*(\S.*)/i.exec(text)?.[1]?.trim() ?? '';
  return { remark, title: titleOf(unnumbered(remark)) };
}

/** SQL under numbered comments, when nothing holds the statements together: a transaction, a setting, a temporary table. */
function sqlParts(text: string): ScriptPart[] {
  const marks = linesOf(text).filter((line) => /^\s*--\s*(?:\d{1,2}[.)](?!\d)|\(\d{1,2}\)|[①-⑳])/.test(line.text));
  const bound =
    /(?:^|;)\s*(?:begin|start\s+transaction|set|prepare|declare|lock|create\s+temp|\\(?:c|connect|set|gset|if))\b|\$\$|\/\*/im.test(
      text,
    );
  const body = text.trimEnd();
  const first = text.length - text.trimStart().length;
  if (marks.length < 2 || bound) {
    const comment = /^\s*--\s*(.{1,200})$/m.exec(text.slice(first).split('\n', 1)[0] ?? '')?.[1] ?? '';
    return [sqlPart(text, first, body.length, comment)];
  }
  const starts = [...(text.slice(0, marks[0]?.start).trim() === '' ? [] : [first]), ...marks.map(({ start }) => start)];
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? body.length;
    const comment = /^\s*--\s*(.{1,200})/.exec(text.slice(start, end))?.[1] ?? '';
    return sqlPart(text, start, start + text.slice(start, end).trimEnd().length, comment);
  });
}

function sqlPart(text: string, start: number, end: number, comment: string): ScriptPart {
  const body = text.slice(start, end);
  const empty = body.replace(/^\s*--[^\n]*$/gm, '').trim() === '';
  const title = unnumbered(comment).trim();
  return {
    title,
    start,
    end,
    text: empty ? body.replace(/^\s*--\s*/gm, '') : body,
    kind: empty ? 'manual' : 'command',
    or: false,
    joined: false,
  };
}
