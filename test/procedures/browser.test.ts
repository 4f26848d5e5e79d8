import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProcedureOutcome } from '../../src/evidence/procedure-model.ts';
import { renderHandOver } from '../../src/procedures/report/hand-over.ts';
import type { HandOverExtras } from '../../src/procedures/report/hand-over-extras.ts';
import { renderReport } from '../../src/procedures/report/render.ts';
import { openBrowser, type TestBrowser } from '../report/browser.ts';
import {
  type Contrast,
  clippedCellsProbe,
  contrastProbe,
  type Outline,
  outlineProbe,
  overflowProbe,
} from '../report/probes.ts';
import {
  cancelled,
  fullExtras,
  group,
  hostileExtras,
  hostileOutcome,
  long,
  outcome,
  proof,
  stopped,
} from './outcomes.ts';

const languages = ['en', 'ko', 'zh-Hant'] as const;
type Language = (typeof languages)[number];

let browser: TestBrowser;
let page: TestBrowser['page'];
let complaints: TestBrowser['complaints'];
let requests: TestBrowser['requests'];
let directory: string;

beforeAll(async () => {
  browser = await openBrowser('run-report');
  ({ page, complaints, requests, directory } = browser);
});

afterAll(async () => await browser?.close());

const open: TestBrowser['open'] = (html, width) => browser.open(html, width);

const files = { report: 'report.html', evidence: proof.file };

function pagesOf(
  of: ProcedureOutcome,
  language: Language = 'en',
  extras: HandOverExtras = fullExtras,
): readonly string[] {
  return [renderReport(of, proof, language), renderHandOver(of, language, { extras, files })];
}

async function pageCount(html: string): Promise<number> {
  await open(html, 680);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
  return pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

describe('in a browser', () => {
  it.each(languages)('fits a telephone of 360 px without sideways scrolling in %s', async (language) => {
    for (const make of [outcome, stopped, cancelled, group]) {
      for (const html of pagesOf(make(), language)) {
        await open(html, 360);
        expect(await page.evaluate<string[]>(overflowProbe), make.name).toEqual([]);
      }
    }
  });

  it('fits every width between a telephone and a desk', async () => {
    for (const html of pagesOf(stopped())) {
      await open(html, 360);
      for (const width of [320, 480, 641, 700, 833, 900, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await page.evaluate<string[]>(overflowProbe), String(width)).toEqual([]);
      }
    }
  });

  it('is not broken by 400 steps, nor by hostile text', async () => {
    for (const html of [...pagesOf(long()), ...pagesOf(hostileOutcome(), 'en', hostileExtras)]) {
      for (const width of [360, 1280]) {
        await open(html, width);
        expect(await page.evaluate<string[]>(overflowProbe), String(width)).toEqual([]);
      }
    }
    expect(complaints).toEqual([]);
  });

  it('asks for nothing but itself, and its own policy forbids nothing that it needs', async () => {
    requests.length = 0;
    for (const html of pagesOf(stopped())) {
      await open(html, 1280);
      expect(await page.evaluate<string>('getComputedStyle(document.body).marginTop')).toBe('0px');
    }
    expect(requests.filter((url) => !url.startsWith(`file://${directory}/`) && url !== 'data:,')).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it.each(['light', 'dark'] as const)(
    'has contrast of at least 4.5 for all text and 7 for how it ended in %s',
    async (scheme) => {
      await page.emulateMedia({ colorScheme: scheme });
      for (const make of [outcome, stopped, cancelled, group]) {
        for (const html of pagesOf(make())) {
          await open(html, 1280);
          const found = await page.evaluate<Contrast[]>(contrastProbe);
          expect(found.length).toBeGreaterThan(30);
          expect(
            found.filter(({ ratio }) => ratio < 4.5),
            make.name,
          ).toEqual([]);
          expect(found.find(({ className }) => className === 'said')?.ratio ?? 8).toBeGreaterThan(7);
        }
      }
      await page.emulateMedia({ colorScheme: null });
    },
  );

  it('says how it ended by a word and a shape, not by colour alone', async () => {
    const shapes = new Set<string>();
    for (const [make, word] of [
      [outcome, 'COMPLETED'],
      [stopped, 'STOPPED'],
      [cancelled, 'CANCELLED'],
    ] as const) {
      await open(renderReport(make(), proof, 'en'), 1280);
      shapes.add(await page.locator('.verdict > svg').evaluate((icon) => icon.innerHTML));
      expect(await page.locator('.verdict .said').textContent()).toBe(word);
    }
    expect(shapes.size).toBe(3);
  });

  it('has one h1, headings without gaps, a language, named sections, headed tables and links that lead somewhere', async () => {
    for (const language of languages) {
      for (const html of [...pagesOf(stopped(), language), ...pagesOf(outcome(), language)]) {
        await open(html, 1280);
        const outline = await page.evaluate<Outline>(outlineProbe);
        expect(outline.language).toBe(language);
        expect(outline.levels.filter((level) => level === 1)).toHaveLength(1);
        for (const [index, level] of outline.levels.entries()) {
          expect(level - (outline.levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
        }
        expect([outline.empty, outline.unnamed, outline.images]).toEqual([0, 0, 0]);
        for (const table of outline.tables) expect(table).toEqual({ columns: table.columns, ragged: 0 });
        expect(new Set(outline.ids).size).toBe(outline.ids.length);
        const lost = await page.evaluate<string[]>(
          `[...document.querySelectorAll('a')].map((a) => a.getAttribute('href')).filter((href) => !document.querySelector(href))`,
        );
        expect(lost).toEqual([]);
      }
    }
  });

  it('hands over on one sheet of A4 in every language', async () => {
    for (const language of languages) {
      for (const make of [outcome, stopped, cancelled, group]) {
        const html = renderHandOver(make(), language, { extras: fullExtras, files });
        expect(await pageCount(html), `${make.name} ${language}`).toBe(1);
      }
      // However long the run was, it never becomes a book.
      expect(await pageCount(renderHandOver(long(), language, { extras: fullExtras, files }))).toBeLessThanOrEqual(2);
    }
  });

  it('prints the report on A4 with nothing clipped', async () => {
    for (const [of, most] of [
      [stopped(), 7],
      [group(), 9],
    ] as const) {
      const html = renderReport(of, proof, 'en');
      expect(await pageCount(html)).toBeLessThanOrEqual(most);
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate<string[]>(overflowProbe)).toEqual([]);
      expect(await page.evaluate<number>(clippedCellsProbe)).toBe(0);
      await page.emulateMedia({ media: null });
    }
  });
});
