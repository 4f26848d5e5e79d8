import { isOpenFor, openingsNow } from '../gates/openings.ts';
import { Capture } from '../process/capture.ts';
import type { Session } from '../targets/types.ts';
import type { Company } from './company.ts';
import type { ProcedureOutcome } from './model.ts';
import { toolOf } from './tool-of.ts';
import type { ToolVersion } from './verification.ts';

/**
 * Which version of its program each command had that did what was expected, so that another version makes the step unverified. No program
 * is run for it, for one that does not know `--version` would do its work: its file is hashed where it lies. A target that may not be read,
 * or does not answer, has none.
 */
export async function askToolVersions(
  { run, estate, world, sessions }: Pick<Company, 'run' | 'estate' | 'world' | 'sessions'>,
  outcome: ProcedureOutcome,
): Promise<readonly ToolVersion[]> {
  const { site } = world.input.source;
  // Nobody is asked to agree to a look that only adds to a record.
  if (site.authority.approvals.some(({ effects }) => effects.includes('read'))) return [];
  const open = await openingsNow(estate.database, site.site, estate.clock.now());
  const versions: ToolVersion[] = [];
  for (const [name, tools] of toolsByTarget(outcome)) {
    const target = world.targets.get(name);
    if (target === undefined || !isOpenFor(open, 'host.read', `target ${name}`)) continue;
    const { result } = await run.step<readonly ToolVersion[]>(
      {
        name: `tools-${name}`,
        title: `Look which programs the steps used on ${name}`,
        gates: ['host.read'],
        effects: ['read'],
        target: `target ${name}`,
      },
      async ({ signal }) => {
        try {
          return await lookAt(await sessions.with(target, signal), run.id, tools, signal);
        } catch (error) {
          if (signal.aborted) throw error;
          return [];
        }
      },
    );
    versions.push(...result);
  }
  return versions;
}

/** Programs of commands that succeeded, by target: only there the question was answered what they do. */
function toolsByTarget({ steps }: ProcedureOutcome): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { kind, outcome, command, targets } of steps) {
    const tool = kind === 'command' && outcome === 'succeeded' ? toolOf(command) : undefined;
    if (tool === undefined) continue;
    for (const { target } of targets) found.set(target, (found.get(target) ?? new Set()).add(tool));
  }
  return found;
}

const limitMs = 10_000;
const answerBytes = 64_000;

async function lookAt(
  session: Session,
  run: string,
  tools: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<readonly ToolVersion[]> {
  const heard = new Capture(answerBytes, 'first');
  const command = {
    marker: `${run}/tools`,
    script: questionOf(tools),
    interpreter: 'sh',
    env: {},
    timeoutMs: limitMs,
  } as const;
  const listener = { onStdout: (chunk: Buffer) => heard.write(chunk), onStderr: () => undefined };
  const { outcome } = await session.perform(command, listener, signal);
  return outcome === 'exited' ? answerOf(session.target.name, heard.text()) : [];
}

/** Names are plain words, as `toolOf` gives them. A name that is a function or an alias there has no file. */
function questionOf(tools: ReadonlySet<string>): string {
  return `for tool in ${[...tools].sort().join(' ')}; do
  file=$(command -v -- "$tool" 2>/dev/null) || continue
  case $file in /*) sum=$(cksum <"$file" 2>/dev/null) && printf '%s %s\\n' "$tool" "$sum";; esac
done
:`;
}

/** A line of the answer is the name, a checksum and the size of the file. */
function answerOf(target: string, answer: string): readonly ToolVersion[] {
  return answer.split('\n').flatMap((line) => {
    const [, tool, version] = /^(\S+) (\d+ \d+)$/.exec(line.trim()) ?? [];
    return tool === undefined || version === undefined ? [] : [{ target, tool, version: `cksum ${version}` }];
  });
}
