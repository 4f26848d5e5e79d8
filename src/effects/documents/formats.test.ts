import { describe, expect, it } from 'vitest';
import { misplaced } from '../../../test/effects/documents/misplaced.ts';
import type { Language } from '../types.ts';
import { findSnippets } from './index.ts';

const codes = (language: Language, text: string, fileName?: string) =>
  findSnippets(text, { language, ...(fileName === undefined ? {} : { fileName }) })
    .filter((snippet) => snippet.language === 'sh')
    .map(({ text: code }) => code);

describe('a Dockerfile', () => {
  const file = [
    '# syntax=docker/dockerfile:1',
    'FROM debian:12 AS base',
    'USER root',
    'ADD https://example.com/a.tgz /a',
    'RUN --mount=type=cache,target=/x apt-get update && \\',
    '    # 설명',
    '    rm -rf /var/lib/apt/lists/*',
    'RUN ["rm", "-rf", "/a b"]',
    'RUN <<EOF',
    'dropdb prod',
    'EOF',
    'RUN python3 <<PY',
    'print(1)',
    'PY',
    'HEALTHCHECK --interval=5s CMD curl -f http://localhost/',
    'ENTRYPOINT ["sh", "-c", "exec \\"$0\\""]',
    'CMD nginx -g "daemon off;"',
  ].join('\n');

  it('gives what runs while it is built and after', () => {
    expect(codes('dockerfile', file)).toEqual([
      'apt-get update && \\\n    rm -rf /var/lib/apt/lists/*',
      "rm -rf '/a b'",
      'dropdb prod\n',
      'python3 <<PY\nprint(1)\nPY',
      'curl -f http://localhost/',
      'exec "$0"',
      'nginx -g "daemon off;"',
    ]);
  });

  it('gives what its own instructions do', () => {
    const found = findSnippets(file, { fileName: 'Dockerfile.prod' }).filter(({ around }) => around !== undefined);
    expect(found.map(({ text, around }) => [text.split(' ')[0], around?.effects])).toEqual([
      ['FROM', ['write']],
      ['USER', ['privilege']],
      ['ADD', ['write']],
    ]);
    for (const snippet of found) expect(misplaced(file, snippet)).toEqual([]);
  });
});

describe('a compose file', () => {
  it('gives services, commands, entrypoints and health checks', () => {
    const file = [
      'services:',
      '  db:',
      '    image: postgres:15',
      '    privileged: true',
      '    command: ["postgres", "-c", "fsync=off"]',
      '    healthcheck: { test: ["CMD-SHELL", "pg_isready -U $$USER"] }',
      '  job:',
      '    image: restic/restic:0.14',
      '    command: forget --prune',
      '    entrypoint: ["sh", "-c", "rm -rf /data"]',
      '    volumes: ["/var/run/docker.sock:/var/run/docker.sock"]',
      '  model:',
      '    image: example/serve:1',
      '    command: ["--port", "80"]',
    ].join('\n');
    expect(codes('compose', file)).toEqual([
      'postgres -c fsync=off',
      'pg_isready -U $USER',
      'rm -rf /data',
      'forget --prune',
      'serve --port 80',
    ]);
    expect(findSnippets(file).flatMap(({ around }) => (around === undefined ? [] : [around.effects]))).toEqual([
      ['write', 'privilege'],
      ['write', 'privilege'],
      ['write'],
    ]);
  });
});

describe('a crontab', () => {
  it('gives the command of each line, up to an unescaped %', () => {
    const file =
      'MAILTO=a@b\n# 매일\n0 2 * * * /usr/local/bin/backup.sh\n@daily pg_dump x > /b/$(date +\\%F)\n*/5 0-6 1,2 jan mon-fri mail -s x root%body\n';
    expect(codes('crontab', file)).toEqual([
      '/usr/local/bin/backup.sh',
      'pg_dump x > /b/$(date +%F)',
      'mail -s x root',
    ]);
  });

  it('leaves out the user of a system crontab', () => {
    expect(codes('crontab', '17 * * * * someone rm -rf /a\n', '/etc/crontab')).toEqual(['rm -rf /a']);
    expect(codes('crontab', '@reboot root rm -rf /b\n')).toEqual(['rm -rf /b']);
    expect(codes('crontab', '0 0 * * * root-backup --all\n')).toEqual(['root-backup --all']);
  });
});

describe('a systemd unit', () => {
  it('gives its commands without prefixes, joined over lines, with operators as plain words', () => {
    const file = [
      '[Unit]',
      'Description=ExecStart=rm -rf /no',
      '[Service]',
      'ExecStartPre=-/bin/rm -rf /run/%i \\',
      '# a comment inside',
      '  /run/b',
      'ExecStart=+/usr/bin/echo a | b ; /bin/kill $$MAIN',
      'ExecStop=@/usr/bin/pkill name-of-it -9 "x y"',
      "ExecReload=/bin/sh -c 'rm -rf /c && ls'",
      'ExecStopPost=',
    ].join('\r\n');
    expect(codes('systemd', file)).toEqual([
      '/bin/rm -rf "/run/${i}" /run/b',
      "/usr/bin/echo a '|' b",
      '/bin/kill "$MAIN"',
      "/usr/bin/pkill -9 'x y'",
      'rm -rf /c && ls',
    ]);
  });
});

describe('a workflow', () => {
  it('gives the steps of GitHub, GitLab and Ansible', () => {
    const github =
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n    - uses: a/b@v1\n    - run: |\n        rm -rf ${{ env.DIR }}\n        ls\n    - run: echo 끝\n';
    expect(codes('workflow', github)).toEqual(['rm -rf {{ env.DIR }}\nls\n', 'echo 끝']);
    expect(codes('workflow', 'a:\n  script:\n    - rm -rf x\n    - ls\n')).toEqual(['rm -rf x', 'ls']);
    expect(
      codes(
        'workflow',
        '- hosts: all\n  tasks:\n  - shell: rm -rf {{ dir }}\n  - command: { argv: [rm, "a b"] }\n  - shell:\n      cmd: ls\n',
      ),
    ).toEqual(['rm -rf {{ dir }}', "rm 'a b'", 'ls']);
  });
});
