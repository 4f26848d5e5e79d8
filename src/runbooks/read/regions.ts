/** A piece of the document: offsets, end exclusive. */
export interface Region {
  readonly start: number;
  readonly end: number;
}

/** Whether an offset lies in one of the regions, which are in order and apart from each other. */
export function within(regions: readonly Region[]): (offset: number) => boolean {
  return (offset) => {
    let low = 0;
    let high = regions.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const region = regions[middle] as Region;
      if (offset < region.start) high = middle - 1;
      else if (offset >= region.end) low = middle + 1;
      else return true;
    }
    return false;
  };
}
