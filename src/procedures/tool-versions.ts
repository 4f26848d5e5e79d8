import { toHoldfastError } from '../errors/holdfast-error.ts';
import type { ProcedureOutcome } from '../evidence/procedure-model.ts';
import { Capture } from '../process/capture.ts';
import { onEach } from '../targets/group.ts';
import type { Session } from '../targets/types.ts';
import type { Company } from './company.ts';
import { toolOf } from './tool-of.ts';
import type { ToolVersion } from './verification.ts';
import { type Places, placesOf, type World } from './world.ts';

/**
 * Which version of its program each command had that did what was expected, so that another version makes the step unverified. No program
 * is run for it, for one that does not know `--version` would do its work: its file is hashed where it lies. Where its gate is closed by
 * now, and of a target that does not answer, there is none.
 */
export async function askToolVersions(
  { run, world, sessions }: Pick<Company, 'run' | 'world' | 'sessions'>,
  outcome: ProcedureOutcome,
): Promise<readonly ToolVersion[]> {
  // Nobody is asked to agree to a look that only adds to a record.
  if (world.input.source.site.authority.approvals.some(({ effects }) => effects.includes('read'))) return [];
  const versions: ToolVersion[] = [];
  for (const [{ name, targets, width }, tools] of toolsByPlaces(outcome, world)) {
    try {
      const { result } = await run.step<readonly ToolVersion[]>(
        {
          name: `tools-${name}`,
          title: `Look which programs the steps used on ${name}`,
          label: `${name}: programs`,
          gates: ['host.read'],
          effects: ['read'],
          target: `target ${name}`,
        },
        async ({ signal }) => {
          const all = { width, errorLimit: targets.length, signal };
          const names = targets.map((target) => target.name);
          const looked = await onEach(
            names,
            all,
            async (each) => await lookOn(each, { world, sessions, run, tools, signal }),
          );
          return looked.flatMap(({ value }) => value ?? []);
        },
      );
      versions.push(...result);
    } catch (thrown) {
      if (toHoldfastError(thrown).code !== 'gate-closed') throw thrown;
    }
  }
  return versions;
}

/** Programs of commands that succeeded, by where they ran: only there the question was answered what they do. */
function toolsByPlaces({ steps }: ProcedureOutcome, world: World): ReadonlyMap<Places, ReadonlySet<string>> {
  const found = new Map<string, { readonly places: Places; readonly tools: Set<string> }>();
  for (const { id, kind, outcome, command } of steps) {
    const tool = kind === 'command' && outcome === 'succeeded' ? toolOf(command) : undefined;
    const step = world.procedure.steps.find((one) => one.id === id);
    if (tool === undefined || step === undefined) continue;
    const places = placesOf(step, world);
    const known = found.get(places.name) ?? { places, tools: new Set<string>() };
    found.set(places.name, known);
    known.tools.add(tool);
  }
  return new Map([...found.values()].map(({ places, tools }) => [places, tools]));
}

interface Look extends Pick<Company, 'run' | 'world' | 'sessions'> {
  readonly tools: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

async function lookOn(name: string, { world, sessions, run, tools, signal }: Look) {
  const target = world.targets.get(name);
  try {
    const value = target === undefined ? [] : await lookAt(await sessions.with(target, signal), run.id, tools, signal);
    return { ok: true, value };
  } catch (error) {
    if (signal.aborted) throw error;
    return { ok: false, value: [] };
  }
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
    marker: `${run}/tools.${session.target.name}`,
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
