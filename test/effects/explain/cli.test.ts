import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Explained } from '../../../src/operations/explain/model.ts';

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'holdfast-explain-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs the real command line to its end, with a text on its standard input. */
async function explain(
  args: readonly string[],
  input = '',
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [main, 'explain', ...args], {
    cwd: directory,
    env: { PATH: process.env.PATH, HOME: directory, LANG: 'C.UTF-8', NO_COLOR: '1' },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

async function json(...args: readonly string[]): Promise<Explained> {
  const { stdout } = await explain([...args, '--json']);
  return JSON.parse(stdout) as Explained;
}

function write(name: string, text: string): string {
  mkdirSync(dirname(join(directory, name)), { recursive: true });
  writeFileSync(join(directory, name), text);
  return name;
}

describe('holdfast explain', () => {
  it('says what a command would do, where it stands and why, without a store', async () => {
    const { code, stdout } = await explain(['ls -l && rm -rf /data/old']);
    expect(code).toBe(0);
    expect(stdout).toContain('Taken for a command');
    expect(stdout).toMatch(/1:10 +rm -rf \/data\/old\n.*destroy · runs here/);
  });

  it('loads the grammar of SQL when it meets SQL', async () => {
    expect(await json('--language', 'sql', 'SELECT 1; DROP TABLE t')).toMatchObject({
      taken: 'command',
      language: 'sql',
      effects: ['read', 'destroy'],
    });
  });

  it('takes the path of a file for the file, and any word for a command when it is told so', async () => {
    write('ls', 'rm -rf /data\n');
    expect(await json('ls')).toMatchObject({ taken: 'file', file: 'ls', effects: ['destroy'] });
    expect(await json('--command', 'ls')).toMatchObject({ taken: 'command', effects: ['read'] });
    const missing = await explain(['--file', 'no-such-file', '--json']);
    expect(missing.code).toBe(2);
    expect(JSON.parse(missing.stdout)).toMatchObject({ error: { code: 'explain-file-unreadable' } });
  });

  it('gives file and line for each command of a document, one object for one file and a list for more', async () => {
    const document = '# 복구\n\n```bash\ndf -h\nrm -rf /데이터\n```\n';
    write('복구.md', document);
    write('a.sql', 'TRUNCATE t;\n');
    const one = await json('복구.md');
    expect(one).toMatchObject({ file: '복구.md', language: 'markdown', effects: ['read', 'destroy'] });
    expect(one.commands[1]).toMatchObject({ file: '복구.md', line: 5, text: 'rm -rf /데이터' });
    const span = one.commands[1]?.span;
    expect(document.slice(span?.start, span?.end)).toBe('rm -rf /데이터');
    const { stdout } = await explain(['복구.md', 'a.sql', '--json']);
    expect((JSON.parse(stdout) as Explained[]).map(({ file, effects }) => [file, effects])).toEqual([
      ['복구.md', ['read', 'destroy']],
      ['a.sql', ['destroy']],
    ]);
  });

  it('ends with 3 when an effect is there that must not be, and with 0 when it is not', async () => {
    write('clean.sh', 'ls\n');
    write('wipe.sh', 'rm -rf /data\n');
    expect((await explain(['clean.sh', '--fail-on', 'destroy,remote-delete'])).code).toBe(0);
    const failed = await explain(['clean.sh', 'wipe.sh', '--fail-on', 'destroy,remote-delete']);
    expect(failed.code).toBe(3);
    expect(failed.stdout).toContain('Fails: destroy.');
    const unknown = await explain(['clean.sh', '--fail-on', 'destory', '--json']);
    expect(unknown.code).toBe(2);
    expect(JSON.parse(unknown.stdout)).toMatchObject({ error: { code: 'explain-label-unknown' } });
  });

  it('reads standard input', async () => {
    const { code, stdout } = await explain(['-', '--json'], 'kubectl drain node-1\n');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ taken: 'input', effects: ['disrupt'] });
  });

  it('follows a script that stands in the document, or beside the file in its repository, and none outside', async () => {
    mkdirSync(join(directory, 'repo/.git'), { recursive: true });
    write('outside.sh', 'rm -rf /outside\n');
    write('repo/scripts/wipe.sh', 'rm -rf /data\n');
    symlinkSync('../../outside.sh', join(directory, 'repo/scripts/link.sh'));
    const labels = async (text: string) => (await json(write('repo/docs/a.md', text))).effects;
    const call = (line: string) => `\`\`\`bash\n${line}\n\`\`\`\n`;
    expect(await labels(call('./scripts/wipe.sh'))).toContain('destroy');
    expect(await labels(call('../scripts/wipe.sh'))).toContain('destroy');
    expect(await labels(call('bash ../../outside.sh'))).toEqual(['unknown']);
    expect(await labels(call('bash scripts/link.sh'))).toEqual(['unknown']);
    const inside = `${call('./restore.sh latest')}\n\`\`\`bash\n#!/bin/bash\n# restore.sh\ndropdb prod\n\`\`\`\n`;
    const judged = await json(write('repo/docs/b.md', inside));
    expect(judged.commands[0]?.effects).not.toContain('unknown');
  });

  it('masks what looks like a secret', async () => {
    const { stdout } = await explain(['psql postgres://u:planted-secret@h/db -c "SELECT 1"', '--json']);
    expect(stdout).not.toContain('planted-secret');
  });

  it('says what is missing when nothing is given, and what does not go together', async () => {
    for (const [args, code] of [
      [[], 'explain-nothing'],
      [['--command', '--file', 'x'], 'explain-conflict'],
      [['-', '-'], 'explain-conflict'],
      [['--jsonl', 'x'], 'explain-conflict'],
    ] as const) {
      const { stdout, code: exit } = await explain([...args, '--json']);
      expect(exit).toBe(2);
      expect(JSON.parse(stdout)).toMatchObject({ error: { code } });
    }
  });
});

describe('holdfast explain --jsonl', () => {
  it('answers each line in order, goes on after a bad one, and ends with 1 for it', async () => {
    const lines = [
      '"ls"',
      'oops',
      '""',
      '{"a":1}',
      '"rm -rf /한\u2028글"',
      '"DROP TABLE t;"',
      '"Nothing was deleted here."',
    ];
    const { code, stdout } = await explain(['--jsonl'], lines.join('\n'));
    expect(code).toBe(1);
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { effects?: string[]; error?: { code: string } });
    expect(answers.map(({ effects, error }) => effects ?? error?.code)).toEqual([
      ['read'],
      'explain-line-wrong',
      ['none'],
      'explain-line-wrong',
      ['destroy'],
      ['destroy'],
      ['not-shell'],
    ]);
  });

  it('answers a line before the next is given, and takes as much as is given while nobody reads', {
    timeout: 60_000,
  }, async () => {
    const child = spawn(process.execPath, [main, 'explain', '--jsonl', '--fail-on', 'destroy'], {
      env: { PATH: process.env.PATH, HOME: directory },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = new Promise<number | null>((resolve) => {
      child.on('close', resolve);
    });
    child.stdin.write('"ls"\n');
    const first = await new Promise<string>((resolve) => {
      child.stdout.setEncoding('utf8').once('data', resolve);
    });
    expect(JSON.parse(first)).toMatchObject({ effects: ['read'] });
    child.stdout.pause();
    const many = 20_000;
    child.stdin.end(`${'"df -h"\n'.repeat(many)}"rm -rf /data"\n`);
    let count = 0;
    let last = '';
    for await (const chunk of child.stdout as AsyncIterable<string>) {
      count += chunk.split('\n').length - 1;
      last = (last + chunk).slice(-2000);
    }
    expect(count).toBe(many + 1);
    expect(JSON.parse(last.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ effects: ['destroy'] });
    expect(await ended).toBe(3);
  });
});
