import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Question } from '../../src/lib/question.ts';
import { markedRuns } from '../services/leftovers.ts';
import { removeDirectory, temporaryDirectory } from '../services/programs.ts';
import { agree, type Desk, openDesk, type Says } from './desk.ts';

let desk: Desk;
let place: string;

beforeAll(async () => {
  desk = await openDesk({ targets: { local: { local: true, live: false }, careless: { local: true } } });
});

afterAll(async () => await desk?.close());

beforeEach(() => {
  place = temporaryDirectory();
});

afterEach(() => removeDirectory(place));

/** A step that leaves `made` and fails, and what takes it back. */
function failing(rollback: string): string {
  const command = `echo made >> ${place}/made; exit 3`;
  return `# A runbook\n\n## Steps\n\n\`\`\`bash {rollback="${rollback}"}\n${command}\n\`\`\`\n`;
}

/** Answers the questions of each kind in their order; notes all that were asked. */
function saying(given: Readonly<Record<string, readonly ReturnType<Says>[]>>, asked: Question[]): Says {
  const left = Object.fromEntries(Object.entries(given).map(([kind, answers]) => [kind, [...answers]]));
  return (question) => {
    asked.push(question);
    return left[question.kind]?.shift() ?? agree(question);
  };
}

const names = (questions: readonly Question[]) => questions.map(({ kind }) => kind);
const offered = (question: Question | undefined) => question?.choices.map(({ id }) => id);

describe('taking a failed step back', () => {
  test('keeps in the record how the step failed, is not offered twice, and is a gap', async () => {
    const asked: Question[] = [];
    const { outcome } = await desk.carryOut(failing(`echo undone >> ${place}/undone`), {
      says: saying({ 'failed-step': [{ choice: 'rollback' }, { choice: 'skip', reason: 'later' }] }, asked),
    });
    expect(names(asked)).toEqual(['failed-step', 'confirm', 'failed-step']);
    expect(asked[1]?.title).toContain('Take this step back?');
    expect(offered(asked[2])).toEqual(['retry', 'skip', 'abort']);
    expect(readFileSync(join(place, 'undone'), 'utf8')).toBe('undone\n');
    expect(outcome.steps[0]).toMatchObject({ outcome: 'rolled-back', attempts: 1, targets: [{ exitCode: 3 }] });
    expect(outcome.steps[0]?.undone).toMatchObject({
      command: `echo undone >> ${place}/undone`,
      targets: [{ outcome: 'succeeded', exitCode: 0 }],
    });
    expect(outcome.ending).toBe('completed-with-gaps');
  });

  test('is looked at before anybody is asked: what cannot be done is not put to them', async () => {
    const asked: Question[] = [];
    const { outcome } = await desk.carryOut(failing(`rm -rf ${place}/data`), {
      target: 'careless',
      says: saying({ 'failed-step': [{ choice: 'rollback' }, { choice: 'abort' }] }, asked),
    });
    expect(names(asked)).toEqual(['failed-step', 'failed-step']);
    expect(asked[1]?.details.join('\n')).toContain('before-destroy');
    expect(outcome.steps[0]?.outcome).toBe('failed');
  });

  test('can be thought better of: the step stays failed, and nothing ran', async () => {
    const asked: Question[] = [];
    const { outcome } = await desk.carryOut(failing(`echo undone >> ${place}/undone`), {
      says: saying(
        {
          'failed-step': [{ choice: 'rollback' }, { choice: 'abort' }],
          confirm: [{ choice: 'skip', reason: 'look first' }],
        },
        asked,
      ),
    });
    expect(names(asked)).toEqual(['failed-step', 'confirm', 'failed-step']);
    expect(outcome.steps[0]?.outcome).toBe('failed');
    expect(existsSync(join(place, 'undone'))).toBe(false);
  });

  test('stops the run when somebody says so instead', async () => {
    const asked: Question[] = [];
    const { outcome } = await desk.carryOut(failing(`echo undone >> ${place}/undone`), {
      says: saying({ 'failed-step': [{ choice: 'rollback' }], confirm: [{ choice: 'abort' }] }, asked),
    });
    expect(names(asked)).toEqual(['failed-step', 'confirm']);
    expect(outcome.ending).toBe('stopped');
    expect(outcome.steps[0]?.outcome).toBe('failed');
  });

  test('asks for what it needs to know, and never runs without it', async () => {
    const asked: Question[] = [];
    await desk.carryOut(failing(`echo $WORD >> ${place}/undone`), {
      says: saying(
        { 'failed-step': [{ choice: 'rollback' }, { choice: 'abort' }], value: [{ choice: 'value', value: 'given' }] },
        asked,
      ),
    });
    expect(names(asked)).toEqual(['failed-step', 'value', 'confirm', 'failed-step']);
    expect(readFileSync(join(place, 'undone'), 'utf8')).toBe('given\n');
  });

  test('is not offered for a step that never began', async () => {
    const asked: Question[] = [];
    const destroys = `# A runbook\n\n## Steps\n\n\`\`\`bash {rollback="touch ${place}/undone"}\nrm -rf ${place}/data\n\`\`\`\n`;
    await desk.carryOut(destroys, {
      target: 'careless',
      says: saying({ 'failed-step': [{ choice: 'abort' }] }, asked),
    });
    expect(offered(asked[0])).toEqual(['retry', 'skip', 'abort']);
  });

  test('by another step of the runbook: that one never comes in its turn', async () => {
    const step = (attributes: string, word: string) =>
      `\`\`\`bash {${attributes}}\necho ${word} >> ${place}/log\n\`\`\`\n`;
    const text = `# A runbook\n\n## Steps\n\n${step('rollback="#undo"', 'done')}\n${step('id=undo', 'undone')}\n`;
    const { outcome } = await desk.carryOut(text);
    expect(readFileSync(join(place, 'log'), 'utf8')).toBe('done\n');
    expect(outcome.ending).toBe('completed');
  });
});

describe('once a run is over no marker of it stays on a target', () => {
  test('when it was stopped', async () => {
    const run = await desk.start(failing('true'), { says: saying({ 'failed-step': [{ choice: 'abort' }] }, []) });
    await run.result();
    expect(markedRuns(desk.estate.account)).not.toContain(run.id);
  });

  test('when it was cancelled while a step ran', async () => {
    const begun = join(place, 'begun');
    const text = `# A runbook\n\n## Steps\n\n\`\`\`bash\ntouch ${begun}; sleep 300\n\`\`\`\n`;
    const run = await desk.start(text);
    await expect.poll(() => existsSync(begun), { timeout: 10_000 }).toBe(true);
    expect(markedRuns(desk.estate.account)).toContain(run.id);
    await desk.runs().cancel(run.id);
    await expect(run.result()).rejects.toMatchObject({ code: 'cancelled' });
    expect(markedRuns(desk.estate.account)).not.toContain(run.id);
  });
});
