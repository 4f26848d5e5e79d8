import { z } from 'zod';
import type { RunRecord } from '../execution/types.ts';
import { formatDuration } from '../lib/duration.ts';
import { QuestionView, questionLines, questionView } from './question-view.ts';
import { endingOf, outcomeOfRun } from './runs-outcome.ts';
import { defineOperation, type Style } from './types.ts';

const statuses = ['running', 'interrupted', 'succeeded', 'failed', 'cancelled'] as const;

const RunView = z.object({
  id: z.string(),
  operation: z.string(),
  site: z.string(),
  actor: z.string(),
  status: z.enum(statuses),
  startedAt: z.string(),
  finishedAt: z.string().optional(),
  steps: z.array(
    z.object({
      run: z.string(),
      name: z.string(),
      status: z.enum(['succeeded', 'failed']),
      startedAt: z.string().optional(),
      finishedAt: z.string().optional(),
    }),
  ),
  questions: z.array(QuestionView).optional().describe('What waits for an answer'),
  output: z.unknown().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});
type RunView = z.output<typeof RunView>;

export const runsList = defineOperation({
  name: 'runs list',
  title: 'List runs, newest first',
  description:
    'Shows what was done in this data directory. A run whose process is gone is shown as interrupted: `runs resume` goes on with it. ' +
    'Listing changes nothing.',
  input: z.strictObject({
    status: z.enum(statuses).optional().describe('Only runs in this state'),
    operation: z.string().optional().describe('Only runs of this operation, as `drill`'),
    limit: z.coerce.number().int().min(1).max(1000).default(20).describe('How many at most'),
  }),
  output: z.object({
    runs: z.array(
      RunView.omit({ output: true, steps: true, questions: true }).extend({
        steps: z.number(),
        ending: z.string().optional().describe('How a runbook ended, or what a drill or a recovery proved'),
      }),
    ),
  }),
  permission: 'runs.read',
  effects: ['read'],
  faces: ['cli', 'http'],
  examples: [
    { command: 'runs list', does: 'shows the last 20 runs' },
    { command: 'runs list --status interrupted', does: 'shows what a crash left to be resumed' },
  ],
  async handle({ services }, { status, operation, limit }) {
    const { runs } = await services.records();
    const found = await runs.list({
      limit,
      ...(status === undefined ? {} : { status }),
      ...(operation === undefined ? {} : { operation }),
    });
    return {
      runs: found.map(({ steps, output, ...run }) => {
        const ending = endingOf({ output });
        return { ...run, steps: steps.length, ...(ending === undefined ? {} : { ending }) };
      }),
    };
  },
  text({ runs }, style) {
    if (runs.length === 0) return 'No runs.';
    const width = Math.max(...runs.map(({ id }) => id.length));
    return runs
      .map((run) => {
        const state = colour(run.status, style)(run.status.padEnd(11));
        const more = run.error?.message ?? run.ending;
        const said = more === undefined ? '' : `  ${style.dim(more)}`;
        return `${run.id.padEnd(width)}  ${state}  ${String(run.steps).padStart(3)} steps  ${took(run)}${said}`;
      })
      .join('\n');
  },
});

export const runsShow = defineOperation({
  name: 'runs show',
  title: 'Show one run with its steps',
  description: 'Shows a run, every finished step of it and of its branches, what waits for an answer, and its outcome.',
  input: z.strictObject({ id: z.string().describe('Id of the run, as `runs list` shows it') }),
  output: RunView,
  positional: ['id'],
  permission: 'runs.read',
  effects: ['read'],
  faces: ['cli', 'http'],
  examples: [{ command: 'runs show drill-20261120T020003Z-1f2e3d4c', does: 'shows the steps of a drill' }],
  async handle({ services }, { id }) {
    const { runs } = await services.records();
    const [run, questions] = await Promise.all([runs.show(id), runs.questions(id)]);
    return { ...asView(run), ...(questions.length === 0 ? {} : { questions: questions.map(questionView) }) };
  },
  text: showRun,
});

export const runsResume = defineOperation({
  name: 'runs resume',
  title: 'Go on with an interrupted run',
  description:
    'Brings a run back whose process was killed or lost, with all its branches. Finished steps are not repeated; a step that was under ' +
    'way is looked at again. It ends with the exit code that it would have had. A run that succeeded, failed or was cancelled keeps its ' +
    'outcome and is refused.',
  input: z.strictObject({ id: z.string().describe('Id of the run, as `runs list` shows it') }),
  output: RunView,
  positional: ['id'],
  permission: 'runs.resume',
  effects: ['read', 'write'],
  long: true,
  faces: ['cli', 'http'],
  examples: [{ command: 'runs resume drill-20261120T020003Z-1f2e3d4c', does: 'goes on where it was killed' }],
  async handle({ services }, { id }) {
    const [records, { sweepScratch }] = await Promise.all([services.records(), import('../process/scratch.ts')]);
    const { runs } = records;
    const run = await runs.resume(id);
    // What the killed process had in /tmp: the steps that are left may make no directory there, and so sweep none.
    await sweepScratch();
    try {
      await run.result();
    } catch (error) {
      if ((await runs.show(run.id)).operation === 'runbook') {
        const { tellHandOver } = await import('./runbook/hand-over.ts');
        await tellHandOver(services, records, run.id);
      }
      throw error;
    }
    return asView(await runs.show(run.id));
  },
  text: showRun,
  exit: (run) => outcomeOfRun(run)?.exit ?? 'ok',
});

export const runsCancel = defineOperation({
  name: 'runs cancel',
  title: 'Cancel a run',
  description:
    'Stops a run in whichever process it runs, ends every process that it started, and records it as cancelled. Of an interrupted run, what ' +
    'it had left at work is ended from here, also on its targets. A cancelled run cannot be resumed.',
  input: z.strictObject({ id: z.string().describe('Id of the run, as `runs list` shows it') }),
  output: RunView,
  positional: ['id'],
  permission: 'runs.cancel',
  effects: ['write'],
  faces: ['cli', 'http'],
  examples: [{ command: 'runs cancel drill-20261120T020003Z-1f2e3d4c', does: 'stops that drill' }],
  async handle({ services }, { id }) {
    const records = await services.records();
    const { runs, audit } = records;
    const wasLeft = (await runs.show(id)).status === 'interrupted';
    const run = await runs.cancel(id);
    if (wasLeft && run.operation === 'runbook') {
      const { tellHandOver } = await import('./runbook/hand-over.ts');
      await tellHandOver(services, records, run.id);
    }
    // Of a run that nobody runs any more, this process alone can publish what became of it.
    await audit.publish();
    const [{ removeWork }, { sweepScratch }] = await Promise.all([
      import('../protection/work.ts'),
      import('../process/scratch.ts'),
    ]);
    await removeWork({ dataDirectory: services.options.data }, run.id);
    await sweepScratch();
    return asView(run);
  },
  text: showRun,
});

function asView({ steps, ...run }: RunRecord): RunView {
  return { ...run, steps: [...steps] };
}

function showRun(run: RunView, style: Style): string {
  const lines = [
    `${style.bold(run.id)}  ${colour(run.status, style)(run.status)}`,
    `${run.operation} · ${run.site} · by ${run.actor} · ${took(run)}`,
  ];
  for (const step of run.steps) {
    const mark = step.status === 'succeeded' ? style.green('✔') : style.red('✘');
    const place = [...step.run.split('/').slice(1), step.name].join(' / ');
    lines.push(`  ${mark} ${place}  ${style.dim(took(step))}`);
  }
  for (const question of run.questions ?? []) lines.push(...questionLines(question.run, question, style));
  if (run.error !== undefined) lines.push(style.red(`${run.error.code}: ${run.error.message}`));
  const outcome = outcomeOfRun(run);
  if (outcome !== undefined) lines.push('', outcome.text(style));
  if (run.status === 'interrupted') lines.push(`Its process is gone. Go on with: holdfast runs resume ${run.id}`);
  return lines.join('\n');
}

function took({ startedAt, finishedAt }: { startedAt?: string | undefined; finishedAt?: string | undefined }): string {
  if (startedAt === undefined) return '';
  const at = startedAt.slice(0, 19).replace('T', ' ');
  if (finishedAt === undefined) return at;
  return `${at}  ${formatDuration(Date.parse(finishedAt) - Date.parse(startedAt))}`;
}

function colour(status: RunView['status'], style: Style): (text: string) => string {
  if (status === 'succeeded') return style.green;
  return status === 'running' ? style.bold : status === 'failed' ? style.red : style.yellow;
}
