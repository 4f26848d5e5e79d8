import type { Database } from '../store/types.ts';
import { revivedError } from './clean.ts';
import { readQuestion } from './question-rows.ts';
import { readRun } from './run-rows.ts';
import { readSteps } from './step-rows.ts';
import type { Run } from './types.ts';

/** Thrown to a workflow that is read back where its records end: `where` was under way, or was about to begin. */
export class RecordsEnd extends Error {
  readonly where: string;

  constructor(where: string) {
    super(`the records end before ${where}`);
    this.where = where;
  }
}

/**
 * A run read back from its records, whatever state it is in: its workflow goes through what is done, without doing anything, until
 * `RecordsEnd`. Throws `run-unknown`.
 */
export async function recordedRun(
  database: Database,
  id: string,
): Promise<{ readonly run: Run; readonly input: unknown }> {
  const [row, done] = await Promise.all([readRun(database, id), readSteps(database, id)]);
  const run: Run = {
    id,
    operation: row.operation,
    actor: row.actor.name,
    signal: new AbortController().signal,
    async step<Result>(spec: { readonly name: string }) {
      const outcome = done.get(spec.name);
      if (outcome === undefined) throw new RecordsEnd(spec.name);
      if (outcome.error !== null) throw revivedError(outcome.error);
      const { startedAt, finishedAt, durationMs } = outcome;
      return { result: outcome.result as Result, startedAt, finishedAt, durationMs };
    },
    async ask(question) {
      const found = await readQuestion(database, id, question.name);
      if (found === undefined || found.answer === null) throw new RecordsEnd(question.name);
      return found.answer;
    },
    branch: (name) => Promise.reject(new RecordsEnd(name)),
    waitFor: (other) => Promise.reject(new RecordsEnd(other)),
    note: () => undefined,
  };
  return { run, input: row.input };
}
