import { HoldfastError } from '../errors/holdfast-error.ts';
import type { Database } from '../store/types.ts';
import { revivedError } from './clean.ts';
import { stepKey } from './place.ts';
import { readAnswer } from './question-rows.ts';
import { readRun } from './run-rows.ts';
import { readSteps } from './step-rows.ts';
import type { Run } from './types.ts';

/** Thrown to a workflow that is read back where its records end: `where` is what comes next, and `began` that it was let in to act. */
export class RecordsEnd extends Error {
  readonly where: string;
  readonly began: boolean;

  constructor(where: string, began = false) {
    super(`the records end before ${where}`);
    this.where = where;
    this.began = began;
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
    ending: true,
    async step<Result>(spec: { readonly name: string }) {
      const outcome = done.get(spec.name);
      if (outcome === undefined) throw new RecordsEnd(spec.name, await hasStarted(database, id, spec.name));
      if (outcome.error !== null) throw revivedError(outcome.error);
      const { startedAt, finishedAt, durationMs } = outcome;
      return { result: outcome.result as Result, startedAt, finishedAt, durationMs };
    },
    async ask(question) {
      const answer = await readAnswer(database, id, question.name);
      if (answer !== undefined) return answer;
      // There it went on as its workflow does when it is cancelled.
      if (row.status === 'cancelled') throw new HoldfastError('cancelled', { what: `Run ${id}` });
      throw new RecordsEnd(question.name);
    },
    branch: (name) => Promise.reject(new RecordsEnd(name)),
    waitFor: (other) => Promise.reject(new RecordsEnd(other)),
    note: () => undefined,
  };
  return { run, input: row.input };
}

async function hasStarted(database: Database, run: string, step: string): Promise<boolean> {
  const found = await database.query('select from audit_leaves where key = $1', [stepKey(run, step, 'started')]);
  return found.length > 0;
}
