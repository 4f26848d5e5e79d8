import { choicesOf, givesValue, type Question } from '../../lib/question.ts';
import { type QuestionWords, questionWords } from '../../operations/question-words.ts';

/** What a person gives as an answer, before anybody has judged it. */
export interface Given {
  readonly choice: string;
  readonly reason?: string;
  readonly value?: string;
  readonly attach?: readonly string[];
}

/** Asks for one line; undefined when the person wants to go back. */
export type Read = (label: string, masked?: boolean) => Promise<string | undefined>;

type Choice = Question['choices'][number];

/** Asks for all that an answer needs, one line after the other. Whether it will do is for whoever records it. */
export async function converse(question: Question, read: Read, say: (line: string) => void): Promise<Given> {
  const words = questionWords(question);
  const choices = keyed(question);
  for (;;) {
    const choice = await chosen(choices, words, read, say);
    const said = await details(question, choice, words, read, say);
    if (said !== undefined) return said;
  }
}

/** Each choice with a key of its own: the first letter of its id that no other has, else its number. The ways of a runbook, whose ids say nothing, are numbered. */
export function keyed(question: Question): { readonly key: string; readonly choice: Choice }[] {
  const taken = new Set<string>();
  return choicesOf(question).map((choice, index) => {
    const numbered = question.kind === 'alternative' && choice.reason === undefined;
    const letter = numbered
      ? undefined
      : [...choice.id.toLowerCase()].find((one) => /^[a-z]$/.test(one) && !taken.has(one));
    const key = letter ?? String(index + 1);
    taken.add(key);
    return { key, choice };
  });
}

async function chosen(
  choices: ReturnType<typeof keyed>,
  words: QuestionWords,
  read: Read,
  say: (line: string) => void,
): Promise<Choice> {
  // A value alone is asked for at once.
  const [only, ...others] = choices;
  if (only !== undefined && others.length === 0 && only.choice.id === givesValue) return only.choice;
  for (;;) {
    const typed = ((await read(choices.map(({ key }) => key).join('/'))) ?? '').trim();
    if (typed === '') continue;
    const found = choices.filter(
      ({ key, choice }) => key === typed.toLowerCase() || choice.id === typed || choice.label === typed,
    );
    const near = choices.filter(({ choice }) => typed.length > 1 && choice.id.startsWith(typed.toLowerCase()));
    const [first, ...more] = found.length > 0 ? found : near;
    if (first !== undefined && more.length === 0) return first.choice;
    say(words.notUnderstood(choices.map(({ key, choice }) => `${key} ${choice.id}`).join(', ')));
  }
}

/** Undefined when the person went back to the choices. */
async function details(
  question: Question,
  choice: Choice,
  words: QuestionWords,
  read: Read,
  say: (line: string) => void,
): Promise<Given | undefined> {
  let value: string | undefined;
  if (choice.typed !== undefined) {
    value = await read(words.type(choice.typed, choice.id));
    if (value === undefined) return undefined;
    if (value.trim() !== choice.typed) {
      say(words.notTyped(choice.typed));
      return undefined;
    }
    value = choice.typed;
  } else if (question.value !== undefined && choice.id === givesValue) {
    value = await read(question.value.name, question.value.secret === true);
    if (value === undefined) return undefined;
  }
  let reason: string | undefined;
  if (choice.reason !== undefined) {
    do {
      reason = await read(choice.reason === 'required' ? words.why : words.note);
      if (reason === undefined) return undefined;
    } while (choice.reason === 'required' && reason.trim() === '');
  }
  const attach = question.kind === 'manual-step' && choice.id === 'done' ? await files(words, read) : [];
  return {
    choice: choice.id,
    ...(value === undefined ? {} : { value }),
    ...(reason === undefined || reason.trim() === '' ? {} : { reason: reason.trim() }),
    ...(attach.length === 0 ? {} : { attach }),
  };
}

async function files(words: QuestionWords, read: Read): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const path = ((await read(found.length === 0 ? words.file : words.anotherFile)) ?? '').trim();
    if (path === '') return found;
    found.push(path);
  }
}
