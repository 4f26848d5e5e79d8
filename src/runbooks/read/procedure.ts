import { type Element, elementsOf } from '../../effects/documents/elements.ts';
import { linesOf } from '../../effects/documents/lines.ts';
import { sha256 } from '../../lib/hash.ts';
import { lintProcedure } from '../lint/index.ts';
import { collectParameters, described } from '../parameters/index.ts';
import { classifyTable, severitiesOf } from '../tables/index.ts';
import type { Parameter, Procedure, Table } from '../types.ts';
import { inEnglish } from '../words/index.ts';
import { settingsAnnotations } from './annotations.ts';
import { choicesOf } from './choices.ts';
import { collect } from './collect.ts';
import type { Collected } from './collected.ts';
import { finish } from './finish.ts';
import { flatNodes } from './flat.ts';
import { columnIn, lineCounter } from './lines.ts';
import { markupBoxesOf, markupTablesOf } from './markup.ts';
import type { HeadingNode, Node } from './nodes.ts';
import { type Region, within } from './regions.ts';
import { settingsOf } from './settings.ts';
import { tabsOf } from './tabs.ts';
import { treeOf } from './tree.ts';

export interface ReadOptions {
  /** Gives the title where the document has none. */
  readonly path?: string;
}

/**
 * Reads a runbook: Markdown, MDX, or text that an export has robbed of its marks. Pure; never throws; takes time in proportion to the size. SQL
 * is judged only after `prepareEffects`. What was not understood is listed, with lines.
 */
export function readProcedure(source: string, { path }: ReadOptions = {}): Procedure {
  const lineOf = lineCounter(source);
  const elements = elementsOf(source, { tables: true });
  const nodes = (isBare(elements) ? flatNodes(source) : undefined) ?? treeOf(elements, lineOf, columnIn(source));
  const isCode = within(codeRegions(elements));
  const markupTables = markupTablesOf(source, isCode);
  const meta = settingsOf(source);
  const forAll = settingsAnnotations(meta);
  const collected = collect({
    nodes,
    choices: choicesOf(nodes, source.length + 1, tabsOf(source, isCode), lineOf),
    inMarkupTable: within(markupTables),
    markupBoxes: [...markupTables.flatMap(({ boxes }) => boxes), ...markupBoxesOf(source, isCode)]
      .sort((a, b) => a.start - b.start)
      .map((one) => ({ ...one, line: lineOf(one.start) })),
    forAll,
  });
  for (const said of forAll.problems)
    collected.findings.push({ code: 'unknown-annotation', level: 'warning', line: 1, message: inEnglish(said), said });
  for (const { start, end, header, rows } of markupTables)
    collected.tables.push({
      line: lineOf(start),
      endLine: lineOf(end - 1),
      section: sectionAt(nodes, start),
      header,
      rows,
    });
  const { steps, blocks, checklists, alternatives, findings } = finish(collected);
  const tables = tablesOf(collected);
  const description = meta.description;
  const procedure: Procedure = {
    title: titleOf(nodes, meta, path),
    ...(description === undefined || description === '' ? {} : { description }),
    meta,
    sha256: sha256(source),
    steps,
    blocks,
    parameters: described(asWritten(collectParameters(steps, meta, blocks), source), {
      meta,
      tables,
      lines: linesOutside(source, isCode),
    }),
    tables,
    checklists,
    alternatives,
    prompts: collected.prompts,
    severities: severitiesOf(tables, blocks),
    notUnderstood: collected.notUnderstood,
    findings: [],
  };
  const all = [...findings, ...lintProcedure(procedure)].sort((a, b) => a.line - b.line);
  return { ...procedure, findings: all };
}

/** Whether a text shows no mark of Markdown but paragraphs and lists. */
function isBare(elements: readonly Element[]): boolean {
  return elements.every(
    ({ kind }) => kind === 'paragraph' || kind === 'open' || kind === 'close' || kind === 'indented',
  );
}

function codeRegions(elements: readonly Element[]): Region[] {
  const regions: { start: number; end: number }[] = [];
  for (const { kind, start, end } of elements) {
    if (kind !== 'fenced' && kind !== 'indented' && kind !== 'pre') continue;
    const last = regions.at(-1);
    if (last === undefined || start >= last.end) regions.push({ start, end });
    else last.end = Math.max(last.end, end);
  }
  return regions;
}

function* linesOutside(source: string, isCode: (offset: number) => boolean): Generator<string> {
  for (const { text, start } of linesOf(source)) if (!isCode(start)) yield text;
}

function sectionAt(nodes: readonly Node[], offset: number): string {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  const heading = nodes.slice(Math.max(0, low - 1000), low).findLast(({ kind }) => kind === 'heading');
  return heading?.kind === 'heading' ? heading.text : '';
}

function tablesOf({ tables }: Collected): Table[] {
  return tables
    .toSorted((a, b) => a.line - b.line)
    .map((table) => ({
      ...table,
      kind: classifyTable({ header: table.header, rows: table.rows, section: table.section }),
    }));
}

function titleOf(nodes: readonly Node[], meta: Readonly<Record<string, string>>, path: string | undefined): string {
  if (meta.title !== undefined && meta.title.trim() !== '') return meta.title.trim();
  const headings = nodes.filter((node): node is HeadingNode => node.kind === 'heading' && node.text !== '');
  const heading = headings.find(({ depth }) => depth === 1) ?? headings[0];
  const name = path?.slice(path.search(/[^/\\]*$/)).replace(/\.[A-Za-z]{1,10}$/, '');
  return heading?.text ?? name ?? '';
}

/** Steps are decoded; a parameter that the source writes with entities says so. */
function asWritten(parameters: readonly Parameter[], source: string): readonly Parameter[] {
  if (!source.includes('&lt;')) return parameters;
  const names = (pattern: RegExp) => new Set([...source.matchAll(pattern)].map(([, name]) => name));
  const encoded = names(/&lt;([^&<>\n]{1,80})&gt;/g);
  const bare = names(/<([^&<>\n]{1,80})>/g);
  return parameters.map((parameter) => {
    const { name, forms } = parameter;
    if (!forms.includes('angle') || forms.includes('entity') || !encoded.has(name)) return parameter;
    return { ...parameter, forms: [...forms.filter((form) => bare.has(name) || form !== 'angle'), 'entity'] };
  });
}
