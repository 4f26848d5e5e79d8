import { z } from 'zod';
import { QuestionView, questionLines, questionView } from './question-view.ts';
import { defineOperation } from './types.ts';

export const runsQuestions = defineOperation({
  name: 'runs questions',
  title: 'Show what waits for an answer',
  description:
    'Shows the questions that runs have asked and nobody has answered, oldest first, with the command that answers each. A question ' +
    'waits for as long as it takes, also while the process of its run is gone: the run finds the answer when it is resumed.',
  input: z.strictObject({ id: z.string().optional().describe('Only those of this run and its branches') }),
  output: z.object({ questions: z.array(QuestionView) }),
  positional: ['id'],
  permission: 'runs.read',
  effects: ['read'],
  faces: ['cli', 'http'],
  examples: [
    { command: 'runs questions', does: 'shows everything that waits for somebody' },
    { command: 'runs questions runbook-20261120T020003Z-1f2e3d4c', does: 'shows what one run asks' },
  ],
  async handle({ services }, { id }) {
    const { runs } = await services.records();
    if (id !== undefined) await runs.show(id);
    return { questions: (await runs.questions(id)).map(questionView) };
  },
  text({ questions }, style) {
    if (questions.length === 0) return 'Nothing waits for an answer.';
    return questions
      .map((question) => {
        const asked = question.askedAt.slice(0, 19).replace('T', ' ');
        return [
          style.dim(`${question.run} · ${question.name} · asked ${asked} UTC`),
          ...questionLines(question.run, question, style),
        ].join('\n');
      })
      .join('\n\n');
  },
});
