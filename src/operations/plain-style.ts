import type { Style } from './types.ts';

const same = (text: string): string => text;

/** No colour: for what is no terminal. */
export const plainStyle: Style = { bold: same, dim: same, green: same, red: same, yellow: same };
