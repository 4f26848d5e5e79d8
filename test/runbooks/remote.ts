import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
import { gates } from '../../src/gates/types.ts';
import { type Ended, type Running, startHoldfast } from '../services/holdfast.ts';
import { startSshd, type TestHost, type TestSshd } from '../services/sshd.ts';

/** The real command line, a data directory and a site whose targets are real OpenSSH servers. */
export interface RemoteSite {
  readonly directory: string;
  readonly sshd: TestSshd;
  readonly hosts: readonly TestHost[];
  /** Writes a runbook of these commands and returns its path. */
  write(name: string, commands: readonly string[]): string;
  start(args: readonly string[], env?: Readonly<Record<string, string>>): Running;
  holdfast(...args: string[]): Promise<Ended>;
  json(...args: string[]): Promise<unknown>;
  newestRun(): Promise<{ readonly id: string; readonly status: string } | undefined>;
  remove(): Promise<void>;
}

export async function remoteSite(count = 1, more: Readonly<Record<string, unknown>> = {}): Promise<RemoteSite> {
  const directory = mkdtempSync('/var/tmp/hf-remote-');
  chmodSync(directory, 0o711);
  const sshd = await startSshd({ count });
  const targets = Object.fromEntries(sshd.hosts.map(({ name, entry }) => [name, { ...entry, live: false }]));
  const groups = { all: { targets: sshd.hosts.map(({ name }) => name), width: 50 } };
  const site = join(directory, 'holdfast.yaml');
  writeFileSync(site, stringify({ site: 'remote', targets, groups, ...more }));
  const options = ['--site', site, '--data', join(directory, 'data')];
  const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    startHoldfast([...args, ...options], env);
  const holdfast = (...args: string[]) => start(args).ended;
  const json = async (...args: string[]): Promise<unknown> => {
    const ended = await holdfast(...args, '--json');
    try {
      return JSON.parse(ended.stdout);
    } catch {
      throw new Error(`holdfast ${args.join(' ')} ended with ${ended.code}\n${ended.stdout}\n${ended.stderr}`);
    }
  };
  const opened = await holdfast('gate', 'open', ...gates, '--for', '1h', '--reason', 'a test', '--yes');
  if (opened.code !== 0) {
    await sshd.stop();
    throw new Error(opened.stderr);
  }
  return {
    directory,
    sshd,
    hosts: sshd.hosts,
    write(name, commands) {
      const path = join(directory, `${name}.md`);
      const steps = commands.map((command, index) => {
        const fence = ['```bash', ...command.split('\n'), '```'].map((line) => `   ${line}`).join('\n');
        return `${index + 1}. Step ${index + 1}\n\n${fence}\n`;
      });
      writeFileSync(path, `# ${name}\n\n## Steps\n\n${steps.join('\n')}`);
      return path;
    },
    start,
    holdfast,
    json,
    async newestRun() {
      const { runs } = (await json('runs', 'list', '--limit', '1')) as { runs: { id: string; status: string }[] };
      return runs[0];
    },
    async remove() {
      await sshd.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The lines of a file, none where there is none. */
export function linesIn(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
}

/** Waits until something is so, at most 30 s. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 30_000; performance.now() < end; await delay(20)) {
    if (await condition()) return;
  }
  throw new Error(`waited 30 s in vain: ${what}`);
}
