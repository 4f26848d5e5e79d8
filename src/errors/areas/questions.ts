import { defineErrors } from '../define.ts';

export const questionErrors = defineErrors({
  'question-unknown': {
    title: 'No such question',
    message: 'Run {run} has not asked {question}.',
    why: 'The name is mistyped, or the run has not come that far.',
    hint: '`holdfast runs questions` shows what waits for an answer.',
    state: 'Nothing was changed.',
    status: 404,
    exit: 'usage',
  },
  'question-answered': {
    title: 'Question was answered',
    message: 'The question {question} of run {run} was answered: {choice}, by {by}, {at}.',
    why: 'A question is answered once; what follows from the answer may have begun.',
    hint: 'To stop what follows: `holdfast runs cancel {run}`.',
    state: 'The first answer stands.',
    status: 409,
    exit: 'refused',
  },
  'answer-not-allowed': {
    title: 'Answer not allowed',
    message: 'The question {question} of run {run} cannot be answered so: {reason}.',
    why: 'A run goes on only with an answer that it asked for, from somebody who may give it.',
    hint: '`holdfast runs questions` shows the choices and what each needs.',
    state: 'No answer was recorded; the question waits.',
    status: 422,
    exit: 'refused',
  },
  'answer-too-late': {
    title: 'Run waits no longer',
    message: 'The question {question} cannot be answered any more: run {run} is {status}.',
    why: 'A run that ended, or was told to stop, does not go on by an answer.',
    hint: 'Start the work anew; `holdfast runs show {run}` shows what this run did.',
    state: 'No answer was recorded.',
    status: 409,
    exit: 'refused',
  },
  'attachment-refused': {
    title: 'File cannot be attached',
    message: 'The file {file} cannot be attached: {reason}.',
    why: 'What is shown as proof is copied and hashed, so it must be a regular file of limited size.',
    hint: 'Attach an ordinary file of at most {limit}, or name its place in the reason.',
    state: 'No answer was recorded; the question waits.',
    status: 422,
    exit: 'usage',
  },
});
