/** A process of a target, as its helper shell listed it. */
export interface RemoteProcess {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
}

/** Lines of /proc/<pid>/stat, or of `ps -o pid=,ppid=,pgid=,stat=` where there is no /proc. Those that only wait to be reaped are left out. */
export function readProcesses(text: string): RemoteProcess[] {
  const found: RemoteProcess[] = [];
  for (const line of text.split('\n')) {
    const close = line.lastIndexOf(')');
    // proc(5): the name in parentheses may hold anything, so fields count from the last closing one.
    const fields = (close === -1 ? line : line.slice(close + 2)).trim().split(/\s+/);
    const [state = '', parent, group, session] =
      close === -1 ? [fields[3], fields[1], fields[2], fields[2]] : [fields[0], fields[1], fields[2], fields[3]];
    const pid = Number.parseInt(line, 10);
    if (!Number.isInteger(pid) || state === '' || /^[ZX]/.test(state)) continue;
    found.push({ pid, parent: Number(parent), group: Number(group), session: Number(session) });
  }
  return found;
}

/** Process numbers of those that carry a mark, from `/proc/<pid>/environ` lines or lines of ps. */
export function readMarked(text: string): Set<number> {
  const found = text.split('\n').map((line) => Number(/^\s*(?:\/proc\/)?(\d+)/.exec(line)?.[1]));
  return new Set(found.filter((pid) => Number.isInteger(pid)));
}

/**
 * What is alive of a step: its session and group (`leader`, 0 when it is not known), whatever carries its mark, and all that
 * came of those.
 */
export function membersOf(all: readonly RemoteProcess[], marked: ReadonlySet<number>, leader: number): number[] {
  const found = new Set<number>();
  for (const { pid, group, session } of all) {
    if (marked.has(pid) || (leader > 1 && (session === leader || group === leader))) found.add(pid);
  }
  return descendantsOf(all, found);
}

/** Processes with all that came of them, as far as their parents can be followed. */
export function descendantsOf(all: readonly RemoteProcess[], of: Iterable<number>): number[] {
  const found = new Set(of);
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}
