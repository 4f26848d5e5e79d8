import { style as report } from '../evidence/report/style.ts';

/** The style of the reports, and what a page needs that is worked through with a pen: boxes to tick, lines to write on. */
export const style = `${report}
.skip { position: absolute; inset-inline-start: -100vw; } .skip:focus { position: static; }
nav.pages { display: flex; flex-wrap: wrap; gap: 0.35rem 1.1rem; font-size: 0.93rem; padding-block: 0.6rem; border-block: 1px solid var(--line); margin-block-end: 1.75rem; }
nav.pages ul { display: contents; list-style: none; padding: 0; } nav.pages .languages { margin-inline-start: auto; display: flex; gap: 0.9rem; }
nav.pages [aria-current] { font-weight: 650; text-decoration: none; color: var(--ink); }
a { color: var(--link); text-underline-offset: 0.15em; }
:root { --link: #1a4f8b; } 
.lead { font-size: 1.08rem; max-width: 46rem; text-wrap: pretty; }
.lead + * { margin-block-start: 1.75rem; }
#content > .callout, .woven > * + *, #content > :is(p, pre) + :is(p, pre) { margin-block-start: 1rem; } #content > :is(p, pre) + div { margin-block-start: 2rem; } #content > .lead + * { margin-block-start: 2rem; } #content > .callout:last-of-type { margin-block-end: 2rem; }
.woven > .heading { margin-block-start: 2rem; } .woven > .steps { margin-block-start: 0.6rem; }
.muted a { color: var(--link); }
ol.first { list-style: none; padding: 0; counter-reset: first; display: grid; gap: 1.1rem; margin: 0; }
ol.first > li { counter-increment: first; display: grid; grid-template-columns: auto auto minmax(0, 1fr); gap: 0.1rem 0.8rem; align-items: baseline; padding: 1rem 1.1rem; border: 1px solid var(--line); border-inline-start: 6px solid var(--ink); border-radius: 4px; background: var(--raised); }
ol.first > li::before { content: counter(first); font-size: 1.7rem; font-weight: 750; line-height: 1; grid-row: 1; grid-column: 2; }
ol.first h3 { grid-row: 1; grid-column: 3; font-size: 1.2rem; }
ol.first .box { grid-row: 1; grid-column: 1; }
ol.first p { grid-column: 3; } ol.first p.muted { font-size: 0.93rem; margin-block-start: 0.25rem; }
.box { display: inline-block; width: 1.05em; height: 1.05em; border: 2px solid var(--ink); border-radius: 3px; vertical-align: -0.15em; flex: none; background: var(--paper); }
.box.ticked { background: linear-gradient(var(--ink), var(--ink)) center / 55% 55% no-repeat var(--paper); }
.blank { display: inline-block; min-width: 9rem; border-block-end: 1px solid var(--soft); height: 1.2em; vertical-align: bottom; }
.blank.short { min-width: 4.5rem; } .blank.long { min-width: min(24rem, 80%); }
section > * + *, .block > * + * { margin-block-start: 0.9rem; }
section > h3 { margin-block-start: 1.75rem; }
.block { margin-block-start: 1.5rem; }
pre code { font-size: 1em; }
pre { overflow-wrap: anywhere; tab-size: 2; border: 1px solid var(--line); line-height: 1.5; }
pre.command { border-inline-start: 4px solid var(--time); }
pre.quiet { background: transparent; }
.steps { list-style: none; padding: 0; margin-block: 0.9rem 0; display: grid; gap: 1.1rem; }
.step { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.2rem 0.8rem; border-block-start: 1px solid var(--line); padding-block-start: 0.8rem; }
.step > .box { font-size: 1.25rem; margin-block-start: 0.1rem; } .step > div > * + * { margin-block-start: 0.45rem; }
.step h4 { font-size: 1rem; } .step h4 .number { color: var(--soft); font-weight: 500; margin-inline-end: 0.5rem; }
.step.hard { border-block-start: 3px solid var(--bad); }
.marks { display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; font-size: 0.9rem; }
.marks > span { display: inline-flex; gap: 0.45em; align-items: baseline; }
.done { font-size: 0.87rem; color: var(--soft); }
.text { white-space: pre-wrap; }
ul.said { list-style: none; padding: 0; margin: 0; font-size: 0.9rem; }
.choice { border: 1px solid var(--line); border-radius: 4px; padding: 0.6rem 0.9rem; background: var(--raised); }
.heading { font-weight: 650; font-size: 1.1rem; } .heading.deep { font-size: 1rem; }
.badge { font-size: 0.8rem; color: var(--soft); }
.source { counter-reset: line; font-size: 0.8rem; padding-inline-start: 0; border-inline-start: 0; }
.source .line { display: block; padding-inline-start: 4.2em; text-indent: -3.4em; min-height: 1.5em; }
.source .line::before { counter-increment: line; content: counter(line); display: inline-block; width: 2.6em; margin-inline-end: 0.8em; text-align: end; text-indent: 0; color: var(--soft); user-select: none; }
.source .line:target { background: var(--unsure-tint); }
.written { width: 100%; } table.written td { height: 2.1rem; border-block-end: 1px solid var(--line); }
table.written .time { width: 16%; } table.written .who { width: 20%; }
textarea { width: 100%; min-height: 9rem; font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 4px; padding: 0.6rem 0.8rem; }
.runs { list-style: none; padding: 0; margin: 0; display: grid; gap: 0.5rem; }
.from { font-size: 0.87rem; color: var(--soft); margin-block: 0.2rem 1.2rem; }
.written-notes { break-inside: avoid; }
@media (prefers-color-scheme: dark) { :root { --link: #8fb8ea; } }
.apart { margin-block-end: 2.75rem; }
@media screen and (max-width: 52rem) {
  table.written, table.written tbody { display: block; } table.written tr { display: grid; grid-template-columns: 5rem 6rem 1fr; padding: 0; }
  table.written td { height: 2.4rem; }
}
@media screen and (max-width: 40rem) { ol.first > li { grid-template-columns: auto minmax(0, 1fr); } ol.first > li::before { grid-column: 1; grid-row: 1; } ol.first .box { grid-column: 1; grid-row: 2; margin-block-start: 0.3rem; } ol.first h3 { grid-column: 2; } ol.first p { grid-column: 2; } }
@media print {
  :root { --link: #000; }
  nav.pages, .skip, form { display: none; }
  ol.first > li, .step, .choice { break-inside: avoid; } pre.quiet { break-inside: auto; } pre.command { font-size: 7.5pt; }
  .steps { display: block; } .step { display: flow-root; padding-inline-start: 9mm; } .step + .step { margin-block-start: 4mm; }
  .step > .box { float: inline-start; margin-inline-start: -9mm; } .step h4 { break-after: avoid; }
  .heading, .lead { break-after: avoid; }
  ol.first { gap: 4mm; } ol.first > li { padding: 3mm 4mm; }
  .asset-restore + .asset-restore { break-before: page; } #whole-text { break-before: page; }
  .source { font-size: 7.5pt; border: 0; padding: 0; }
  table.written td { height: 9mm; }
}
`;
