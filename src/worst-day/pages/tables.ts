import { data, html, type Markup } from '../../evidence/report/html.ts';
import { table } from '../../evidence/report/parts.ts';
import type { Table, TableKind } from '../../runbooks/types.ts';
import type { Desk } from '../frame.ts';

/** Tables of these kinds from all runbooks, each with the place that it stands in. */
export function tablesOf(desk: Desk, kinds: readonly TableKind[]): readonly Markup[] {
  return desk.picture.runbooks.flatMap(({ file, path, procedure }) =>
    procedure.tables
      .filter(({ kind }) => kinds.includes(kind))
      .map((found) => {
        const place = html`<a href="${desk.up}runbooks/${file}#L${found.line}">${data(procedure.title || path)}</a>`;
        return html`${tableOf(found)}
<p class="from">${desk.speaker.say('fromRunbook', { runbook: place, line: found.line })}</p>
`;
      }),
  );
}

/** A table of a runbook: every cell is text. Rows of different lengths are filled up, so that nothing falls out. */
export function tableOf({ section, header, rows }: Table): Markup {
  const width = Math.max(header.length, ...rows.map((row) => row.length), 1);
  const columns = Array.from({ length: width }, (_, at) => ({ title: data(cellText(header[at] ?? '') || '·') }));
  const cells = rows.map((row) => Array.from({ length: width }, (_, at) => data(cellText(row[at] ?? ''))));
  return table(data(section), columns, cells);
}

/** What Markdown writes around words is left out: a cell is read, not parsed. */
function cellText(text: string): string {
  return text
    .replaceAll(/<br\s*\/?>/gi, '\n')
    .replaceAll(/(\*\*|__)(\S(?:[^*_]{0,400}\S)?)\1/g, '$2')
    .replaceAll(/`([^`]{0,400})`/g, '$1')
    .trim();
}
