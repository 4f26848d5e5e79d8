import { z } from 'zod';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { Checked } from './runbook/check-model.ts';
import { defineOperation, type OperationContext } from './types.ts';

const Output = z.union([Checked, z.array(Checked)]);

const Input = z.strictObject({
  what: z
    .array(z.string())
    .default([])
    .describe('Runbooks: files, directories, patterns in quotes, or - for standard input'),
  text: z.string().optional().describe('The text itself; what the HTTP face uses'),
  lint: z.boolean().default(false).describe('Look for what a reviewer would object to; exit with 3 for an error'),
  verification: z
    .boolean()
    .optional()
    .describe(
      'Show when each step last ran here and whether that still counts; done by itself where runs are recorded',
    ),
});
type Input = z.output<typeof Input>;

export const runbookCheck = defineOperation({
  name: 'runbook check',
  title: 'Show what a runbook is read as, without running it',
  description:
    'Reads Markdown as it is: sections, steps with what each would do, what must be chosen, values that are needed, checklists, tables, ' +
    'severity levels, and last of all what was not understood, with its lines. Nothing is run, no network is used. With --lint it adds ' +
    'what a reviewer would object to: a deletion that nothing checks, an order that loses data, commands that have had their day. ' +
    'docs/runbooks.md says what is read, which annotations there are and what the rules mean.',
  input: Input,
  output: Output,
  positional: ['what'],
  permission: 'runbooks.read',
  effects: ['read'],
  faces: ['cli', 'http'],
  examples: [
    { command: 'runbook check db-down.md', does: 'shows the steps of one runbook and what each would do' },
    { command: 'runbook check runbooks/ --lint', does: 'fails in CI when a runbook has an error' },
    { command: "runbook check 'docs/**/*.mdx' --json", does: 'reads many, answers with a list' },
    { command: 'runbook check -', does: 'reads standard input' },
  ],
  async handle(context, input) {
    const all =
      input.text !== undefined || context.services.actor.face === 'http'
        ? await checkText(context, input)
        : await checkFiles(context, input);
    const [first] = all;
    if (first === undefined) throw nothing('no file was named');
    const one = all.length === 1 && !input.what.some((word) => word !== first.file && word !== '-');
    return one ? first : all;
  },
  text: (output, style) => show?.(Array.isArray(output) ? output : [output], style) ?? '',
  exit(output) {
    const all = Array.isArray(output) ? output : [output];
    const failing = all.some(({ linted, findings }) => linted && findings.some(({ level }) => level === 'error'));
    return failing ? 'notProven' : 'ok';
  },
});

/** Loaded with the first runbook, so that other commands start without it. */
let show: typeof import('./runbook/check-show.ts').showChecked | undefined;

function nothing(problem: string): HoldfastError {
  return new HoldfastError('runbook-none-given', { problem });
}

/** Over HTTP nothing of this machine is read: a text comes with the request. */
async function checkText(context: OperationContext, input: Input): Promise<Checked[]> {
  if (input.what.length > 0)
    throw new HoldfastError('runbook-check-conflict', {
      problem:
        input.text === undefined
          ? 'Files belong to the command line; send the text itself as `text`.'
          : '--text and files cannot both be given.',
    });
  if (input.text === undefined) throw nothing('no text was sent');
  const { decodeRunbook } = await import('./runbook/check-files.ts');
  return [await one(context, input, decodeRunbook(Buffer.from(input.text), 'The text'))];
}

async function checkFiles(context: OperationContext, input: Input): Promise<Checked[]> {
  const { findRunbooks, readRunbook, decodeRunbook } = await import('./runbook/check-files.ts');
  const { unreadable } = await import('./runbook/check-model.ts');
  if (input.what.length === 0) throw nothing('no file was named');
  if (input.what.filter((word) => word === '-').length > 1)
    throw new HoldfastError('runbook-check-conflict', { problem: 'Standard input can be read once.' });
  const all: Checked[] = [];
  if (input.what.includes('-')) {
    const { largestRunbook } = await import('./runbook/check-files.ts');
    const bytes = await readInput(context.signal, largestRunbook);
    all.push(await one(context, input, decodeRunbook(bytes, 'Standard input')));
  }
  for (const { path, named } of findRunbooks(input.what.filter((word) => word !== '-'))) {
    context.signal.throwIfAborted();
    try {
      all.push(await one(context, input, readRunbook(path), path));
    } catch (error) {
      // One unreadable file among many is listed, not a reason to say nothing of the others.
      if (named || !(error instanceof HoldfastError) || error.code !== 'runbook-no-text') throw error;
      all.push(unreadable(path, error.message));
    }
  }
  return all;
}

async function one({ services }: OperationContext, input: Input, text: string, file?: string): Promise<Checked> {
  const [{ readProcedure }, { prepareEffects }, { checked }, { showChecked }, { lintCodes }, { lastVerified }] =
    await Promise.all([
      import('../runbooks/index.ts'),
      import('../effects/explain.ts'),
      import('./runbook/check-model.ts'),
      import('./runbook/check-show.ts'),
      import('../runbooks/lint/index.ts'),
      import('./runbook/check-verification.ts'),
    ]);
  show = showChecked;
  if (
    /\b(?:select|insert|update|delete|create|drop|alter|truncate|vacuum|grant|revoke|reindex|analyze|copy|sql|psql|mysql|mariadb|redis|mongo|mongosh|valkey|sqlite3?)\b/i.test(
      text,
    )
  )
    await prepareEffects();
  const read = readProcedure(text, file === undefined ? {} : { path: file });
  const procedure = input.lint ? read : { ...read, findings: read.findings.filter(({ code }) => !lintCodes.has(code)) };
  const verifications =
    input.verification === false
      ? undefined
      : await lastVerified(services, procedure, file, input.verification === true);
  return checked(procedure, {
    redact: services.redact,
    ...(file === undefined ? {} : { file }),
    linted: input.lint,
    ...(verifications === undefined ? {} : { verifications }),
  });
}

async function readInput(signal: AbortSignal, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    signal.throwIfAborted();
    bytes += chunk.length;
    if (bytes > limit)
      throw new HoldfastError('runbook-no-text', { file: 'Standard input', reason: 'it is larger than 4 MB' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
