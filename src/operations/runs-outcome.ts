import type { RunRecord } from '../execution/types.ts';
import { drill } from './drill.ts';
import { protect } from './protect.ts';
import { recover } from './recover.ts';
import { runbookRun } from './runbook-run.ts';
import type { Operation, Style } from './types.ts';

type Ended = Pick<RunRecord, 'id' | 'operation' | 'site'> & { readonly output?: unknown };

/** Which operation begins the runs of a workflow, and what it gives back of one. */
const begunBy: Readonly<Record<string, { readonly operation: Operation; readonly of: (run: Ended) => unknown }>> = {
  drill: { operation: drill, of: ({ output }) => output },
  recover: { operation: recover, of: ({ output }) => output },
  protect: { operation: protect, of: ({ id, site, output }) => ({ run: id, site, results: output }) },
  runbook: { operation: runbookRun, of: ({ output }) => output },
};

/**
 * What a run that came to its end says, and with which code its command ended: the same when it was resumed, or is only shown. That it came
 * to its end does not say that all went well: a runbook may have been stopped, a drill may have proved nothing. Undefined where
 * a run has no such outcome.
 */
export function outcomeOfRun(
  run: Ended,
): { readonly text: (style: Style) => string; readonly exit: ReturnType<NonNullable<Operation['exit']>> } | undefined {
  const begun = Object.hasOwn(begunBy, run.operation) ? begunBy[run.operation] : undefined;
  if (begun === undefined || run.output === undefined || run.output === null) return undefined;
  const { operation, of } = begun;
  const parsed = operation.output.safeParse(of(run));
  if (!parsed.success) return undefined;
  return { text: (style) => operation.text(parsed.data, style), exit: operation.exit?.(parsed.data) ?? 'ok' };
}

/** In one word how a run ended of which `succeeded` says only that it came to its end: a runbook's ending, a drill's verdict. */
export function endingOf({ output }: Pick<Ended, 'output'>): string | undefined {
  const outcome = record(record(output)?.outcome);
  const said = outcome?.ending ?? outcome?.verdict;
  return typeof said === 'string' ? said : undefined;
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
}
