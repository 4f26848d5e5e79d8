import { spawn } from 'node:child_process';
import { findProgram } from './path.ts';

/**
 * What the watch runs. It waits for the end of its input, then kills whatever carries the mark `$1`, until two looks in a
 * row find nothing: a process that is just becoming another program shows no environment for a moment. What cannot be
 * killed is given up after 10 s.
 */
const script = `
read -r _
empty=0 looks=0
while [ $empty -lt 2 ] && [ $looks -lt 200 ]; do
  looks=$((looks + 1))
  if [ -r /proc/self/environ ]; then found=$(grep -lsF -- "$1" /proc/[0-9]*/environ | tr -cd '0-9\\n')
  else found=$(ps -axEwwo pid=,command= | grep -F -- "$1" | grep -vF -- "$0" | awk '{ print $1 }')
  fi
  if [ -z "$found" ]; then empty=$((empty + 1)); continue; fi
  empty=0
  kill -s KILL $found
  sleep 0.05
done 2>/dev/null
`;

let isWatched = false;

/**
 * From now on something looks after what this process starts, also when it is killed and can do nothing itself. The kernel ends a child with
 * its parent, but not the child's children, and bubblewrap's not while it is starting (containers/bubblewrap#633): those
 * would go on working, or wait for ever. A shell of few hundred kilobytes is told by its input, a pipe that only Holdfast
 * holds, that Holdfast is gone.
 */
export function watchOver(mark: string): void {
  const shell = isWatched ? undefined : findProgram('sh');
  isWatched = true;
  if (shell === undefined) return;
  const child = spawn(shell, ['-c', script, 'holdfast-watch', mark], {
    cwd: '/',
    // Without a mark of its own: neither it nor what it asks is ever found.
    env: { PATH: '/usr/bin:/bin' },
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without it, a killed Holdfast leaves to the kernel alone what the kernel ends.
  child.on('error', () => undefined);
  child.stdin?.on('error', () => undefined);
  child.unref();
  if (child.stdin !== null && 'unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
}
