import { HoldfastError } from '../errors/holdfast-error.ts';
import type { Actor } from '../gates/types.ts';
import type { Answering } from './answer.ts';
import { lockWaiting } from './answer.ts';
import type { QuestionNote } from './types.ts';

const longest = 8192;
const most = 100;

/**
 * Adds to a question that waits what somebody has to say about it: an AI assistant may, who may not decide. It answers nothing, and it is
 * recorded with its leaf. Errors: those of answering, but for what the answer itself must be.
 */
export async function noteQuestion(
  { database, clock, redact, audit }: Answering,
  run: string,
  name: string,
  text: string,
  actor: Actor,
): Promise<QuestionNote> {
  const note = redact(text.trim());
  const refuse = (reason: string) => new HoldfastError('answer-not-allowed', { run, question: name, reason });
  if (note === '') throw refuse('the note is empty');
  if (note.length > longest) throw refuse(`the note is longer than ${longest} characters`);
  return await database.transaction(async (transaction) => {
    await lockWaiting(transaction, run, name);
    const at = clock.now().toISOString();
    const written = await transaction.query<{ position: number }>(
      `insert into question_notes (run, name, note, actor, noted_at)
       select $1, $2, $3, $4, $5 where (select count(*) from question_notes where run = $1 and name = $2) < $6
       returning position`,
      [run, name, note, JSON.stringify(actor), at, most],
    );
    const [row] = written;
    if (row === undefined) throw refuse(`it has ${most} notes`);
    await audit.append(
      {
        kind: 'question-note',
        time: at,
        actor: actor.name,
        run,
        step: name,
        facts: { note: note.slice(0, 1000), face: actor.face, actorKind: actor.kind },
      },
      { key: `${run}/${name}/note-${row.position}`, transaction },
    );
    return { by: actor.name, kind: actor.kind, at, note };
  });
}
