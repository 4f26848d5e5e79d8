/** Puts a text in the place of each span; spans that overlap one before them are left as they are. */
export function replaceAt<Span extends { readonly start: number; readonly end: number }>(
  text: string,
  spans: readonly Span[],
  put: (span: Span, index: number) => string,
): string {
  let out = '';
  let from = 0;
  for (const [index, span] of [...spans.entries()].sort(([, a], [, b]) => a.start - b.start)) {
    if (span.start < from) continue;
    out += text.slice(from, span.start) + put(span, index);
    from = span.end;
  }
  return out + text.slice(from);
}
