import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeDirectory } from '../services/programs.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
let directory: string;
let ran: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'hf-check-'));
  // The account of the private PostgreSQL passes through.
  chmodSync(directory, 0o755);
  ran = join(directory, 'it-ran');
  for (const sub of ['books/deep/er', 'books/.hidden', 'books/node_modules', 'outside'])
    mkdirSync(join(directory, sub), { recursive: true });
  write('books/ledger.md', ledger());
  write('books/deep/er/second.mdx', '# Second\n\n```bash\nuptime\n```\n');
  write('books/deep/notes.markdown', '# Notes\n\nNothing to do.\n');
  write('books/deep/plain.txt', '# Plain\n\n1. Call the owner\n2. Close the door\n');
  write('books/deep/script.sh', 'rm -rf /\n');
  write('books/.hidden/h.md', '# Hidden\n');
  write('books/node_modules/n.md', '# Not ours\n');
  write('outside/o.md', '# Outside\n');
  symlinkSync(join(directory, 'outside'), join(directory, 'books/link'));
  symlinkSync(join(directory, 'outside/o.md'), join(directory, 'books/link.md'));
  symlinkSync(join(directory, 'books'), join(directory, 'books/deep/round'));
});
afterAll(() => removeDirectory(directory));

describe('runbook check of one file', () => {
  test('answers with one object that has every part by its name', () => {
    const { code, stderr, json } = check('books/ledger.md', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(json).toMatchObject({ file: 'books/ledger.md', title: 'Ledger is lost', linted: false });
    for (const name of [
      'steps',
      'blocks',
      'parameters',
      'tables',
      'checklists',
      'alternatives',
      'prompts',
      'notUnderstood',
      'findings',
    ])
      expect(json[name], name).toBeInstanceOf(Array);
    const steps = json.steps as Record<string, unknown>[];
    for (const step of steps)
      for (const name of ['id', 'line', 'kind', 'text', 'effects'])
        expect(step[name], `${name} of ${String(step.id)}`).toBeDefined();
    const lines = ledger().split('\n');
    expect(steps.filter(({ kind }) => kind === 'command').map(({ line }) => lines[Number(line) - 1])).toContain(
      'pg_isready -h $DB_HOST',
    );
    expect(json.effects).toContain('destroy');
    expect(json.parameters).toContainEqual(expect.objectContaining({ name: 'DB_HOST', source: 'unresolved' }));
    expect(json.parameters).toContainEqual(
      expect.objectContaining({ name: 'customer', source: 'document', default: 'clinic' }),
    );
    expect((json.tables as { kind: string }[]).map(({ kind }) => kind)).toEqual(['severity', 'traps']);
    expect(json.severities).toEqual([
      { name: 'P1', line: 11, responseMs: 600_000, recoveryMs: 7_200_000 },
      { name: 'P2', line: 12, recoveryMs: 172_800_000 },
    ]);
    const [ways] = json.alternatives as { choices: { title: string }[] }[];
    expect(ways?.choices).toHaveLength(2);
  });

  test('has every fence, checkbox and table of the source in exactly one place', () => {
    const { json } = check('books/ledger.md', '--json');
    const source = ledger().split('\n');
    const fences = source
      .flatMap((line, index) => (/^```\w*$/.test(line) ? [index + 1] : []))
      .filter((_line, index) => index % 2 === 0);
    const blocks = json.blocks as { line: number }[];
    expect(blocks.map(({ line }) => line).sort((a, b) => a - b)).toEqual(fences);
    const boxes = source.flatMap((line, index) => (/^\s*- \[[ x]\]/.test(line) ? [index + 1] : []));
    const items = (json.checklists as { items: { line: number }[] }[]).flatMap((list) =>
      list.items.map(({ line }) => line),
    );
    expect(items.sort((a, b) => a - b)).toEqual(boxes);
  });

  test('shows a person what it can do first and what was not understood last', () => {
    const { code, stdout } = check('books/ledger.md');
    expect(code).toBe(0);
    const places = [
      'Ledger is lost',
      'What it can do:',
      'destroys what may not come back',
      'steps',
      'To be chosen',
      'Needed before it can run',
      'DB_HOST  ',
      'Checklists',
      'Severity levels',
      'respond within 10 min',
    ].map((text) => stdout.indexOf(text));
    expect(places).not.toContain(-1);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('Everything in it was understood.');
  });

  test('ends with what it did not understand, and its lines', () => {
    write(
      'odd.md',
      '# Odd\n\n```brainfuck\n+[-->-[>>+>-----<<]<--<---]>-.>>>+.>>..+++[.>]<<<<.+++.------.<<-.>>>>+.\n```\n\n```bash\nif then ((\n```\n',
    );
    const { json } = check('odd.md', '--json');
    const { stdout } = check('odd.md');
    const open = json.notUnderstood as { line: number }[];
    expect(open.length).toBeGreaterThan(0);
    expect(stdout).toContain('NOT UNDERSTOOD');
    expect(stdout.slice(stdout.indexOf('NOT UNDERSTOOD'))).toContain(`${open[0]?.line}`);
  });

  test('runs nothing, whatever the text says', () => {
    for (const words of [[], ['--json'], ['--lint']]) check('books/ledger.md', ...words);
    expect(existsSync(ran)).toBe(false);
  });

  test('shows no secret that is planted in it', () => {
    write(
      'secret.md',
      '# S\n\n```bash\nPGPASSWORD=hunter2-planted psql -h db\nmysql --password=hunter2-planted\ncurl https://a:hunter2-planted@example.com/\n```\n',
    );
    for (const words of [['--json'], [], ['--lint']])
      expect(check('secret.md', ...words).stdout).not.toContain('hunter2');
  });

  test('lets no text steer the terminal', () => {
    write('escape.md', '# T\u001b[2J\u001b]0;owned\u0007\n\n```bash\nuptime \u001b[31m\u202e\n```\n');
    expect(check('escape.md').stdout).not.toMatch(/[\u001b\u0007\u202e]/);
  });
});

describe('runbook check of many', () => {
  test('reads directories down to the last, leaves out what is hidden, foreign or outside, and goes round in no circle', () => {
    const { code, list } = check('books', '--json');
    expect(code).toBe(0);
    expect(list.map(({ file }) => file)).toEqual([
      'books/deep/er/second.mdx',
      'books/deep/notes.markdown',
      'books/deep/plain.txt',
      'books/ledger.md',
    ]);
    expect(check('books').stdout).toContain('4 runbooks');
  });

  test('takes patterns that the shell left alone, and each file once', () => {
    const files = (...words: string[]) => check(...words, '--json').list.map(({ file }) => file);
    expect(files('books/**/*.{mdx,txt}')).toEqual(['books/deep/er/second.mdx', 'books/deep/plain.txt']);
    expect(files('books/*.md', 'books/ledger.md', 'books/deep/n?tes.mark[a-z]own')).toEqual([
      'books/ledger.md',
      'books/deep/notes.markdown',
    ]);
  });

  test('lists a file that it cannot read among the others, and says why', () => {
    mkdirSync(join(directory, 'mixed'), { recursive: true });
    write('mixed/a.md', '# A\n\n```bash\nuptime\n```\n');
    writeFileSync(join(directory, 'mixed/b.md'), Buffer.from([0x23, 0x20, 0xb0, 0xa1, 0x0a]));
    const { code, list } = check('mixed', '--json');
    expect(code).toBe(0);
    expect(list[1]).toMatchObject({
      file: 'mixed/b.md',
      notUnderstood: [{ why: expect.stringContaining('not UTF-8') }],
      findings: [{ code: 'runbook-no-text', level: 'error' }],
    });
  });
});

describe('what runbook check takes', () => {
  test('standard input for -', () => {
    const { json } = run(['runbook', 'check', '-', '--json'], '# From a pipe\n\n```bash\nuptime\n```\n');
    expect(json).toMatchObject({ title: 'From a pipe', steps: [{ kind: 'command', effects: ['read'] }] });
    expect(json).not.toHaveProperty('file');
  });

  test('a byte order mark, and a runbook of four languages', () => {
    write('bom.md', '\ufeff# 복구\n\n## 資料庫\n\n```bash\n# 確認\nuptime\n```\n\n## サーバー\n\n1. 电话\n2. Close\n');
    expect(check('bom.md', '--json').json).toMatchObject({ title: '복구' });
  });

  test.each([
    ['another encoding', 'cp949.md', Buffer.from([0x23, 0x20, 0x41, 0x0a, 0xba, 0xb9, 0x0a]), 'not UTF-8 (line 2)'],
    ['UTF-16', 'utf16.md', Buffer.from('\ufeff# A', 'utf16le'), 'UTF-16'],
    ['a program', 'binary.md', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0]), 'null bytes'],
    ['more than 4 MB', 'large.md', Buffer.alloc(4 * 1024 * 1024 + 1, 0x61), 'larger than 4 MB'],
  ])('not %s, and says so', (_what, name, bytes, reason) => {
    writeFileSync(join(directory, name), bytes);
    const { code, stdout, stderr } = check(name);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
    expect(stderr).toContain('(runbook-no-text)');
  });

  test('what a run takes: both refuse the same file with the same code', () => {
    writeFileSync(join(directory, 'latin.md'), Buffer.from([0x23, 0x20, 0xe9, 0x0a]));
    for (const [file, refused] of [
      ['latin.md', 'runbook-no-text'],
      ['gone.md', 'runbook-none-found'],
      ['/dev/zero', 'runbook-no-text'],
    ] as const)
      for (const verb of ['check', 'run'])
        expect(run(['runbook', verb, file]), `${verb} ${file}`).toMatchObject({
          code: 2,
          stderr: expect.stringContaining(`(${refused})`),
        });
  });

  test('no device that would never end', () => {
    expect(check('/dev/zero')).toMatchObject({ code: 2, stderr: expect.stringContaining('no plain file') });
  });

  test('nothing, a file that is not there, a pattern that matches nothing: each is told', () => {
    expect(check()).toMatchObject({ code: 2, stderr: expect.stringContaining('runbook-none-given') });
    expect(check('no.md')).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no such file') });
    expect(check('books/*.rst')).toMatchObject({ code: 2, stderr: expect.stringContaining('No file matches') });
    expect(check('-', '-')).toMatchObject({ code: 2, stderr: expect.stringContaining('can be read once') });
    expect(check('outside/../outside')).toMatchObject({ code: 0 });
  });

  test('a large text without a wait', () => {
    const part =
      '## Part\n\nText of `x` and <y> {z}.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- [ ] look\n\n```bash\n# look\nls <dir> $HOST_A\n```\n\n';
    write('long.md', part.repeat(2000));
    const began = performance.now();
    expect((check('long.md', '--json').json.steps as unknown[]).length).toBeGreaterThanOrEqual(4000);
    expect(performance.now() - began).toBeLessThan(30_000);
  }, 60_000);
});

describe('--lint', () => {
  test('exits with 3 for an error, with 0 for warnings, and is silent without it', () => {
    write('bad.md', '# B\n\n```bash\npsql -c "TRUNCATE TABLE logs WHERE at < now()"\n```\n');
    write('weak.md', '# W\n\n```bash\ntail -f /var/log/a.log\n```\n');
    expect(check('bad.md', '--lint', '--json')).toMatchObject({ code: 3, json: { linted: true } });
    expect(check('bad.md', '--lint').stdout).toContain('truncate-where');
    expect(check('weak.md', '--lint')).toMatchObject({ code: 0, stdout: expect.stringContaining('never-ends') });
    const { code, json } = check('bad.md', '--json');
    expect(code).toBe(0);
    expect((json.findings as { code: string }[]).map((finding) => finding.code)).not.toContain('truncate-where');
  });

  test('says so when there is nothing to object to', () => {
    write('fine.md', '# F\n\n```bash\nuptime\n```\n');
    expect(check('fine.md', '--lint')).toMatchObject({ code: 0, stdout: expect.stringContaining('No objections.') });
  });
});

describe('--verification', () => {
  test('shows what ran here, and not any more what was edited since', () => {
    mkdirSync(join(directory, 'site'));
    write('site/look.md', '# Look\n\n```bash\nuptime\n```\n\n```bash\ndf -h /\n```\n');
    const states = () =>
      (check('site/look.md', '--verification', '--json').json.steps as { verification: { state: string } }[]).map(
        ({ verification }) => verification.state,
      );
    expect(states()).toEqual(['unverified', 'unverified']);
    const opened = run(['gate', 'open', 'host.read', 'host.write', '--for', '1h', '--reason', 'a test', '--yes']);
    expect(opened.code, opened.stderr).toBe(0);
    const ran = run(['runbook', 'run', 'site/look.md', '--auto', 'read']);
    expect(ran.code, ran.stderr).toBe(0);
    expect(states()).toEqual(['verified', 'verified']);
    write('site/look.md', '# Look\n\n```bash\nuptime -p\n```\n\n```bash\ndf -h /\n```\n');
    expect(states()).toEqual(['changed', 'verified']);
    const { stdout } = check('site/look.md', '--verification');
    expect(stdout).toContain('Verified here: 1 of 2 commands.');
    expect(stdout).toContain('NOT VERIFIED: changed since it ran');
    const plain = check('site/look.md', '--no-verification', '--json').json.steps as object[];
    expect(plain.filter((step) => 'verification' in step)).toEqual([]);
  }, 120_000);
});

describe('over HTTP', () => {
  test('a text is read, and no file of this machine', async () => {
    const data = mkdtempSync(join(directory, 'data-'));
    chmodSync(data, 0o700);
    const server = spawn(process.execPath, [main, 'serve', '--port', '0', '--data', data], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const closed = new Promise((resolve) => server.once('close', resolve));
    try {
      const url = await new Promise<string>((resolve, reject) => {
        let seen = '';
        server.stderr.on('data', (chunk) => {
          seen += chunk;
          const found = /listening on (http:\S+?),/.exec(seen)?.[1];
          if (found !== undefined) resolve(found);
        });
        server.once('exit', () => reject(new Error(seen)));
      });
      const token = readFileSync(join(data, 'http-token'), 'utf8').trim();
      const ask = async (body: object) => {
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
        const answer = await fetch(`${url}/v1/runbook/check`, { method: 'POST', headers, body: JSON.stringify(body) });
        return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
      };
      expect(await ask({ text: ledger() })).toMatchObject({ status: 200, body: { title: 'Ledger is lost' } });
      expect(await ask({ what: [join(directory, 'books/ledger.md')] })).toMatchObject({ status: 400 });
      expect(await ask({})).toMatchObject({ status: 400 });
    } finally {
      server.kill('SIGINT');
      await closed;
    }
  }, 60_000);
});

function write(name: string, text: string): void {
  writeFileSync(join(directory, name), text);
}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as one object, as a list. */
  readonly json: Record<string, unknown>;
  readonly list: readonly Record<string, unknown>[];
}

function check(...words: readonly string[]): Ran {
  return run(['runbook', 'check', ...words]);
}

function run(words: readonly string[], input = ''): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], {
    cwd: directory,
    input,
    encoding: 'utf8',
    env: environment(),
    timeout: 60_000,
    maxBuffer: 64 << 20,
  });
  const parsed = (): never => JSON.parse(stdout) as never;
  return {
    code: status,
    stdout,
    stderr,
    get json() {
      return parsed();
    },
    get list() {
      return parsed();
    },
  };
}

function environment(): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: directory,
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
    HOLDFAST_DATA: join(directory, 'data'),
  };
}

/** A runbook with one of everything. */
function ledger(): string {
  return `---
title: Ledger is lost
parameters:
  customer: clinic
---

## Levels

| Level | Response | Recovery |
| --- | --- | --- |
| P1 | 10분 이내 | 2小時 |
| P2 | next business day | 2 days |

## Diagnosis

\`\`\`bash
pg_isready -h $DB_HOST
\`\`\`

\`\`\`bash
touch ${ran}; echo $(touch ${ran})
\`\`\`

## Repair

**Scenario 1: the disk is full**

\`\`\`bash
rm -rf /srv/<customer>/cache
\`\`\`

**Scenario 2: the server is gone**

\`\`\`bash
systemctl restart postgresql
\`\`\`

1. Tell the customer
2. Write down the time

## Before closing

- [ ] it answers
- [x] 고객에게 알림
- [ ] 已記錄

## Settings

\`\`\`yaml
kind: nothing
\`\`\`

## Pitfalls

| Trap | Consequence | Avoid |
| --- | --- | --- |
| trusting the cache | old figures | look at the ledger |
`;
}
