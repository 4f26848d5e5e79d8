import { z } from 'zod';
import { defineOperation } from './types.ts';

export const runsNote = defineOperation({
  name: 'runs note',
  title: 'Say something to a question that waits',
  description:
    'Adds a note to what a run asks, for whoever decides it. A note answers nothing: also who may not decide, as an AI assistant, may ' +
    'say what they found. It is shown with the question and recorded in the audit log.',
  input: z.strictObject({
    id: z.string().describe('Id of the run that asks, as `runs questions` shows it'),
    question: z.string().describe('Name of the question'),
    note: z.string().describe('What there is to say'),
  }),
  output: z.object({ run: z.string(), question: z.string(), note: z.string(), by: z.string(), at: z.string() }),
  positional: ['id', 'question', 'note'],
  permission: 'runs.note',
  effects: ['write'],
  faces: ['cli', 'http'],
  examples: [
    {
      command: 'runs note runbook-20261120T020003Z-1f2e3d4c s3:confirm "db2 took over at 02:14"',
      does: 'tells whoever decides',
    },
  ],
  async handle({ services }, { id, question, note }) {
    const { runs } = await services.records();
    const { by, at, note: kept } = await runs.noteQuestion(id, question, note, services.actor);
    return { run: id, question, note: kept, by, at };
  },
  text({ run, question }, style) {
    return `${style.green('✔')} noted to ${question} of ${run}`;
  },
});
