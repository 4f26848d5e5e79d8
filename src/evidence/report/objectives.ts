import type { AssetOutcome, Measured } from '../model.ts';
import { objectiveBar, phaseBar } from './bars.ts';
import { data, html, type Markup } from './html.ts';
import { section, status } from './parts.ts';
import type { Reader } from './reader.ts';

/** Recovery time and recovery point age of each asset against what was promised. */
export function objectivesSection(reader: Reader, assets: readonly AssetOutcome[]): Markup {
  return section(
    'objectives',
    reader.say('objectives'),
    assets.map(
      (asset) => html`<article class="objectives"><h3>${data(asset.asset)}</h3>
<div class="pair">${timeFigure(reader, asset)}${pointFigure(reader, asset)}</div></article>
`,
    ),
  );
}

function timeFigure(reader: Reader, asset: AssetOutcome): Markup {
  const label = reader.say('timeBar', { asset: asset.asset, ...spoken(reader, asset.rto) });
  return html`<div class="figure"><h4>${reader.say('recoveryTime')}</h4>
${headline(reader, asset.rto)}
${objectiveBar(asset.rto, label, mark(reader, asset.rto))}
${phaseBar(reader, asset.phases, asset.rto, asset.asset)}</div>
`;
}

function pointFigure(reader: Reader, asset: AssetOutcome): Markup {
  const label = reader.say('pointBar', { asset: asset.asset, ...spoken(reader, asset.rpo) });
  return html`<div class="figure"><h4>${reader.say('recoveryPointAge')}</h4>
${headline(reader, asset.rpo)}
${objectiveBar(asset.rpo, label, mark(reader, asset.rpo))}</div>
`;
}

function mark(reader: Reader, { objectiveMs }: Measured): Markup {
  return reader.say('objectiveMark', { objective: reader.objective(objectiveMs) });
}

function headline(reader: Reader, { achievedMs, objectiveMs, met }: Measured): Markup {
  const objective = reader.say('ofObjective', { objective: reader.objective(objectiveMs) });
  const word = met ? status('good', reader.say('met')) : status('bad', reader.say('missed'));
  if (achievedMs === null) {
    return html`<p class="headline"><strong class="muted">${reader.say('notMeasured')}</strong> <span>${objective}</span></p>
<p class="note">${word} <span>${reader.say('notMeasuredWhy')}</span></p>`;
  }
  return html`<p class="headline"><strong>${reader.duration(achievedMs)}</strong> <span>${objective}</span></p>
<p class="note">${word} <span>${comparison(reader, achievedMs, objectiveMs)}</span></p>`;
}

/** A share of the objective up to it; beyond it how many times, which is easier to grasp than 4,000 %. */
function comparison(reader: Reader, achievedMs: number, objectiveMs: number): Markup {
  if (achievedMs <= objectiveMs) {
    const share = objectiveMs === 0 ? 0 : achievedMs / objectiveMs;
    return reader.say('share', { share: reader.percent(share) });
  }
  const excess = reader.say('over', { excess: reader.duration(achievedMs - objectiveMs) });
  const times = achievedMs / objectiveMs;
  if (!Number.isFinite(times) || times < 2) return excess;
  return html`${reader.say('times', { times: Number(times.toPrecision(2)) })} · ${excess}`;
}

function spoken(reader: Reader, { achievedMs, objectiveMs, met }: Measured) {
  return {
    achieved: achievedMs === null ? reader.say('notMeasured') : reader.duration(achievedMs),
    objective: reader.objective(objectiveMs),
    status: reader.say(met ? 'met' : 'missed'),
  };
}
