import { z } from 'zod';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { defineOperation } from './types.ts';

const AnswerView = z.object({
  run: z.string(),
  question: z.string(),
  choice: z.string(),
  reason: z.string().optional(),
  value: z.string().optional(),
  secret: z.boolean().optional().describe('A secret was given; it is in no record'),
  attachments: z.array(z.object({ name: z.string(), sha256: z.string(), bytes: z.number() })).optional(),
  by: z.string(),
  at: z.string(),
});

export const runsAnswer = defineOperation({
  name: 'runs answer',
  title: 'Answer what a run asks',
  description:
    'Gives the answer that a run waits for, once. What a choice needs is asked of everybody alike: a reason, a text typed in full, a ' +
    'value. The answer is in the audit log together with who gave it. A run that was cancelled or has ended takes no answer. Files ' +
    'given with --attach are copied into the data directory and named by their hash.',
  input: z.strictObject({
    id: z.string().describe('Id of the run that asks, as `runs questions` shows it'),
    question: z.string().describe('Name of the question'),
    choice: z.string().describe('One of its choices'),
    reason: z.string().optional().describe('Why; some choices need it'),
    value: z
      .string()
      .optional()
      .describe('The value asked for, or the text that must be typed in full. Never a secret'),
    attach: z.array(z.string()).default([]).describe('A file that shows what was done; at most 50 MB'),
  }),
  output: AnswerView,
  positional: ['id', 'question', 'choice'],
  permission: 'runs.answer',
  effects: ['write'],
  faces: ['cli', 'http'],
  examples: [
    { command: 'runs answer runbook-20261120T020003Z-1f2e3d4c s3:confirm run', does: 'lets a step run' },
    {
      command: 'runs answer runbook-20261120T020003Z-1f2e3d4c s4:failed-1 skip --reason "done by hand"',
      does: 'goes on after a failed step',
    },
    {
      command: 'runs answer runbook-20261120T020003Z-1f2e3d4c s5:done done --attach photo.jpg',
      does: 'says that a manual step is done, with proof',
    },
  ],
  async handle({ services, signal, report }, { id, question, choice, reason, value, attach }) {
    const { keepAttachment, attachmentLimit } = await import('./attachments.ts');
    const [first] = attach;
    if (first !== undefined && services.actor.face !== 'cli') {
      const why = 'files are attached on the machine where they are, with the command line';
      throw new HoldfastError('attachment-refused', { file: first, reason: why, limit: attachmentLimit });
    }
    const { runs, audit } = await services.records();
    const attachments = [];
    for (const file of attach) attachments.push(await keepAttachment(services.options.data, file, signal));
    const answer = await runs.answer(
      id,
      question,
      {
        choice,
        ...(reason === undefined ? {} : { reason }),
        ...(value === undefined ? {} : { value }),
        ...(attachments.length === 0 ? {} : { attachments }),
      },
      services.actor,
    );
    // The answer stands, whether or not its leaf could be published by now.
    await audit
      .publish()
      .catch(() => report({ kind: 'note', level: 'warning', message: 'The audit log could not be published.' }));
    const { attachments: kept, value: said, ...rest } = answer;
    return {
      run: id,
      question,
      ...rest,
      // What was asked for as a secret is not shown either.
      ...(said === undefined || rest.secret === true ? {} : { value: said }),
      ...(kept === undefined ? {} : { attachments: kept.map((file) => ({ ...file })) }),
    };
  },
  text({ run, question, choice }, style) {
    return `${style.green('✔')} ${question} of ${run}: ${choice}`;
  },
});
