import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { restoreBlocks } from './commands.ts';
import type { AssetPicture, StorePicture } from './picture.ts';

const odd = `/srv/a b'c"d$(touch /tmp/never)\`touch /tmp/never\`\\e`;
const common = { wave: 1, after: [], rpoMs: 1, rtoMs: 1, copies: ['local'], points: [] };
const database: AssetPicture = {
  ...{ name: 'ledger', kind: 'postgres', paths: [], ...common },
  postgres: { url: { env: 'URL' }, cluster: { data: odd, port: 5433, socket: odd } },
};
const files: AssetPicture = { name: 'uploads', kind: 'files', paths: [odd], ...common };
const store: StorePicture = {
  ...{ name: 'local', engine: 'restic', tier: 'local', repository: odd, remote: false },
  password: { file: odd },
};

describe('the printed commands', () => {
  const blocks = [database, files].flatMap((asset) => restoreBlocks('clinic', asset, store));

  it('are whole commands for a shell, whatever the names of places', () => {
    for (const { shell } of blocks) execFileSync('bash', ['-n', '-c', shell]);
    const put = restoreBlocks('clinic', files, store).at(-1)?.shell ?? '';
    // What would be copied is only named, so that nothing is done by this test.
    const said = execFileSync('bash', ['-c', `ls() { echo x; }; ${put} || true`], { encoding: 'utf8' });
    expect(said.trim()).toBe(`${odd} is not empty: move it aside, never delete it`);
  });

  it('hand a path to pg_ctl so that the shell behind it reads that very path', () => {
    const serve = blocks.find(({ name }) => name === 'serve')?.shell ?? '';
    const options = /--options="(?:[^"\\]|\\.)*"/.exec(serve)?.[0].replace('--options=', '') ?? '';
    const through = `pg_ctl() { sh -c "printf '%s\\n' $1"; }; pg_ctl ${options}`;
    const said = execFileSync('bash', ['-c', through], { encoding: 'utf8' });
    expect(said).toContain(`unix_socket_directories=${odd}\n`);
  });

  it('fit a sheet of paper', () => {
    const plain = { ...store, repository: '/srv/backups', password: { file: '/etc/holdfast/restic' } };
    const asset: AssetPicture = {
      ...database,
      postgres: { url: { env: 'URL' }, cluster: { data: '/srv/postgres', port: 5432, socket: '/run/postgresql' } },
    };
    const uploads = { ...files, paths: ['/srv/uploads'] };
    for (const { name, shell } of [asset, uploads].flatMap((one) => restoreBlocks('clinic', one, plain))) {
      for (const line of shell.split('\n')) expect(line.length, `${name}: ${line}`).toBeLessThanOrEqual(104);
    }
  });

  it('look a variable up only by a name that is one', () => {
    const evil = { ...store, password: { env: 'A}; touch /tmp/never; echo ${B' } };
    expect(
      restoreBlocks('clinic', files, evil)
        .map(({ shell }) => shell)
        .join('\n'),
    ).not.toContain('never; echo');
  });
});
