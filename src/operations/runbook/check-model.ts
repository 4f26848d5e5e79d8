import { z } from 'zod';
import { labels } from '../../effects/types.ts';
import { unionOf } from '../../effects/union.ts';
import { mapTexts } from '../../lib/map-texts.ts';
import type { Redact } from '../../lib/redact.ts';
import { blockUses, type Procedure, parameterForms, stepKinds, tableKinds } from '../../runbooks/types.ts';
import { KeptSentence } from '../../runbooks/words/index.ts';

const effects = z.array(z.enum(labels)).describe('What it would do; docs/effects.md says what the labels mean');
const said = KeptSentence.describe('The same without a language: which sentence, and what is filled in');
const line = z.number().describe('From 1, in the source');

/** How far a step is known to work here. */
export const Verification = z.object({
  state: z
    .enum(['verified', 'unverified', 'expired', 'changed', 'tool-changed'])
    .describe('verified; or why not: never ran well, too long ago, its text or its program changed since'),
  at: z.string().optional(),
  run: z.string().optional(),
  target: z.string().optional(),
  by: z.enum(['run', 'drill']).optional(),
  durationMs: z.number().optional(),
});

const Step = z.object({
  id: z.string(),
  line,
  endLine: line,
  kind: z.enum(stepKinds),
  title: z.string(),
  text: z.string(),
  section: z.array(z.string()),
  language: z.enum(['sh', 'sql']).optional(),
  effects,
  places: z.array(z.string()),
  target: z.string().optional().describe('Where its author says it runs'),
  block: z.string().optional(),
  role: z
    .enum(['verification', 'rollback'])
    .optional()
    .describe('Of the step in `of`; a rollback is done only when a person takes that back'),
  of: z.string().optional(),
  alternative: z.string().optional(),
  parameters: z.array(z.string()),
  annotations: z.record(z.string(), z.unknown()),
  findings: z.array(z.object({ code: z.string(), message: z.string() })),
  hash: z.string(),
  verification: Verification.optional(),
});

/** What was read of one runbook. Every fence, checkbox and table of the source is in exactly one of the lists. */
export const Checked = z.object({
  file: z.string().optional().describe('As it was given; absent for standard input and text'),
  title: z.string(),
  description: z.string().optional(),
  sha256: z.string(),
  effects: effects.describe('The union over all steps'),
  steps: z.array(Step),
  blocks: z.array(
    z.object({
      id: z.string(),
      line,
      endLine: line,
      language: z.string(),
      use: z.enum(blockUses),
      why: z.string(),
      said,
      section: z.string(),
      steps: z.array(z.string()),
      effects,
      text: z.string(),
    }),
  ),
  parameters: z.array(
    z.object({
      name: z.string(),
      forms: z.array(z.enum(parameterForms)),
      lines: z.array(z.number()),
      source: z.enum(['document', 'captured', 'default', 'unresolved']),
      default: z.string().optional(),
      description: z.string().optional(),
      steps: z.array(z.string()),
    }),
  ),
  tables: z.array(
    z.object({
      line,
      endLine: line,
      kind: z.enum(tableKinds),
      section: z.string(),
      header: z.array(z.string()),
      rows: z.array(z.array(z.string())),
      block: z.string().optional(),
    }),
  ),
  checklists: z.array(
    z.object({
      line,
      title: z.string(),
      every: z.enum(['day', 'week', 'month', 'quarter', 'year']).optional(),
      items: z.array(z.object({ line, text: z.string(), done: z.boolean(), step: z.string().optional() })),
      block: z.string().optional(),
    }),
  ),
  alternatives: z.array(
    z.object({
      id: z.string(),
      line,
      question: z.string(),
      choices: z.array(z.object({ id: z.string(), line, title: z.string(), steps: z.array(z.string()) })),
    }),
  ),
  prompts: z
    .array(z.object({ line, endLine: line, text: z.string(), block: z.string().optional() }))
    .describe('Text for an AI assistant: shown, never run or followed'),
  severities: z.array(
    z.object({
      name: z.string(),
      line,
      responseMs: z.number().optional(),
      recoveryMs: z.number().optional(),
    }),
  ),
  notUnderstood: z.array(z.object({ line, endLine: line, text: z.string(), why: z.string(), said: said.optional() })),
  findings: z.array(
    z.object({
      code: z.string(),
      level: z.enum(['info', 'warning', 'error']),
      line,
      step: z.string().optional(),
      message: z.string(),
      said: said.optional(),
    }),
  ),
  linted: z.boolean().describe('Whether the rules of --lint were applied'),
});
export type Checked = z.output<typeof Checked>;
export type Verification = z.output<typeof Verification>;

export interface CheckedOptions {
  readonly file?: string;
  readonly redact: Redact;
  readonly linted: boolean;
  readonly verifications?: ReadonlyMap<string, Verification>;
}

/** A procedure as it is shown and sent: secrets are masked. */
export function checked(procedure: Procedure, { file, redact, linted, verifications }: CheckedOptions): Checked {
  const clean = mapTexts(procedure, redact) as Procedure;
  return {
    ...(file === undefined ? {} : { file }),
    title: clean.title,
    ...(clean.description === undefined ? {} : { description: clean.description }),
    sha256: procedure.sha256,
    effects: unionOf(procedure.steps.flatMap((step) => step.effects)),
    steps: clean.steps.map((step, index) => {
      const verification = verifications?.get(step.id);
      return {
        ...step,
        effects: [...step.effects],
        hash: procedure.steps[index]?.hash ?? step.hash,
        annotations: { ...step.annotations },
        findings: step.findings.map(({ code, message }) => ({ code, message })),
        ...(verification === undefined ? {} : { verification }),
      } as Checked['steps'][number];
    }),
    blocks: clean.blocks as Checked['blocks'],
    parameters: clean.parameters as Checked['parameters'],
    tables: clean.tables as Checked['tables'],
    checklists: clean.checklists as Checked['checklists'],
    alternatives: clean.alternatives as Checked['alternatives'],
    prompts: clean.prompts as Checked['prompts'],
    severities: [...clean.severities],
    notUnderstood: [...clean.notUnderstood],
    findings: [...clean.findings],
    linted,
  };
}

/** What stands for a file that could not be read, so that it is not passed over in silence. */
export function unreadable(file: string, reason: string): Checked {
  return {
    file,
    title: file,
    sha256: '',
    effects: [],
    steps: [],
    blocks: [],
    parameters: [],
    tables: [],
    checklists: [],
    alternatives: [],
    prompts: [],
    severities: [],
    notUnderstood: [{ line: 1, endLine: 1, text: '', why: reason }],
    findings: [{ code: 'runbook-no-text', level: 'error', line: 1, message: reason }],
    linted: false,
  };
}
