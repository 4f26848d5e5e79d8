import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ProcedureOutcome } from '../../src/evidence/procedure-model.ts';
import { breakGlass } from '../../src/gates/break-glass.ts';
import { soloPolicy } from '../../src/gates/policy.ts';
import { readOutput } from '../../src/procedures/output/index.ts';
import { agree, type Desk, openDesk, type Says } from './desk.ts';

let desk: Desk;
let place: string;

beforeAll(async () => {
  desk = await openDesk({
    targets: {
      local: { local: true, live: false },
      precious: { local: true, 'before-destroy': [{ name: 'copy', run: 'echo kept' }] },
      careless: { local: true },
      burning: { local: true },
      wrong: { local: true, identity: { 'host-name': 'somebody-else' } },
    },
  });
});

afterAll(async () => {
  await desk?.close();
});

beforeEach(() => {
  // Steps run as an unprivileged account: the directory is theirs too.
  place = mkdtempSync('/tmp/hf-run-');
  chmodSync(place, 0o777);
});

afterEach(() => rmSync(place, { recursive: true, force: true }));

function runbook(...steps: readonly string[]): string {
  return `# A runbook\n\n## Steps\n\n${steps.map((step, index) => `${index + 1}. Step ${index + 1}\n${indented(step)}\n`).join('\n')}`;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `   ${line}`))
    .join('\n');
}

const bash = (command: string, attributes = '') =>
  `\`\`\`bash${attributes === '' ? '' : ` {${attributes}}`}\n${command}\n\`\`\``;

function log(): string {
  return join(place, 'log');
}

function done(): string[] {
  return existsSync(log()) ? readFileSync(log(), 'utf8').trim().split('\n') : [];
}

const write = (word: string) => `echo ${word} >> ${log()}`;

function outcomes({ steps }: ProcedureOutcome): string[] {
  return steps.map(({ outcome }) => outcome);
}

const saying =
  (answers: Readonly<Record<string, ReturnType<Says>>>): Says =>
  (question) => {
    const found = Object.entries(answers).find(([name]) => question.name.startsWith(name) || question.kind === name);
    return found === undefined ? agree(question) : found[1];
  };

describe('a run', () => {
  test('does every step once, in the order of the document', async () => {
    const outcome = await desk.outcome(runbook(bash(write('one')), bash(write('two')), bash(write('three'))));
    expect(done()).toEqual(['one', 'two', 'three']);
    expect(outcome.ending).toBe('completed');
    expect(outcomes(outcome)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(outcome.mode).toBe('solo');
  });

  test('keeps what each step said, apart and whole, in any script', async () => {
    const outcome = await desk.outcome(runbook(bash("printf '%s\\n' '한국어 출력' '繁體中文'; echo wrong >&2")));
    const [target] = outcome.steps[0]?.targets ?? [];
    expect(target?.stdout?.tail).toBe('한국어 출력\n繁體中文\n');
    expect(target?.stderr?.tail).toBe('wrong\n');
    expect(target?.stdout?.lines).toBe(2);
    const kept = await readOutput(desk.data, target?.stdout?.file ?? '');
    expect(kept.text).toContain('繁體中文');
  });

  test('never goes on by itself after a failure', async () => {
    const asked: string[] = [];
    const outcome = await desk.outcome(
      runbook(bash(write('one')), bash(`${write('two')}; exit 3`), bash(write('three'))),
      {
        says: (question) => {
          asked.push(question.kind);
          return question.kind === 'failed-step' ? { choice: 'abort' } : agree(question);
        },
      },
    );
    expect(asked.at(-1)).toBe('failed-step');
    expect(done()).toEqual(['one', 'two']);
    expect(outcome.ending).toBe('stopped');
    expect(outcomes(outcome)).toEqual(['succeeded', 'failed', 'not-reached']);
    expect(outcome.steps[1]?.targets[0]).toMatchObject({ outcome: 'failed', exitCode: 3 });
  });

  test('goes on at the failed step alone when it is tried again', async () => {
    const outcome = await desk.outcome(
      runbook(bash(write('one')), bash(`${write('two')}; test -e ${place}/mended`), bash(write('three'))),
      {
        says: (question) => {
          if (question.kind !== 'failed-step') return agree(question);
          writeFileSync(join(place, 'mended'), '');
          return { choice: 'retry' };
        },
      },
    );
    expect(done()).toEqual(['one', 'two', 'two', 'three']);
    expect(outcome.ending).toBe('completed');
    expect(outcome.steps[1]).toMatchObject({ outcome: 'succeeded', attempts: 2 });
  });

  test('skips a failed step with a reason, and says afterwards that there is a gap', async () => {
    const outcome = await desk.outcome(runbook(bash('exit 1'), bash(write('two'))), {
      says: saying({ 'failed-step': { choice: 'skip', reason: 'done by hand' } }),
    });
    expect(outcome.ending).toBe('completed-with-gaps');
    expect(outcomes(outcome)).toEqual(['skipped', 'succeeded']);
    expect(outcome.steps[0]?.answers.at(-1)).toMatchObject({ choice: 'skip', reason: 'done by hand', by: 'tester' });
  });

  test('tries again by itself only as often as the author says', async () => {
    const count = `${write('try')}; test $(wc -l < ${log()}) -ge 3`;
    const outcome = await desk.outcome(runbook(bash(count, 'retry=2')));
    expect(done()).toHaveLength(3);
    expect(outcome.steps[0]).toMatchObject({ outcome: 'succeeded', attempts: 3 });
  });

  test('takes a step back where the author says how, and stops after it', async () => {
    const outcome = await desk.outcome(runbook(bash(`${write('two')}; exit 1`, `rollback="${write('undone')}"`)), {
      says: (() => {
        let failures = 0;
        return (question) => {
          if (question.kind !== 'failed-step') return agree(question);
          failures += 1;
          return { choice: failures === 1 ? 'rollback' : 'abort' };
        };
      })(),
    });
    expect(done()).toEqual(['two', 'undone']);
    expect(outcome.steps[0]?.outcome).toBe('rolled-back');
    expect(outcome.ending).toBe('stopped');
  });

  test('an expectation that does not hold fails the step though its exit status is 0', async () => {
    const outcome = await desk.outcome(runbook(bash('echo degraded', 'expect="healthy"')), {
      says: saying({ 'failed-step': { choice: 'abort' } }),
    });
    expect(outcome.steps[0]).toMatchObject({ outcome: 'failed' });
    expect(outcome.steps[0]?.targets[0]?.why).toContain('healthy');
  });

  test('hands captured output to a later step, as data', async () => {
    const outcome = await desk.outcome(
      runbook(bash(`printf '%s' "a; ${write('injected')}"`, 'capture=SNAP'), bash(`echo "got $SNAP" >> ${log()}`)),
    );
    expect(outcome.ending).toBe('completed');
    expect(done()).toHaveLength(1);
    expect(done()[0]).toContain('got a; echo injected');
    expect(outcome.steps[0]?.captured?.name).toBe('SNAP');
  });

  test('who decides about a command is shown what its variables hold, whatever gave it, and no secret', async () => {
    const details: string[][] = [];
    const outcome = await desk.outcome(
      runbook(bash('echo /nowhere/x', 'capture=DIR'), bash('rm -rf "$DIR/$SUB" "/nowhere/${API_TOKEN}"')),
      {
        parameters: { SUB: "it's" },
        says: (question) => {
          details.push([...question.details]);
          if (question.kind === 'value') return { choice: 'value', value: 'hunter2-hunter2' };
          return question.kind === 'confirm' ? { choice: 'skip', reason: 'looked' } : undefined;
        },
      },
    );
    expect(outcome.ending).toBe('completed-with-gaps');
    const [first, second, third, command] = details.at(-1) ?? [];
    expect([first, second, third]).toEqual(['DIR=/nowhere/x', "SUB='it'\\''s'", 'API_TOKEN=[redacted]']);
    expect(command).toMatch(/^rm -rf "\$DIR\/\$SUB" "/);
  });

  test('a step that takes too long is killed with all that came of it', async () => {
    const outcome = await desk.outcome(
      runbook(bash(`(setsid sh -c 'sleep 300; ${write('late')}' &) ; sleep 300`, 'timeout=1s')),
      { says: saying({ 'failed-step': { choice: 'abort' } }) },
    );
    expect(outcome.steps[0]?.targets[0]).toMatchObject({ outcome: 'timed-out', survivors: [] });
  });

  test('a manual step waits for a person, and says who did it', async () => {
    const outcome = await desk.outcome(
      '# Manual\n\n## Steps\n\n1. Call the owner of the building.\n2. Ask for the key.\n',
      {
        says: saying({ 'manual-step': { choice: 'done', reason: 'spoke to Lee' } }),
      },
    );
    expect(outcomes(outcome)).toEqual(['succeeded', 'succeeded']);
    expect(outcome.steps[0]?.answers[0]).toMatchObject({ choice: 'done', reason: 'spoke to Lee', by: 'tester' });
  });

  test('does of several alternatives the chosen one alone', async () => {
    const text = `# Recovery\n\n## Repair\n\n**Scenario 1: disk full**\n\n${bash(write('disk'))}\n\n**Scenario 2: memory full**\n\n${bash(write('memory'))}\n`;
    const outcome = await desk.outcome(text, {
      says: (question) =>
        question.kind === 'alternative' ? { choice: question.choices[1]?.id ?? '' } : agree(question),
    });
    expect(done()).toEqual(['memory']);
    expect(outcomes(outcome)).toEqual(['not-chosen', 'succeeded']);
    expect(outcome.alternatives[0]?.chosen).toContain('memory');
  });
});

test('a condition sees what is given for it alone', async () => {
  const text = runbook(bash(write('cold'), 'when="TIER == cold"'), bash(write('any')));
  expect(outcomes(await desk.outcome(text, { parameters: { TIER: 'cold' } }))).toEqual(['succeeded', 'succeeded']);
  expect(outcomes(await desk.outcome(text, { parameters: { TIER: 'hot' } }))).toEqual(['not-chosen', 'succeeded']);
  expect(done()).toEqual(['cold', 'any', 'any']);
});

test('a parameter whose name calls it a secret is asked for as one, and in no record', async () => {
  const run = await desk.start(runbook(bash(`test "$DB_PASSWORD" = planted-by-hand && ${write('right')}`)), {
    says: (question) => (question.kind === 'value' ? { choice: 'value', value: 'planted-by-hand' } : agree(question)),
  });
  const { outcome } = await run.result();
  expect(done()).toEqual(['right']);
  expect(outcome.parameters).toEqual([{ name: 'DB_PASSWORD', value: '[redacted]', source: 'asked' }]);
  const rows = await desk.database.query('select question::text, answer::text from questions where run = $1', [run.id]);
  expect(JSON.stringify(rows)).toMatch(/secret\W+true/);
  expect(JSON.stringify([rows, outcome])).not.toContain('planted-by-hand');
});

describe('what destroys', () => {
  const destroy = () => bash(`rm -rf ${place}/data`);

  test('is refused on a live target of which nothing is kept, and the hand-over page says why', async () => {
    const { outcome, handOver } = await desk.carryOut(runbook(destroy()), {
      target: 'careless',
      says: saying({ 'failed-step': { choice: 'abort' } }),
    });
    expect(outcome.steps[0]?.outcome).toBe('failed');
    expect(outcome.steps[0]?.targets).toEqual([
      {
        target: 'careless',
        outcome: 'not-started',
        durationMs: 0,
        attached: false,
        why: expect.stringContaining('before-destroy'),
      },
    ]);
    expect(readFileSync(handOver, 'utf8')).toContain('Nothing may be destroyed on careless');
  });

  test('keeps first what the site asks for', async () => {
    const outcome = await desk.outcome(runbook(destroy()), { target: 'precious' });
    expect(outcome.steps[0]?.keptBefore).toMatchObject([{ name: 'copy', target: 'precious' }]);
    expect(outcome.ending).toBe('completed');
  });

  test('destroys with nothing kept through a broken glass alone, and evidence and report say so', async () => {
    const { database, estate } = desk;
    const by = { actor: { name: 'tester', kind: 'person', face: 'cli' }, site: 'desk', policy: soloPolicy } as const;
    const asked = { gate: 'host.destroy', reason: 'it burns', scope: ['target burning'] } as const;
    const until = new Date(Date.now() + 60_000);
    await breakGlass(database, { audit: estate.audit, clock: estate.clock }, by, { ...asked, until });
    const { outcome, directory } = await desk.carryOut(runbook(bash(`rm -rf ${place}/none`), bash('true')), {
      target: 'burning',
      says: agree,
    });
    expect(outcome.ending).toBe('completed');
    expect(outcome.steps.map(({ brokenGlass }) => brokenGlass)).toEqual([
      [{ gate: 'host.destroy', id: expect.stringMatching(/^glass-/), by: ['tester'], reason: 'it burns' }],
      undefined,
    ]);
    const report = readFileSync(join(directory, 'report.md'), 'utf8');
    const [, first] = report.split(/^## /m).filter((part) => part.startsWith('How') || part.startsWith('Read this'));
    expect(first).toContain('it burns');
    const elsewhere = await desk.outcome(runbook(bash(`rm -rf ${place}/none`)), { says: agree });
    expect(elsewhere.steps[0]?.brokenGlass).toBeUndefined();
  });

  test('asks for the name of its target even where all runs by itself', async () => {
    const questions: string[] = [];
    await desk.outcome(runbook(destroy()), {
      says: (question) => {
        if (question.choices[0]?.typed !== undefined) questions.push(question.choices[0].typed);
        return agree(question);
      },
    });
    expect(questions).toEqual(['local']);
  });
});

describe('a target', () => {
  test('that is not what the site file says runs nothing', async () => {
    const outcome = await desk.outcome(runbook(bash(write('one'))), {
      target: 'wrong',
      says: saying({ 'failed-step': { choice: 'abort' } }),
    });
    expect(done()).toEqual([]);
    expect(outcome.steps[0]?.outcome).toBe('failed');
  });

  test('has its identity in the record', async () => {
    const outcome = await desk.outcome(runbook(bash('true')));
    expect(outcome.targets[0]).toMatchObject({ name: 'local', kind: 'local', pinned: false });
    expect(outcome.targets[0]?.identity['host-name']).not.toBe('');
  });
});
