import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { childAccountNow, currentAccount } from '../../src/process/account.ts';
import { connect } from '../../src/targets/index.ts';
import type { Target } from '../../src/targets/types.ts';
import { type FixtureProcess, fixtureProgram } from '../recovery/fixture-process.ts';
import { removeDirectory, temporaryDirectory } from '../services/programs.ts';
import { keepsTheContract } from './contract.ts';
import { newRun, perform } from './observed.ts';

describe('this machine', () => {
  keepsTheContract(async () => {
    const directory = temporaryDirectory('hflt-');
    const room = join(directory, 'room');
    mkdirSync(room);
    chmodSync(room, 0o777);
    const before = process.env.XDG_STATE_HOME;
    process.env.XDG_STATE_HOME = directory;
    // Root's own steps: what this account may do is all that is different for another.
    const account = currentAccount().name;
    return {
      target: { name: 'local', kind: 'local', identity: {}, live: true, address: { kind: 'local', account } },
      room,
      runs: join(directory, 'holdfast-steps'),
      async stop() {
        if (before === undefined) delete process.env.XDG_STATE_HOME;
        else process.env.XDG_STATE_HOME = before;
        removeDirectory(directory);
      },
    };
  });
});

describe('a step on this machine', () => {
  let directory: string;
  let started: FixtureProcess[];
  const signal = new AbortController().signal;
  const before = process.env.XDG_STATE_HOME;
  const target = (account?: string): Target => ({
    name: 'local',
    kind: 'local',
    identity: {},
    live: true,
    address: { kind: 'local', ...(account === undefined ? {} : { account }) },
  });

  beforeEach(() => {
    directory = temporaryDirectory('hfls-');
    chmodSync(directory, 0o777);
    process.env.XDG_STATE_HOME = directory;
    started = [];
  });
  afterEach(() => {
    for (const { child } of started) child.kill('SIGKILL');
    if (before === undefined) delete process.env.XDG_STATE_HOME;
    else process.env.XDG_STATE_HOME = before;
    removeDirectory(directory);
  });

  const script = (go: string) => `echo first; until [ -f '${go}' ]; do sleep 0.02; done; echo second; exit 3`;

  test.each([
    ['a SIGKILL of Holdfast', false],
    ['an end of Holdfast by itself', true],
  ])('survives %s, and is found again with all of its output', async (_name, close) => {
    const own = target(currentAccount().name);
    const marker = `${newRun()}/s1`;
    const go = join(directory, 'go');
    const holdfast = fixtureProgram(
      'target-step.ts',
      JSON.stringify({ target: own, marker, script: script(go), close }),
    );
    started.push(holdfast);
    await holdfast.says('first');
    if (!close) holdfast.child.kill('SIGKILL');
    await holdfast.ended;
    const session = await connect(own, { signal });
    expect((await session.probe(marker)).state).toBe('running');
    writeFileSync(go, '');
    const found = await perform(session, marker, script(go));
    expect(found).toMatchObject({ outcome: 'exited', exitCode: 3, attached: true });
    expect(found.output.stdout).toBe('first\nsecond\n');
    await session.close();
  });

  test("carries no mark of Holdfast's own, so that nothing of Holdfast ends it, and none of its secrets", async () => {
    process.env.PLANTED_SECRET = 'planted-9xKq';
    try {
      const session = await connect(target(currentAccount().name), { signal });
      const done = await perform(session, `${newRun()}/s1`, 'env');
      expect(done.output.stdout).toContain('HOLDFAST_STEP=');
      expect(done.output.stdout).not.toContain('planted-9xKq');
      // The mark of these tests themselves is there, as that of a Holdfast around this one would be.
      const mark = /^HOLDFAST_TREE=(.*)$/m.exec(done.output.stdout)?.[1];
      expect(mark).toBe(process.env.HOLDFAST_TREE);
      await session.close();
    } finally {
      delete process.env.PLANTED_SECRET;
    }
  });

  test.skipIf(process.getuid?.() !== 0)(
    'runs as an account without rights when Holdfast is root and the site says nothing',
    async () => {
      const session = await connect(target(), { signal });
      const run = newRun();
      const done = await perform(session, `${run}/s1`, 'id -un');
      expect(done.output.stdout).toBe(`${childAccountNow().name}\n`);
      await session.forget(run);
      await session.close();
    },
  );

  test('an account that is not there is told', async () => {
    await expect(connect(target('nobody-of-this-name'), { signal })).rejects.toMatchObject({ code: 'account-missing' });
  });
});
