import type { Question } from '../lib/question.ts';
import type { Redact } from '../lib/redact.ts';
import type { Queryable } from '../store/types.ts';
import { type Place, recorded } from './place.ts';
import { type QuestionRow, readAnswer, readQuestion } from './question-rows.ts';
import type { Answer } from './types.ts';

/** How soon an answer that was given in another process is seen. */
const lookEveryMs = 200;

/**
 * Puts a question and waits until it has an answer, without a limit: people sleep. It acts on nothing and so asks no gate. The
 * question is recorded with its leaf before anybody is told; the row of the answer is the record that a replay finds. A run that
 * is cancelled while it waits does not go on, whatever was answered.
 */
export async function ask(place: Place, question: Question): Promise<Answer> {
  const { shop, tree, row } = place;
  const { redact, database, desk, report } = shop;
  const clean = cleaned(question, redact);
  const given = await recorded(place, () => database.transaction((tx) => put(tx, place, clean)));
  tree.throwIfOver();
  if (given !== undefined) return given;
  // A secret of which an earlier life of Holdfast was told is asked for again, and the records go on behind it.
  const told = await recorded(place, () => readAnswer(database, row.id, clean.name));
  if (told === undefined) tree.caughtUp();
  let answer: Answer | undefined;
  // Waiting before anybody is told, so that an answer given at once wakes it.
  const waiting = new Waiting(tree.signal);
  const done = desk.waits(row.id, clean.name, () => waiting.wake());
  try {
    report({ kind: 'question', run: row.id, question: clean });
    for (;;) {
      const found = await recorded(place, () => readQuestion(database, row.id, clean.name));
      answer = found === undefined ? undefined : answerOf(place, found);
      tree.throwIfOver();
      if (answer !== undefined) return answer;
      // Who only wants it ended need not know it: what was begun with it is found behind.
      if (told !== undefined && tree.cancelWanted) return told;
      await waiting.atMost(lookEveryMs);
      tree.throwIfOver();
    }
  } finally {
    done();
    waiting.end();
    report({
      kind: 'question-closed',
      run: row.id,
      question: clean.name,
      ...(answer === undefined ? {} : { answer: `${answer.choice}, by ${answer.by}` }),
    });
  }
}

/** What people read is redacted once more; what is compared stays as it is, or no answer would fit it. */
function cleaned(question: Question, redact: Redact): Question {
  return {
    ...question,
    title: redact(question.title),
    details: question.details.map(redact),
    choices: question.choices.map((choice) => ({ ...choice, label: redact(choice.label) })),
  };
}

/** Records the question unless it is there; returns its answer if there is one. */
async function put(transaction: Queryable, place: Place, question: Question): Promise<Answer | undefined> {
  const { shop, row } = place;
  const found = await readQuestion(transaction, row.id, question.name);
  const answer = found === undefined ? undefined : answerOf(place, found);
  if (answer !== undefined) return answer;
  const round = found === undefined ? 1 : found.answer === null ? found.round : found.round + 1;
  const now = shop.clock.now().toISOString();
  // Fenced: a process that took the run over while this one was stuck has the say.
  const [written] = await transaction.query<{ fresh: boolean }>(
    `with ours as (select id from runs where id = $1 and executor = $6 and status = 'running'),
          written as (
            insert into questions (run, name, round, question, asked_at)
            select id, $2, $3, $4, $5 from ours
            on conflict (run, name, round) do nothing
            returning run
          )
     select exists (select from written) as fresh from ours`,
    [row.id, question.name, round, JSON.stringify(question), now, shop.executor],
  );
  if (written === undefined) throw shop.engine.disowned(row.id);
  if (!written.fresh) return undefined;
  const { name, kind, title, choices } = question;
  await shop.audit.append(
    {
      kind: 'question',
      time: now,
      actor: row.actor.name,
      run: row.id,
      step: name,
      facts: { kind, title: title.slice(0, 1000), choices: choices.map(({ id }) => id), round },
    },
    { key: `${row.id}/${name}/asked-${round}`, transaction },
  );
  return undefined;
}

/** The answer as the run gets it; none when it was a secret that this process was not told. */
function answerOf({ shop }: Place, { run, name, answer }: QuestionRow): Answer | undefined {
  if (answer === null) return undefined;
  if (answer.secret !== true) return answer;
  const value = shop.desk.secret(run, name);
  return value === undefined ? undefined : { ...answer, value };
}

/** Waits that are cut short by an answer or by the end of the run. */
class Waiting {
  readonly #signal: AbortSignal;
  #woken = false;
  #wake: (() => void) | undefined;
  readonly #onAbort = () => this.wake();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', this.#onAbort);
  }

  wake(): void {
    this.#woken = true;
    this.#wake?.();
  }

  async atMost(milliseconds: number): Promise<void> {
    if (this.#woken || this.#signal.aborted) {
      this.#woken = false;
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
      this.#wake = resolve;
    });
    clearTimeout(timer);
    this.#wake = undefined;
    this.#woken = false;
  }

  end(): void {
    this.#signal.removeEventListener('abort', this.#onAbort);
  }
}
