import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** One process of this machine. `started` tells two apart that had the same number, in the system's own ticks. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly started: number;
}

/** Every living process. Those that ended and wait for their parent to notice are not alive. */
export function livingProcesses(): ProcessEntry[] {
  return process.platform === 'linux' ? fromProc() : fromPs();
}

/** One process, or undefined when it is gone. */
export function processEntry(pid: number): ProcessEntry | undefined {
  if (process.platform === 'linux') return readEntry(pid);
  return fromPs().find((entry) => entry.pid === pid);
}

/** Whether a process was started with this text in its environment. False for those we may not look into. */
export function environmentHolds(pid: number, text: string): boolean {
  if (process.platform !== 'linux') return false;
  try {
    return readFileSync(`/proc/${pid}/environ`).includes(text);
  } catch {
    return false;
  }
}

function fromProc(): ProcessEntry[] {
  const entries: ProcessEntry[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const entry = readEntry(pid);
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

/** proc(5): the name in parentheses may hold anything, so fields count from the last closing one. */
function readEntry(pid: number): ProcessEntry | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return {
    pid,
    parent: Number(fields[1]),
    group: Number(fields[2]),
    session: Number(fields[3]),
    started: Number(fields[19]),
  };
}

/** macOS has no /proc and gives no session numbers; the process group stands for the session, the second for the tick. */
function fromPs(): ProcessEntry[] {
  const text = execFileSync('ps', ['-axo', 'pid=,ppid=,pgid=,stat=,lstart='], {
    encoding: 'utf8',
    timeout: 10_000,
    env: { ...process.env, LC_ALL: 'C' },
  });
  const entries: ProcessEntry[] = [];
  for (const line of text.split('\n')) {
    const [pid, parent, group, state, ...started] = line.trim().split(/\s+/);
    if (pid === undefined || group === undefined || state?.startsWith('Z')) continue;
    entries.push({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      session: Number(group),
      started: Date.parse(started.join(' ')) / 1000,
    });
  }
  return entries;
}
