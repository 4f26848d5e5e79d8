/** What is asked of a page in the browser. Texts, because the code of this repository is not checked against a browser's types. */

/** Elements that reach past the right edge, however they are hidden by their parents. */
export const overflowProbe = `(() => {
  const edge = document.documentElement.clientWidth + 0.5;
  const wide = [...document.querySelectorAll('body *')].filter(
    (element) => !element.closest('.visually-hidden, thead, svg') && element.getBoundingClientRect().right > edge,
  );
  const scrolls = document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['the page scrolls'] : [];
  return [...scrolls, ...wide.map((element) => element.tagName + '.' + element.className)];
})()`;

/** How many cells of tables hold more than fits into them. */
export const clippedCellsProbe = `[...document.querySelectorAll('th, td')]
  .filter((cell) => !cell.querySelector('.visually-hidden') && cell.scrollWidth > cell.clientWidth + 1).length`;

export interface Outline {
  readonly language: string;
  readonly levels: readonly number[];
  /** Headings, captions and terms without text. */
  readonly empty: number;
  /** Sections whose heading is not where they say. */
  readonly unnamed: number;
  /** Drawings that neither say what they show nor are hidden. */
  readonly images: number;
  readonly tables: readonly { readonly columns: number; readonly ragged: number }[];
  readonly ids: readonly string[];
}

export const outlineProbe = `(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  return {
    language: document.documentElement.lang,
    levels: all('h1,h2,h3,h4').map((heading) => Number(heading.tagName[1])),
    empty: all('h1,h2,h3,h4,th,caption,dt').filter((element) => element.textContent.trim() === '').length,
    unnamed: all('section').filter((section) => !document.getElementById(section.getAttribute('aria-labelledby'))).length,
    images: all('svg').filter((svg) => svg.getAttribute('aria-hidden') !== 'true' && !svg.getAttribute('aria-label')).length,
    tables: all('table').map((table) => {
      const columns = table.querySelectorAll('thead th[scope=col]').length;
      const rows = [...table.querySelectorAll('tbody tr')];
      const ragged = rows.filter((row) => row.children.length !== columns || !row.querySelector('th[scope=row]')).length;
      return { columns, ragged };
    }),
    ids: all('[id]').map((element) => element.id),
  };
})()`;

export interface Contrast {
  readonly className: string;
  readonly text: string;
  readonly ratio: number;
}

/** WCAG 2.2 contrast (relative luminance of sRGB) of each element that has text of its own against what lies behind it. */
export const contrastProbe = `(() => {
  const rgb = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (color) => {
    const [r, g, b] = color.map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = rgb(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color.slice(0, 3);
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll('body *')]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ''))
    .map((element) => {
      const style = getComputedStyle(element);
      const front = luminance(rgb(element.closest('svg') === null ? style.color : style.fill).slice(0, 3));
      const back = luminance(behind(element));
      const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
      return { className: element.getAttribute('class') ?? '', text: element.textContent.slice(0, 40), ratio };
    });
})()`;
