import { chmodSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startHoldfast } from '../services/holdfast.ts';
import { removeDirectory } from '../services/programs.ts';

let directory: string;
let options: string[];

beforeAll(() => {
  directory = mkdtempSync('/var/tmp/hf-doctor-');
  chmodSync(directory, 0o711);
  mkdirSync(join(directory, 'runbooks'));
  writeFileSync(
    join(directory, 'holdfast.yaml'),
    `site: clinic
stores:
  a: { path: ./a, password: { env: P } }
  b: { path: ./b, password: { env: P } }
assets:
  papers: { files: { paths: [./papers] }, objectives: { rpo: 1d, rto: 1h }, copies: [a, b] }
  films: { files: { paths: [./films] }, objectives: { rpo: 1d, rto: 1h }, copies: [a] }
targets:
  db1: { ssh: db1 }
runbooks: { paths: [runbooks] }
`,
  );
  writeFileSync(join(directory, 'runbooks', 'disk.md'), '# Disk\n\n```bash {target=db1}\nrm -rf /srv/old\n```\n');
  options = ['--site', join(directory, 'holdfast.yaml'), '--data', join(directory, 'data')];
});

afterAll(() => removeDirectory(directory));

async function holdfast(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await startHoldfast([...words, ...options]).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

async function closed(): Promise<Record<string, string[]>> {
  const { gates } = JSON.parse(await holdfast('doctor', '--json')) as {
    gates: { closed: { gate: string; for: string[] }[] };
  };
  return Object.fromEntries(gates.closed.map((one) => [one.gate, one.for]));
}

test('doctor names each closed gate that assets and runbooks of the site need, with the command that opens it', {
  timeout: 60_000,
}, async () => {
  expect(await closed()).toEqual({
    'backup.run': ['protect'],
    'restore.run': ['recover'],
    'restore.drill': ['drill'],
    'offsite.sync': ['protect'],
    'host.read': ['watch', 'runbooks/disk.md'],
    'host.destroy': ['runbooks/disk.md'],
  });
  // Looking made no records.
  expect(existsSync(join(directory, 'data'))).toBe(false);
  const text = await holdfast('doctor');
  expect(text).toContain('  ○ host.destroy for runbooks/disk.md\n      holdfast gate open host.destroy --for 8h');
  expect(text.indexOf('host.destroy')).toBeGreaterThan(text.indexOf('Closed until the day they are needed:'));
  expect(text.indexOf('holdfast gate open backup.run --for 90d')).toBeGreaterThan(0);

  const open = (...words: string[]) => holdfast('gate', 'open', ...words, '--for', '1h', '--reason', 'x', '--yes');
  await open('backup.run', 'offsite.sync', 'host.destroy');
  await open('restore.drill', '--scope', 'asset papers');
  await open('host.read', '--scope', 'target db1');
  // Open for one of two assets is closed for the other.
  expect(await closed()).toEqual({ 'restore.run': ['recover'], 'restore.drill': ['drill'], 'host.read': ['watch'] });
  await open('restore.drill', 'host.read');
  expect(await holdfast('doctor')).toContain('what clinic needs from day to day is open');
});

test('gate list shows the people of a site that was never used, and makes no records to look', async () => {
  const site = join(directory, 'team.yaml');
  const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIXnYPkjkPnNtqOMkkFA4OAUFNbYbwyb2vzkqmXwxtI1';
  const people = `{ kim: { keys: ["${key}"] } }`;
  writeFileSync(site, `site: team\nauthority: { people: ${people}, owners: { "*": [kim] } }\n`);
  const data = join(directory, 'team-data');
  const { stdout, stderr } = await startHoldfast(['gate', 'list', '--site', site, '--data', data]).ended;
  expect(stderr).toBe('');
  expect(stdout).toContain('a team: owners sign');
  expect(stdout).toMatch(/^ {2}closed {2}backup\.run +owner kim$/m);
  expect(existsSync(data)).toBe(false);
  const close = await startHoldfast(['gate', 'close', '--site', site, '--data', data]).ended;
  expect(close.code).toBe(2);
  expect(close.stderr).toContain('name a gate, or say --all');
});
