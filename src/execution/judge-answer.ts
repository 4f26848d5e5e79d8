import type { Actor } from '../gates/types.ts';
import { boundedMatch } from '../lib/bounded-regex.ts';
import { choicesOf, givesValue, type Question } from '../lib/question.ts';
import type { Redact } from '../lib/redact.ts';
import type { Answer } from './types.ts';

/** Characters of a value or a reason: a record, not a document. What is longer is attached as a file. */
const longest = 8192;
const mostAttachments = 20;

/** Questions that a person alone answers: each lets something act, or says what was done in the world. */
const personal: readonly Question['kind'][] = ['confirm', 'failed-step', 'unknown-outcome', 'manual-step'];

type Given = Omit<Answer, 'by' | 'at' | 'secret'>;

/** The answer as it may be recorded, with a secret apart from it; or why it is refused. `here`: the question waits in this process. */
export function judgeAnswer(
  question: Question,
  given: Given,
  { actor, redact, here }: { readonly actor: Actor; readonly redact: Redact; readonly here: boolean },
): { readonly answer: Omit<Answer, 'by' | 'at'>; readonly secret?: string } | { readonly refused: string } {
  const choice = choicesOf(question).find(({ id }) => id === given.choice);
  if (choice === undefined) {
    const ids = choicesOf(question).map(({ id }) => `\`${id}\``);
    return { refused: `\`${redact(given.choice)}\` is none of its choices, which are ${ids.join(', ')}` };
  }
  if (
    actor.kind !== 'person' &&
    actor.kind !== 'token' &&
    (personal.includes(question.kind) || choice.typed !== undefined)
  ) {
    return { refused: `a person decides it, and ${actor.name} is ${kindOf[actor.kind]}` };
  }
  const reason = given.reason?.trim() ?? '';
  if (choice.reason === 'required' && reason === '') return { refused: `\`${choice.id}\` needs a reason` };
  if (reason.length > longest) return { refused: `the reason is longer than ${longest} characters` };
  const attachments = given.attachments ?? [];
  if (attachments.length > mostAttachments) return { refused: `more than ${mostAttachments} files are attached` };
  const said = {
    choice: choice.id,
    ...(reason === '' ? {} : { reason: redact(reason) }),
    ...(attachments.length === 0
      ? {}
      : { attachments: attachments.map(({ name, sha256, bytes }) => ({ name: redact(name), sha256, bytes })) }),
  };
  if (choice.typed !== undefined) {
    if (given.value !== choice.typed)
      return { refused: `\`${choice.id}\` counts when \`${choice.typed}\` is typed in full` };
    return { answer: { ...said, value: choice.typed } };
  }
  if (question.value === undefined || choice.id !== givesValue) {
    return given.value === undefined ? { answer: said } : { refused: `\`${choice.id}\` takes no value` };
  }
  const problem = valueProblem(question.value, given.value);
  if (problem !== undefined) return { refused: problem };
  const value = given.value ?? '';
  if (question.value.secret === true) {
    if (!here) return { refused: 'a secret is never stored, so it must be given where the run runs, at its terminal' };
    return { answer: { ...said, secret: true }, secret: value };
  }
  if (redact(value) !== value)
    return { refused: 'the value holds what looks like a secret, and this question does not keep secrets apart' };
  return { answer: { ...said, value } };
}

const kindOf = { assistant: 'an AI assistant', schedule: 'a schedule' } as const;

function valueProblem(
  { name, pattern }: NonNullable<Question['value']>,
  value: string | undefined,
): string | undefined {
  if (value === undefined || value === '') return `a value for ${name} is needed`;
  if (value.length > longest) return `the value for ${name} is longer than ${longest} characters`;
  if (pattern === undefined) return undefined;
  const found = boundedMatch(`^(?:${pattern})$`, 'u', value);
  if ('problem' in found) return `the pattern for ${name}, ${pattern}, cannot be used`;
  return found.match === null ? `the value for ${name} does not match ${pattern}` : undefined;
}
