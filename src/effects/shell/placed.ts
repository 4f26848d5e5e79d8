import type { Effects, JudgedCommand, Span } from '../types.ts';
import type { Session } from './session.ts';

/** Commands and findings with their text, line and column, in the order of the text. */
export function placed(given: string, session: Session): Pick<Effects, 'commands' | 'findings'> {
  const spanAt = spans(given);
  const commands: JudgedCommand[] = session.commands.map((command, index) => {
    const at = session.spans[index] ?? { start: 0, end: 0 };
    const span = spanAt(at.start, at.end);
    return { ...command, text: given.slice(span.start, span.end), span };
  });
  const seen = new Set<string>();
  const findings = [];
  for (const { start, end, ...finding } of session.findings) {
    const key = `${finding.code} ${start}`;
    if (seen.has(key)) continue;
    seen.add(key);
    findings.push({ ...finding, span: spanAt(start, end) });
  }
  return {
    commands: commands.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end),
    findings: findings.sort((a, b) => a.span.start - b.span.start),
  };
}

/** Offsets to spans of a text: lines and columns count from 1, in UTF-16 units. */
export function spans(text: string): (start: number, end: number) => Span {
  let starts: number[] | undefined;
  return (start, end) => {
    starts ??= lineStarts(text);
    const from = Math.max(0, Math.min(start, text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= from) low = middle;
      else high = middle - 1;
    }
    return {
      start: from,
      end: Math.max(from, Math.min(end, text.length)),
      line: low + 1,
      column: from - (starts[low] ?? 0) + 1,
    };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
