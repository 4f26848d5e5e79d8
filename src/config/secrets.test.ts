import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SecretMemory } from './secret-memory.ts';
import { readSecret, type SecretContext } from './secrets.ts';

let directory = '';
let warnings: string[] = [];
let memory = new SecretMemory();

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hf-secret-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

beforeEach(() => {
  warnings = [];
  memory = new SecretMemory();
});

describe('readSecret', () => {
  it('reads a variable of the environment, and says when it is not set or empty', async () => {
    expect(await readSecret({ env: 'PW' }, context({ env: { PW: ' kept as it is ' } }))).toBe(' kept as it is ');
    for (const env of [{}, { PW: '' }]) {
      await expect(readSecret({ env: 'PW' }, context({ env }))).rejects.toMatchObject({
        code: 'secret-not-set',
        details: { name: 'PW' },
      });
    }
  });

  it('reads the first line of a file, relative to the site file', async () => {
    await secretFile('pw', 'first line\r\nsecond\n');
    expect(await readSecret({ file: 'pw' }, context())).toBe('first line');
    expect(warnings).toEqual([]);
  });

  it('refuses a file of its own that others can read or write', async () => {
    for (const [mode, can] of [
      [0o644, 'read'],
      [0o602, 'change'],
    ] as const) {
      await secretFile('open', 'hunter2', mode);
      await expect(readSecret({ file: 'open' }, context())).rejects.toMatchObject({
        code: 'secret-file-exposed',
        details: { can },
      });
    }
  });

  it('warns of a file that its group can read', async () => {
    await secretFile('group', 'hunter2', 0o640);
    expect(await readSecret({ file: 'group' }, context())).toBe('hunter2');
    expect(warnings).toEqual([expect.stringContaining('has mode 0640: its group can read or change it')]);
  });

  it.runIf(process.getuid?.() === 0)(
    'only warns of a file of another account that others can read: it cannot be mended from here',
    async () => {
      await secretFile('mounted', 'hunter2', 0o644);
      await chown(join(directory, 'mounted'), 65_534, 65_534);
      expect(await readSecret({ file: 'mounted' }, context())).toBe('hunter2');
      expect(warnings).toHaveLength(1);
    },
  );

  it('says why a file gives no secret', async () => {
    await secretFile('empty', '\nsecond');
    const reason = async (file: string) => await readSecret({ file }, context()).catch((error) => error.details.reason);
    expect(await reason('none')).toBe('it is not there');
    expect(await reason('.')).toBe('it is a directory');
    expect(await reason('empty')).toBe('its first line is empty');
  });

  it('takes the first line that a command prints, and never shows what a failed one printed', async () => {
    const print: SecretContext['print'] = async (command, cwd) => ({ stdout: `${command.join('+')}@${cwd}\nmore\n` });
    expect(await readSecret({ command: ['pass', 'show x'] }, context({ print }))).toBe(`pass+show x@${directory}`);
    const failing = async () => ({ problem: 'exit code 1' });
    await expect(readSecret({ command: ['pass', 'x'] }, context({ print: failing }))).rejects.toMatchObject({
      code: 'secret-command-failed',
      details: { command: 'pass x', reason: 'exit code 1' },
    });
    await expect(
      readSecret({ command: ['true'] }, context({ print: async () => ({ stdout: '\n' }) })),
    ).rejects.toMatchObject({
      details: { reason: 'its first line of output is empty' },
    });
  });

  it('ends when it is cancelled', async () => {
    await secretFile('late', 'hunter2');
    await expect(readSecret({ file: 'late' }, context({ signal: AbortSignal.abort() }))).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('remembers what it read, so that it is redacted from then on', async () => {
    expect(memory.redact('it is planted-secret')).toContain('planted-secret');
    await readSecret({ env: 'PW' }, context({ env: { PW: 'planted-secret' } }));
    expect(memory.redact('it is planted-secret')).toBe('it is [redacted]');
  });

  it('remembers the password in a URL, written and decoded', async () => {
    await readSecret({ env: 'U' }, context({ env: { U: 'postgres://app:pl%40nted%2Fone@db/x' } }));
    expect(memory.redact('FATAL: pl@nted/one is wrong, pl%40nted%2Fone too')).toBe(
      'FATAL: [redacted] is wrong, [redacted] too',
    );
  });
});

async function secretFile(name: string, text: string, mode = 0o600): Promise<void> {
  await writeFile(join(directory, name), text);
  await chmod(join(directory, name), mode);
}

function context(more: Partial<SecretContext> = {}): SecretContext {
  return {
    baseDirectory: directory,
    signal: new AbortController().signal,
    env: {},
    memory,
    print: async () => ({ problem: 'no command is expected here' }),
    warn: (message) => warnings.push(message),
    ...more,
  };
}
