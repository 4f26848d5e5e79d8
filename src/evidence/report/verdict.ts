import type { CheckResult } from '../../checks/types.ts';
import type { AssetOutcome, Outcome } from '../model.ts';
import { data, html, type Markup } from './html.ts';
import { icon } from './icons.ts';
import { checkTitle, status, verdictTones, verdictWord } from './parts.ts';
import type { Reader } from './reader.ts';

/** The first thing that is read: the verdict in one word, what it means in one sentence, and whether promises were kept. */
export function verdictPanel(reader: Reader, outcome: Outcome): Markup {
  const tone = verdictTones[outcome.verdict];
  const original =
    reader.language === 'en' ? undefined : html`<span class="original" lang="en">${outcome.verdict}</span>`;
  return html`<section class="verdict ${tone}${isExpected(outcome) && ' expected'}" aria-labelledby="verdict-title">
<h2 id="verdict-title" class="visually-hidden">${reader.say('verdict')}</h2>
${icon(tone)}
<div><p class="said">${verdictWord(reader, outcome.verdict)}${original}</p>
<p class="summary">${summary(reader, outcome)}</p>
<p class="remarks">${remarks(reader, outcome)}</p></div>
</section>
`;
}

/** A negative control that failed did what it is for: the panel is not the red of a real failure. */
function isExpected(outcome: Outcome): boolean {
  return outcome.negativeControl && outcome.verdict === 'FAILED';
}

function summary(reader: Reader, outcome: Outcome): Markup {
  if (isExpected(outcome)) return reader.say('controlFound');
  if (outcome.negativeControl && outcome.verdict === 'PROVEN') return reader.say('controlNotFound');
  if (outcome.verdict === 'PROVEN') return provenSummary(reader, outcome);
  return outcome.verdict === 'FAILED' ? failedSummary(reader, outcome) : unverifiedSummary(reader, outcome);
}

function provenSummary(reader: Reader, outcome: Outcome): Markup {
  const checks = outcome.assets.reduce((sum, asset) => sum + asset.checks.length, 0);
  const missed = outcome.assets.flatMap((asset) => missedObjectives(reader, asset));
  const drill = outcome.kind === 'drill';
  if (missed.length === 0) return reader.say(drill ? 'drillProven' : 'recoveryProven', { checks });
  return reader.say(drill ? 'drillProvenMissed' : 'recoveryProvenMissed', { checks, missed: reader.list(missed) });
}

function failedSummary(reader: Reader, { assets }: Outcome): Markup {
  const failed = assets.flatMap((asset) => asset.checks.filter((check) => check.status === 'failed'));
  if (failed.length > 0) {
    const names = uniqueTitles(failed).map((check) => checkTitle(reader, check));
    return reader.say('failedByChecks', { count: failed.length, names: reader.list(names) });
  }
  const stopped = assets.filter((asset) => asset.error !== undefined);
  if (stopped.length === 0) return reader.say('failedOtherwise');
  return reader.say('failedBefore', { assets: reader.list(stopped.map(({ asset }) => data(asset))) });
}

function unverifiedSummary(reader: Reader, { assets }: Outcome): Markup {
  const count = assets.flatMap((asset) => asset.checks.filter((check) => check.status === 'could-not-run')).length;
  const stopped = assets.filter((asset) => asset.error !== undefined).map(({ asset }) => data(asset));
  if (stopped.length === 0) return count > 0 ? reader.say('unverified', { count }) : reader.say('unverifiedOtherwise');
  const names = reader.list(stopped);
  return count > 0
    ? reader.say('unverifiedBoth', { assets: names, count })
    : reader.say('unverifiedBefore', { assets: names });
}

/** At most four: the sentence is read at a glance, the table has them all. */
function uniqueTitles(checks: readonly CheckResult[]): readonly CheckResult[] {
  return [...new Map(checks.map((check) => [check.title, check])).values()].slice(0, 4);
}

function missedObjectives(reader: Reader, { asset, rto, rpo }: AssetOutcome): Markup[] {
  const missed: Markup[] = [];
  for (const [key, measured] of [
    ['missedRto', rto],
    ['missedRpo', rpo],
  ] as const) {
    if (measured.met) continue;
    if (measured.achievedMs === null) missed.push(reader.say('missedUnmeasured', { asset: data(asset) }));
    else {
      const achieved = reader.duration(measured.achievedMs);
      missed.push(reader.say(key, { asset: data(asset), achieved, objective: reader.objective(measured.objectiveMs) }));
    }
  }
  return missed;
}

function remarks(reader: Reader, outcome: Outcome): Markup {
  if (isExpected(outcome)) return status('good', reader.say('damageFound'));
  if (outcome.negativeControl && outcome.verdict === 'PROVEN') return status('bad', reader.say('damageNotFound'));
  const measured = outcome.assets.flatMap(({ rto, rpo }) => [rto, rpo]);
  const missed = measured.filter(({ met }) => !met).length;
  if (measured.length === 0) return html``;
  return missed === 0
    ? status('good', reader.say('objectivesMet'))
    : status('unsure', reader.say('objectivesMissed', { count: missed }));
}
