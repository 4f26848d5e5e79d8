import type { Site } from '../config/site.ts';
import type { ProcedureOutcome, StepOutcome, TargetOutcome } from '../evidence/procedure-model.ts';
import type { Procedure } from '../runbooks/types.ts';
import type { Queryable } from '../store/types.ts';
import { takenMs } from './taken.ts';
import { toolOf } from './tool-of.ts';

/** The version of a program on one target: any text that is another when the program is. */
export interface ToolVersion {
  readonly target: string;
  /** As `toolOf` names it. */
  readonly tool: string;
  readonly version: string;
}

/**
 * Records what became of each step, so that `runbook check` can show it and the next run knows how long it takes. Steps that
 * did not run, or of which nobody knows what became of them, leave no record. The same outcome again records nothing.
 */
export async function recordVerifications(
  database: Queryable,
  outcome: ProcedureOutcome,
  toolVersions: readonly ToolVersion[] = [],
  by: 'run' | 'drill' = 'run',
): Promise<void> {
  const rows = outcome.steps.flatMap((step, position) => recordsOf(outcome, step, position, toolVersions, by));
  if (rows.length === 0) return;
  await database.query(
    `insert into step_verifications
       (run, position, target, site, runbook, step, hash, by, verified, at, duration_ms, tool, tool_version)
     select run, position, target, site, runbook, step, hash, by, verified, at, duration_ms, tool, tool_version
     from json_to_recordset($1) as row (run text, position integer, target text, site text, runbook text, step text,
       hash text, by text, verified boolean, at timestamptz, duration_ms double precision, tool text, tool_version text)
     on conflict (run, position, target) do nothing`,
    [JSON.stringify(rows)],
  );
}

/** A manual step has no target: its duration is kept, under no name. */
const nowhere = '';

function recordsOf(
  { run, site, runbook, finishedAt }: ProcedureOutcome,
  step: StepOutcome,
  position: number,
  versions: readonly ToolVersion[],
  by: 'run' | 'drill',
) {
  const common = { run, position, site, runbook: runbook.path, step: step.id, hash: step.hash, by };
  const at = step.finishedAt ?? finishedAt;
  if (step.kind !== 'command') {
    return step.outcome === 'succeeded'
      ? [
          {
            ...common,
            target: nowhere,
            verified: false,
            at,
            duration_ms: takenMs(step),
            tool: null,
            tool_version: null,
          },
        ]
      : [];
  }
  const tool = toolOf(step.command) ?? null;
  return step.targets.flatMap((target) => {
    const verified = judged(step, target);
    if (verified === undefined) return [];
    const version = versions.find((each) => each.target === target.target && each.tool === tool)?.version ?? null;
    return [
      { ...common, target: target.target, verified, at, duration_ms: step.durationMs, tool, tool_version: version },
    ];
  });
}

/**
 * Only an exit status that was seen says something: a step that a person called done is no proof that it works, one that was skipped
 * after it failed is proof that it does not.
 */
function judged(step: StepOutcome, { outcome, exitCode }: TargetOutcome): boolean | undefined {
  if (outcome === 'failed' || outcome === 'timed-out') return false;
  if (outcome !== 'succeeded' || exitCode === undefined) return undefined;
  if (step.outcome === 'succeeded') return true;
  return step.outcome === 'failed' ? false : undefined;
}

export interface StepVerification {
  /**
   * `unverified`: it never ran, or failed when it last ran; `changed`: an earlier wording of it ran; `tool-changed`: its program
   * has another version since; `expired`: longer ago than the site trusts.
   */
  readonly state: 'verified' | 'unverified' | 'expired' | 'changed' | 'tool-changed';
  /** When it last ran. */
  readonly at?: string;
  readonly run?: string;
  /** On what, names in order. */
  readonly target?: string;
  readonly by?: 'run' | 'drill';
  readonly durationMs?: number;
}

interface Row {
  readonly run: string;
  readonly position: number;
  readonly step: string;
  readonly hash: string;
  readonly target: string;
  readonly by: 'run' | 'drill';
  readonly verified: boolean;
  readonly at: Date;
  readonly duration_ms: number;
  readonly tool: string | null;
  readonly tool_version: string | null;
}

/**
 * How far each command of a runbook is known to work here. `path` is the runbook's, as its runs recorded it; `toolVersions`
 * are of now, where they are known, else the newest recorded ones are taken.
 */
export async function verificationsOf(
  database: Queryable,
  site: Pick<Site, 'site' | 'runbooks'>,
  procedure: Pick<Procedure, 'steps'>,
  options: { readonly path?: string; readonly now?: Date; readonly toolVersions?: readonly ToolVersion[] } = {},
): Promise<ReadonlyMap<string, StepVerification>> {
  const steps = procedure.steps.filter(({ kind }) => kind === 'command');
  const hashes = steps.map(({ hash }) => hash);
  const [rows, newest, earlier] = await Promise.all([
    lastRecords(database, site.site, hashes),
    newestVersions(database, site.site),
    options.path === undefined ? [] : earlierWordings(database, site.site, options.path, hashes),
  ]);
  const versions = new Map(
    [...newest, ...(options.toolVersions ?? [])].map(({ target, tool, version }) => [`${target}\n${tool}`, version]),
  );
  const oldest = (options.now ?? new Date()).getTime() - site.runbooks['verified-for'];
  return new Map(
    steps.map(({ id, hash }) => {
      const last = rows.filter((row) => row.hash === hash);
      if (last.length > 0) return [id, { state: stateOf(last, versions, oldest), ...seen(last) }] as const;
      const before = earlier.filter(({ step }) => step === id);
      return [id, before.length > 0 ? { state: 'changed', ...seen(before) } : { state: 'unverified' }] as const;
    }),
  );
}

function stateOf(
  rows: readonly Row[],
  versions: ReadonlyMap<string, string>,
  oldest: number,
): StepVerification['state'] {
  if (rows.some(({ verified }) => !verified)) return 'unverified';
  const isOther = ({ target, tool, tool_version }: Row): boolean => {
    const now = versions.get(`${target}\n${tool}`);
    return tool_version !== null && now !== undefined && now !== tool_version;
  };
  if (rows.some(isOther)) return 'tool-changed';
  return rows.some(({ at }) => at.getTime() < oldest) ? 'expired' : 'verified';
}

function seen(rows: readonly Row[]): Omit<StepVerification, 'state'> {
  const [row] = rows;
  if (row === undefined) return {};
  return {
    at: row.at.toISOString(),
    run: row.run,
    target: rows.map(({ target }) => target).join(', '),
    by: row.by,
    durationMs: row.duration_ms,
  };
}

const columns = `run, position, step, hash, target, by, verified, at, duration_ms, tool, tool_version`;

/** Of each hash the records of the step that ran last: one for each of its targets. */
async function lastRecords(database: Queryable, site: string, hashes: readonly string[]): Promise<readonly Row[]> {
  return await database.query<Row>(
    `select ${columns} from (
       select *, rank() over (partition by hash order by at desc, run desc, position desc) as place
       from step_verifications where site = $1 and hash = any($2) and target <> ''
     ) as ranked where place = 1 order by hash, target`,
    [site, hashes],
  );
}

/**
 * The last records of steps of this runbook whose wording is no longer in it. A number such as s3 goes to another step when one
 * is put in before it; the step that had it is still there then, and is not what was changed.
 */
async function earlierWordings(
  database: Queryable,
  site: string,
  path: string,
  hashes: readonly string[],
): Promise<readonly Row[]> {
  return await database.query<Row>(
    `select ${columns} from (
       select *, rank() over (partition by step order by at desc, run desc, position desc) as place
       from step_verifications where site = $1 and runbook = $2 and target <> ''
     ) as ranked where place = 1 and hash <> all($3) order by step, target`,
    [site, path, hashes],
  );
}

async function newestVersions(database: Queryable, site: string): Promise<readonly ToolVersion[]> {
  return await database.query<ToolVersion & object>(
    `select distinct on (target, tool) target, tool, tool_version as version
     from step_verifications where site = $1 and tool_version is not null
     order by target, tool, at desc`,
    [site],
  );
}

/** How long steps took when they succeeded, in milliseconds by hash: the median of the last 21 runs of each. */
export async function expectedDurations(
  database: Queryable,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await database.query<{ hash: string; median: number }>(
    `select hash, percentile_cont(0.5) within group (order by duration_ms) as median from (
       select hash, duration_ms, row_number() over (partition by hash order by at desc) as place from (
         select hash, run, position, max(at) as at, max(duration_ms) as duration_ms
         from step_verifications where hash = any($1)
         group by hash, run, position having bool_and(verified or target = '')
       ) as runs
     ) as newest where place <= 21 group by hash`,
    [hashes],
  );
  return new Map(rows.map(({ hash, median }) => [hash, median]));
}
