/** One row in PostgreSQL's COPY text format, without its newline. Null and undefined are SQL null. */
export function copyLine(values: readonly (string | number | boolean | null | undefined)[]): string {
  let line = '';
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (index > 0) line += '\t';
    line += typeof value === 'string' ? escapeText(value) : (value ?? '\\N');
  }
  return line;
}

const special = /[\\\t\n\r]/;

function escapeText(text: string): string {
  if (!special.test(text)) return text;
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}
