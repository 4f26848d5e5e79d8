/**
 * The report's own small design: one column of text, one accent that is the verdict, everything else ink on paper. Bars are
 * drawings, not backgrounds, because browsers leave backgrounds out in print.
 */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fdfdfc; --raised: #f4f4f1; --ink: #1b1e23; --soft: #565c66; --line: #d9d9d3; --hair: #e9e9e4;
  --good: #08552f; --bad: #97111a; --unsure: #6c4000;
  --good-tint: #e9f4ed; --bad-tint: #fbecec; --unsure-tint: #fbf2e2;
  --track: #e6e7e5; --time: #3d5575; --p1: #a9bdd6; --p2: #5f7ea6; --p3: #22344f; --p4: #d3deeb; --p-ink: #22344f;
  --code: #efefeb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --raised: #1c2026; --ink: #e8e9ea; --soft: #a4abb5; --line: #363c45; --hair: #282d34;
    --good: #74d6a0; --bad: #ff9a94; --unsure: #f1c06a;
    --good-tint: #16271f; --bad-tint: #301a1b; --unsure-tint: #2b2314;
    --track: #2c323a; --time: #8fb0da; --p1: #42597a; --p2: #6f93c2; --p3: #c6d8f0; --p4: #2b3a50; --p-ink: #0f1722;
    --code: #22272e;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
:lang(ko) body, body:lang(ko) { font-family: system-ui, -apple-system, "Apple SD Gothic Neo", "Noto Sans KR", "Noto Sans CJK KR", "Malgun Gothic", sans-serif; word-break: keep-all; }
:lang(zh-Hant) body, body:lang(zh-Hant) { font-family: system-ui, -apple-system, "PingFang TC", "Noto Sans TC", "Noto Sans CJK TC", "Microsoft JhengHei", sans-serif; }
main, footer { max-width: 60rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2.5rem); }
main { padding-block: clamp(1.25rem, 4vw, 3rem) 1rem; }
h1, h2, h3, h4, p, dl, dd, ul, table, pre { margin: 0; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; font-weight: 650; }
h1 { font-size: clamp(1.35rem, 3.2vw, 1.75rem); letter-spacing: -0.012em; }
h2 { font-size: 1.2rem; letter-spacing: -0.008em; padding-block-end: 0.5rem; border-block-end: 2px solid var(--ink); margin-block-end: 1.25rem; }
h3 { font-size: 1.05rem; display: flex; flex-wrap: wrap; gap: 0.25rem 0.9rem; align-items: baseline; }
h4 { font-size: 0.9rem; }
code, pre { font-family: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.86em; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.patterns { position: absolute; }
.muted, .muted > * { color: var(--soft); }

header { margin-block-end: 1.75rem; }
.product { font-size: 0.8rem; font-weight: 650; letter-spacing: 0.08em; color: var(--soft); margin-block-end: 0.35rem; }
.site { font-weight: 400; color: var(--soft); }
dt, .label { font-size: 0.8rem; color: var(--soft); }
dl.meta { display: flex; flex-wrap: wrap; gap: 0.75rem 2.5rem; margin-block-start: 1.1rem; font-size: 0.93rem; }
dl.facts { display: grid; gap: 0.3rem 1.5rem; font-size: 0.93rem; }
dl.facts > div { display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: 0 1rem; align-items: baseline; }
dl.figures { display: flex; flex-wrap: wrap; gap: 0.5rem 2.5rem; margin-block: 0.4rem 0.8rem; }
dl.figures dd { font-size: 1.3rem; font-weight: 600; line-height: 1.2; }

.icon { width: 1.05em; height: 1.05em; flex: none; }
.icon .stroke { fill: none; stroke-width: 2.6; stroke-linecap: round; stroke-linejoin: round; stroke: var(--paper); }
.icon .dot { fill: var(--paper); }
.icon.good { fill: var(--good); } .icon.bad { fill: var(--bad); } .icon.unsure { fill: var(--unsure); }
.icon.plain .dot { fill: var(--soft); }
.status { font-weight: 600; font-size: 0.93rem; }
.status .icon { vertical-align: -0.17em; margin-inline-end: 0.4em; }
.status.good { color: var(--good); } .status.bad { color: var(--bad); } .status.unsure { color: var(--unsure); }
.status.plain { font-weight: 400; }

.verdict { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: clamp(0.9rem, 3vw, 1.75rem); padding: clamp(1.1rem, 3.5vw, 2rem); border: 1px solid; border-inline-start-width: 10px; border-radius: 4px; margin-block-end: 2.75rem; }
.verdict.good { border-color: var(--good); background: var(--good-tint); } .verdict.good .said { color: var(--good); }
.verdict.bad { border-color: var(--bad); background: var(--bad-tint); } .verdict.bad .said { color: var(--bad); }
.verdict.unsure { border-color: var(--unsure); background: var(--unsure-tint); } .verdict.unsure .said { color: var(--unsure); }
.verdict.expected { border-color: var(--ink); background: var(--raised); }
.verdict > .icon { width: clamp(2.5rem, 9vw, 4.25rem); height: auto; }
.verdict .said { font-size: clamp(1.75rem, 6.5vw, 3.1rem); font-weight: 750; line-height: 1.08; letter-spacing: -0.015em; overflow-wrap: break-word; word-break: keep-all; }
.verdict .original { display: inline-block; font-size: 0.9rem; font-weight: 600; letter-spacing: 0.04em; margin-inline-start: 0.8rem; vertical-align: middle; }
.verdict .summary { font-size: clamp(1.02rem, 2.4vw, 1.2rem); line-height: 1.5; margin-block-start: 0.55rem; max-width: 44rem; text-wrap: pretty; }
.verdict .remarks:not(:empty) { margin-block-start: 0.7rem; }

section { margin-block-end: 2.75rem; }
article + article { margin-block-start: 2rem; padding-block-start: 2rem; border-block-start: 1px solid var(--line); }
article > * + * { margin-block-start: 0.9rem; }
article h4 { margin-block-end: 0.35rem; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.5rem 3rem; }
.figure h4 { font-weight: 500; color: var(--soft); margin: 0; }
.headline { line-height: 1.3; }
.headline strong { font-size: 1.65rem; font-weight: 650; letter-spacing: -0.01em; margin-inline-end: 0.3rem; }
.headline strong.muted { font-size: 1.25rem; font-weight: 500; }
.headline span { color: var(--soft); }
.note { display: flex; flex-wrap: wrap; gap: 0 0.8rem; font-size: 0.93rem; margin-block: 0.15rem 0.6rem; }

.bar { display: block; overflow: visible; }
.bar text { font-size: 12.5px; fill: var(--soft); }
.track { fill: var(--track); } .achieved { fill: var(--time); } .mark { fill: var(--ink); }
#fill-breach .base { fill: var(--bad-tint); } #fill-breach .ink { fill: var(--bad); }
.breach { stroke: var(--bad); stroke-width: 1; }
.lens { display: block; }
.lens path { fill: var(--time); opacity: 0.14; }
.phase { stroke: var(--paper); stroke-width: 1.5; }
.phase.fetch { fill: var(--p1); } .phase.restore { fill: url(#fill-restore); } .phase.start { fill: var(--p3); } .phase.validate { fill: url(#fill-validate); }
#fill-restore .base { fill: var(--p2); } #fill-restore .ink { fill: var(--p1); }
#fill-validate .base { fill: var(--p4); } #fill-validate .ink { fill: var(--p2); }
.legend { list-style: none; padding: 0; margin-block-start: 0.6rem; display: flex; flex-wrap: wrap; gap: 0.15rem 1.3rem; font-size: 0.87rem; }
.legend li { display: inline-flex; gap: 0.45em; align-items: center; }
.swatch { flex: none; } .term { color: var(--soft); } .value { font-weight: 600; }
.lane { display: block; } .ran { fill: var(--time); }

table { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: 0.93rem; line-height: 1.45; }
caption { text-align: start; font-weight: 600; padding-block-end: 0.5rem; }
.count { font-weight: 400; color: var(--soft); margin-inline-start: 0.6rem; }
th, td { text-align: start; vertical-align: baseline; padding: 0.42rem 1rem 0.42rem 0; border-block-end: 1px solid var(--hair); }
thead th { font-size: 0.8rem; font-weight: 500; color: var(--soft); border-block-end-color: var(--line); padding-block: 0.2rem 0.4rem; vertical-align: bottom; }
tbody th { font-weight: 500; }
th:last-child, td:last-child { padding-inline-end: 0; }
time { white-space: nowrap; }
details { margin-block-start: 0.35rem; font-size: 0.87rem; }
summary { cursor: pointer; color: var(--soft); width: fit-content; }
details ul { padding-inline-start: 1.1rem; margin-block-start: 0.25rem; columns: 2 18rem; column-gap: 2rem; }
details li { break-inside: avoid; font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.92em; }
.examples { padding-inline-start: 1.1rem; font-size: 0.9rem; columns: 2 18rem; }

.callout { border-inline-start: 4px solid var(--line); padding: 0.75rem 1rem; background: var(--raised); }
.callout > * + * { margin-block-start: 0.4rem; }
.callout ul { padding-inline-start: 1.2rem; } .callout li + li { margin-block-start: 0.25rem; }
.callout h3, .callout h4 { font-size: 0.9rem; margin: 0; }
.callout h4 { display: flex; gap: 0.5em; align-items: center; margin: 0; }
.callout.bad { border-color: var(--bad); background: var(--bad-tint); }
.callout.unsure { border-color: var(--unsure); background: var(--unsure-tint); }
.bits { display: flex; flex-wrap: wrap; gap: 0.8rem; font-size: 1.1rem; }
.bits b { color: var(--bad); text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: 4px; }
.hash { user-select: all; word-break: break-all; }
pre { background: var(--code); padding: 0.7rem 0.9rem; border-radius: 4px; white-space: pre-wrap; user-select: all; }
p + dl, dl + .callout { margin-block-start: 1rem; }
#conditions table { margin-block-start: 1rem; max-width: 32rem; }
footer { padding-block: 1rem 3rem; color: var(--soft); font-size: 0.85rem; }
footer p { border-block-start: 0; }
footer p:first-child { border-block-start: 1px solid var(--line); padding-block-start: 1rem; }

@media print, (min-width: 52.01rem) {
  .name { width: 27%; } .word { width: 17%; } .clock { width: 12%; } .number { width: 11%; text-align: end; } .two-times { width: 34%; }
  .when { width: 13%; } td.when { vertical-align: middle; }
}
@media screen and (max-width: 40rem) {
  .pair { grid-template-columns: minmax(0, 1fr); }
  dl.facts > div { grid-template-columns: minmax(0, 1fr); }
  dl.facts { gap: 0.6rem; }
}
@media screen and (max-width: 52rem) {
  table, tbody, th, td, caption { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.1rem 0.9rem; padding-block: 0.55rem; border-block-end: 1px solid var(--hair); }
  th, td { padding: 0; border: 0; min-width: 0; max-width: 100%; }
  tbody th { font-weight: 600; } th.name { flex: 1 0 100%; }
  td.number { color: var(--soft); }
  td.text, td.two-times { flex: 1 0 100%; order: 1; }
  td.two-times { color: var(--soft); font-size: 0.9em; }
  .none { display: none; } td:has(> .none) { display: none; }
  td.when { display: none; }
  details ul, .examples { columns: 1; }
}
@media print {
  :root {
    color-scheme: light;
    --paper: #fff; --raised: #fff; --ink: #000; --soft: #444; --line: #999; --hair: #ccc;
    --good: #08552f; --bad: #97111a; --unsure: #6c4000; --good-tint: #fff; --bad-tint: #fff; --unsure-tint: #fff;
    --track: #e4e4e4; --time: #3d5575; --p1: #b8c6d8; --p2: #5f7ea6; --p3: #16233a; --p4: #e3eaf3; --p-ink: #16233a; --code: #fff;
  }
  @page { size: A4; margin: 16mm 15mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #444; } }
  html { font-size: 9.5pt; }
  body { line-height: 1.45; }
  main, footer { max-width: none; padding: 0; }
  section { margin-block-end: 7mm; }
  .verdict { margin-block-end: 7mm; padding: 5mm; border-width: 1pt; border-inline-start-width: 3mm; }
  .verdict .said { font-size: 26pt; } .verdict > .icon { width: 15mm; }
  h2, h3, h4, caption { break-after: avoid; }
  thead { display: table-header-group; }
  tr, .figure, .callout, dl > div, .verdict { break-inside: avoid; }
  tr:has(details) { break-inside: auto; }
  .pair { gap: 4mm 10mm; }
  article + article { margin-block-start: 5mm; padding-block-start: 5mm; }
  pre, .callout { border: 0.5pt solid var(--line); } .callout { border-inline-start-width: 1.2mm; }
  .callout.bad { border-color: var(--bad); } .callout.unsure { border-color: var(--unsure); }
}
`;
