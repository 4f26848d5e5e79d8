/**
 * Ten short commands on each of fifty hosts, with Holdfast and with Ansible, on the same real OpenSSH servers at the same time:
 * `npm run bench -- fanout [--hosts 50] [--commands 10] [--rounds 3]`.
 * Ansible gets what is fastest for it: the raw module, which needs no Python there, as many forks as hosts, pipelining, a shared connection, no facts.
 * What nobody can do without is measured beside them: one `ssh` a host with all its commands in one line, of which nothing is kept.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { onEach } from '../src/targets/group.ts';
import { connect } from '../src/targets/index.ts';
import type { Session, Target } from '../src/targets/types.ts';
import { startSshd, type TestSshd } from '../test/services/sshd.ts';
import { line, median, ratio, spread } from './support/figures.ts';
import { interrupted, root, timed } from './support/timed.ts';

const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '50' },
    commands: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
  },
});
const hosts = Number(values.hosts);
const commands = Number(values.commands);
const rounds = Number(values.rounds);
/**
 * The homes of the hosts are here: no fifty hosts share one disk. On ext4 thousands of files that one round deletes make each new file of the
 * next minutes several times dearer, as inodes deleted lately are passed over one by one. What Holdfast itself keeps is on the disk.
 */
const inMemory = '/dev/shm';
const script = (index: number) => `echo step ${index} on $(uname -n)`;

await bench();

async function bench(): Promise<void> {
  const data = mkdtempSync('/var/tmp/hf-fanout-');
  const sshd = await startSshd({ count: hosts, ...(existsSync(inMemory) ? { base: inMemory } : {}) });
  try {
    const ansible = prepareAnsible(sshd);
    const runbook = await prepareRunbook(sshd, data);
    const ours: Measured[] = [];
    const runs: number[] = [];
    const theirs: number[] = [];
    const least: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      ours.push(
        await throughSessions(
          sshd.hosts.map(({ target }) => target),
          `bench-${Date.now()}`,
        ),
      );
      runs.push((await timed(process.execPath, runbook)).wallMs);
      least.push(await allAtOnce(sshd));
      theirs.push(
        (
          await timed('ansible-playbook', ansible.args, {
            ...ansible.env,
            // The connections of the round before are still open: each round makes its own.
            ANSIBLE_SSH_CONTROL_PATH_DIR: join(sshd.directory, `cp-${round}`),
          })
        ).wallMs,
      );
    }
    const whole = ours.map(({ wholeMs }) => wholeMs);
    const times = ratio(theirs, whole);
    line(`Holdfast, ${hosts} hosts, ${commands} commands each`, spread(whole));
    line('  of that connecting', spread(ours.map(({ connectMs }) => connectMs)));
    line('  of that forgetting and closing', spread(ours.map(({ closeMs }) => closeMs)));
    line('  of that computing by Holdfast itself', spread(ours.map(({ ownMs }) => ownMs)));
    line(
      '  a command, of all at once',
      `${median(ours.map(({ commandsMs }) => commandsMs / hosts / commands)).toFixed(2)} ms`,
    );
    line('  a command, as its host sees it', spread(ours.flatMap(({ eachMs }) => eachMs)));
    line('as a run of a runbook, gates, audit, evidence', spread(runs));
    line('Ansible, raw, as fast as it can be', spread(theirs));
    line('ssh, all commands of a host in one line', spread(least));
    line('  which is faster than Ansible, times', ratio(theirs, least).toFixed(1));
    line('times faster', times.toFixed(1), { text: 'at least 5', met: times >= 5 });
    const run = ratio(theirs, runs);
    line('times faster, as a run of a runbook', run.toFixed(1), { text: 'at least 5', met: run >= 5 });
  } finally {
    await sshd.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

interface Measured {
  readonly wholeMs: number;
  readonly connectMs: number;
  readonly commandsMs: number;
  readonly closeMs: number;
  /** Processor time of this process. */
  readonly ownMs: number;
  readonly eachMs: readonly number[];
}

/** Connects to all, runs every command on every host, looks at each result, and closes. */
async function throughSessions(targets: readonly Target[], run: string): Promise<Measured> {
  const byName = new Map(targets.map((target) => [target.name, target]));
  const sessions = new Map<string, Session>();
  const eachMs: number[] = [];
  const everywhere = async (work: (target: Target) => Promise<void>): Promise<number> => {
    const begun = performance.now();
    await onEach([...byName.keys()], { width: targets.length, errorLimit: 0, signal: interrupted }, async (name) => {
      const target = byName.get(name);
      if (target !== undefined) await work(target);
      return { ok: true, value: null };
    });
    return performance.now() - begun;
  };
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const connectMs = await everywhere(async (target) => {
    sessions.set(target.name, await connect(target, { signal: interrupted, timeoutMs: 60_000 }));
  });
  const commandsMs = await everywhere(async ({ name }) => {
    for (let index = 1; index <= commands; index += 1) {
      const started = performance.now();
      await perform(sessions.get(name), `${run}/s${index}`, index);
      eachMs.push(performance.now() - started);
    }
  });
  const closeMs = await everywhere(async ({ name }) => {
    await sessions.get(name)?.forget(run);
    await sessions.get(name)?.close();
  });
  const { user, system } = process.cpuUsage(cpu);
  const ownMs = (user + system) / 1000;
  return { wholeMs: performance.now() - begun, connectMs, commandsMs, closeMs, ownMs, eachMs };
}

async function perform(session: Session | undefined, marker: string, index: number): Promise<void> {
  let stdout = '';
  const listener = {
    onStdout: (chunk: Buffer) => {
      stdout += chunk.toString('utf8');
    },
    onStderr: () => undefined,
  };
  const order = { marker, script: script(index), interpreter: 'sh', env: {}, timeoutMs: 60_000 } as const;
  const result = await session?.perform(order, listener, interrupted);
  if (result?.exitCode !== 0 || !stdout.startsWith(`step ${index} on `)) {
    throw new Error(`${marker} on ${session?.target.name} ended with ${JSON.stringify(result)} and said ${stdout}`);
  }
}

/** One `ssh` a host, all side by side: the logins and the commands, and nothing else. */
async function allAtOnce({ config, hosts: all }: TestSshd): Promise<number> {
  const commandsOfHost = Array.from({ length: commands }, (_, index) => script(index + 1)).join('; ');
  const begun = performance.now();
  await Promise.all(all.map(({ name }) => timed('ssh', ['-F', config, '-T', name, commandsOfHost])));
  return performance.now() - begun;
}

/** The same commands as a runbook for a group of the same hosts: the real command line from start to exit, with all that it records. */
async function prepareRunbook({ directory, hosts: all }: TestSshd, data: string): Promise<string[]> {
  const site = join(directory, 'holdfast.yaml');
  const targets = Object.fromEntries(all.map(({ name, entry }) => [name, entry]));
  const groups = { all: { targets: all.map(({ name }) => name), width: hosts } };
  writeFileSync(site, stringify({ site: 'bench', targets, groups }));
  const file = join(directory, 'runbook.md');
  const steps = Array.from({ length: commands }, (_, index) => `\`\`\`bash\n${script(index + 1)}\n\`\`\`\n`);
  writeFileSync(file, `# Fanout\n\n## Steps\n\n${steps.join('\n')}`);
  const main = join(root, 'src', 'main.ts');
  const options = ['--site', site, '--data', data];
  await timed(process.execPath, [
    main,
    'gate',
    'open',
    'host.read',
    '--for',
    '1d',
    '--reason',
    'bench',
    '--yes',
    ...options,
  ]);
  return [main, 'runbook', 'run', file, '--target', 'all', '--auto', 'read', '--quiet', ...options];
}

/** A playbook of the same commands for the same hosts. */
function prepareAnsible({ directory, config, hosts: all }: TestSshd): { args: string[]; env: Record<string, string> } {
  const home = join(directory, 'ansible');
  mkdirSync(home);
  const inventory = join(home, 'hosts');
  const playbook = join(home, 'playbook.yml');
  const file = join(home, 'ansible.cfg');
  writeFileSync(inventory, `${all.map(({ name }) => name).join('\n')}\n`);
  const tasks = Array.from({ length: commands }, (_, index) => `    - raw: ${JSON.stringify(script(index + 1))}\n`);
  writeFileSync(playbook, `- hosts: all\n  gather_facts: no\n  tasks:\n${tasks.join('')}`);
  writeFileSync(
    file,
    [
      '[defaults]',
      `forks = ${hosts}`,
      'host_key_checking = True',
      `local_tmp = ${join(home, 'tmp')}`,
      '[ssh_connection]',
      'pipelining = True',
      'usetty = False',
      `ssh_args = -F ${config} -o ControlMaster=auto -o ControlPersist=30s`,
      '',
    ].join('\n'),
  );
  return { args: ['-i', inventory, playbook], env: { ANSIBLE_CONFIG: file, HOME: home, ANSIBLE_NOCOLOR: '1' } };
}
