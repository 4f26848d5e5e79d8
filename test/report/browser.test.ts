import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from './browser.ts';
import { hostileOutcome, languages, longOutcome, outcomeNames, render, sample } from './outcomes.ts';
import {
  type Contrast,
  clippedCellsProbe,
  contrastProbe,
  type Outline,
  outlineProbe,
  overflowProbe,
} from './probes.ts';

let browser: TestBrowser;
let page: TestBrowser['page'];
let complaints: TestBrowser['complaints'];
let requests: TestBrowser['requests'];
let directory: string;

beforeAll(async () => {
  browser = await openBrowser('report');
  ({ page, complaints, requests, directory } = browser);
});

afterAll(async () => await browser?.close());

const open: TestBrowser['open'] = (html, width) => browser.open(html, width);

describe('in a browser', () => {
  it.each(languages)('fits a telephone of 360 px without sideways scrolling in %s', async (language) => {
    for (const name of outcomeNames) {
      await open(render(sample(name), language), 360);
      expect(await page.evaluate<string[]>(overflowProbe), name).toEqual([]);
    }
  });

  it('fits every width between a telephone and a desk', async () => {
    await open(render(sample('recovery-with-losses')), 360);
    for (const width of [320, 480, 641, 700, 833, 900, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate<string[]>(overflowProbe), String(width)).toEqual([]);
    }
  });

  it('is not broken by a hundred details, nor by hostile names', async () => {
    for (const html of [render(longOutcome()), render(hostileOutcome())]) {
      for (const width of [360, 1280]) {
        await open(html, width);
        expect(await page.evaluate<string[]>(overflowProbe), String(width)).toEqual([]);
      }
    }
    expect(complaints).toEqual([]);
  });

  it('asks for nothing but itself, and its own policy forbids nothing that it needs', async () => {
    requests.length = 0;
    await open(render(sample('recovery-with-losses')), 1280);
    expect(requests.filter((url) => !url.startsWith(`file://${directory}/`) && url !== 'data:,')).toEqual([]);
    expect(complaints).toEqual([]);
    // The policy was obeyed: the style is there.
    expect(await page.evaluate<string>('getComputedStyle(document.body).marginTop')).toBe('0px');
  });

  it.each(['light', 'dark'] as const)(
    'has contrast of at least 4.5 for all text and 7 for the verdict in %s',
    async (scheme) => {
      await page.emulateMedia({ colorScheme: scheme });
      for (const name of outcomeNames) {
        await open(render(sample(name)), 1280);
        const found = await page.evaluate<Contrast[]>(contrastProbe);
        expect(found.length).toBeGreaterThan(50);
        expect(
          found.filter(({ ratio }) => ratio < 4.5),
          name,
        ).toEqual([]);
        expect(found.find(({ className }) => className === 'said')?.ratio).toBeGreaterThan(7);
      }
      await page.emulateMedia({ colorScheme: null });
    },
  );

  it('says the verdict by a word and a shape, not by colour alone', async () => {
    const shapes = new Set<string>();
    for (const name of ['proven-rpo-missed', 'negative-control', 'could-not-verify'] as const) {
      await open(render(sample(name)), 1280);
      shapes.add(await page.locator('.verdict > svg').evaluate((icon) => icon.innerHTML));
      expect(await page.locator('.verdict .said').textContent()).toBe(sample(name).verdict);
    }
    expect(shapes.size).toBe(3);
  });

  it('has one h1, headings without gaps, a language, named sections and headed tables', async () => {
    for (const language of languages) {
      await open(render(sample('recovery-with-losses'), language), 1280);
      const outline = await page.evaluate<Outline>(outlineProbe);
      expect(outline.language).toBe(language);
      expect(outline.levels.filter((level) => level === 1)).toHaveLength(1);
      for (const [index, level] of outline.levels.entries()) {
        expect(level - (outline.levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
      }
      expect([outline.empty, outline.unnamed, outline.images]).toEqual([0, 0, 0]);
      expect(outline.tables.length).toBeGreaterThan(3);
      for (const table of outline.tables) expect(table).toEqual({ columns: table.columns, ragged: 0 });
      expect(new Set(outline.ids).size).toBe(outline.ids.length);
    }
  });

  it('prints as an A4 PDF of a few pages with nothing clipped', async () => {
    for (const [html, most] of [
      [render(sample('recovery-with-losses')), 6],
      [render(longOutcome()), 60],
    ] as const) {
      await open(html, 680);
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate<string[]>(overflowProbe)).toEqual([]);
      const narrow = await page.evaluate<number>(clippedCellsProbe);
      expect(narrow).toBe(0);
      await page.emulateMedia({ media: null });
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
      expect(pages).toBeGreaterThanOrEqual(2);
      expect(pages).toBeLessThanOrEqual(most);
      expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
    }
  });

  it('keeps details open, so that paper has them too', async () => {
    await open(render(sample('negative-control')), 1280);
    expect(await page.locator('details:not([open])').count()).toBe(0);
    expect(await page.locator('details').count()).toBeGreaterThan(0);
  });
});
