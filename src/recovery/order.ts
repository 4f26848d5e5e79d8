/**
 * Assets in the order in which they may come back: each wave holds those whose dependencies are all in earlier waves. What
 * a dependency names but the caller did not ask for counts as being there already. The site file has no cycles (it is
 * refused then), so every asset finds its wave.
 */
export function recoveryWaves(assets: Readonly<Record<string, { readonly after: readonly string[] }>>): string[][] {
  const waves: string[][] = [];
  const waiting = new Set(Object.keys(assets));
  while (waiting.size > 0) {
    const ready = [...waiting].filter((name) => !(assets[name]?.after ?? []).some((other) => waiting.has(other)));
    if (ready.length === 0) throw new TypeError(`the assets ${[...waiting].join(', ')} wait for each other`);
    for (const name of ready) waiting.delete(name);
    waves.push(ready.sort());
  }
  return waves;
}
