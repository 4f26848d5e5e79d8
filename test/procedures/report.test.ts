import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, it } from 'vitest';
import type { ProcedureOutcome } from '../../src/evidence/procedure-model.ts';
import { shellWord } from '../../src/lib/shell-word.ts';
import { renderHandOver, renderHandOverMarkdown } from '../../src/procedures/report/hand-over.ts';
import { en } from '../../src/procedures/report/messages/en.ts';
import { renderReport } from '../../src/procedures/report/render.ts';
import { renderReportMarkdown } from '../../src/procedures/report/render-markdown.ts';
import { whatIsNext } from '../../src/procedures/report/what-is-next.ts';
import { catalogues } from '../../src/procedures/report/words.ts';
import {
  cancelled,
  fullExtras,
  group,
  hostile,
  hostileExtras,
  hostileOutcome,
  long,
  outcome,
  proof,
  stopped,
  target,
} from './outcomes.ts';

const languages = ['en', 'ko', 'zh-Hant'] as const;
const makers = { completed: outcome, stopped, cancelled, group, long } as const;

const text = (page: string): string =>
  page
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');

const files = { report: 'report.html', evidence: proof.file };

const handOver = (of: ProcedureOutcome, language: (typeof languages)[number] = 'en') =>
  renderHandOver(of, language, { extras: fullExtras, files });

describe('the report of a run', () => {
  it('is the same bytes for the same outcome', () => {
    expect(renderReport(stopped(), proof, 'ko')).toBe(renderReport(stopped(), proof, 'ko'));
    expect(renderReportMarkdown(stopped(), proof, 'ko')).toBe(renderReportMarkdown(stopped(), proof, 'ko'));
  });

  it('says in the language of the reader why lines were not understood, and as it was recorded where it does not know the words', () => {
    for (const page of [text(renderReport(outcome(), proof, 'ko')), renderReportMarkdown(outcome(), proof, 'ko')]) {
      expect(page).toContain('너무 깊이 중첩되어 읽을 수 없음');
      expect(page).not.toContain('nested too deeply');
      expect(page).toContain('a drawing without words');
      expect(page).toContain('told by a later version');
    }
  });

  it('asks for nothing from outside, runs nothing, and names its style by hash', () => {
    for (const make of Object.values(makers)) {
      for (const page of [renderReport(make(), proof, 'en'), handOver(make())]) {
        expect(page).not.toMatch(/<script|<iframe|<object|<embed|javascript:|@import|\son\w+=|\sstyle=/i);
        expect(page).not.toMatch(/(?:src|href)="(?!data:,"|#)/);
        const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
        const hash = createHash('sha256').update(style).digest('base64');
        expect(page.replaceAll('&#39;', "'")).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
      }
    }
  });

  it('says first how it ended, and what is unknown before what failed or was skipped', () => {
    const page = text(renderReport(stopped(), proof, 'en'));
    expect(page).toContain(
      'STOPPED It stopped before its end: 2 steps done, 1 of unknown outcome, 1 skipped, and 2 not reached.',
    );
    const unknown = page.indexOf('Nobody could find out what became of it');
    const skipped = page.indexOf('Skipped by ada : the cache is rebuilt later');
    expect(unknown).toBeGreaterThan(0);
    expect(skipped).toBeGreaterThan(unknown);
    expect(page.indexOf('Timeline')).toBeGreaterThan(skipped);
  });

  it('says plainly when one person was alone', () => {
    for (const page of [renderReport(cancelled(), proof, 'en'), handOver(cancelled())]) {
      expect(text(page)).toContain('One person alone decided, approved and carried out: ada .');
    }
    expect(renderReportMarkdown(cancelled(), proof, 'en')).toContain('> **Solo.** One person alone');
    expect(renderHandOverMarkdown(cancelled(), 'en')).toContain('> **Solo.** One person alone');
    expect(text(renderReport(outcome(), proof, 'en'))).not.toContain('One person alone');
  });

  it('compares the time with the objective and with earlier runs, and calls no objective met by a run that stopped', () => {
    const done = text(renderReport(outcome(), proof, 'en'));
    expect(done).toContain('25 min of 1 h allowed Met 42% of it');
    expect(done).toContain('25 min where earlier runs took 20 min slower by 5 min');
    const late = text(renderReport(outcome({ durationMs: 7_200_000 }), proof, 'en'));
    expect(late).toContain('2 h of 1 h allowed Missed over by 1 h');
    const open = text(renderReport(stopped(), proof, 'en'));
    expect(open).toContain('Not proven: the run did not complete');
    expect(open).not.toMatch(/allowed Met/);
    expect(renderReportMarkdown(stopped(), proof, 'en')).toContain('**Not proven: the run did not complete**');
    const { rtoMs: _r, expectedMs: _e, ...bare } = outcome();
    expect(renderReport(bare, proof, 'en')).not.toContain('id="time"');
  });

  it('shows of each step command, identity of its targets, output with file and hash, approvals, answers and what was kept', () => {
    for (const page of [text(renderReport(outcome(), proof, 'en')), renderReportMarkdown(outcome(), proof, 'en')]) {
      expect(page).toContain('pgbackrest --stanza=ledger restore --set=ledger/20261120T020003Z');
      expect(page).toMatch(/machine-id\s+`?3f0c9a7d21/);
      expect(page).toContain('원장 확인 완료');
      expect(page).toContain('outputs/runbook-20261120T180400Z-5e1f00d5/db1.stdout.gz');
      expect(page).toContain(outcome().steps[0]?.targets[0]?.stdout?.sha256);
      expect(page).toMatch(/custodian-1\s*, 03:05:50/);
      expect(page).toContain('seal 0417 intact');
      expect(page).toContain('seal.jpg');
      expect(page).toContain(outcome().steps[2]?.keptBefore[0]?.stdoutSha256);
      expect(page).toMatch(/SYSTEM_ID`?\s+= `?\s*7412093325/);
      expect(page).toContain('Ring peer');
      expect(page).toContain('a drawing without words');
      expect(page).toContain('Not chosen');
    }
  });

  it('says where the end of a long output is only a part, and leaves out what is empty', () => {
    const cut = { file: 'o.gz', sha256: 'a'.repeat(64), bytes: 900_000, lines: 300_000, tail: 'the end\n' };
    const empty = { ...cut, bytes: 0, lines: 0, tail: '', file: 'empty.gz' };
    const [first] = outcome().steps;
    if (first === undefined) throw new Error('the outcome has steps');
    const of = outcome({ steps: [{ ...first, targets: [target('db1', { stdout: cut, stderr: empty })] }] });
    expect(text(renderReport(of, proof, 'en'))).toContain(
      '300,000 lines, 900 kB the last lines; all of it is in the file',
    );
    expect(renderReport(of, proof, 'en')).not.toContain('empty.gz');
  });

  it('says that a cancelled step left no process, or which', () => {
    const page = (of: ProcedureOutcome) => text(renderReport(of, proof, 'en'));
    expect(page(cancelled())).toContain('No process of it is left.');
    const of = cancelled();
    const left = of.steps.map((step) => ({
      ...step,
      targets: step.targets.map((each) => (each.survivors === undefined ? each : { ...each, survivors: [4211] })),
    }));
    expect(page({ ...of, steps: left })).toContain('Processes still alive: 4211 .');
    expect(page(outcome())).not.toContain('No process of it is left.');
  });

  it('gives leaf, root and key, and commands that check them by hand', () => {
    const odd = { ...proof, file: "it's $(here).dsse" };
    for (const page of [text(renderReport(outcome(), proof, 'en')), renderReportMarkdown(outcome(), proof, 'en')]) {
      expect(page).toContain(`holdfast evidence verify ${proof.file}`);
      expect(page).toContain(`sha256sum ${proof.file}`);
      expect(page).toContain('gzip -dc outputs/runbook-20261120T180400Z-5e1f00d5/db1.stdout.gz | sha256sum');
      expect(page).toContain('holdfast audit prove 5212');
      expect(page).toContain('5,212 in a log of 5,213');
      expect(page).toContain(proof.keyId);
      expect(page).toContain(outcome().runbook.sha256);
    }
    expect(renderReportMarkdown(outcome(), odd, 'en')).toContain("holdfast evidence verify 'it'\\''s $(here).dsse'");
  });

  it('names a zone that is not known here', () => {
    const page = text(renderReport(outcome({ timezone: 'Mars/Olympus' }), proof, 'en'));
    expect(page).toContain('Times are in UTC: the time zone Mars/Olympus of the site is not known here.');
  });

  it('holds a run of 400 steps in a page that a mail takes', () => {
    const page = renderReport(long(), proof, 'en');
    expect(page.match(/<article class="step/g)).toHaveLength(400);
    expect(page.length).toBeLessThan(2_000_000);
  });
});

describe('the hand-over page', () => {
  it('says what is unknown first, with the target to look at and who it proved to be', () => {
    const page = text(handOver(stopped()));
    expect(page.indexOf('Unknown')).toBeLessThan(page.indexOf('Failed, and where it stands'));
    expect(page).toContain(
      'Look at db1 ( host-name db1.harbour and machine-id 3f0c9a7d21 ) before anything else. Do not simply run it again.',
    );
    expect(handOver(stopped())).toMatch(/<section id="unknown" class="part loud"/);
    expect(text(handOver(outcome()))).toContain('Nothing: what became of every step that began is known.');
    expect(handOver(outcome())).not.toMatch(/class="part loud/);
  });

  it('calls a step unknown also where only one of its targets is', () => {
    const [first, ...others] = outcome().steps;
    if (first === undefined) throw new Error('the outcome has steps');
    const half = { ...first, targets: [target('db1'), target('db2', { outcome: 'unknown' })] };
    const page = text(handOver(outcome({ steps: [half, ...others] })));
    expect(page).toContain('Look at db2 before anything else.');
  });

  it('names the targets that failed alike together, how often it was tried and what was decided last', () => {
    expect(text(handOver(group()))).toContain(
      'web1 , web3 , and web8 : output does not match /ready/ Nobody has decided about it.',
    );
    expect(text(handOver(stopped()))).toContain(
      'Tried 2 times. Last decision: skip by ada at 03:06:30.0 : the cache is rebuilt later',
    );
  });

  it('gives the exact commands to go on, which a shell takes as they are', () => {
    const { from } = whatIsNext(stopped(), {});
    expect(text(handOver(stopped()))).toContain('Record: holdfast runs show runbook-20261120T180400Z-5e1f00d5');
    expect(from?.run).toBe(
      'holdfast runbook run runbooks/ledger.md --target db1 --param POINT=ledger/20261120T020003Z --from restore',
    );
    expect(from?.plan).toBe(`${from?.run} --dry-run`);
    expect(text(handOver(stopped()))).toContain(from?.run);
    const awkward = "a b'c $(id) `id` ; rm -rf x | y";
    const odd = { ...stopped(), parameters: [{ name: 'P', value: awkward, source: 'given' as const }] };
    const command = whatIsNext({ ...odd, runbook: { ...odd.runbook, path: `${awkward}.md` } }, {}).from?.run ?? '';
    const words = execFileSync('/bin/sh', ['-c', `printf '%s\\n' ${command}`], { encoding: 'utf8' })
      .trim()
      .split('\n');
    expect(words).toEqual([
      ...['holdfast', 'runbook', 'run', `${awkward}.md`, '--target', 'db1'],
      ...['--param', `P=${awkward}`, '--from', 'restore'],
    ]);
    expect(shellWord('--')).toBe("'--'");
  });

  it('resumes what can be resumed, and never both', () => {
    const page = renderHandOverMarkdown(stopped(), 'en', { extras: { interrupted: true } });
    expect(page).toContain('holdfast runs resume runbook-20261120T180400Z-5e1f00d5');
    expect(page).not.toContain('--from');
    expect(page).toContain('**INTERRUPTED.**');
    expect(renderHandOverMarkdown(stopped(), 'en')).not.toContain('runs resume');
  });

  it('takes the words that began the run where they are known, and never prints a redacted value as if it were one', () => {
    const again = ['holdfast', 'runbook', 'run', 'x.md', '--target', 'web servers'];
    expect(whatIsNext(stopped(), { again }).from?.run).toBe(
      "holdfast runbook run x.md --target 'web servers' --from restore",
    );
    const hidden = stopped();
    const parameters = [{ name: 'TOKEN', value: '[redacted]', source: 'asked' as const }];
    const page = renderHandOverMarkdown({ ...hidden, parameters }, 'en');
    expect(page).not.toContain('TOKEN');
    expect(page).toContain('It asks again for 1 value that is not shown here.');
  });

  it('lists what is still open: steps, the gates they need, gates left open, questions; and whom to ask', () => {
    const page = text(handOver(stopped()));
    expect(page).toContain(
      '3 steps are left: Restore the recovery point ( restore ) Start the database ( start ) Compare the counts ( verify )',
    );
    expect(page).toContain('Gates that these steps need: restore.run , service.disrupt , and host.read .');
    expect(page).toContain('Gates open until 2026-11-21 04:00:00 : host.destroy .');
    expect(page).toContain('Asked at 2026-11-21 03:10:00 , without an answer: Is the cold disk in the safe?');
    expect(page).toContain('ada : carried it out · decided in Flush the cache ( flush )');
    expect(page).toContain('grace : custodian, +82 2 555 0100');
    const done = text(handOver(outcome()));
    expect(done).toContain('Nothing: the run is complete.');
    expect(done).toContain('custodian-1 : approved Empty the data directory ( empty )');
  });

  it('names who decides before what is left: the roles of the site and who may open which gate', () => {
    const deciders = [
      { name: 'kim-jiwoo', roles: ['commander'], gates: ['*'] },
      { name: 'lee-minho', roles: ['dba', 'custodian'], gates: ['host.destroy'] },
    ];
    const page = text(renderHandOver(stopped(), 'en', { extras: { ...fullExtras, deciders }, files }));
    expect(page).toContain('kim-jiwoo : role: commander · may open every gate without an owner of its own');
    expect(page).toContain('lee-minho : role: dba and custodian · may open host.destroy');
    expect(page.indexOf('kim-jiwoo')).toBeLessThan(page.indexOf('Still open'));
    expect(page.indexOf('kim-jiwoo')).toBeGreaterThan(page.indexOf('What is next'));
  });

  it('says who said what became of a step that its target could not tell, and does not ask to look first', () => {
    const [first] = outcome().steps;
    if (first === undefined) throw new Error('the fixture has steps');
    const answers = [
      {
        question: 's1.1.1:unknown',
        choice: 'was-done',
        reason: 'counted the files',
        by: 'ada',
        at: first.finishedAt ?? '',
      },
    ];
    const settled = { ...first, targets: [target('db1', { outcome: 'unknown', why: 'the link broke' })], answers };
    const run = outcome({ steps: [settled] });
    const page = text(handOver(run));
    expect(page).toMatch(/ada said at \S+ that it was done: counted the files \. The target itself does not show it\./);
    expect(page).not.toContain('First look at what is unknown');
    const report = text(renderReport(run, proof, 'en'));
    expect(report).toMatch(/Read this first Said to be done/);
    expect(report).toContain('What became of it? it was done counted the files');
    expect(text(renderReport(run, proof, 'ko'))).toContain('결과 확인 수행되었음');
    expect(text(renderReport(run, proof, 'ko'))).toContain('대상에서 결과를 찾을 수 없었음');
  });

  it('says why a target failed in the language of the reader', () => {
    const [first] = outcome().steps;
    if (first === undefined) throw new Error('the fixture has steps');
    const failed = target('db1', {
      outcome: 'failed',
      why: 'the output does not hold "ready"',
      said: [{ key: 'no-text', details: { text: 'ready' } }],
    });
    const run = outcome({ ending: 'stopped', steps: [{ ...first, outcome: 'failed', targets: [failed] }] });
    expect(text(handOver(run))).toContain('db1 : the output does not hold &quot;ready&quot;');
    expect(text(handOver(run, 'ko'))).toContain('db1 : 출력에 &quot;ready&quot; 없음');
    expect(text(renderReport(run, proof, 'zh-Hant'))).toContain('輸出中沒有「ready」');
    expect(renderReportMarkdown(run, proof, 'ko')).not.toContain('does not hold');
  });

  it('goes on from a step that failed and was taken back, not from the one after it', () => {
    const [first, ...others] = outcome().steps.map((step) => ({
      ...step,
      outcome: 'not-reached' as const,
      targets: [],
    }));
    if (first === undefined) throw new Error('the fixture has steps');
    const answers = [
      { question: `${first.id}:failed-1`, choice: 'rollback', by: 'ada', at: '2026-11-20T18:05:00.000Z' },
    ];
    const targets = [target('db1', { outcome: 'failed', exitCode: 7, why: 'exit status 7' })];
    const back = (choice: string) =>
      outcome({
        ending: 'stopped',
        steps: [
          {
            ...first,
            outcome: 'rolled-back',
            targets,
            answers: [
              ...answers,
              { question: `${first.id}:failed-1-2`, choice, by: 'ada', at: '2026-11-20T18:06:00.000Z' },
            ],
          },
          ...others,
        ],
      });
    expect(whatIsNext(back('abort'), {}).from?.step.id).toBe(first.id);
    const steps = back('abort').steps.map((step) =>
      step.id === first.id ? { ...step, undone: { command: 'rm -f upstream', targets: [target('db9')] } } : step,
    );
    for (const page of [
      text(renderReport({ ...back('abort'), steps }, proof, 'en')),
      renderReportMarkdown({ ...back('abort'), steps }, proof, 'en'),
    ])
      expect(page).toMatch(/exit status 7[\s\S]*Taken back by\W+rm -f upstream[\s\S]*db9/);
    expect(whatIsNext(back('skip'), {}).from?.step.id).toBe(others[0]?.id);
    expect(text(handOver(back('skip')))).toContain('Left out, to be done or to be given up for good');
    const page = text(handOver(back('abort')));
    expect(page).toMatch(/Failed, and where it stands .* db1 : exit status 7 It was taken back afterwards\./);
    expect(text(handOver(back('abort'), 'zh-Hant'))).toContain('db1 ：結束碼 7 之後已回復。');
  });

  it('stays short, however long the run was', () => {
    expect(text(handOver(long()))).toContain('392 more, in the report');
    expect(handOver(long()).length).toBeLessThan(30_000);
    expect(renderHandOverMarkdown(long(), 'en').split('\n').length).toBeLessThan(80);
  });
});

describe('hostile text', () => {
  const pages = (language: (typeof languages)[number]) => [
    renderReport(hostileOutcome(), { ...proof, file: hostile }, language),
    renderHandOver(hostileOutcome(), language, {
      extras: hostileExtras,
      files: { report: hostile, evidence: hostile },
    }),
  ];
  const texts = (language: (typeof languages)[number]) => [
    renderReportMarkdown(hostileOutcome(), { ...proof, file: hostile }, language),
    renderHandOverMarkdown(hostileOutcome(), language, {
      extras: hostileExtras,
      files: { report: hostile, evidence: hostile },
    }),
  ];

  it('is escaped in HTML, and what cannot be seen is written out', () => {
    for (const language of languages) {
      for (const page of pages(language)) {
        expect(page).not.toMatch(/<script|<img|onerror=alert\(2\)>|<b>b/);
        expect(page).toContain('&lt;script&gt;');
        expect(page).toContain('[U+202E]');
        expect(page).not.toMatch(/[\u0000-\u0008\u202a-\u202e\u2066-\u2069\ud800-\udfff]/);
      }
    }
  });

  it('becomes no markup in Markdown: no tag, link, image, code, emphasis, heading or list of its own', () => {
    for (const language of languages) {
      const quiet = [
        renderReportMarkdown(tame(hostileOutcome()), proof, language),
        renderHandOverMarkdown(tame(hostileOutcome()), language, { extras: tame(hostileExtras), files }),
      ];
      for (const [index, page] of texts(language).entries()) {
        const tree = fromMarkdown(page);
        const found = count(tree);
        expect([found.html, found.link, found.image, found.definition, found.linkReference]).toEqual([0, 0, 0, 0, 0]);
        expect(found.emphasis).toBe(0);
        expect(found.heading).toBe(count(fromMarkdown(quiet[index] ?? '')).heading);
        expect(found.listItem).toBe(count(fromMarkdown(quiet[index] ?? '')).listItem);
        expect(found.checkbox).toBe(0);
        expect(page).not.toMatch(/[\u0000-\u0008\r\u202a-\u202e\u2066-\u2069]/);
        expect(page.isWellFormed()).toBe(true);
      }
    }
  });

  it('breaks no table: each row has as many cells as its head', () => {
    for (const page of texts('en')) {
      const fenced = page.replace(/^(`{3,})[^`\n]*\n[\s\S]*?\n\1$/gm, '');
      let width = 0;
      let tables = 0;
      for (const line of fenced.split('\n')) {
        if (!line.startsWith('|')) {
          width = 0;
          continue;
        }
        const cells = line.replace(/\\[\s\S]/g, '').split('|').length - 2;
        if (width === 0) tables += 1;
        width ||= cells;
        expect(cells, line.slice(0, 80)).toBe(width);
      }
      if (page.includes('Timeline')) expect(tables).toBeGreaterThan(8);
    }
  });

  it('keeps a command with backquotes whole within its fence', () => {
    const [first] = outcome().steps;
    if (first === undefined) throw new Error('the outcome has steps');
    const command = "echo '````'\n```\n# not a heading\n| no | table |";
    const page = renderReportMarkdown(outcome({ steps: [{ ...first, command }] }), proof, 'en');
    const codes: string[] = [];
    const walk = (node: { type: string; value?: string; children?: unknown[] }): void => {
      if (node.type === 'code') codes.push(node.value ?? '');
      for (const child of node.children ?? []) walk(child as never);
    };
    walk(fromMarkdown(page) as never);
    expect(codes).toContain(command);
  });
});

/** The same with every hostile text made a plain word, for its structure. */
function tame<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value).replaceAll(JSON.stringify(hostile).slice(1, -1), 'word')) as Value;
}

interface Node {
  readonly type: string;
  readonly checked?: boolean | null;
  readonly children?: readonly Node[];
}

function count(tree: unknown) {
  const found = {
    html: 0,
    link: 0,
    image: 0,
    definition: 0,
    linkReference: 0,
    emphasis: 0,
    heading: 0,
    listItem: 0,
    checkbox: 0,
  };
  const walk = (node: Node): void => {
    if (Object.hasOwn(found, node.type)) found[node.type as keyof typeof found] += 1;
    if (node.checked !== undefined && node.checked !== null) found.checkbox += 1;
    for (const child of node.children ?? []) walk(child);
  };
  walk(tree as Node);
  return found;
}

describe('messages', () => {
  const keys = Object.keys(en) as (keyof typeof en)[];
  const forms = (language: (typeof languages)[number], key: keyof typeof en): string[] => {
    const message = catalogues[language][key];
    return typeof message === 'string' ? [message] : Object.values(message);
  };
  const names = (message: string): string[] => [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

  it('exist in every language with the same details', () => {
    for (const language of languages) {
      expect(Object.keys(catalogues[language]).sort()).toEqual([...keys].sort());
      for (const key of keys) {
        for (const form of forms(language, key)) {
          expect(form.trim(), `${language} ${key}`).not.toBe('');
          const all = new Set(forms('en', key).flatMap(names));
          expect(
            names(form).filter((name) => !all.has(name)),
            `${language} ${key}`,
          ).toEqual([]);
          // One of something may be said without its number.
          if (form === forms(language, key).at(-1)) expect(new Set(names(form)), `${language} ${key}`).toEqual(all);
        }
      }
    }
  });

  it('are translated: nothing is left in English', () => {
    const alike = [
      'documentTitle',
      'stepNamed',
      'inZone',
      'sha256',
      'keptHash',
      'rtoMark',
      'errorLine',
      'capturedAs',
      'identityFact',
      'failedOn',
      'both',
      'ranItemAt',
      'personIs',
      'attachment',
      'approval',
      'ranItem',
    ];
    for (const language of ['ko', 'zh-Hant'] as const) {
      const same = keys.filter((key) => forms(language, key)[0] === forms('en', key).at(-1));
      expect(same.filter((key) => !alike.includes(key))).toEqual([]);
    }
  });

  it('leave no placeholder unfilled', () => {
    for (const language of languages) {
      for (const make of Object.values(makers)) {
        const of = make();
        for (const page of [
          text(renderReport(of, proof, language)),
          text(handOver(of, language)),
          renderReportMarkdown(of, proof, language),
          renderHandOverMarkdown(of, language),
        ]) {
          expect(page).not.toMatch(/(?<!\$)\{[a-z][a-zA-Z]*\}/);
        }
      }
    }
  });

  it('are all said by some page', async () => {
    const directory = new URL('../../src/procedures/report/', import.meta.url);
    const sources = (await readdir(directory)).filter((name) => name.endsWith('.ts'));
    const code = (await Promise.all(sources.map((name) => readFile(new URL(name, directory), 'utf8')))).join('\n');
    expect(keys.filter((key) => !code.includes(`'${key}'`))).toEqual([]);
  });
});
