import type { Actor } from '../gates/types.ts';
import type { Question } from '../lib/question.ts';
import type { Queryable } from '../store/types.ts';
import type { Answer, OpenQuestion } from './types.ts';

/** A row of `questions`. */
export interface QuestionRow {
  readonly run: string;
  readonly name: string;
  readonly round: number;
  readonly question: Question;
  readonly asked_at: Date;
  readonly answer: Answer | null;
  readonly actor: Actor | null;
}

/** The question as it was last asked, with its answer if it has one. */
export async function readQuestion(database: Queryable, run: string, name: string): Promise<QuestionRow | undefined> {
  const [row] = await database.query<QuestionRow>(
    'select * from questions where run = $1 and name = $2 order by round desc limit 1',
    [run, name],
  );
  return row;
}

/** What was last answered to it: a secret is asked for again in each life of Holdfast, and may be asked for now. */
export async function readAnswer(database: Queryable, run: string, name: string): Promise<Answer | undefined> {
  const [row] = await database.query<{ readonly answer: Answer }>(
    'select answer from questions where run = $1 and name = $2 and answer is not null order by round desc limit 1',
    [run, name],
  );
  return row?.answer;
}

/** Questions that wait for an answer, oldest first; of one run with its branches, or of all. Those of runs that ended wait for nobody. */
export async function listQuestions(database: Queryable, run?: string): Promise<readonly OpenQuestion[]> {
  const rows = await database.query<QuestionRow & { readonly notes: OpenQuestion['notes'] }>(
    `select questions.*, coalesce((
       select json_agg(json_build_object('by', notes.actor->>'name', 'kind', notes.actor->>'kind', 'at', ${isoTime}, 'note', note)
         order by position)
       from question_notes as notes where notes.run = questions.run and notes.name = questions.name
     ), '[]') as notes
     from questions
     join runs on runs.id = questions.run
     join runs as roots on roots.id = runs.root
     where answer is null and runs.status = 'running' and roots.status = 'running' and roots.cancel_requested_at is null
       and ($1::text is null or questions.run = $1 or starts_with(questions.run, $1 || '/'))
     order by asked_at, questions.run, name`,
    [run ?? null],
  );
  return rows.map((row) => ({
    ...row.question,
    run: row.run,
    askedAt: row.asked_at.toISOString(),
    notes: row.notes,
  }));
}

/** SQL: as JavaScript writes a time. */
const isoTime = `to_char(noted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
