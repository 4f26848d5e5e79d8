import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeDirectory, temporaryDirectory } from './programs.ts';

/**
 * Stand-ins for `docker` and `kubectl`: programs of these names, first on PATH. Real is what runs behind them, a shell in a
 * bubblewrap sandbox with a host name and a home of its own. Not real are the daemon and the cluster; what these programs say when
 * something is wrong is what the real ones say.
 */
export interface TestContainers {
  /** A container's home; markers lie below. */
  readonly home: string;
  readonly runs: string;
  readonly room: string;
  /** Of the container `web`, which runs. `old` has ended, `bare` has no shell; in `full` the home has no room. */
  readonly id: string;
  /** Of the cluster, in which the pod `web-0` runs. */
  readonly clusterId: string;
  stop(): void;
}

export function startContainers(): TestContainers {
  const directory = temporaryDirectory('hfct-');
  chmodSync(directory, 0o755);
  const bin = join(directory, 'bin');
  const home = join(directory, 'home');
  const room = join(directory, 'room');
  for (const path of [bin, home, room]) mkdirSync(path);
  for (const path of [home, room]) chmodSync(path, 0o777);
  const id = 'c0ffee'.repeat(10).padEnd(64, '0');
  const clusterId = '5f0c3a52-6a0e-4a75-9c3e-1c7c0d1f7a11';
  write(join(bin, 'docker'), docker(home, id));
  write(join(bin, 'kubectl'), kubectl(home, clusterId));
  const path = process.env.PATH;
  process.env.PATH = `${bin}:${path}`;
  return {
    home,
    runs: join(home, '.local', 'state', 'holdfast-steps'),
    room,
    id,
    clusterId,
    stop() {
      process.env.PATH = path;
      removeDirectory(directory);
    },
  };
}

function docker(home: string, id: string): string {
  return `#!/bin/sh
case "$1" in
  exec)
    [ "$2 $3" = '-i --' ] && [ "$5" = sh ] || { echo "unknown flags: $*" >&2; exit 125; }
    case "$4" in
      web) ${shell(home, '$4')} ;;
      full) exec bwrap --dev-bind / / --size 32768 --tmpfs ${home} --unshare-uts --hostname full --setenv HOME ${home} -- sh ;;
      old) echo 'Error response from daemon: container ${id} is not running' >&2; exit 1 ;;
      bare) echo 'OCI runtime exec failed: exec failed: unable to start container process: exec: "sh": executable file not found in $PATH: unknown' >&2; exit 127 ;;
      *) echo "Error response from daemon: No such container: $4" >&2; exit 1 ;;
    esac ;;
  inspect) echo ${id} ;;
esac
`;
}

function kubectl(home: string, clusterId: string): string {
  return `#!/bin/sh
while :; do case "$1" in --context=* | --namespace=*) shift ;; *) break ;; esac; done
case "$1" in
  exec)
    [ "$2" = --stdin ] || exit 1
    case "$3" in --container=app) shift ;; --container=*) echo "error: container \${3#*=} is not valid for pod $4" >&2; exit 1 ;; esac
    [ "$4 $5" = '-- sh' ] || { echo "error: unknown flags: $*" >&2; exit 1; }
    case "$3" in
      web-0) ${shell(home, '$3')} ;;
      secret-0) echo 'Error from server (Forbidden): pods "secret-0" is forbidden: User "ops" cannot create resource "pods/exec"' >&2; exit 1 ;;
      *) echo "Error from server (NotFound): pods \\"$3\\" not found" >&2; exit 1 ;;
    esac ;;
  get) printf %s ${clusterId} ;;
  config) echo production ;;
esac
`;
}

/** Whoever runs in it, its home is theirs. */
function shell(home: string, name: string): string {
  return `exec bwrap --dev-bind / / --unshare-uts --hostname "${name}" --setenv HOME ${home} --chdir / -- sh`;
}

function write(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}
