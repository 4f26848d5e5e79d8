import { type Random, randomFor } from './random.ts';

/** One document before it is written: where it lies, what it is, how large, and from when. */
export interface DocumentPlan {
  /** Relative path with `/`. */
  readonly path: string;
  readonly kind: 'scan' | 'lab-report' | 'consent' | 'referral';
  readonly bytes: number;
  readonly time: Date;
}

const titles = ['흉부촬영', '혈액검사', '동의서', '의뢰서', '胸部X光', '血液檢查', '同意書', 'scan', 'report'] as const;
const kinds = ['scan', 'scan', 'lab-report', 'lab-report', 'consent', 'referral'] as const;

/** The `number`th document of a hospital. The same seed and number give the same plan, alone or among others. */
export function documentFor(seed: string, number: number): DocumentPlan {
  const random = randomFor(seed, `document ${number}`);
  const kind = random.pick(kinds);
  const year = random.integer(2023, 2026);
  const month = random.integer(1, year === 2026 ? 10 : 12);
  const time = new Date(Date.UTC(year, month - 1, random.integer(1, 28), random.integer(0, 9), random.integer(0, 59)));
  const folder = `${year}/${String(month).padStart(2, '0')}`;
  const name = `${String(number).padStart(5, '0')}-${random.pick(titles)}.${kind === 'scan' ? 'img' : 'pdf'}`;
  return { path: `${folder}/${name}`, kind, bytes: size(random, kind), time };
}

/** Most are some kilobytes; one scan in a hundred is up to a megabyte. */
function size(random: Random, kind: DocumentPlan['kind']): number {
  if (kind !== 'scan') return random.integer(2_000, 24_000);
  return random.chance(0.01) ? random.integer(400_000, 1_000_000) : random.integer(16_000, 120_000);
}
