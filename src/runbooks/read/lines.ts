/** Tells the line, from 1, of an offset in a text. LF, CRLF and CR break lines. */
export function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (const found of text.matchAll(/\r\n?|\n/g)) starts.push(found.index + found[0].length);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

/** Tells how far an offset is from the beginning of its line, in characters. */
export function columnIn(text: string): (offset: number) => number {
  // Of hostile text a line may be all of it; beyond this no column matters.
  const far = 100;
  return (offset) => {
    let column = 0;
    while (column < far && offset - column > 0 && !/[\r\n]/.test(text[offset - column - 1] ?? '')) column += 1;
    return column;
  };
}
