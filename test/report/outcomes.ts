import { readFileSync } from 'node:fs';
import { Outcome } from '../../src/evidence/model.ts';
import type { Language } from '../../src/evidence/report/messages/catalogue.ts';
import { type ReportExtras, renderReport } from '../../src/evidence/report/render.ts';

export const outcomeNames = [
  'proven-rpo-missed',
  'negative-control',
  'could-not-verify',
  'recovery-with-losses',
] as const;

export const languages = ['en', 'ko', 'zh-Hant'] as const;

export function sample(name: (typeof outcomeNames)[number]): Outcome {
  return Outcome.parse(JSON.parse(readFileSync(new URL(`../fixtures/outcomes/${name}.json`, import.meta.url), 'utf8')));
}

export function extras(language: Language, changes: Partial<ReportExtras> = {}): ReportExtras {
  return {
    language,
    timezone: 'Asia/Seoul',
    generatedAt: '2026-11-20T05:00:26.000Z',
    evidence: {
      file: 'drill-20261120T050003Z-7f3a91c2.dsse',
      sha256: '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881',
      keyId: '9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0',
      leaf: 5212,
      treeSize: 5213,
      root: '3e744b9dc39389baf0c5a0660589b8402f3dbb49b89b3e75f2c9355852a3c677',
    },
    ...changes,
  };
}

export function render(outcome: Outcome, language: Language = 'en', changes: Partial<ReportExtras> = {}): string {
  return renderReport(outcome, extras(language, changes));
}

/** Markup, a turn of the text's direction, an unpaired surrogate, and a word that no line can hold. */
export const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>\u202Egnp.exe\u2066\u0007\uD800${'W'.repeat(400)}`;

/** The fullest outcome there is, with every text in it hostile. */
export function hostileOutcome(): Outcome {
  const full = sample('recovery-with-losses');
  const [first] = full.assets;
  if (first === undefined) throw new Error('the fixture has assets');
  const assets = [
    {
      ...first,
      error: { code: hostile, message: hostile },
      flipped: { file: hostile, offset: 1, before: 0, after: 255 },
    },
  ];
  return Outcome.parse(poison({ ...full, assets }));
}

/** A check with the most details that a record can hold, each a long word. */
export function longOutcome(): Outcome {
  const outcome = sample('proven-rpo-missed');
  const details = [
    ...Array.from({ length: 100 }, (_, index) => `public.${'very_long_table_name_'.repeat(5)}${index}: differs`),
    'and 900 more',
  ];
  const [first, ...others] = outcome.assets;
  if (first === undefined) throw new Error('the fixture has assets');
  const checks = first.checks.map((check) => ({ ...check, status: 'failed' as const, details }));
  return { ...outcome, verdict: 'FAILED', assets: [{ ...first, verdict: 'FAILED', checks }, ...others] };
}

/** Texts that the model takes as any text: all but times, hashes and words of a fixed list. */
const fixed =
  /^(kind|verdict|status|outcome|isolation|takenAt|startedAt|finishedAt|at|from|to|first|last|lastSeen|key)$/;

function poison(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => poison(item, key));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, poison(member, name)]));
  }
  return typeof value === 'string' && !fixed.test(key) ? hostile : value;
}
