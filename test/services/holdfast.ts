import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closeWorld } from '../../src/demo/disaster.ts';
import { createWorld, type World } from '../../src/demo/world.ts';
import { childAccountNow } from '../../src/process/account.ts';
import { newestPostgres } from '../../src/process/postgres-programs.ts';
import { removeDirectory } from './programs.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Standard error so far: where progress is told. */
  stderr(): string;
  kill(signal: NodeJS.Signals): void;
}

/** Starts the real command line as a child process. Standard input is empty. */
export function startHoldfast(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', NO_COLOR: '1', ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { pid: child.pid ?? 0, ended, stderr: () => stderr, kill: (signal) => void child.kill(signal) };
}

/** A hospital at a hundredth of its size, with a data directory for Holdfast. */
export interface TestSite {
  readonly world: World;
  /** `--site` and `--data` for the command line. */
  readonly options: readonly string[];
  readonly data: string;
  /** Runs a command to its end. */
  holdfast(...args: string[]): Promise<Ended>;
  /** The same with `--json`; the parsed result. Fails the test when the exit code is not the one expected. */
  json(expected: number, ...args: string[]): Promise<Record<string, unknown>>;
  start(...args: string[]): Running;
  remove(): Promise<void>;
}

/** What the owner of a test site opens before anything may act there. */
export const opened = ['backup.run', 'offsite.sync', 'restore.drill', 'restore.run', 'host.read'] as const;

/** `gates` are open for an hour; none for a site as it is in the beginning. */
export async function smallSite(scale = 0.01, gates: readonly string[] = opened): Promise<TestSite> {
  const directory = mkdtempSync('/var/tmp/hf-e2e-');
  chmodSync(directory, 0o711);
  const { bin } = await newestPostgres();
  const world = await createWorld({
    directory: join(directory, 'world'),
    account: childAccountNow(),
    bin,
    port: 5432,
    scale,
    signal: new AbortController().signal,
  });
  const data = join(directory, 'holdfast');
  const options = ['--site', world.siteFile, '--data', data];
  const start = (...args: string[]) => startHoldfast([...args, ...options]);
  const holdfast = (...args: string[]) => start(...args).ended;
  if (gates.length > 0) await openGatesOf(holdfast, gates);
  return {
    world,
    options,
    data,
    start,
    holdfast,
    async json(expected, ...args) {
      const ended = await holdfast(...args, '--json');
      if (ended.code !== expected) {
        throw new Error(
          `holdfast ${args.join(' ')} ended with ${ended.code}, not ${expected}\n${ended.stdout}\n${ended.stderr}`,
        );
      }
      return JSON.parse(ended.stdout) as Record<string, unknown>;
    },
    async remove() {
      await closeWorld(world);
      removeDirectory(directory);
    },
  };
}

/** As a person does who decides alone. */
export async function openGatesOf(
  holdfast: (...args: string[]) => Promise<Ended>,
  gates: readonly string[] = opened,
): Promise<void> {
  const ended = await holdfast('gate', 'open', ...gates, '--for', '1h', '--reason', 'a test', '--yes');
  if (ended.code !== 0) throw new Error(`gate open ended with ${ended.code}\n${ended.stdout}\n${ended.stderr}`);
}
