import { z } from 'zod';
import type { OpenQuestion } from '../execution/types.ts';
import { visibleText } from '../lib/plain-text.ts';
import { choicesOf, type Question } from '../lib/question.ts';
import { questionWords } from './question-words.ts';
import type { Style } from './types.ts';

export const QuestionView = z.object({
  run: z.string(),
  name: z.string(),
  kind: z.enum(['confirm', 'choose', 'value', 'failed-step', 'unknown-outcome', 'manual-step', 'alternative']),
  language: z.enum(['en', 'ko', 'zh-Hant']).optional().describe('Of what it says; English without it'),
  title: z.string(),
  details: z.array(z.string()),
  choices: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      reason: z.enum(['required', 'optional']).optional(),
      typed: z.string().optional().describe('Must come as the value of the answer'),
    }),
  ),
  value: z
    .object({ name: z.string(), pattern: z.string().optional(), secret: z.boolean().optional() })
    .optional()
    .describe('The text that is asked for'),
  askedAt: z.string(),
  notes: z
    .array(
      z.object({
        by: z.string(),
        kind: z.enum(['person', 'token', 'schedule', 'assistant']),
        at: z.string(),
        note: z.string(),
      }),
    )
    .describe('What others said to it; it answers nothing'),
});
export type QuestionView = z.output<typeof QuestionView>;

export function questionView(question: OpenQuestion): QuestionView {
  const { details, value, notes, ...rest } = question;
  return {
    ...rest,
    details: [...details],
    notes: [...notes],
    choices: choicesOf(question).map((choice) => ({ ...choice })),
    ...(value === undefined ? {} : { value: { ...value } }),
  };
}

/** A question as plain lines, with the exact commands that answer it. */
export function questionLines(
  run: string,
  question: Question & { readonly notes?: QuestionView['notes'] },
  style: Style,
): string[] {
  return [
    style.bold(`? ${oneLine(question.title)}`),
    ...question.details.flatMap((detail) => visibleText(detail).split('\n')).map((line) => `    ${line}`),
    ...(question.notes ?? []).map(
      ({ by, kind, note }) =>
        `  ${style.dim(`${oneLine(by)}${kind === 'person' ? '' : ` (${kind})`}:`)} ${oneLine(note)}`,
    ),
    ...choicesOf(question).map((choice) => {
      const needs = needsOf(question, choice);
      return `  ${choice.id}  ${style.dim([oneLine(choice.label), ...needs].join('; '))}\n    ${answerCommand(run, question, choice)}`;
    }),
  ];
}

/** What must be said with a choice. */
export function needsOf(question: Question, choice: Question['choices'][number]): string[] {
  const words = questionWords(question);
  return [
    ...(choice.reason === 'required' ? [words.needsReason] : []),
    ...(choice.typed === undefined ? [] : [words.needsTyped(choice.typed)]),
    ...(question.value !== undefined && choice.id === 'value'
      ? [question.value.secret === true ? words.needsSecret : words.needsValue]
      : []),
  ];
}

/** What only the person knows stands last and is left out: pasted as it is, the command is refused, and no filler is taken for an answer. */
function answerCommand(run: string, question: Question, choice: Question['choices'][number]): string {
  const words = ['holdfast', 'runs', 'answer', run, question.name, choice.id];
  if (choice.typed !== undefined) words.push('--value', choice.typed);
  else if (question.value !== undefined && choice.id === 'value') words.push('--value');
  if (choice.reason === 'required') words.push('--reason');
  return words.map((word) => shellWord(visibleText(word))).join(' ');
}

function shellWord(word: string): string {
  return /^[\p{L}\p{N}_@%+=:,./~-]+$/u.test(word) && !word.startsWith('~')
    ? word
    : `'${word.replaceAll("'", `'\\''`)}'`;
}

function oneLine(text: string): string {
  return visibleText(text).replaceAll(/\s+/g, ' ').trim();
}
