import type { AuditLog } from '../audit/types.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import type { Actor } from '../gates/types.ts';
import type { Clock } from '../lib/clock.ts';
import type { Redact } from '../lib/redact.ts';
import type { Database, Queryable } from '../store/types.ts';
import { lockRun } from './claim-run.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { QuestionDesk } from './question-desk.ts';
import { type QuestionRow, readQuestion } from './question-rows.ts';
import { readRun } from './run-rows.ts';
import type { Answer } from './types.ts';

/** What answering works with. */
export interface Answering {
  readonly database: Database;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly redact: Redact;
  readonly desk: QuestionDesk;
  readonly remember?: (secret: string) => void;
}

/**
 * Records the answer to a question, once, with its leaf. Whoever answers, by whatever way, comes through here, so what an answer
 * must have is asked here and by no face. The row of the root is held meanwhile: an answer and a cancellation never both win.
 */
export async function answerQuestion(
  context: Answering,
  run: string,
  name: string,
  given: Omit<Answer, 'by' | 'at' | 'secret'>,
  actor: Actor,
): Promise<Answer> {
  const { database, clock, redact, desk, audit, remember } = context;
  const { answer, secret } = await database.transaction(async (transaction) => {
    const row = await lockWaiting(transaction, run, name);
    const here = desk.isWaiting(run, name);
    const judged = judgeAnswer(row.question, given, { actor, redact, here });
    if ('refused' in judged) {
      throw new HoldfastError('answer-not-allowed', { run, question: name, reason: judged.refused });
    }
    if (judged.secret !== undefined) remember?.(judged.secret);
    const answer: Answer = { ...judged.answer, by: actor.name, at: clock.now().toISOString() };
    await transaction.query(
      'update questions set answer = $4, actor = $5 where run = $1 and name = $2 and round = $3',
      [run, name, row.round, JSON.stringify(answer), JSON.stringify(actor)],
    );
    const { choice, reason, attachments } = answer;
    await audit.append(
      {
        kind: 'answer',
        time: answer.at,
        actor: actor.name,
        run,
        step: name,
        facts: {
          question: row.question.title.slice(0, 1000),
          choice,
          face: actor.face,
          actorKind: actor.kind,
          ...(reason === undefined ? {} : { reason: reason.slice(0, 1000) }),
          ...(judged.secret === undefined ? {} : { secret: true }),
          ...(attachments === undefined ? {} : { attachments: attachments.map((file) => ({ ...file })) }),
        },
      },
      { key: `${run}/${name}/answered-${row.round}`, transaction },
    );
    return { answer, secret: judged.secret };
  });
  if (secret !== undefined) desk.keepSecret(run, name, secret);
  desk.wake(run, name);
  return answer;
}

/**
 * The question, with the row of its root held until the transaction ends. Throws `run-unknown`, `question-unknown`, `question-answered`,
 * `answer-too-late`.
 */
export async function lockWaiting(transaction: Queryable, run: string, name: string): Promise<QuestionRow> {
  const { root } = await readRun(transaction, run);
  const whole = await lockRun(transaction, root);
  const part = root === run ? whole : await readRun(transaction, run);
  const row = await readQuestion(transaction, run, name);
  if (row === undefined) throw new HoldfastError('question-unknown', { run, question: name });
  if (row.answer !== null) {
    const { choice, by, at } = row.answer;
    throw new HoldfastError('question-answered', { run, question: name, choice, by, at });
  }
  const ended = [whole, part].find(({ status }) => status !== 'running')?.status;
  const status = ended ?? (whole.cancel_requested_at === null ? undefined : 'being cancelled');
  if (status !== undefined) throw new HoldfastError('answer-too-late', { run, question: name, status });
  return row;
}
