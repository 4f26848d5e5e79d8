import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { livingProcesses } from '../../src/process/listing.ts';
import { connect } from '../../src/targets/index.ts';
import type { Session, Target } from '../../src/targets/types.ts';
import { commandLine, holding, newRun, Output, perform, until, untilFile } from './observed.ts';

/** A place to run the contract at. */
export interface Place {
  readonly target: Target;
  /** Directory in which steps and tests may leave files; writable from both sides. */
  readonly room: string;
  /** Where markers lie. */
  readonly runs: string;
  stop(): Promise<void>;
}

/** What every kind of target promises, whichever shell it has. Call it within `describe`. */
export function keepsTheContract(open: () => Promise<Place>): void {
  let place: Place;
  let session: Session;
  const signal = new AbortController().signal;

  beforeAll(async () => {
    place = await open();
    session = await connect(place.target, { signal });
  });
  afterAll(async () => {
    await session?.close();
    await place?.stop();
  });

  const room = (name: string) => join(place.room, name);

  test('gives what a command printed, exact to the byte, both streams apart, and how it ended', async () => {
    const done = await perform(
      session,
      `${newRun()}/s1`,
      "printf '가나다 中文 日本\\n'; printf 'warn\\n' >&2; printf '\\000\\377\\n\\n'; exit 7",
    );
    expect(done.output.bytes).toEqual(Buffer.from([...Buffer.from('가나다 中文 日本\n'), 0, 255, 10, 10]));
    expect(done.output.stderr).toBe('warn\n');
    expect(done).toMatchObject({ outcome: 'exited', exitCode: 7, attached: false, survivors: [] });
    expect([done.stdoutBytes, done.stderrBytes]).toEqual([done.output.bytes.length, 5]);
  });

  test('hands text to a command exactly as it is', async () => {
    const odd = `it's "$HOME" \`id\` \\n 한국어\n第二行\t$(exit 3) !x * ~ ;\n`;
    const done = await perform(
      session,
      `${newRun()}/s1`,
      `printf %s "$VALUE"; printf %s '${'漢字 '.repeat(3000)}' >&2`,
      {
        env: { VALUE: odd },
      },
    );
    expect(done.output.stdout).toBe(odd);
    expect(done.output.stderr).toBe('漢字 '.repeat(3000));
  });

  test('keeps values out of argument lists and out of the files of the target', async () => {
    const run = newRun();
    const secret = 'planted-Wq7bnD2cRt';
    const go = room(`${run}-go`);
    const working = perform(
      session,
      `${run}/s1`,
      `: >'${go}.begun'; until [ -f '${go}' ]; do sleep 0.05; done; printf %s "$KEY"`,
      {
        env: { KEY: secret },
      },
    );
    await untilFile(`${go}.begun`);
    const lists = livingProcesses().map(({ pid }) => commandLine(pid));
    const marker = join(place.runs, run, 's1');
    const files = readdirSync(marker).map((name) => readFileSync(join(marker, name), 'latin1'));
    expect(lists.filter((list) => list.includes(secret))).toEqual([]);
    expect(files.filter((text) => text.includes(secret))).toEqual([]);
    expect(statSync(marker).mode & 0o077).toBe(0);
    writeFileSync(go, '');
    expect((await working).output.stdout).toBe(secret);
  });

  test('never starts the same marker twice, and tells how the first one ended', async () => {
    const run = newRun();
    const first = await perform(session, `${run}/s1`, `echo once >>'${room(run)}'; echo said; exit 4`);
    const again = await perform(session, `${run}/s1`, `echo twice >>'${room(run)}'`);
    expect(readFileSync(room(run), 'utf8')).toBe('once\n');
    expect(again).toMatchObject({ outcome: 'exited', exitCode: 4, attached: true });
    expect(again.output.stdout).toBe('said\n');
    expect(first.attached).toBe(false);
    expect(await session.probe(`${run}/s1`)).toEqual({ state: 'finished', exitCode: 4 });
  });

  test('what was probed before it began never begins', async () => {
    const run = newRun();
    expect(await session.probe(`${run}/s1`)).toEqual({ state: 'never-started' });
    const done = await perform(session, `${run}/s1`, `: >'${room(run)}'`);
    expect(done).toMatchObject({ outcome: 'never-started', attached: false });
    expect(existsSync(room(run))).toBe(false);
    const second = await perform(session, `${run}/s1#2`, 'echo second');
    expect(second).toMatchObject({ outcome: 'exited', exitCode: 0 });
  });

  test('delivers 300,000 lines complete and fast', async () => {
    const line = 'row of a long list 한글 中文 0123456789';
    const start = performance.now();
    const done = await perform(
      session,
      `${newRun()}/s1`,
      `i=0; b='${line}'; a="$b\n$b\n$b\n$b\n$b\n$b\n$b\n$b\n$b\n$b"; while [ $i -lt 30000 ]; do printf '%s\\n' "$a"; i=$((i+1)); done; echo end >&2`,
    );
    expect(done.output.stdout === `${line}\n`.repeat(300_000)).toBe(true);
    expect(done.output.stderr).toBe('end\n');
    // A look brings megabytes: a line must cost next to nothing. Generous, for a machine that does other things too.
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test('shows output while the command runs', async () => {
    const run = newRun();
    const output = new Output();
    const seen = new Promise<string>((resolve) => {
      output.onPiece = () => resolve(output.stdout);
    });
    const working = perform(
      session,
      `${run}/s1`,
      `echo early; until [ -f '${room(run)}' ]; do sleep 0.05; done; echo late`,
      {
        output,
      },
    );
    expect(await seen).toMatch(/^early/);
    writeFileSync(room(run), '');
    expect((await working).output.stdout).toBe('early\nlate\n');
  });

  test('a step that opens /dev/stdout and /dev/stderr anew loses nothing of what it said before', async () => {
    const done = await perform(
      session,
      `${newRun()}/s1`,
      'echo one; echo two >/dev/stdout; echo three; echo a >&2; echo b >/dev/stderr; echo c >&2',
    );
    expect(done.output.stdout).toBe('one\ntwo\nthree\n');
    expect(done.output.stderr).toBe('a\nb\nc\n');
  });

  test('has nothing on standard input and no terminal', async () => {
    const done = await perform(session, `${newRun()}/s1`, 'cat; [ -t 0 ] || [ -t 1 ] || echo none');
    expect(done).toMatchObject({ outcome: 'exited', exitCode: 0 });
    expect(done.output.stdout).toBe('none\n');
  });

  test('starts in the directory that is asked for, and not at all where there is none', async () => {
    const there = await perform(session, `${newRun()}/s1`, 'pwd', { directory: '/usr' });
    expect(there.output.stdout).toBe('/usr\n');
    const missing = newRun();
    await expect(
      perform(session, `${missing}/s1`, `: >'${room(missing)}'`, { directory: '/nowhere at all' }),
    ).rejects.toMatchObject({ code: 'target-no-directory' });
    expect(existsSync(room(missing))).toBe(false);
  });

  test('refuses names that are no variables, and NUL bytes, before anything starts', async () => {
    const run = newRun();
    for (const env of [{ 'A;id': 'x' }, { IFS: 'x' }, { _hf_s: 'x' }, { A: 'a\0b' }]) {
      await expect(perform(session, `${run}/s1`, `: >'${room(run)}'`, { env })).rejects.toMatchObject({
        code: 'target-text',
      });
    }
    expect(existsSync(room(run))).toBe(false);
  });

  test('a limit of one second takes one second, and nothing of the command is left', async () => {
    const run = newRun();
    const script = `sleep 61 & (setsid sleep 62 &); sh -c 'sleep 63 & sleep 64' & sleep 65`;
    const done = await perform(session, `${run}/s1`, script, { timeoutMs: 1000 });
    expect(done).toMatchObject({ outcome: 'timed-out', survivors: [] });
    expect(done.durationMs / 1000).toBeGreaterThanOrEqual(1);
    expect(done.durationMs / 1000).toBeLessThan(1.9);
    expect(holding(`:${run}/s1:`)).toEqual([]);
    expect((await session.probe(`${run}/s1`)).state).toBe('finished');
  });

  test('cancelling kills those that ignore it, left the session and lost their parents, and proves it', async () => {
    const run = newRun();
    const stop = new AbortController();
    const working = perform(
      session,
      `${run}/s1`,
      `trap '' TERM HUP INT; (setsid sh -c 'sleep 71 & sleep 72' &); (sleep 73 &); (env -i sleep 74 &); : >'${room(run)}'; sleep 75; sleep 76`,
      { signal: stop.signal },
    );
    await untilFile(room(run));
    await until('all of it runs', () => holding(`:${run}/s1:`).length >= 7);
    stop.abort();
    const done = await working;
    expect(done).toMatchObject({ outcome: 'cancelled', survivors: [] });
    expect(holding(`:${run}/s1:`)).toEqual([]);
    expect(livingProcesses().filter(({ pid }) => commandLine(pid) === 'sleep 74')).toEqual([]);
  });

  test('a step has half a second to clean up after itself when it is cancelled', async () => {
    const run = newRun();
    const stop = new AbortController();
    const working = perform(
      session,
      `${run}/s1`,
      `trap 'echo cleaned; : >"${room(run)}.cleaned"; exit 9' TERM; : >'${room(run)}'; while :; do sleep 0.05; done`,
      { signal: stop.signal },
    );
    await untilFile(room(run));
    stop.abort();
    const done = await working;
    expect(done).toMatchObject({ outcome: 'cancelled', exitCode: 9 });
    expect(done.output.stdout).toBe('cleaned\n');
    expect(existsSync(`${room(run)}.cleaned`)).toBe(true);
  });

  test('a step that leaves a service behind ends, and the service goes on', async () => {
    const run = newRun();
    const done = await perform(
      session,
      `${run}/s1`,
      `sh -c 'until [ -f "${room(run)}" ]; do sleep 0.05; done' & echo up`,
    );
    expect(done).toMatchObject({ outcome: 'exited', exitCode: 0 });
    expect(done.output.stdout).toBe('up\n');
    expect(holding(`:${run}/s1:`).length).toBeGreaterThan(0);
    writeFileSync(room(run), '');
    await until('it has ended', () => holding(`:${run}/s1:`).length === 0);
  });

  test('tells by which signal a command was killed', async () => {
    const done = await perform(session, `${newRun()}/s1`, 'kill -KILL $$');
    expect(done).toMatchObject({ outcome: 'exited', exitCode: 137, signal: 'SIGKILL' });
  });

  test('forgets the markers of a run, and of no other', async () => {
    const [one, other] = [newRun(), newRun()];
    await perform(session, `${one}/s1`, ':');
    await perform(session, `${other}/s1`, ':');
    await session.forget(one);
    expect(existsSync(join(place.runs, one))).toBe(false);
    expect(existsSync(join(place.runs, other, 's1', 'exit'))).toBe(true);
  });

  test('names of runs and steps may hold anything', async () => {
    const run = newRun();
    for (const step of ['../../x', '단계 1/a b', "it's", '-rf', '$(id)', 'x'.repeat(600)]) {
      const done = await perform(session, `${run}/${step}`, 'echo here');
      expect(done.output.stdout).toBe('here\n');
    }
    expect(readdirSync(join(place.runs, run))).toHaveLength(6);
  });

  test('says who it is', async () => {
    expect((await session.identify())['host-name']).not.toBe('');
  });
}
