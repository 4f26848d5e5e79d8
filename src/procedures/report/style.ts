import { style as shared } from '../../evidence/report/style.ts';

/** What the pages about a run have beside the style of all reports. */
export const style = `${shared}
.verdict .error { margin-block-start: 0.6rem; font-size: 0.95rem; }
.verdict + .callout, .callout + .callout { margin-block-start: 1rem; }
.verdict + .callout { margin-block-end: 2.75rem; margin-block-start: -1.5rem; }
.loud { border: 2px solid var(--unsure); border-inline-start-width: 10px; border-radius: 4px; background: var(--unsure-tint); padding: 0.9rem 1.1rem; }
.loud.bad { border-color: var(--bad); background: var(--bad-tint); }
.loud > * + * { margin-block-start: 0.45rem; }
.loud + .loud { margin-block-start: 0.8rem; }
.loud h3 { font-size: 1.05rem; }
.step { scroll-margin-top: 1rem; }
.step h3 code { font-weight: 500; color: var(--soft); }
.step + .step { margin-block-start: 1.6rem; padding-block-start: 1.6rem; }
.step pre + p, .step p + pre { margin-block-start: 0.4rem; }
.command { border-inline-start: 4px solid var(--time); }
.output { font-size: 0.8em; max-height: none; }
.output-head { font-size: 0.87rem; color: var(--soft); display: flex; flex-wrap: wrap; gap: 0 0.8rem; align-items: baseline; }
.output-head strong { color: var(--ink); font-weight: 600; }
.labels { display: flex; flex-wrap: wrap; gap: 0.2rem 0.5rem; }
.labels code { background: var(--code); border-radius: 3px; padding: 0.05em 0.45em; }
.identity { color: var(--soft); font-size: 0.9em; font-weight: 400; display: block; }
td .remark { display: block; }
td .remark + .remark { margin-block-start: 0.15rem; }
.narrow-only { display: none; }
@media screen and (max-width: 52rem) { .narrow-only { display: inline; } }
a { color: inherit; text-decoration-color: var(--soft); text-underline-offset: 3px; }
td.number, td.clock { white-space: nowrap; }
.hand li { margin-block-end: 0.6rem; } .hand { padding-inline-start: 1.2rem; } .hand pre { margin-block-start: 0.25rem; }
.below { margin-block-start: 0.6rem; font-size: 0.93rem; color: var(--soft); }
section > p + table, section > .labels + table { margin-block-start: 1rem; }
section > * + h3 { margin-block: 1.6rem 0.6rem; }
@media print, (min-width: 52.01rem) { .number { width: 12%; } }
@media print { .step, .loud { break-inside: avoid-page; } .step.long { break-inside: auto; } .loud { border-width: 1pt; border-inline-start-width: 3mm; } pre { break-inside: auto; } }
`;

/** The hand-over page is one sheet of paper where that is possible. */
export const handOverStyle = `${style}
header { margin-block-end: 1.25rem; }
.ended { margin-block-start: 0.6rem; } .ended .status { font-size: 1.15rem; margin-inline-end: 0.5rem; }
.part { margin-block-end: 1.5rem; }
.part h2 { font-size: 1.1rem; padding-block-end: 0.3rem; border-block-end-width: 1px; margin-block-end: 0.6rem; }
.part h2 .status { font-size: inherit; }
.part.loud h2 { border: 0; font-size: 1.35rem; padding: 0; margin-block-end: 0.4rem; }
.part > * + * { margin-block-start: 0.45rem; }
.part ul { padding-inline-start: 1.2rem; } .part li + li { margin-block-start: 0.2rem; }
.part.loud li + li { margin-block-start: 0.7rem; }
.part .remark { display: block; } .part li pre { margin-block-start: 0.3rem; }
@media print, (min-width: 52.01rem) { .columns { columns: 2; column-gap: 2.5rem; } .columns .part h2 { break-after: avoid; } .columns li { break-inside: avoid; } }
@media screen { .columns .part { break-inside: avoid; } }
@media print {
  @page { margin: 12mm 13mm 13mm; }
  header { margin-block-end: 3mm; } dl.meta { margin-block-start: 2mm; gap: 1mm 8mm; } .ended { margin-block-start: 1.5mm; }
  .part { margin-block-end: 3.5mm; } .part.loud { padding: 2.5mm 4mm; } .part > * + * { margin-block-start: 1.2mm; }
  .part h2 { font-size: 11pt; margin-block-end: 1.5mm; } .part.loud h2 { font-size: 14pt; margin-block-end: 1mm; }
  .part li + li { margin-block-start: 0.5mm; } .part.loud li + li { margin-block-start: 1.5mm; }
  footer { padding-block: 1mm 0; } footer p:first-child { padding-block-start: 1mm; } pre { padding: 1.2mm 2.5mm; } .part li pre { margin-block-start: 0.8mm; }
}
`;
