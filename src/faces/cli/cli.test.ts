import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../operations/api.ts';

const main = fileURLToPath(new URL('../../main.ts', import.meta.url));
let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hf-cli-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe('holdfast, as a person starts it', () => {
  it('shows every operation in its help', async () => {
    const { code, stdout, stderr } = await holdfast(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { name } of operations) expect(stdout).toMatch(new RegExp(`^  ${name.split(' ')[0]}\\b`, 'm'));
    expect(stdout).toContain('130  Cancelled');
  });

  it('shows examples and exit codes in the help of a command, whichever way it is asked', async () => {
    const one = await holdfast(['help', 'site', 'check']);
    const other = await holdfast(['site', 'check', '--help']);
    expect(one.stdout).toBe(other.stdout);
    expect(one.stdout).toContain('holdfast site check --site /etc/holdfast/holdfast.yaml --json');
    expect(one.stdout).toContain('Exit codes:');
    expect(one.code).toBe(0);
  });

  it('says which command was meant, on standard error, with exit code 2', async () => {
    const { code, stdout, stderr } = await holdfast(['site', 'chek']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain("Unknown command 'chek' (Did you mean check?)");
    expect(stderr).toMatch(/What to do: `holdfast help site` shows/);
    expect((await holdfast(['sit'])).stderr).toMatch(/What to do: `holdfast help` shows/);
  });

  it('says which option was meant', async () => {
    const { code, stderr } = await holdfast(['site', 'check', '--jsn']);
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean --json?');
  });

  it('answers a group without its second word with the help of the group and exit code 2', async () => {
    const { code, stdout, stderr } = await holdfast(['site']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('check');
  });

  it('shows each wrong input with its flag', async () => {
    const { code, stderr } = await holdfast(['serve', '--port', 'x']);
    expect(code).toBe(2);
    expect(stderr).toContain('--port: this must be a number, and it is "x"');
  });

  it('tells what, why, what to do and what state was left when it fails', async () => {
    const { code, stdout, stderr } = await holdfast(['site', 'check', '--site', 'none.yaml']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const word of ['Site file not found', '(site-file-missing)', 'none.yaml', 'Why:', 'What to do:', 'State:']) {
      expect(stderr).toContain(word);
    }
    expect(stderr).not.toContain('    at ');
  });

  it('shows the causes with --verbose', async () => {
    const { stderr } = await holdfast(['site', 'check', '--site', 'none.yaml', '--verbose']);
    expect(stderr).toContain('ENOENT');
    expect(stderr).toContain('    at ');
  });
});

describe('--json', () => {
  it.each([
    ['a result', ['schema', '--json'], 0],
    ['an error', ['site', 'check', '--json', '--site', 'none.yaml'], 2],
    ['a mistake in the command line', ['--json', 'frobnicate'], 2],
    ['a wrong input', ['serve', '--port', 'x', '--json'], 2],
    ['help', ['--json', 'site', '--help'], 0],
    ['the version', ['--json', '--version'], 0],
  ])('prints exactly one JSON value for %s, and nothing else anywhere', async (_name, words, code) => {
    const result = await holdfast(words);
    expect(result.stderr).toBe('');
    expect(result.code).toBe(code);
    const value: unknown = JSON.parse(result.stdout);
    if (code !== 0) {
      expect(Object.keys(value as object)).toEqual(['error']);
      expect((value as { error: object }).error).toMatchObject({
        code: expect.any(String),
        message: expect.any(String),
        why: expect.any(String),
        hint: expect.any(String),
        state: expect.any(String),
      });
    }
  });

  it('may be asked for in the environment', async () => {
    const { stdout } = await holdfast(['site', 'check', '--site', 'none.yaml'], { HOLDFAST_JSON: '1' });
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'site-file-missing' } });
  });
});

describe('colour', () => {
  it('is off without a terminal, on when it is asked for, off with NO_COLOR', async () => {
    const words = ['site', 'check', '--site', 'none.yaml'];
    expect((await holdfast(words)).stderr).not.toContain('\u001b');
    expect((await holdfast([...words, '--color', 'always'])).stderr).toContain('\u001b[31m✘');
    expect((await holdfast(words, { NO_COLOR: '1' })).stderr).not.toContain('\u001b');
  });
});

describe('a planted secret', () => {
  it('is not in the error about the site file that it was written into', async () => {
    const path = join(directory, 'planted.yaml');
    await writeFile(path, 'site: x\nstores:\n  a: { path: p, password: hunter2-planted }\nassets: {}\n');
    for (const more of [[], ['--verbose'], ['--json']]) {
      const { stdout, stderr, code } = await holdfast(['site', 'check', '--site', path, ...more]);
      expect(code).toBe(2);
      expect(stdout + stderr).not.toContain('hunter2');
    }
  });

  it('is not in the error about the URL of the store', async () => {
    const env = {
      HOLDFAST_STORE: 'postgres://u:hunter2-planted@127.0.0.1:1/x',
      HOLDFAST_DATA: directory,
    };
    const site = join(directory, 'fine.yaml');
    await writeFile(site, 'site: x\nstores:\n  a: { path: p, password: { env: P } }\nassets: {}\n');
    const { stdout, stderr, code } = await holdfast(['points', '--verbose', '--site', site], env);
    expect(code).toBe(6);
    expect(stderr).toContain('store-unavailable');
    expect(stdout + stderr).not.toContain('hunter2');
  });
});

describe('a reader that goes away', () => {
  it('ends nothing and is no error', async () => {
    const shell = spawn(
      '/bin/bash',
      ['-c', `set -o pipefail; "${process.execPath}" "${main}" schema | head -c 10; echo " rc $?"`],
      {
        env: environment({}),
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const { stdout, stderr } = await ended(shell);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/ rc (0|141)$/m);
    expect(stdout).toContain('rc 0');
  });
});

describe('holdfast init', () => {
  it('writes a site file that is right, a password for its owner alone, and a schema beside them', async () => {
    const place = join(directory, 'Seoul Clinic 1');
    const site = join(place, 'holdfast.yaml');
    const first = await holdfast(['init', '--site', site]);
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('Keep a copy of the password elsewhere');
    const password = await readFile(join(place, 'holdfast-password'), 'utf8');
    expect(password).toMatch(/^([0-9a-f]{8}-){7}[0-9a-f]{8}\n$/);
    expect((await stat(join(place, 'holdfast-password'))).mode & 0o777).toBe(0o600);
    expect(first.stdout).not.toContain(password.trim());
    const text = await readFile(site, 'utf8');
    expect(text).toContain('# yaml-language-server: $schema=./holdfast.schema.json');
    expect(JSON.parse(await readFile(join(place, 'holdfast.schema.json'), 'utf8'))).toHaveProperty('properties.assets');
    const checked = await holdfast(['site', 'check', '--site', site, '--json']);
    expect(JSON.parse(checked.stdout)).toMatchObject({ site: 'seoul-clinic-1', assets: [{ name: 'documents' }] });

    await writeFile(site, 'mine');
    const second = await holdfast(['init', '--site', site]);
    expect(second.code).toBe(5);
    expect(await readFile(site, 'utf8')).toBe('mine');

    await chmod(join(place, 'holdfast-password'), 0o644);
    const forced = await holdfast(['init', '--site', site, '--force']);
    expect(forced.code).toBe(0);
    expect(await readFile(site, 'utf8')).toBe(text);
    expect(await readFile(join(place, 'holdfast-password'), 'utf8')).toBe(password);
    expect((await stat(join(place, 'holdfast-password'))).mode & 0o777).toBe(0o600);
  });

  it('says so when it cannot write', async () => {
    const file = join(directory, 'a-file');
    await writeFile(file, '');
    const { code, stderr } = await holdfast(['init', '--site', join(file, 'holdfast.yaml')]);
    expect(code).toBe(1);
    expect(stderr).toContain('(site-file-unwritable)');
  });
});

describe('holdfast completion', () => {
  it('completes commands, second words, options and choices in bash', async () => {
    const { stdout: script } = await holdfast(['completion', 'bash']);
    const complete = async (...words: readonly string[]) => {
      const list = words.map((word) => `'${word}'`).join(' ');
      const shell = spawn(
        '/bin/bash',
        [
          '-c',
          `${script}\nCOMP_WORDS=(holdfast ${list}); COMP_CWORD=${words.length}; _holdfast; printf '%s\\n' "\${COMPREPLY[@]}"`,
        ],
        {
          cwd: directory,
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      const { stdout, stderr } = await ended(shell);
      expect(stderr).toBe('');
      return stdout.split('\n').filter((word) => word !== '');
    };
    expect(await complete('sch')).toEqual(['schema']);
    expect(await complete('site', 'c')).toEqual(['check']);
    expect(await complete('--json', 'site', '')).toContain('check');
    expect(await complete('serve', '--p')).toEqual(['--port']);
    expect(await complete('completion', 'f')).toEqual(['fish']);
    expect(await complete('schema', '--color', 'al')).toEqual(['always']);
    expect(await complete('gate', 'open', 'host.r')).toEqual(['host.read']);
    expect(await complete('gate', 'break-glass', 'secret')).toEqual(['secret.read']);
    expect(await complete('runbook', 'run', 'x.md', '--auto', 'r')).toEqual(['read']);
    expect(await complete('bundle', '--language', 'a')).toEqual(['all']);
  });

  it('knows every operation in each shell', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { stdout, code } = await holdfast(['completion', shell]);
      expect(code).toBe(0);
      for (const word of operations.flatMap(({ name }) => name.split(' '))) expect(stdout).toContain(word);
    }
  });
});

describe('holdfast serve', () => {
  it('serves behind a token that only its owner can read, and ends on SIGINT with exit code 0', async () => {
    const data = join(directory, 'data');
    const child = spawn(process.execPath, [main, 'serve', '--port', '0', '--data', data], {
      env: environment({}),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const end = ended(child);
    try {
      const url = await new Promise<string>((resolve, reject) => {
        let seen = '';
        child.stderr.on('data', (chunk) => {
          seen += chunk;
          const found = /listening on (http:\S+?),/.exec(seen)?.[1];
          if (found !== undefined) resolve(found);
        });
        child.once('exit', () => reject(new Error(`it ended: ${seen}`)));
      });
      const token = (await readFile(join(data, 'http-token'), 'utf8')).trim();
      expect((await stat(join(data, 'http-token'))).mode & 0o777).toBe(0o600);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      expect((await fetch(`${url}/v1/schema`)).status).toBe(401);
      const answer = await fetch(`${url}/v1/schema`, { headers: { authorization: `Bearer ${token}` } });
      expect(answer.status).toBe(200);
      const taken = await holdfast(['serve', '--port', new URL(url).port, '--data', data]);
      expect(taken.code).toBe(6);
      expect(taken.stderr).toContain('it is in use');
    } finally {
      child.kill('SIGINT');
    }
    expect(await end).toMatchObject({ code: 0, stdout: expect.stringContaining('Stopped listening') });
  });

  it('refuses a token file that others can read', async () => {
    const data = await mkdtemp(join(directory, 'open-'));
    await writeFile(join(data, 'http-token'), `hf_${'a'.repeat(43)}\n`, { mode: 0o644 });
    const { code, stderr } = await holdfast(['serve', '--port', '0', '--data', data]);
    expect(code).toBe(5);
    expect(stderr).toContain('lets others use it');
  });
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function holdfast(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return await ended(
    spawn(process.execPath, [main, ...words], {
      cwd: directory,
      env: environment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

function environment(more: Readonly<Record<string, string>>): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: directory, ...more };
}

async function ended(child: ReturnType<typeof spawn>): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, stdout, stderr };
}
