import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/evidence/model.ts';
import { toHtml } from '../../src/evidence/report/html.ts';
import { catalogues, type MessageKey } from '../../src/evidence/report/messages/catalogue.ts';
import { en } from '../../src/evidence/report/messages/en.ts';
import { readerFor } from '../../src/evidence/report/reader.ts';
import { extras, hostileOutcome, languages, outcomeNames, render, sample } from './outcomes.ts';

const text = (page: string): string =>
  page
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the report', () => {
  it('is the same bytes for the same outcome', () => {
    expect(render(sample('recovery-with-losses'))).toBe(render(sample('recovery-with-losses')));
  });

  it('asks for nothing from outside, runs nothing, and names its style by hash', () => {
    for (const name of outcomeNames) {
      const page = render(sample(name));
      expect(page).not.toMatch(/<script|<iframe|<object|<embed|javascript:|@import|\son\w+=|\sstyle=/i);
      expect(page).not.toMatch(/(?:src|href)="(?!data:,")/);
      const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
      expect(style).not.toBe('');
      const hash = createHash('sha256').update(style).digest('base64');
      expect(page.replaceAll('&#39;', "'")).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    }
  });

  it('says the verdict and what it means first', () => {
    expect(text(render(sample('proven-rpo-missed')))).toMatch(
      /PROVEN Everything was brought back in isolation and all \d+ checks passed, but the recovery point of records was 14 h old where 15 min was promised\. 1 objective missed/,
    );
    expect(text(render(sample('could-not-verify')))).toContain(
      'documents could not be checked at all, and 1 other check could not run. What was not checked is not proven.',
    );
    expect(text(render(sample('recovery-with-losses')))).toContain('2 objectives missed');
  });

  it('never calls a failed negative control a failure, nor a passed one a success', () => {
    const control = sample('negative-control');
    const found = render(control);
    expect(found).toContain('class="verdict bad expected"');
    expect(text(found)).toContain('Planted damage found, as it must be');
    expect(text(found)).toMatch(/Byte 48,213 of dump\/3412\.dat\.gz : 0x4F became 0x0F/);
    expect(text(found)).toContain('Found by: Content hashes');

    const missed = text(render({ ...control, verdict: 'PROVEN' }));
    expect(missed).toContain('Planted damage not found');
    expect(missed).toContain('must not be relied on');
    expect(missed).not.toContain('as it must be');
  });

  it('says what was lost by table and person, and what cannot be known', () => {
    const page = text(render(sample('recovery-with-losses')));
    expect(page).toContain('574 writes are known to be lost.');
    expect(page).toMatch(/vitals nurse\.kim added 79 /);
    expect(page).toContain('What was written after 2026-11-20 13:59:31 , when Holdfast last copied the audit trail.');
    expect(page).toContain('Writes that leave no row in the audit table');
    expect(page).toContain('The exact moment of loss: 2026-11-20 13:59:35 is an assumption.');
  });

  it('says so when nothing is known, rather than that nothing was lost', () => {
    const outcome = sample('recovery-with-losses');
    const loss: Outcome['loss'] = outcome.loss.map((one) => ({
      ...one,
      known: [],
      lastSeen: null,
      unknown: [{ key: 'not-watched', detail: '' }],
    }));
    const page = text(render({ ...outcome, loss }));
    expect(page).toContain('No lost write is known. That does not say that there was none.');
    expect(page).toContain('Holdfast was not watching this asset.');
    expect(text(render({ ...outcome, loss: [] }))).toContain('No analysis of loss belongs to this run.');
  });

  it('shows times in the zone of the site, names it, and keeps UTC in the title', () => {
    const page = render(sample('proven-rpo-missed'));
    expect(page).toContain(
      '<time datetime="2026-11-19T15:00:03.000Z" title="2026-11-19 15:00:03.000 UTC">2026-11-20 00:00:03</time>',
    );
    expect(text(page)).toContain('20 November 2026 at 14:00 ( Asia/Seoul, UTC+9 )');
    const lost = text(render(sample('proven-rpo-missed'), 'en', { timezone: 'Mars/Olympus' }));
    expect(lost).toContain('Times are in UTC: the time zone Mars/Olympus of the site is not known here.');
    expect(lost).toContain('2026-11-19 15:00:03');
  });

  it('tells how to verify it with a file name that a shell takes as it is', () => {
    const { evidence } = extras('en');
    expect(text(render(sample('negative-control')))).toContain(`holdfast evidence verify ${evidence.file}`);
    const odd = render(sample('negative-control'), 'en', { evidence: { ...evidence, file: "it's $(here).dsse" } });
    expect(odd).toContain('holdfast evidence verify &#39;it&#39;\\&#39;&#39;s $(here).dsse&#39;');
  });

  it('names the level of isolation and what a weak one means', () => {
    expect(text(render(sample('could-not-verify')))).toMatch(/Separate processes .* Weaker than a sandbox\./);
    expect(text(render(sample('proven-rpo-missed')))).toContain('without network and without sight of production');
  });

  it('escapes every text of an outcome and writes out what cannot be seen', () => {
    for (const language of languages) {
      const page = render(hostileOutcome(), language, {
        timezone: '<b>zone</b>',
        evidence: { ...extras(language).evidence, file: '<i>"file"</i>\u202e' },
      });
      expect(page).not.toMatch(/<script|<img|<b>zone|<i>"/);
      expect(page).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u0000-\u0008\uD800-\uDFFF]/);
      expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
      expect(page).toContain('[U+202E]');
    }
  });

  it('stands an outcome with nothing in it and numbers at their limits', () => {
    const outcome = sample('proven-rpo-missed');
    expect(text(render({ ...outcome, assets: [], timeline: [], tools: [] }))).toContain('PROVEN');
    const [asset] = outcome.assets;
    if (asset === undefined) throw new Error('the fixture has assets');
    const zero = { objectiveMs: 0, achievedMs: 5, met: false };
    const phases = { fetchMs: 0, restoreMs: 0, startMs: 0, validateMs: 0 };
    const page = render({ ...outcome, assets: [{ ...asset, rto: zero, rpo: zero, phases }] });
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
    expect(text(page)).toContain('over by 5 ms');
  });
});

describe('bars', () => {
  const bar = (achievedMs: number, objectiveMs: number): string => {
    const outcome = sample('negative-control');
    const rpo = { achievedMs, objectiveMs, met: achievedMs <= objectiveMs };
    const page = render({ ...outcome, assets: outcome.assets.map((asset) => ({ ...asset, rpo })) });
    return /Recovery point age[\s\S]*?<svg class="bar"[\s\S]*?<\/svg>/.exec(page)?.[0] ?? '';
  };

  it('keep what is 0.1 % of the objective in sight', () => {
    expect(bar(3600, 3_600_000)).toMatch(/class="achieved"[^>]*width="0\.400%"/);
    expect(bar(3600, 3_600_000)).not.toContain('class="breach"');
  });

  it('show a breach of 40 times as a breach of 40 times', () => {
    const long = bar(36_000_000, 900_000);
    expect(long).toMatch(/class="achieved"[^>]*width="2\.500%"/);
    expect(long).toMatch(/class="breach" x="2\.500%"[^>]*width="97\.500%"/);
    expect(text(long)).toContain('40 times the objective');
  });

  it('are drawn to scale in between', () => {
    expect(bar(450_000, 900_000)).toMatch(/class="achieved"[^>]*width="50\.000%"/);
  });
});

describe('the message catalogues', () => {
  const keys = Object.keys(en) as MessageKey[];
  const forms = (language: (typeof languages)[number], key: MessageKey): string[] => {
    const message = catalogues[language][key];
    return typeof message === 'string'
      ? [message]
      : [message.other, ...(message.one === undefined ? [] : [message.one])];
  };
  const names = (message: string): string[] => [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

  it('have every message in every language, with the same details in it', () => {
    for (const language of languages) {
      expect(Object.keys(catalogues[language]).sort()).toEqual([...keys].sort());
      for (const key of keys) {
        for (const form of forms(language, key)) {
          expect(form.trim(), `${language} ${key}`).not.toBe('');
          expect(names(form), `${language} ${key}`).toEqual(names(forms('en', key)[0] ?? ''));
        }
      }
    }
  });

  it('are translated: no sentence of another language is left in English', () => {
    for (const language of ['ko', 'zh-Hant'] as const) {
      const same = keys.filter((key) => forms(language, key)[0] === forms('en', key)[0]);
      const alike = ['documentTitle', 'inZone', 'phaseBar', 'phaseItem', 'sha256'];
      expect(same.filter((key) => !alike.includes(key))).toEqual([]);
    }
  });

  it('leave no placeholder unfilled', () => {
    for (const language of languages) {
      for (const name of outcomeNames) {
        expect(text(render(sample(name), language)), `${name} ${language}`).not.toMatch(/\{[a-zA-Z]+\}/);
      }
    }
  });

  it('are all said by some part of the report', async () => {
    const directory = new URL('../../src/evidence/report/', import.meta.url);
    const sources = (await readdir(directory)).filter((name) => name.endsWith('.ts'));
    const code = (await Promise.all(sources.map((name) => readFile(new URL(name, directory), 'utf8')))).join('\n');
    // The kinds of assets are keys themselves.
    const said = (key: string): boolean => code.includes(`'${key}'`) || key === 'postgres' || key === 'files';
    expect(keys.filter((key) => !said(key))).toEqual([]);
  });

  it('say one and many as English does', () => {
    const reader = readerFor('en', 'UTC', '2026-11-20T00:00:00Z');
    expect(toHtml(reader.say('objectivesMissed', { count: 1 }))).toBe('1 objective missed');
    expect(toHtml(reader.say('objectivesMissed', { count: 1200 }))).toBe('1,200 objectives missed');
  });

  it('give durations in the units of the language', () => {
    const at = '2026-11-20T00:00:00Z';
    const ko = readerFor('ko', 'UTC', at);
    const zh = readerFor('zh-Hant', 'UTC', at);
    expect(ko.duration(184_000)).toBe('3분 4초');
    expect(zh.duration(184_000)).toBe('3 分鐘 4 秒');
    expect(readerFor('en', 'UTC', at).duration(184_000)).toBe('3 min 4 s');
    expect(ko.duration(59_960)).toBe('1분');
    expect(ko.objective(15_000)).toBe('15초');
    expect(zh.duration(-500)).toBe('-500 毫秒');
  });
});
