/** What a run asks of a person. It waits, also across a crash, until somebody answers, at a terminal or by `runs answer`. */
export interface Question {
  /** Unique among the questions of its run and the same each time the workflow is replayed. */
  readonly name: string;
  readonly kind: 'confirm' | 'choose' | 'value' | 'failed-step' | 'unknown-outcome' | 'manual-step' | 'alternative';
  /** Of what a person reads, for whoever puts it to them; English without it. */
  readonly language?: 'en' | 'ko' | 'zh-Hant' | undefined;
  /** What a person reads, already redacted. */
  readonly title: string;
  readonly details: readonly string[];
  readonly choices: readonly {
    /** Permanent: `run`, `skip`, `retry`, `rollback`, `abort`, `done`, or an alternative's id. */
    readonly id: string;
    readonly label: string;
    /** Said with it: why a step is skipped. */
    readonly reason?: 'required' | 'optional' | undefined;
    /** Must be typed in full before this choice counts, and comes as the answer's `value`: the name of the target. */
    readonly typed?: string | undefined;
  }[];
  /**
   * For the kind `value`: the answer `value` carries a text that matches `pattern` as a whole. Where it is `secret` it is never
   * stored: it must be given in the process that runs the run, and after a crash the question is asked again.
   */
  readonly value?:
    | { readonly name: string; readonly pattern?: string | undefined; readonly secret?: boolean | undefined }
    | undefined;
}

/** The choice that gives the text that a question of the kind `value` asks for; it need not be among the choices. */
export const givesValue = 'value';

/** The choices that a question really has. */
export function choicesOf(question: Question): Question['choices'] {
  if (question.value === undefined || question.choices.some(({ id }) => id === givesValue)) return question.choices;
  return [{ id: givesValue, label: question.value.name }, ...question.choices];
}
