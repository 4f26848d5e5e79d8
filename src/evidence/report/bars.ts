import type { Measured, Phases } from '../model.ts';
import { type Content, html, type Markup, toHtml } from './html.ts';
import type { Reader } from './reader.ts';

/**
 * How long it took on the scale of what was promised. The scale is linear and ends at the larger of the two: a thin line at the left
 * is 0.5 % of the objective, a mark far left is an objective that was missed 40 times over.
 */
export function objectiveBar(measured: Omit<Measured, 'met'>, label: Markup, mark: Markup): Markup {
  const { objectiveMs, achievedMs } = measured;
  const scale = Math.max(objectiveMs, achievedMs ?? 0, 1);
  const objective = (objectiveMs / scale) * 100;
  const achieved = ((achievedMs ?? 0) / scale) * 100;
  const anchor = objective > 75 ? 'end' : objective < 25 ? 'start' : 'middle';
  const bar = { y: 18, height: 18 };
  return html`<svg class="bar" width="100%" height="${bar.y + bar.height}" role="img" aria-label="${asText(label)}">
<rect class="track" x="0" y="${bar.y}" width="${percent(objective)}" height="${bar.height}"/>
${
  achievedMs !== null &&
  html`<rect class="achieved" x="0" y="${bar.y}" width="${percent(Math.max(Math.min(achieved, objective), 0.4))}" height="${bar.height}"/>`
}
${
  achieved > objective &&
  html`<rect class="breach" x="${percent(objective)}" y="${bar.y}" width="${percent(achieved - objective)}" height="${bar.height}" fill="url(#fill-breach)"/>`
}
<rect class="mark" x="${percent(objective)}" y="${bar.y - 5}" width="2" height="${bar.height + 5}" transform="translate(-1 0)"/>
<text x="${percent(objective)}" y="10" text-anchor="${anchor}">${mark}</text>
</svg>`;
}

const phaseNames = ['fetch', 'restore', 'start', 'validate'] as const;

/** The phases one after the other on a scale of their own, drawn as a magnification of the bar above. */
export function phaseBar(reader: Reader, phases: Phases, rto: Measured, asset: string): Markup | undefined {
  const parts = phaseNames.map((name) => ({ name, ms: phases[`${name}Ms`] }));
  const total = parts.reduce((sum, { ms }) => sum + (ms ?? 0), 0);
  if (total <= 0) return undefined;
  const reached = parts.filter(({ ms }) => ms !== null);
  // Files have nothing to start: a phase that is not there was left out only where the asset did not come back.
  const shown = rto.achievedMs === null ? parts : reached;
  const spoken = reached.map(({ name, ms }) =>
    reader.say('phaseItem', { phase: reader.say(name), duration: reader.duration(ms ?? 0) }),
  );
  const label = reader.say('phaseBar', { asset, phases: reader.list(spoken) });
  const share = Math.min(((rto.achievedMs ?? 0) / Math.max(rto.objectiveMs, rto.achievedMs ?? 0, 1)) * 100, 100);
  let x = 0;
  const rects = reached.map(({ name, ms }) => {
    const width = ((ms ?? 0) / total) * 100;
    const rect = html`<rect class="phase ${name}" x="${percent(x)}" y="0" width="${percent(width)}" height="22"/>`;
    x += width;
    return rect;
  });
  return html`${
    rto.achievedMs !== null &&
    html`<svg class="lens" viewBox="0 0 100 10" preserveAspectRatio="none" width="100%" height="14" aria-hidden="true"><path d="M0 0H${share.toFixed(2)}L100 10H0z"/></svg>`
  }<svg class="bar phases" width="100%" height="22" role="img" aria-label="${asText(label)}">${rects}</svg>
<ul class="legend">${shown.map(({ name, ms }) => legendItem(reader, name, ms))}</ul>`;
}

function legendItem(reader: Reader, name: (typeof phaseNames)[number], ms: number | null): Markup {
  const value: Content = ms === null ? reader.say('notReached') : reader.duration(ms);
  return html`<li><svg class="swatch" width="14" height="14" aria-hidden="true"><rect class="phase ${name}" width="14" height="14"/></svg><span class="term">${reader.say(name)}</span> <span class="${ms === null ? 'muted' : 'value'}">${value}</span></li>`;
}

/** Where in the run something happened. */
export function spanBar(from: number, to: number): Markup {
  const start = Math.min(Math.max(from, 0), 1) * 100;
  const width = Math.max(Math.min(to, 1) * 100 - start, 0.8);
  return html`<svg class="lane" width="100%" height="10" aria-hidden="true"><rect class="track" y="4" width="100%" height="2"/><rect class="ran" x="${percent(Math.min(start, 99.2))}" y="1" width="${percent(width)}" height="8" rx="1"/></svg>`;
}

function percent(value: number): string {
  return `${value.toFixed(3)}%`;
}

/** The words of a message without its tags, for an attribute: entities stay, `html` must not escape them again. */
function asText(markup: Markup): Markup {
  return html`${stripTags(markup)}`;
}

function stripTags(markup: Markup): string {
  return toHtml(markup)
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(amp|lt|gt|quot|#39);/g,
      (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '',
    );
}
