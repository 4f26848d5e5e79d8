import type { CheckResult } from '../../checks/types.ts';
import type { AssetOutcome } from '../model.ts';
import { type Content, data, html, type Markup } from './html.ts';
import type { Tone } from './icons.ts';
import { checkTitle, section, status, table, terms, verdictTones, verdictWord } from './parts.ts';
import type { Reader } from './reader.ts';

/** Each asset: from which recovery point, what every check saw, and the byte that a negative control changed. */
export function assetsSection(reader: Reader, assets: readonly AssetOutcome[]): Markup {
  return section(
    'assets',
    reader.say('assets'),
    assets.map(
      (asset) => html`<article class="asset">
<h3>${data(asset.asset)} ${status(verdictTones[asset.verdict], verdictWord(reader, asset.verdict))}</h3>
${facts(reader, asset)}
${stopped(reader, asset)}
${flipped(reader, asset)}
${checks(reader, asset)}</article>
`,
    ),
  );
}

const tiers = {
  local: 'tierLocal',
  ring: 'tierRing',
  cold: 'tierCold',
  object: 'tierObject',
  offline: 'tierOffline',
} as const;

function facts(reader: Reader, asset: AssetOutcome): Markup {
  const point = asset.recoveryPoint;
  return terms([
    [reader.say('recoveryPoint'), html`<code>${data(point.id)}</code>`],
    [reader.say('takenAt'), reader.moment(point.takenAt)],
    [
      reader.say('keptIn'),
      reader.say('storeAndTier', { store: data(point.store), tier: tierName(reader, point.tier) }),
    ],
    [
      reader.say('content'),
      reader.say('contentOf', {
        kind: reader.say(asset.kind),
        bytes: reader.bytes(point.bytes),
        count: point.files,
      }),
    ],
    [reader.say('engine'), asset.engine === '' ? undefined : data(asset.engine)],
    [reader.say('factsHash'), html`<code class="hash">${point.factsSha256}</code>`],
  ]);
}

function tierName(reader: Reader, tier: string): Markup {
  return Object.hasOwn(tiers, tier) ? reader.say(tiers[tier as keyof typeof tiers]) : data(tier);
}

function stopped(reader: Reader, { error }: AssetOutcome): Markup | undefined {
  if (error === undefined) return undefined;
  return html`<div class="callout bad"><p>${status('bad', reader.say('stopped'))}</p><p>${data(error.message)} <code>${data(error.code)}</code></p></div>`;
}

function flipped(reader: Reader, asset: AssetOutcome): Markup | undefined {
  if (asset.flipped === undefined) return undefined;
  const { file, offset, before, after } = asset.flipped;
  const found = asset.checks.filter((check) => check.status === 'failed').map((check) => checkTitle(reader, check));
  const by =
    found.length > 0
      ? status('good', reader.say('foundBy', { checks: reader.list(found) }))
      : asset.error !== undefined
        ? status('good', reader.say('foundByRestore', { message: data(asset.error.message) }))
        : status('bad', reader.say('foundByNothing'));
  return html`<div class="callout flipped"><h4>${reader.say('flippedTitle')}</h4>
<p>${reader.say('flipped', {
    offset: reader.number(offset),
    file: html`<code>${data(file)}</code>`,
    before: html`<code>${hexadecimal(before)}</code>`,
    after: html`<code>${hexadecimal(after)}</code>`,
  })}</p>
<p class="bits"><span class="visually-hidden">${reader.say('flippedBits')}</span><code>${bits(before, after)}</code><span aria-hidden="true">→</span><code>${bits(after, before)}</code></p>
<p>${by}</p></div>`;
}

function hexadecimal(byte: number): string {
  return `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Eight bits, with those marked that differ. */
function bits(byte: number, other: number): Content {
  return [...byte.toString(2).padStart(8, '0')].map((bit, index) =>
    ((byte ^ other) >> (7 - index)) & 1 ? html`<b>${bit}</b>` : bit,
  );
}

const results: Readonly<Record<CheckResult['status'], readonly [Tone, 'passed' | 'checkFailed' | 'couldNotRun']>> = {
  passed: ['good', 'passed'],
  failed: ['bad', 'checkFailed'],
  'could-not-run': ['unsure', 'couldNotRun'],
};

function checks(reader: Reader, asset: AssetOutcome): Markup {
  if (asset.checks.length === 0) return html`<p class="muted">${reader.say('noChecks')}</p>`;
  const passed = asset.checks.filter((check) => check.status === 'passed').length;
  const count = reader.say('checksPassed', { passed, total: asset.checks.length });
  return table(
    html`${reader.say('checks', { asset: data(asset.asset) })} <span class="count">${count}</span>`,
    [
      { title: reader.say('check'), kind: 'name' },
      { title: reader.say('result'), kind: 'word' },
      { title: reader.say('seen') },
      { title: reader.say('time'), kind: 'number' },
    ],
    asset.checks.map((check) => {
      const [tone, word] = results[check.status];
      return [
        checkTitle(reader, check),
        status(tone, reader.say(word)),
        html`${data(check.summary)}${details(reader, check)}`,
        reader.duration(check.durationMs),
      ];
    }),
  );
}

/** Open from the start: what is closed on screen is missing on paper. */
function details(reader: Reader, check: CheckResult): Markup | undefined {
  if (check.details.length === 0) return undefined;
  const items = html`<ul>${check.details.map((detail) => html`<li>${data(detail)}</li>`)}</ul>`;
  return html`<details open><summary>${reader.say('details', { count: check.details.length })}</summary>${items}</details>`;
}
