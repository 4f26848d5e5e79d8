import { z } from 'zod';
import { ProcedureOutcome } from '../evidence/procedure-model.ts';
import { autoLevels } from '../procedures/input.ts';
import { Plan } from '../procedures/plan.ts';
import { showPlan } from './runbook/show-plan.ts';
import { showRun } from './runbook/show-run.ts';
import { defineOperation } from './types.ts';

export const runbookRun = defineOperation({
  name: 'runbook run',
  title: 'Carry out a runbook, step by step, guarded, recorded and provable',
  description:
    'Reads a Markdown file as it is and carries out its steps in their order. First it shows the plan: what each step does, where, which gates and ' +
    'approvals it needs, and what is not known yet. Each command is shown before it runs, with --auto read only those that do more than ' +
    'read; what cannot be taken back asks for the name of its target. Manual steps wait until somebody says that they are done. ' +
    'A step that fails stops the run until somebody decides: try again, skip with a reason, take it back, or stop. Each target proves ' +
    'who it is first. The run survives a crash of Holdfast and of the link: `runs resume` finds on the target what became of the ' +
    'step under way. At the end the evidence is signed and a report and a hand-over page are written.',
  input: z.strictObject({
    file: z.string().describe('A runbook: a Markdown file'),
    param: z.array(z.string()).default([]).describe('A value for a parameter, name=value; once for each'),
    target: z.string().default('local').describe('A target or group of the site file, for steps that name none'),
    choose: z.array(z.string()).default([]).describe('An alternative chosen ahead, alternatives=choice; once for each'),
    from: z.string().optional().describe('Begin at this step'),
    section: z.string().optional().describe('Only the steps under headings that hold this text'),
    auto: z
      .enum(autoLevels)
      .default('none')
      .describe('Which steps run without asking: none, those that only read, or all but the dangerous ones'),
    rto: z.string().optional().describe('Recovery time objective that a clock is shown against, as 1h'),
    stepTimeout: z.string().default('1h').describe('How long a step may take that says nothing of its own'),
    dryRun: z.boolean().default(false).describe('Show the plan and do nothing'),
  }),
  output: z.object({
    plan: Plan.optional().describe('With --dry-run: what would be done'),
    outcome: ProcedureOutcome.optional(),
    evidence: z.string().optional().describe('Path of the signed bundle'),
    report: z.string().optional().describe('Path of the report'),
    handOver: z.string().optional().describe('Path of the hand-over page'),
    leaf: z.number().optional().describe('Index in the audit log'),
  }),
  positional: ['file'],
  permission: 'runbooks.run',
  effects: ['read', 'write', 'destroy'],
  gate: 'host.read',
  long: true,
  faces: ['cli', 'http'],
  examples: [
    { command: 'runbook run db-down.md --dry-run', does: 'shows what it would do, and does nothing' },
    {
      command: 'runbook run db-down.md --target db1 --auto read',
      does: 'runs it on db1; asks before each step that changes something',
    },
    { command: 'runbook run loss.md --param customer=clinic --from s7', does: 'goes on at a step, with a parameter' },
    { command: 'runbook run incidents.md --section "disk full" --rto 1h', does: 'runs one section against a clock' },
  ],
  async handle({ services, report }, input) {
    const { prepareRun, planOf } = await import('./runbook/prepare-run.ts');
    const prepared = await prepareRun(services, input);
    const records = await services.records();
    const plan = await planOf(services, records, prepared);
    if (input.dryRun) return { plan };
    const [{ runProcedure }, { estateOf }, { keepRunbook }] = await Promise.all([
      import('../procedures/run-procedure.ts'),
      import('./estate.ts'),
      import('../procedures/keep-runbook.ts'),
    ]);
    report({ kind: 'note', level: 'info', message: showPlan(plan) });
    const estate = await estateOf(services, records);
    await keepRunbook(services.options.data, prepared.text);
    const run = await records.runs.start(runProcedure(estate), prepared.world.input, { site: plan.site });
    try {
      const { outcome, evidence, report: page, handOver, leaf } = await run.result();
      return { outcome, evidence, report: page, handOver, leaf };
    } catch (error) {
      const { tellHandOver } = await import('./runbook/hand-over.ts');
      await tellHandOver(services, records, run.id);
      throw error;
    }
  },
  text: (output, style) => (output.plan === undefined ? showRun(output, style) : showPlan(output.plan, style)),
  exit({ outcome }) {
    if (outcome === undefined || outcome.ending === 'completed') return 'ok';
    if (outcome.ending === 'completed-with-gaps') return 'couldNotVerify';
    return outcome.ending === 'cancelled' ? 'cancelled' : 'failed';
  },
});
