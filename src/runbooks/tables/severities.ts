import type { Block, SeverityLevel, Table } from '../types.ts';
import { levelName, plainCell } from './classify.ts';
import { spokenLimit } from './spoken-duration.ts';

/** Drawing characters, bullets and blanks around what a line of a box says. */
const frame = /^[\s│┃|║┆┊╎▏▕*•·▪◦‣●○■□–-]+|[\s│┃|║┆┊╎▏▕]+$/g;
const response = /respon[sd]e?|acknowledg|\back\b|first reply|응답|초동|대응|回應|回应|响应|響應|応答|対応|初動/i;
const recovery =
  /recover|resol(?:ve|ution)|restor|\brto\b|mttr|time to fix|복구|해결|恢復|恢复|復旧|解決|解决|修復|修复/i;

/**
 * Severity levels with their response and recovery times, in milliseconds, from tables and from boxes drawn in a block. A level that two
 * places state is told once, by the first; what the first leaves out is taken from the others. Times without a number are absent.
 */
export function severitiesOf(tables: readonly Table[], blocks: readonly Block[]): SeverityLevel[] {
  const found = [
    ...tables.filter(({ kind }) => kind === 'severity').flatMap(fromTable),
    ...blocks.filter(({ use }) => use !== 'step').flatMap(fromBoxes),
  ];
  const levels = new Map<string, SeverityLevel>();
  for (const level of found) {
    const key = level.name.toLowerCase();
    const known = levels.get(key);
    levels.set(key, known === undefined ? level : { ...level, ...known });
  }
  return [...levels.values()];
}

function fromTable({ header, rows, line, endLine }: Table): SeverityLevel[] {
  const lines = (index: number) => Math.min(endLine, line + (endLine - line + 1 === rows.length + 2 ? 2 : 1) + index);
  const columns = header.map((cell, index) => ({ name: nameOf(cell), index })).filter(({ name }) => name !== undefined);
  if (columns.length >= 2) {
    const row = (meaning: RegExp) => rows.find((cells) => meaning.test(plainCell(cells[0] ?? '')));
    return columns.map(({ name = '', index }) => level(name, line, row(response)?.[index], row(recovery)?.[index]));
  }
  const recoveryColumn = header.findIndex((cell) => recovery.test(cell));
  const responseColumn = header.findIndex((cell, index) => index !== recoveryColumn && response.test(cell));
  return rows.flatMap((cells, index) => {
    const name = cells
      .slice(0, 2)
      .map(nameOf)
      .find((each) => each !== undefined);
    return name === undefined ? [] : [level(name, lines(index), cells[responseColumn], cells[recoveryColumn])];
  });
}

function level(name: string, line: number, responded?: string, recovered?: string): SeverityLevel {
  const responseMs = responded === undefined ? undefined : spokenLimit(responded);
  const recoveryMs = recovered === undefined ? undefined : spokenLimit(recovered);
  return {
    name,
    line,
    ...(responseMs === undefined ? {} : { responseMs }),
    ...(recoveryMs === undefined ? {} : { recoveryMs }),
  };
}

/** Lines of a drawing: a level stands at the beginning of one, its times in those that follow. */
function fromBoxes({ text, line, language }: Block): SeverityLevel[] {
  if (language !== '' && language !== 'text' && language !== 'txt' && language !== 'plaintext') return [];
  const levels: { name: string; line: number; response?: string; recovery?: string }[] = [];
  for (const [index, drawn] of text.split('\n').entries()) {
    const said = drawn.slice(0, 400).replace(frame, '').replace(frame, '');
    const name = nameOf(said);
    if (name !== undefined && !/^.{1,24}[:：]\s*\d/.test(said)) {
      levels.push({ name, line: line + 1 + index });
      continue;
    }
    const [, what = '', value] = /^(.{1,40}?)\s*[:：]\s*(.+)$/.exec(said) ?? [];
    const current = levels.at(-1);
    if (current === undefined || value === undefined) continue;
    if (recovery.test(what)) current.recovery ??= value;
    else if (response.test(what)) current.response ??= value;
  }
  // A drawing that gives no level a time is not about severity: boxes of an architecture may be called P1 too.
  if (!levels.some((each) => each.response !== undefined || each.recovery !== undefined)) return [];
  return levels.map((each) => level(each.name, each.line, each.response, each.recovery));
}

/** `P1` of `P1 - Critical`; `Critical` where there is no number. */
function nameOf(cell: string): string | undefined {
  const text = cell.replace(/[*_`]+/g, '').trim();
  const word = levelName.exec(text)?.[0];
  if (word === undefined) return undefined;
  // A sentence that begins with such a word is no level.
  return text.length <= 60 && !/^\w+ (?:of|the|is|are|to|for|in)\b/i.test(text) ? word : undefined;
}
