import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { ProcedureOutcome } from '../../src/evidence/procedure-model.ts';
import { findProcedureEvidence } from '../../src/procedures/report/read-evidence.ts';
import { processEntry } from '../../src/process/listing.ts';
import type { Running } from '../services/holdfast.ts';
import { serverOf } from '../services/leftovers.ts';
import { linesIn, type RemoteSite, remoteSite, until } from './remote.ts';

/** What runs on a target when its run is cut off from it, or from its records, and comes back or is ended. */
let site: RemoteSite;
let count = 0;
let word: string;

beforeAll(async () => {
  site = await remoteSite(2, { groups: { both: { targets: ['host1', 'host2'], width: 1 } } });
  const file = join(site.directory, 'holdfast.yaml');
  const whole = parse(readFileSync(file, 'utf8')) as { targets: Record<string, object> };
  const kept = [{ name: 'copy', run: `echo keeping >> ~/kept; ${waits}` }];
  whole.targets.precious = { ...whole.targets.host1, live: true, 'before-destroy': kept };
  writeFileSync(file, stringify(whole));
}, 120_000);

afterAll(async () => {
  for (const host of site?.hosts ?? []) writeFileSync(join(host.home, 'go'), '');
  await site?.remove();
});

beforeEach(() => {
  count += 1;
  word = `cut-${count}`;
  for (const host of site.hosts) rmSync(join(host.home, 'go'), { force: true });
});

const host = (index: number) => {
  const found = site.hosts[index];
  if (found === undefined) throw new TypeError(`no host ${index}`);
  return found;
};
const log = (index: number) => linesIn(join(host(index).home, word));
const letGo = (index: number) => writeFileSync(join(host(index).home, 'go'), '');
const waits = 'n=0; while [ ! -e ~/go ] && [ $n -lt 600 ]; do sleep 0.1; n=$((n+1)); done';

/** Begins a runbook of one command that goes on when it is let go; `where` says on which hosts it waits at all. */
async function begun(target: string, last: number, where = 'true'): Promise<{ run: Running; id: string }> {
  const file = site.write(word, [`echo begun >> ~/${word}; if ${where}; then ${waits}; fi; echo ended >> ~/${word}`]);
  const run = site.start(['runbook', 'run', file, '--target', target, '--auto', 'all', '--json']);
  await until('it runs', () => log(last).includes('begun'));
  return { run, id: (await site.newestRun())?.id ?? '' };
}

async function killed(target: string, last: number, where?: string): Promise<string> {
  const { run, id } = await begun(target, last, where);
  run.kill('SIGKILL');
  await run.ended;
  await until('its connections are gone', () => site.hosts.every((one) => one.connections().length === 0));
  return id;
}

/** As if the markers of a run had been made two days ago. */
function agedMarkers(id: string): void {
  const before = new Date(Date.now() - 2 * 86_400_000);
  const markers = join(host(0).runs, id);
  for (const marker of readdirSync(markers))
    for (const file of ['begun', 'exit']) utimesSync(join(markers, marker, file), before, before);
}

/** The run that a process has begun. */
async function begunRun(run: Running): Promise<{ readonly id?: string }> {
  const said = /^(runbook-\S+)$/m;
  await until('it has begun', () => said.test(run.stderr()));
  const [, id] = said.exec(run.stderr()) ?? [];
  return id === undefined ? {} : { id };
}

interface Asked {
  readonly name: string;
  readonly kind: string;
  readonly details: readonly string[];
}

async function asked(id: string, kind: string): Promise<Asked> {
  let found: Asked | undefined;
  await until(`it asks: ${kind}`, async () => {
    const { questions } = (await site.json('runs', 'questions', id)) as { questions: Asked[] };
    found = questions.find((question) => question.kind === kind);
    return found !== undefined;
  });
  return found as Asked;
}

async function answer(id: string, { name }: Asked, ...words: readonly string[]): Promise<void> {
  const ended = await site.holdfast('runs', 'answer', id, name, ...words);
  expect(ended.code, ended.stderr).toBe(0);
}

async function outcomeOf(run: Running): Promise<ProcedureOutcome> {
  const ended = await run.ended;
  const said = JSON.parse(ended.stdout) as { outcome?: ProcedureOutcome; output?: { outcome: ProcedureOutcome } };
  return (said.output?.outcome ?? said.outcome) as ProcedureOutcome;
}

const handedOver = async (id: string) =>
  (await findProcedureEvidence(join(site.directory, 'data'), id, {})).outcome.steps[0];

describe('a command that an earlier life of Holdfast left at work', () => {
  test('is ended by Ctrl-C also while its target is slow to be connected to', { timeout: 60_000 }, async () => {
    const { run, id } = await begun('host1', 0);
    const server = processEntry(host(0).connections()[0] ?? 0)?.parent ?? 0;
    expect(server).toBeGreaterThan(1);
    run.kill('SIGKILL');
    await run.ended;
    process.kill(server, 'SIGSTOP');
    const resumed = site.start(['runs', 'resume', id]);
    try {
      await until('it looks for the command', () => resumed.stderr().includes('· s1'));
      // It is about to connect, and nobody answers.
      await delay(500);
      resumed.kill('SIGINT');
      await delay(500);
    } finally {
      process.kill(server, 'SIGCONT');
    }
    expect((await resumed.ended).code).toBe(130);
    expect(host(0).steps()).toEqual([]);
    expect(await handedOver(id)).toMatchObject({ outcome: 'cancelled', targets: [{ outcome: 'cancelled' }] });
  });

  test('is not taken for late because the clock of its target was set meanwhile', { timeout: 60_000 }, async () => {
    const id = await killed('host1', 0);
    agedMarkers(id);
    const resumed = site.start(['runs', 'resume', id, '--json']);
    await until('it is connected', () => host(0).connections().length > 0);
    letGo(0);
    const { ending, steps } = await outcomeOf(resumed);
    expect(ending).toBe('completed');
    expect(steps[0]?.targets[0]).toMatchObject({ outcome: 'succeeded', attached: true });
  });

  test('and that ended is found as it ended, though its run was left for longer than it may take', async () => {
    const id = await killed('host1', 0);
    letGo(0);
    await until('it ended by itself', () => host(0).steps().length === 0);
    agedMarkers(id);
    const { ending, steps } = await outcomeOf(site.start(['runs', 'resume', id, '--json']));
    expect(ending).toBe('completed');
    expect(steps[0]?.targets[0]).toMatchObject({ outcome: 'succeeded', attached: true, exitCode: 0 });
  }, 60_000);

  test('is looked for on every host, though more cannot be reached than may fail', { timeout: 60_000 }, async () => {
    const id = await killed('both', 1, 'case $HOME in */host2/*) true ;; *) false ;; esac');
    await host(0).down();
    const resumed = site.start(['runs', 'resume', id, '--json']);
    await until('it is connected to the second', () => host(1).connections().length > 0);
    letGo(1);
    await answer(id, await asked(id, 'unknown-outcome'), 'was-done', '--reason', 'its log says so');
    await host(0).up();
    expect(await outcomeOf(resumed)).toMatchObject({
      ending: 'completed',
      steps: [
        {
          outcome: 'succeeded',
          targets: [
            { target: 'host1', outcome: 'unknown' },
            { target: 'host2', outcome: 'succeeded', attached: true },
          ],
        },
      ],
    });
    expect(log(1), 'once').toEqual(['begun', 'ended']);
  });
});

describe('a command of which nobody knows, for its target is gone', () => {
  test('is ended there when the run is cancelled and the target is back', { timeout: 60_000 }, async () => {
    const { run, id } = await begun('host1', 0);
    await host(0).down();
    await asked(id, 'unknown-outcome');
    await host(0).up();
    const cancelled = await site.holdfast('runs', 'cancel', id);
    expect(cancelled.code, cancelled.stderr).toBe(0);
    expect((await run.ended).code).toBe(130);
    expect(host(0).steps()).toEqual([]);
    expect(await handedOver(id)).toMatchObject({ outcome: 'cancelled', targets: [{ survivors: [] }] });
  });

  test('is ended as well where it keeps what is to be destroyed', { timeout: 60_000 }, async () => {
    const file = site.write(word, [`rm -rf ~/${word}`]);
    const run = site.start(['runbook', 'run', file, '--target', 'precious', '--auto', 'all']);
    const { id = '' } = await begunRun(run);
    await answer(id, await asked(id, 'confirm'), 'run', '--value', 'precious');
    await until('it keeps', () => linesIn(join(host(0).home, 'kept')).length > 0);
    await host(0).down();
    expect((await asked(id, 'unknown-outcome')).name).toContain('keep-precious-copy');
    await host(0).up();
    expect(host(0).steps().length).toBeGreaterThan(0);
    expect((await site.holdfast('runs', 'cancel', id)).code).toBe(0);
    expect((await run.ended).code).toBe(130);
    expect(host(0).steps()).toEqual([]);
  });

  test('stays unknown when the target is still gone then', { timeout: 60_000 }, async () => {
    const { run, id } = await begun('host1', 0);
    await host(0).down();
    await asked(id, 'unknown-outcome');
    const cancelled = await site.holdfast('runs', 'cancel', id);
    expect(cancelled.code, cancelled.stderr).toBe(0);
    expect((await run.ended).code).toBe(130);
    await host(0).up();
    letGo(0);
    expect(await handedOver(id)).toMatchObject({ outcome: 'unknown', targets: [{ outcome: 'unknown' }] });
    await until('it ended by itself', () => host(0).steps().length === 0);
  });

  test('is looked at though its gate was closed meanwhile, and not begun a second time', {
    timeout: 60_000,
  }, async () => {
    const { run, id } = await begun('host1', 0);
    await host(0).down();
    const question = await asked(id, 'unknown-outcome');
    await host(0).up();
    expect((await site.holdfast('gate', 'close', 'host.write', '--reason', 'enough')).code).toBe(0);
    letGo(0);
    await answer(id, question, 'look');
    expect(await outcomeOf(run)).toMatchObject({ ending: 'completed', steps: [{ outcome: 'succeeded', attempts: 1 }] });
    expect(log(0)).toEqual(['begun', 'ended']);
    await site.holdfast('gate', 'open', 'host.write', '--for', '1h', '--reason', 'again', '--yes');
  });
});

test('whoever takes over reads which command may be at work: the one that takes a step back', async () => {
  const file = join(site.directory, `${word}.md`);
  const back = `echo back >> ~/${word}; ${waits}`;
  writeFileSync(file, `# Back\n\n## Steps\n\n\`\`\`bash {rollback="${back}"}\nls /nowhere\n\`\`\`\n`);
  const run = site.start(['runbook', 'run', file, '--target', 'host1', '--auto', 'all']);
  const { id = '' } = await begunRun(run);
  await answer(id, await asked(id, 'failed-step'), 'rollback');
  await answer(id, await asked(id, 'confirm'), 'run');
  await until('it is taken back', () => log(0).includes('back'));
  run.kill('SIGKILL');
  await run.ended;
  const { markdown } = (await site.json('runbook', 'report', id, '--hand-over')) as { markdown: string };
  const [, unknown = ''] = readFileSync(markdown, 'utf8').split('## ');
  expect(unknown).toContain('Unknown');
  expect(unknown).toContain('echo back');
  expect(unknown).not.toContain('ls /nowhere\n');
  expect(unknown).not.toContain('exit status');
  expect((await site.holdfast('runs', 'cancel', id)).code).toBe(0);
  expect(await handedOver(id)).toMatchObject({ outcome: 'failed', undone: { targets: [{ outcome: 'cancelled' }] } });
}, 60_000);

test('a command goes on when the database of the records is killed, and is found by who resumes', async () => {
  const { run, id } = await begun('host1', 0);
  process.kill(serverOf(join(site.directory, 'data', 'database', 'cluster')), 'SIGKILL');
  expect((await run.ended).code).toBe(6);
  expect(host(0).steps().length, 'it is nobody here who may end it').toBeGreaterThan(0);
  const resumed = site.start(['runs', 'resume', id, '--json']);
  await until('it is connected', () => host(0).connections().length > 0);
  letGo(0);
  expect(await outcomeOf(resumed)).toMatchObject({ ending: 'completed', steps: [{ targets: [{ attached: true }] }] });
  expect(log(0)).toEqual(['begun', 'ended']);
}, 60_000);
