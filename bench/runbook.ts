/**
 * What a step of a runbook costs beside the command that it runs, and how soon an interrupted run is back at work: `npm run bench -- runbook
 * [--steps 1000]`. The real command line on this machine; beside it the same commands, each in a shell of its own, without any record.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ProcedureOutcome } from '../src/evidence/procedure-model.ts';
import { remoteSite } from '../test/runbooks/remote.ts';
import { stepLinesOf } from '../test/services/step-lines.ts';
import { line, median, quantile } from './support/figures.ts';

const { values } = parseArgs({ options: { steps: { type: 'string', default: '1000' } } });
const steps = Number(values.steps);

const site = await remoteSite(1);
try {
  await bench();
} finally {
  await site.remove();
}

async function bench(): Promise<void> {
  const path = join(site.directory, 'many.md');
  const one = (index: number) => `### Step ${index}\n\n\`\`\`bash\necho ${index}\n\`\`\`\n`;
  writeFileSync(
    path,
    `# Many\n\n## Steps\n\n${Array.from({ length: steps }, (_, index) => one(index + 1)).join('\n')}`,
  );
  for (const target of ['local', 'host1']) {
    const ended = await site.start(['runbook', 'run', path, '--target', target, '--auto', 'read', '--json']).ended;
    if (ended.code !== 0) throw new Error(ended.stderr);
    const { outcome } = JSON.parse(ended.stdout) as { outcome: ProcedureOutcome };
    const begun = outcome.steps.map(({ startedAt }) => Date.parse(startedAt ?? ''));
    const commands = outcome.steps.map((step) => step.targets[0]?.durationMs ?? 0);
    const overhead = begun.slice(1).map((at, index) => at - (begun[index] ?? 0) - (commands[index] ?? 0));
    const middle = median(overhead);
    line(`${target}: a step beside its command, median`, `${middle.toFixed(1)} ms`, {
      text: 'at most 10 ms',
      met: middle <= 10,
    });
    line('  p99', `${quantile(overhead, 0.99).toFixed(1)} ms`);
    line('  its command, median', `${median(commands).toFixed(1)} ms`);
    line(`  ${steps} steps, with the program`, `${(outcome.durationMs / 1000).toFixed(1)} s`);
  }
  const alone = performance.now();
  for (let index = 1; index <= 100; index += 1) execFileSync('sh', ['-c', `echo ${index}`]);
  line(
    'the same command in a shell of its own, without a record',
    `${((performance.now() - alone) / 100).toFixed(1)} ms`,
  );
  await resumption(path);
}

async function resumption(path: string): Promise<void> {
  const killAt = Math.round(steps * 0.9);
  const first = site.start(['runbook', 'run', path, '--auto', 'read']);
  while (!first.stderr().includes(`✔ s${killAt}  `)) await new Promise((resolve) => setTimeout(resolve, 20));
  first.kill('SIGKILL');
  await first.ended;
  const { id } = (await site.newestRun()) ?? { id: '' };
  const begun = performance.now();
  const second = site.start(['runs', 'resume', id]);
  while (!stepLinesOf(second.stderr()).some(({ event, step }) => event === 'done' && step.startsWith('s')))
    await new Promise((resolve) => setTimeout(resolve, 5));
  const back = performance.now() - begun;
  line(`killed at step ${killAt}: the next step done after`, `${back.toFixed(0)} ms`, {
    text: 'under 2 s',
    met: back < 2000,
  });
  const ended = await second.ended;
  if (ended.code !== 0) throw new Error(ended.stderr);
}
