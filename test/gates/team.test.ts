import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../src/store/open-database.ts';
import { startHoldfast } from '../services/holdfast.ts';
import { removeDirectory } from '../services/programs.ts';

/** A site with people, at the real command line, with keys that the real ssh-keygen made and uses. */
const directory = mkdtempSync('/var/tmp/hf-team-');
let seat: OpenDatabase;
let agent: { readonly socket: string; readonly stop: () => void };

const owners = { kim: ['kim'], two: ['kim', 'lee'] } as const;
const file = (name: string) => join(directory, name);

beforeAll(async () => {
  chmodSync(directory, 0o755);
  for (const name of ['kim', 'lee', 'park', 'mallory']) keygen(name, '');
  keygen('locked', 'a passphrase');
  writeSite();
  agent = await startAgent(file('agent'));
  // The private server of the records stays up between the commands.
  seat = await openDatabase({ dataDirectory: file('data'), signal: new AbortController().signal });
});
afterAll(async () => {
  agent?.stop();
  await seat?.close();
  removeDirectory(directory);
});
beforeEach(() => writeSite());

function keygen(name: string, passphrase: string): void {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', name, '-f', file(name)]);
}

function writeSite(
  change: { site?: string; owners?: readonly string[]; people?: string; approvals?: string } = {},
): void {
  const person = (name: string) => `    ${name}: { keys: ["${readFileSync(file(`${name}.pub`), 'utf8').trim()}"] }\n`;
  const people = `${person('kim')}${person('lee')}${person('park')}    locked: { keys: ["${readFileSync(file('locked.pub'), 'utf8').trim()}"] }\n`;
  writeFileSync(
    file('holdfast.yaml'),
    `site: ${change.site ?? 'clinic'}\nauthority:\n  people:\n${people}${change.people ?? ''}  owners: { "*": [${(change.owners ?? owners.kim).join(', ')}] }\n${change.approvals ?? ''}`,
  );
}

async function startAgent(socket: string): Promise<typeof agent> {
  const child = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  for (const until = Date.now() + 10_000; Date.now() < until; await new Promise((go) => setTimeout(go, 20))) {
    try {
      execFileSync('ssh-add', ['-q', file('kim')], { env: { SSH_AUTH_SOCK: socket }, stdio: 'ignore' });
      return { socket, stop: () => void child.kill() };
    } catch {
      // Not up yet.
    }
  }
  child.kill();
  throw new Error('ssh-agent does not answer');
}

function holdfast(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return startHoldfast([...words, '--site', file('holdfast.yaml'), '--data', file('data')], env).ended;
}

const open = (gate: string, ...rest: readonly string[]) =>
  ['gate', 'open', gate, '--for', '1h', '--reason', 'x', '--validation-plan', 'look', ...rest] as const;
const as = (name: string, key = name) => ['--as', name, '--key', file(key)] as const;

describe('opening a gate of a site with people', { timeout: 120_000 }, () => {
  test.each([
    ['nobody signs', open('host.read', '--yes'), 'it needs --as NAME and --key FILE'],
    ['it belongs to somebody else', open('host.read', ...as('lee')), 'it belongs to kim'],
    ['the key is another person’s', open('host.read', ...as('kim', 'lee')), 'none of the keys accepted for kim'],
    ['the key is nobody’s', open('host.read', ...as('kim', 'mallory')), 'none of the keys accepted for kim'],
    ['the person is not of the site', open('host.read', ...as('mallory')), 'the people of this site are'],
    [
      'the key is locked and no agent has it',
      ['gate', 'break-glass', 'host.read', '--reason', 'x', ...as('locked')],
      'locked did not, ssh-keygen said',
    ],
    [
      'there is no plan to check it',
      ['gate', 'open', 'host.read', '--for', '1h', '--reason', 'x', ...as('kim')],
      'no validation plan',
    ],
    [
      'it is for too long',
      ['gate', 'open', 'host.read', '--for', '367d', '--reason', 'x', ...as('kim')],
      'more than 366 days',
    ],
  ])('is refused when %s', async (_why, words, said) => {
    const ended = await holdfast(words);
    expect(ended.stderr.replaceAll(/\s+/g, ' ')).toContain(said);
    expect([2, 5]).toContain(ended.code);
    expect(await openGates()).toEqual([]);
  });

  test('is done by its owner, with a key file, or with a public key whose other half is in the agent', async () => {
    expect(await holdfast(open('host.read', ...as('kim')))).toMatchObject({ code: 0 });
    const words = open('host.write', '--as', 'kim', '--key', file('kim.pub'));
    expect((await holdfast(words)).code).toBe(0);
    expect(
      (await holdfast(open('secret.read', '--as', 'kim', '--key', file('lee.pub')), { SSH_AUTH_SOCK: agent.socket }))
        .code,
    ).toBe(5);
    expect(
      await holdfast(open('secret.read', '--as', 'kim', '--key', file('kim.pub')), { SSH_AUTH_SOCK: agent.socket }),
    ).toMatchObject({ code: 0 });
    expect(await openGates()).toEqual(['host.read', 'host.write', 'secret.read']);
  });

  test('is not done by an assistant, though it can use the agent', async () => {
    const words = open('host.destroy', '--as', 'kim', '--key', file('kim.pub'));
    const ended = await holdfast(words, { SSH_AUTH_SOCK: agent.socket, CLAUDECODE: '1' });
    expect(ended).toMatchObject({ code: 5, stderr: expect.stringContaining('assistant') });
    expect((await holdfast(['gate', 'close', '--all'], { CLAUDECODE: '1' })).code).toBe(0);
    expect(await openGates()).toEqual([]);
  });
});

describe('breaking a glass', { timeout: 120_000 }, () => {
  test('takes two different people, for an hour at most, and says who must be told', async () => {
    const broken = (...rest: readonly string[]) => holdfast(['gate', 'break-glass', ...rest]);
    expect((await broken('restore.run', '--reason', 'x', '--for', '2h', ...as('lee'))).code).toBe(2);
    const begun = await broken('restore.run', '--reason', 'kim is away', ...as('lee'));
    const id = /glass-\S+/.exec(begun.stdout)?.[0] ?? '';
    expect(await openGates()).toEqual([]);
    expect(await broken('--join', id, ...as('lee'))).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('two different people'),
    });
    const joined = await broken('--join', id, ...as('park'));
    expect(joined).toMatchObject({ code: 0, stdout: expect.stringContaining('lee and park') });
    expect(joined.stderr).toContain('kim must be told at once');
    expect(await openGates()).toEqual(['restore.run']);
    expect(await seat.query('select recipients, message, sent_at from holdfast.pages')).toMatchObject([
      { recipients: ['kim'], message: expect.stringContaining('broken by lee and park'), sent_at: null },
    ]);
    expect((await broken('--join', id, ...as('kim'))).code).toBe(2);
    const leaves = JSON.parse((await holdfast(['audit', 'list', '--kind', 'break-glass', '--json'])).stdout);
    expect(leaves.leaves).toMatchObject([
      { facts: { gate: 'restore.run', signedBy: ['lee', 'park'], reason: 'kim is away' } },
    ]);
    expect((await holdfast(['gate', 'close', '--all'])).code).toBe(0);
  });
});

describe('a site file that gives more than was accepted', { timeout: 120_000 }, () => {
  const weaker: readonly (readonly [string, Parameters<typeof writeSite>[0], string])[] = [
    ['another owner', { owners: ['kim', 'lee'] }, 'lee may open every gate'],
    ['a new person', { people: `    mallory: { keys: ["ssh-ed25519 AAAA"] }\n` }, 'mallory is new'],
    [
      'fewer effects that need somebody',
      { approvals: '  approvals: [{ effects: [destroy] }]\n' },
      'unknown no longer needs',
    ],
    ['another name for the site', { site: 'other' }, 'other is new here'],
  ];
  test.each(weaker)('with %s is refused for every act, and says what differs', async (_what, change, said) => {
    writeSite(change);
    const ended = await holdfast(open('host.read', ...as('kim')));
    expect(ended).toMatchObject({ code: 5 });
    expect(ended.stderr.replaceAll(/\s+/g, ' ')).toContain(said);
    // Closing is for everybody at any time, and what is in force still opens in an emergency.
    expect((await holdfast(['gate', 'close', '--all'])).code).toBe(0);
  });

  test('that a running server read long ago brings nothing back', async () => {
    const serving = startHoldfast(['serve', '--port', '0', '--site', file('holdfast.yaml'), '--data', file('data')]);
    try {
      await expect.poll(() => serving.stderr(), { timeout: 20_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
      const [address = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(serving.stderr()) ?? [];
      const token = readFileSync(file('data/http-token'), 'utf8').trim();
      const protect = async () => {
        const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
        const answer = await fetch(`${address}/v1/approval/request`, { method: 'POST', headers, body: asking });
        return ((await answer.json()) as { error?: { code: string } }).error?.code;
      };
      expect(await protect()).toBeUndefined();
      writeSite({ owners: owners.two });
      expect(await protect()).toBe('authority-weakened');
      expect((await holdfast(['gate', 'accept-policy', ...as('kim')])).code).toBe(0);
      expect(await protect()).toBeUndefined();
      expect((await holdfast(open('host.read', ...as('lee')))).code).toBe(0);
      writeSite();
      expect((await holdfast(open('host.read', ...as('kim')))).code).toBe(0);
    } finally {
      serving.kill('SIGTERM');
      await serving.ended;
    }
    expect((await holdfast(['gate', 'close', '--all'])).code).toBe(0);
  });

  test('or with no people left is refused', async () => {
    writeFileSync(file('holdfast.yaml'), 'site: clinic\n');
    const ended = await holdfast(['gate', 'open', 'host.read', '--for', '1h', '--reason', 'x', '--yes']);
    expect(ended).toMatchObject({ code: 5, stderr: expect.stringContaining('no people are left') });
  });

  test('is in force once its owner has signed it, or any two of its people', async () => {
    writeSite({ owners: owners.two });
    const accept = (...rest: readonly string[]) => holdfast(['gate', 'accept-policy', ...rest]);
    expect(await accept()).toMatchObject({ code: 5, stdout: expect.stringContaining('lee may open every gate') });
    expect(await accept(...as('mallory'))).toMatchObject({ code: 5 });
    expect(await accept(...as('lee'))).toMatchObject({ code: 5, stdout: expect.stringContaining('a second person') });
    expect(await accept(...as('lee'))).toMatchObject({ code: 5, stdout: expect.stringContaining('a second person') });
    expect(await accept(...as('park'))).toMatchObject({ code: 0 });
    expect((await holdfast(open('host.read', ...as('lee')))).code).toBe(0);
    // Stricter: taken over by itself, and what lee opened is closed with it.
    writeSite({ owners: owners.kim });
    expect((await holdfast(open('host.write', ...as('kim')))).code).toBe(0);
    expect(await openGates()).toEqual(['host.write']);
    writeSite({ owners: owners.two });
    expect(await accept(...as('kim'))).toMatchObject({ code: 0 });
    const policies = JSON.parse((await holdfast(['audit', 'list', '--limit', '1000', '--json'])).stdout) as {
      leaves: { kind: string }[];
    };
    const kinds = policies.leaves.map(({ kind }) => kind).filter((kind) => kind.startsWith('authority-'));
    expect(kinds.reverse().slice(-5)).toEqual([
      'authority-proposed',
      'authority-proposed',
      'authority-accepted',
      'authority-adopted',
      'authority-accepted',
    ]);
  });
});

const asking = JSON.stringify({
  subject: 'a'.repeat(64),
  step: 's1',
  target: 'target db1',
  effects: ['destroy'],
  command: 'rm -rf /srv/old',
});

async function openGates(): Promise<string[]> {
  const { stdout } = await holdfast(['gate', 'list', '--open', '--json']);
  return (JSON.parse(stdout) as { gates: { gate: string }[] }).gates.map(({ gate }) => gate);
}
