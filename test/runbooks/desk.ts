import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openSigningKey } from '../../src/audit/keys.ts';
import { openAuditLog } from '../../src/audit/log.ts';
import type { AuditLog } from '../../src/audit/types.ts';
import { Site } from '../../src/config/site.ts';
import { prepareEffects } from '../../src/effects/explain.ts';
import type { ProcedureOutcome } from '../../src/evidence/procedure-model.ts';
import { openRuns } from '../../src/execution/open-runs.ts';
import type { Answer, Runs } from '../../src/execution/types.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { sha256 } from '../../src/lib/hash.ts';
import type { ProgressEvent } from '../../src/lib/progress.ts';
import type { Question } from '../../src/lib/question.ts';
import { redactor } from '../../src/lib/redact.ts';
import type { RunbookInput } from '../../src/procedures/input.ts';
import { keepRunbook } from '../../src/procedures/keep-runbook.ts';
import type { ConcludedProcedure } from '../../src/procedures/report/conclude.ts';
import { runProcedure } from '../../src/procedures/run-procedure.ts';
import { childAccount } from '../../src/process/account.ts';
import type { Estate } from '../../src/protection/estate.ts';
import { type OpenDatabase, openDatabase } from '../../src/store/open-database.ts';
import { openEveryGate } from './open-gates.ts';

type Given = Omit<Answer, 'by' | 'at'>;

/** Says what a person says to a question; undefined lets it wait. */
export type Says = (question: Question) => Given | undefined;

export interface Desk {
  readonly data: string;
  readonly database: OpenDatabase;
  readonly audit: AuditLog;
  readonly events: ProgressEvent[];
  readonly estate: Estate;
  runs(): Runs;
  /** Carries out a runbook to its end. */
  carryOut(markdown: string, options?: Partial<RunbookInput> & { readonly says?: Says }): Promise<ConcludedProcedure>;
  /** The same, for what of it a test looks at. */
  outcome(markdown: string, options?: Partial<RunbookInput> & { readonly says?: Says }): Promise<ProcedureOutcome>;
  start(
    markdown: string,
    options?: Partial<RunbookInput> & { readonly says?: Says },
  ): Promise<{ readonly id: string; result(): Promise<ConcludedProcedure> }>;
  close(): Promise<void>;
}

/** A data directory of its own with every gate open, in this process; steps run here as the unprivileged account, or where `site` says. */
export async function openDesk(
  site: Readonly<Record<string, unknown>> = {},
  secrets: readonly string[] = [],
): Promise<Desk> {
  await prepareEffects();
  const data = await mkdtemp('/tmp/hf-desk-');
  const parsed = Site.parse({ site: 'desk', ...site });
  const database = await openDatabase({ dataDirectory: data, signal: new AbortController().signal });
  const key = await openSigningKey(data);
  const audit = openAuditLog({ database, directory: join(data, 'audit'), key, clock: systemClock });
  const redact = redactor(secrets);
  const events: ProgressEvent[] = [];
  let says: Says = () => undefined;
  let runs: Runs | undefined;
  const actor = { name: 'tester', kind: 'person', face: 'cli' } as const;
  const report = (event: ProgressEvent): void => {
    events.push(event);
    if (event.kind !== 'question') return;
    const said = says(event.question);
    if (said !== undefined) void runs?.answer(event.run, event.question.name, said, actor);
  };
  const estate: Estate = {
    clock: systemClock,
    database,
    audit,
    key,
    dataDirectory: data,
    account: await childAccount(),
    secret: async (ref) => ('env' in ref ? (process.env[ref.env] ?? '') : ''),
    redact,
    report,
  };
  const workflow = runProcedure(estate);
  const openHere = (): Runs => {
    runs ??= openRuns({
      database,
      audit,
      clock: systemClock,
      report,
      redact,
      workflows: [workflow],
      actor,
      signal: new AbortController().signal,
      applicationVersion: 'test',
    });
    return runs;
  };
  await openEveryGate(estate, parsed);
  const start: Desk['start'] = async (markdown, { says: said = agree, ...input } = {}) => {
    says = said;
    await keepRunbook(data, markdown);
    const whole: RunbookInput = {
      source: { site: parsed, directory: data, sha256: '' },
      runbook: { path: 'runbook.md', sha256: sha256(markdown) },
      target: 'local',
      parameters: {},
      choices: {},
      auto: 'all',
      timeoutMs: 60_000,
      ...input,
    };
    return await openHere().start(workflow, whole, { site: parsed.site, actor });
  };
  const carryOut: Desk['carryOut'] = async (markdown, options) => await (await start(markdown, options)).result();
  return {
    data,
    database,
    audit,
    events,
    estate,
    runs: openHere,
    start,
    carryOut,
    outcome: async (markdown, options) => (await carryOut(markdown, options)).outcome,
    async close() {
      await runs?.close();
      await database.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Somebody who says yes to all that is asked, and types what is to be typed. */
export function agree(question: Question): Given | undefined {
  const [first] = question.choices;
  if (first === undefined) return undefined;
  return { choice: first.id, ...(first.typed === undefined ? {} : { value: first.typed }) };
}
