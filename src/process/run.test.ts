import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { accountNamed, childAccountNow, currentAccount } from './account.ts';
import { livingProcesses, processEntry } from './listing.ts';
import { run } from './run.ts';
import type { Command, Finished, RunOptions } from './types.ts';

const never = new AbortController().signal;
const asRoot = process.getuid?.() === 0;

function shell(script: string, options: Partial<Command> = {}): Command {
  return { program: 'sh', args: ['-c', script], ...options };
}

function quickly(command: Command, options: Partial<RunOptions> = {}): Promise<Finished> {
  return run(command, { signal: never, timeoutMs: 20_000, ...options });
}

/** Cancels once the command has printed `count` process ids; returns them. */
async function cancelAfter(count: number, command: Command): Promise<{ finished: Finished; pids: number[] }> {
  const controller = new AbortController();
  const pids: number[] = [];
  const finished = await run(command, {
    signal: controller.signal,
    timeoutMs: 20_000,
    onStdoutLine(line) {
      pids.push(Number(line));
      if (pids.length === count) controller.abort();
    },
  });
  return { finished, pids };
}

describe('how it ends', () => {
  test('gives output, exit code and time of a program that ends by itself', async () => {
    const finished = await quickly(shell('echo out; echo err >&2; exit 3'));
    expect(finished).toMatchObject({
      stdout: 'out\n',
      stderr: 'err\n',
      exitCode: 3,
      signal: null,
      ok: false,
      dropped: 0,
    });
    expect(finished).toMatchObject({
      timedOut: false,
      cancelled: false,
      command: "sh -c 'echo out; echo err >&2; exit 3'",
    });
  });

  test('names the signal that ended a program', async () => {
    expect(await quickly(shell('kill -KILL $$'))).toMatchObject({ exitCode: null, signal: 'SIGKILL', ok: false });
  });

  test('a timeout of 1 s takes 1 s', async () => {
    const finished = await quickly(shell('sleep 300'), { timeoutMs: 1000 });
    expect(finished).toMatchObject({ timedOut: true, cancelled: false, ok: false });
    expect(finished.durationMs).toBeGreaterThanOrEqual(995);
    expect(finished.durationMs).toBeLessThan(1400);
  });

  test('a timeout kills what ignores SIGTERM after the grace', async () => {
    const finished = await quickly(shell('trap "" TERM; while :; do sleep 0.1; done'), {
      timeoutMs: 300,
      graceMs: 200,
    });
    expect(finished).toMatchObject({ timedOut: true, signal: 'SIGKILL' });
    expect(finished.durationMs).toBeLessThan(1500);
  });

  test('a program may clean up within the grace', async () => {
    const finished = await quickly(shell('trap "echo bye; exit 9" TERM; while :; do sleep 0.02; done'), {
      timeoutMs: 300,
    });
    expect(finished).toMatchObject({ timedOut: true, exitCode: 9, stdout: 'bye\n', ok: false });
  });

  test('does not start what was cancelled before', async () => {
    const finished = await run(shell('echo started'), { signal: AbortSignal.abort(), timeoutMs: 1000 });
    expect(finished).toMatchObject({ cancelled: true, exitCode: null, stdout: '', ok: false });
  });

  test('a program that does not exist is a HoldfastError, and nothing was started', async () => {
    await expect(quickly({ program: 'no-such-program', args: [] })).rejects.toMatchObject({ code: 'program-missing' });
    await expect(quickly({ program: '/no/such/program', args: [] })).rejects.toMatchObject({ code: 'program-missing' });
  });

  test('a file that is no program, or a directory that is gone, is a HoldfastError', async () => {
    await expect(quickly({ program: '/etc/passwd', args: [] })).rejects.toMatchObject({ code: 'program-missing' });
    await expect(quickly(shell('true', { cwd: '/no/such/directory' }))).rejects.toMatchObject({
      code: 'program-not-started',
    });
  });

  test.runIf(process.platform === 'linux')(
    'a program that the kernel refuses is a HoldfastError that says why',
    async () => {
      const directory = mkdtempSync(join(tmpdir(), 'hf-run-'));
      try {
        const program = join(directory, 'orphaned');
        writeFileSync(program, '#!/no/such/interpreter\n', { mode: 0o755 });
        const failure = await quickly({ program, args: [] }).catch((error: unknown) => error);
        expect(failure).toMatchObject({
          code: 'program-not-started',
          message: expect.stringContaining('failed to execute'),
        });
      } finally {
        rmSync(directory, { recursive: true });
      }
    },
  );

  test('what a line callback throws reaches the caller, and the program is gone', async () => {
    let pid = 0;
    const failing = quickly(shell('echo $$; exec sleep 300'), {
      onStdoutLine(line) {
        pid = Number(line);
        throw new Error('no such line expected');
      },
    });
    await expect(failing).rejects.toThrow('no such line expected');
    expect(processEntry(pid)).toBeUndefined();
  });
});

describe('Cancelling a run leaves no process alive, here or on the target', () => {
  test('a tree of three levels', async () => {
    const { finished, pids } = await cancelAfter(
      3,
      shell(`echo $$; sh -c 'echo $$; sh -c "echo \\$\\$; sleep 300; :" & wait' & wait`),
    );
    expect(finished.cancelled).toBe(true);
    expect(new Set(pids).size).toBe(3);
    expect(pids.filter((pid) => processEntry(pid) !== undefined)).toEqual([]);
  });

  test('a tree in which nobody listens to SIGTERM', async () => {
    const { finished, pids } = await cancelAfter(
      2,
      shell(`trap "" TERM; echo $$; sh -c 'echo $$; while :; do sleep 0.1; done' & while :; do sleep 0.1; done`),
    );
    expect(finished).toMatchObject({ cancelled: true, signal: 'SIGKILL' });
    expect(pids.filter((pid) => processEntry(pid) !== undefined)).toEqual([]);
  });

  test.runIf(process.platform === 'linux')(
    'one that forked twice, left its session and closed its output',
    async () => {
      const { pids } = await cancelAfter(
        1,
        shell(`(setsid sh -c 'echo $$; exec >&- 2>&- </dev/null; sleep 300; :' &) & sleep 300`),
      );
      expect(pids).toHaveLength(1);
      expect(pids.filter((pid) => processEntry(pid) !== undefined)).toEqual([]);
    },
  );

  test.runIf(process.platform === 'linux')('all in a sandbox, whoever started it', async () => {
    const marker = `29${process.pid}.5`;
    const controller = new AbortController();
    const finished = await run(
      shell(`(setsid sleep ${marker} &) ; sleep ${marker} & echo ready; wait`, {
        sandbox: { network: false, readable: {}, writable: {} },
      }),
      { signal: controller.signal, timeoutMs: 20_000, onStdoutLine: () => controller.abort() },
    );
    expect(finished.cancelled).toBe(true);
    expect(withArgument(marker)).toEqual([]);
  });

  test.runIf(process.platform === 'linux')('what a program leaves behind when it ends well is ended too', async () => {
    const finished = await quickly(shell(`setsid sh -c 'echo $$; sleep 300; :' & exit 0`));
    expect(finished.ok).toBe(true);
    expect(processEntry(Number(finished.stdout))).toBeUndefined();
    expect(finished.durationMs).toBeLessThan(3000);
  });
});

describe('output', () => {
  test('300,000 lines arrive whole, in order and apart', async () => {
    const script = `const out = Array.from({length: 300000}, (_, i) => 'line ' + i).join('\\n') + '\\n';
      process.stdout.write(out); process.stderr.write('only this\\n')`;
    let next = 0;
    const errors: string[] = [];
    const finished = await quickly(node(script), {
      onStdoutLine(line) {
        if (line === `line ${next}`) next += 1;
      },
      onStderrLine: (line) => errors.push(line),
    });
    expect(next).toBe(300_000);
    expect(errors).toEqual(['only this']);
    expect(finished.ok).toBe(true);
  });

  test('characters that are cut between two chunks arrive whole', async () => {
    const script = `const bytes = Buffer.from('복구 완료 ✔ 恢復完成 😀\\n');
      let i = 0; const next = () => { if (i < bytes.length) { process.stdout.write(bytes.subarray(i, ++i), () => setImmediate(next)); } }; next();`;
    const lines: string[] = [];
    const finished = await quickly(node(script), { onStdoutLine: (line) => lines.push(line) });
    expect(lines).toEqual(['복구 완료 ✔ 恢復完成 😀']);
    expect(finished.stdout).toBe('복구 완료 ✔ 恢復完成 😀\n');
  });

  test('keeps as many bytes as asked, counts the rest, and still gives every line', async () => {
    let lines = 0;
    const finished = await quickly(shell('yes 0123456789 | head -n 100000'), {
      keepBytes: 1100,
      onStdoutLine: () => {
        lines += 1;
      },
    });
    expect(finished.stdout).toBe('0123456789\n'.repeat(100));
    expect(finished.dropped).toBe(1_100_000 - 1100);
    expect(lines).toBe(100_000);
  });

  test('standard input is what was given, and empty otherwise', async () => {
    expect((await quickly(shell('cat', { stdin: '병원 기록' }))).stdout).toBe('병원 기록');
    expect((await quickly(shell('cat'))).stdout).toBe('');
    expect((await quickly(shell('exec <&-; exit 0', { stdin: 'x'.repeat(10_000_000) }))).ok).toBe(true);
  });
});

describe('who and where', () => {
  test('the environment is chosen: nothing of Holdfast’s own is handed on, and a secret stands in no argument', async () => {
    process.env.HOLDFAST_TEST_OWN_SECRET = 'own-secret';
    const script = 'env; tr "\\0" " " < /proc/$$/cmdline; tr "\\0" " " < /proc/$PPID/cmdline';
    for (const sandbox of process.platform === 'linux'
      ? [undefined, { network: false, readable: {}, writable: {} }]
      : [undefined]) {
      const command = { ...shell(script, { env: { PLANTED: 'planted-secret' } }), ...(sandbox ? { sandbox } : {}) };
      const { stdout, ok } = await quickly(command);
      expect(ok).toBe(true);
      const names = stdout.split('\n').flatMap((line) => /^([A-Z_]+)=/.exec(line)?.[1] ?? []);
      expect(names.filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name)).sort()).toEqual(
        ['HOLDFAST_TREE', 'HOME', 'LANG', 'PATH', 'PLANTED', 'TZ'].sort(),
      );
      expect(stdout).not.toContain('own-secret');
      expect(stdout.split('planted-secret')).toHaveLength(2);
    }
    delete process.env.HOLDFAST_TEST_OWN_SECRET;
  });

  test('while it runs, nobody can read a secret in the arguments of any of its processes', async () => {
    const controller = new AbortController();
    const secret = `planted-${process.pid}-secret`;
    let seen: string[] | undefined;
    await run(shell('echo ready; sleep 300', { env: { PASSWORD: secret } }), {
      signal: controller.signal,
      timeoutMs: 20_000,
      onStdoutLine() {
        seen = withArgument(secret).map(String);
        controller.abort();
      },
    });
    expect(seen).toEqual([]);
  });

  test.runIf(asRoot)('root’s children run without root’s rights', async () => {
    const { stdout } = await quickly(shell('id -u; grep -E "CapPrm|CapBnd|CapAmb|NoNewPrivs" /proc/self/status'));
    const zero = '0000000000000000';
    expect(stdout.replaceAll('\t', ' ')).toBe(
      `${childAccountNow().uid}\nCapPrm: ${zero}\nCapBnd: ${zero}\nCapAmb: ${zero}\nNoNewPrivs: 1\n`,
    );
    expect(childAccountNow().uid).not.toBe(0);
  });

  test.runIf(asRoot)('a capability is kept for the one command that names it', async () => {
    const unreadable = shell('cat /etc/shadow > /dev/null');
    expect((await quickly(unreadable)).ok).toBe(false);
    const allowed = await quickly({ ...unreadable, capabilities: ['dac_read_search'] });
    expect(allowed).toMatchObject({ ok: true, stderr: '' });
    const { stdout } = await quickly({ ...shell('grep CapEff /proc/self/status'), capabilities: ['dac_read_search'] });
    expect(stdout).toBe('CapEff:\t0000000000000004\n');
  });

  test('an account that does not exist is a HoldfastError', async () => {
    await expect(accountNamed('no-such-user-here')).rejects.toMatchObject({ code: 'account-missing' });
  });
});

describe('a sandbox', () => {
  test.runIf(process.platform === 'linux')(
    'sees neither a server on a unix socket in /tmp nor one on 127.0.0.1',
    async () => {
      const path = `/tmp/hf-${process.pid}.sock`;
      const unix = createServer((socket) => socket.end('production'));
      const tcp = createServer((socket) => socket.end('production'));
      await new Promise<void>((resolve) => unix.listen(path, resolve));
      await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
      const address = tcp.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      const script = `
      use IO::Socket::INET; use IO::Socket::UNIX;
      my $tcp = IO::Socket::INET->new(PeerAddr => "127.0.0.1:${port}", Timeout => 2);
      my $unix = IO::Socket::UNIX->new(Peer => "${path}");
      print defined $tcp ? "tcp:" . <$tcp> : "no tcp"; print defined $unix ? " unix:" . <$unix> : " no unix";`;
      const command = { program: 'perl', args: ['-e', script] };
      try {
        chmodSync(path, 0o777);
        expect((await quickly(command)).stdout).toBe('tcp:production unix:production');
        const boxed = await quickly({ ...command, sandbox: { network: false, readable: {}, writable: {} } });
        expect(boxed.stdout).toBe('no tcp no unix');
        const fetching = await quickly({ ...command, sandbox: { network: true, readable: {}, writable: {} } });
        expect(fetching.stdout).toBe('tcp:production no unix');
      } finally {
        await new Promise((resolve) => unix.close(resolve));
        await new Promise((resolve) => tcp.close(resolve));
      }
    },
  );

  test.runIf(process.platform === 'linux')(
    'a program that is not in it is missing, a path that cannot be bound is no start',
    async () => {
      const empty = { network: false, readable: {}, writable: {} };
      await expect(quickly({ program: '/opt/none', args: [], sandbox: empty })).rejects.toMatchObject({
        code: 'program-missing',
      });
      const unbound = { ...empty, readable: { '/no/such/path': '/data' } };
      await expect(quickly({ ...shell('true'), sandbox: unbound })).rejects.toMatchObject({
        code: 'program-not-started',
      });
    },
  );
});

/** A Node program; the account may not be able to reach this very Node, so it runs as the user who runs the tests. */
function node(script: string): Command {
  return { program: process.execPath, args: ['-e', script], account: currentAccount() };
}

function withArgument(text: string): number[] {
  return livingProcesses().flatMap(({ pid }) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(text) ? [pid] : [];
    } catch {
      return [];
    }
  });
}
