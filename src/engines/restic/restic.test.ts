import { describe, expect, test } from 'vitest';
import { causeOf, complaintsIn } from './diagnose.ts';
import { placeOf, sshOptions } from './place.ts';
import { decodeTags, encodeTags, tagFilter } from './tags.ts';
import { dialectOf } from './versions.ts';

const old = dialectOf('restic 0.14.0 compiled with go1.19.8 on linux/amd64');
const recent = dialectOf('restic 0.18.0 compiled with go1.24.4 on linux/amd64');

describe('versions', () => {
  test('tell what each can do, and those that are too old are refused', () => {
    expect(old).toMatchObject({ tellingExitCodes: false, restoreJson: false, backupGroupBy: false, sftpArgs: false });
    expect(recent).toMatchObject({ tellingExitCodes: true, restoreJson: true, backupGroupBy: true, sftpArgs: true });
    expect(dialectOf('restic 0.17.0 compiled').tellingExitCodes).toBe(false);
    expect(dialectOf('restic 1.0.0 compiled').sftpArgs).toBe(true);
    expect(() => dialectOf('restic 0.13.1 compiled')).toThrow('0.14 is the oldest');
    expect(() => dialectOf('')).toThrow('gave no version');
  });
});

describe('complaints', () => {
  const lock =
    'Load(<lock/4ab9f72cfb>, 0, 0) returned error, retrying after 552ms: open /s/locks/4ab: no such file or directory';
  const data = 'Load(<data/1>, 0, 0) returned error, retrying after 1s: unexpected EOF';
  const owner = 'ignoring error for /a: lchown /a: invalid argument';

  test('are not what restic tried again and got over', () => {
    expect(complaintsIn(`${lock}\n${data}\n`, { ok: true })).toEqual([]);
    expect(complaintsIn(`${lock}\n${owner}\nThere were 1 errors`, { ok: true })).toEqual([
      owner,
      'There were 1 errors',
    ]);
  });

  test('are all that it said of the data where it failed', () => {
    expect(complaintsIn(`${lock}\n${data}\n${owner}`, { ok: false })).toEqual([data, owner]);
  });
});

describe('causes', () => {
  test.each([
    ['Fatal: wrong password or no key found', 'wrong-password'],
    [
      'Fatal: unable to open config file: stat x: no such file or directory\nIs there a repository at the following location?\nx',
      'missing',
    ],
    ['unable to create lock in backend: repository is already locked exclusively by PID 7 on host', 'locked'],
    ['Load(<data/1>, 0, 0) returned error, retrying after 1s: ciphertext verification failed', 'damaged'],
    ['write /x: no space left on device', 'full'],
    ['subprocess ssh: ssh: connect to host 127.0.0.1 port 1: Connection refused', 'unreachable'],
    ['Fatal: no matching ID found for prefix "deadbeef"', 'no-snapshot'],
    ['open /x/config: permission denied', 'denied'],
    ['something new', 'other'],
    ['Load(<lock/1>, 0, 0) returned error, retrying after 1s: open /s/locks/1: no such file or directory', 'other'],
  ])('%s', (stderr, cause) => {
    expect(causeOf({ exitCode: 1, stderr }, old)).toBe(cause);
    expect(causeOf({ exitCode: 1, stderr }, recent)).toBe(cause);
  });

  test('exit codes decide where they tell something', () => {
    expect(causeOf({ exitCode: 10, stderr: 'in other words' }, recent)).toBe('missing');
    expect(causeOf({ exitCode: 12, stderr: 'in other words' }, recent)).toBe('wrong-password');
    expect(causeOf({ exitCode: 12, stderr: 'in other words' }, old)).toBe('other');
  });
});

test('tags come back as they went, with commas, equals and percent signs', () => {
  const tags = { asset: 'a, b', point: '50% = half', 'odd,key': '' };
  expect(decodeTags(encodeTags(tags))).toEqual(tags);
  expect(tagFilter(tags)).toHaveLength(1);
  expect(tagFilter({})).toEqual([]);
  expect(decodeTags(['not a pair'])).toEqual({});
});

test('a host that would become an option of ssh is refused', () => {
  const open = (sftp: string) =>
    placeOf({
      ...{ name: 'ring', password: async () => '', baseDirectory: '/', cacheDirectory: '/c' },
      config: { engine: 'restic', sftp, tier: 'ring', password: { env: 'X' } },
      account: { name: 'a', uid: 1, gid: 1, home: '/' },
    });
  expect(() => open('-oProxyCommand=evil:/x')).toThrow();
  expect(() => open('user@-oX:/x')).toThrow();
  const [peer, other] = [open('backup@peer:/srv/x'), open('second:/srv/x')];
  expect(sshOptions([peer], old).join(' ')).toMatch(/^-o sftp\.command=ssh -oBatchMode=yes .* -l backup peer -s sftp$/);
  expect(sshOptions([peer, other], old)).toEqual([]);
  expect(sshOptions([peer, other], recent).join(' ')).toContain('sftp.args=-oBatchMode=yes');
});
