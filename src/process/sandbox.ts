import { readFileSync, readlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { toHoldfastError } from '../errors/holdfast-error.ts';
import { run } from './run.ts';
import { scratch } from './scratch.ts';
import type { Isolation } from './types.ts';

export interface IsolationReport {
  readonly level: Isolation;
  /** Why it is this level, in one sentence. */
  readonly reason: string;
  /** What makes it stronger; empty when it is as strong as it gets. */
  readonly howToAllow: string;
}

let report: Promise<IsolationReport> | undefined;

/**
 * How far a drill can be kept apart from production on this machine. Really starts a sandbox and looks around in it: its
 * namespaces must be new, the network gone, and a socket that lies in /tmp of the host invisible. Asked once per process.
 */
export function probeIsolation(): Promise<IsolationReport> {
  report ??= probe();
  return report;
}

async function probe(): Promise<IsolationReport> {
  if (process.platform !== 'linux') {
    const reason = 'bubblewrap needs Linux; drills run as ordinary processes on a private unix socket';
    return { level: 'process', reason, howToAllow: 'Run drills on a Linux machine that reaches the stores.' };
  }
  const directory = await scratch('probe', { short: true });
  const socket = join(directory.path, 'production.sock');
  const server = await listen(socket);
  try {
    return await lookAround(socket);
  } finally {
    await new Promise((resolve) => server.close(resolve));
    await directory.remove();
  }
}

function listen(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy());
    server.once('error', reject);
    server.listen(path, () => resolve(server));
  });
}

const kinds = ['net', 'mnt', 'pid', 'ipc', 'user'] as const;

/** Prints one line for each namespace, each network interface, and each thing of the host that must not be seen. */
const script = `
for kind in ${kinds.join(' ')}; do echo "namespace $(readlink /proc/self/ns/$kind)"; done
while read -r name rest; do case $name in *:*) echo "interface $name";; esac; done < /proc/net/dev
for path in "$1" /run /var /home /root /srv; do if [ -e "$path" ]; then echo "visible $path"; fi; done
echo done`;

async function lookAround(socket: string): Promise<IsolationReport> {
  let problem: string;
  try {
    const finished = await run(
      {
        program: '/bin/sh',
        args: ['-c', script, 'probe', socket],
        sandbox: { network: false, readable: {}, writable: {} },
      },
      { signal: new AbortController().signal, timeoutMs: 15_000 },
    );
    const lines = finished.stdout.trim().split('\n');
    const leak = lines.at(-1) === 'done' ? firstLeak(lines) : `it ended with ${finished.exitCode}: ${finished.stderr}`;
    if (leak === undefined) {
      const reason = 'bubblewrap gives a sandbox without network, sockets or files of this machine';
      return { level: 'sandbox', reason, howToAllow: '' };
    }
    problem = `a sandbox was started and does not isolate: ${leak}`;
  } catch (thrown) {
    problem = toHoldfastError(thrown).message;
  }
  return { level: 'process', reason: problem, howToAllow: remedy(problem) };
}

function firstLeak(lines: readonly string[]): string | undefined {
  const own = new Set(kinds.map((kind) => `namespace ${readlinkSync(`/proc/self/ns/${kind}`)}`));
  return lines.find(
    (line) =>
      own.has(line) || line.startsWith('visible ') || (line.startsWith('interface ') && line !== 'interface lo:'),
  );
}

/** The settings by which distributions forbid user namespaces, and what allows them again. */
function remedy(problem: string): string {
  if (problem.includes('bwrap was not found')) return 'Install bubblewrap: `holdfast doctor` shows the command.';
  if (kernelSetting('kernel/apparmor_restrict_unprivileged_userns') === '1') {
    return "AppArmor forbids it. Allow it for bubblewrap alone: printf 'abi <abi/4.0>,\\nprofile bwrap /usr/bin/bwrap flags=(unconfined) { userns, }\\n' | sudo tee /etc/apparmor.d/bwrap && sudo apparmor_parser -r /etc/apparmor.d/bwrap";
  }
  if (kernelSetting('kernel/unprivileged_userns_clone') === '0') {
    return 'The kernel forbids it. Allow it: sudo sysctl -w kernel.unprivileged_userns_clone=1';
  }
  if (kernelSetting('user/max_user_namespaces') === '0') {
    return 'The kernel forbids it. Allow it: sudo sysctl -w user.max_user_namespaces=15000';
  }
  return 'In a container, allow user namespaces: docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined. Or run drills outside of the container.';
}

function kernelSetting(name: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${name}`, 'utf8').trim();
  } catch {
    return undefined;
  }
}
