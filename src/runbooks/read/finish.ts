import { languageOfTag } from '../../effects/documents/fence.ts';
import { sniffYaml } from '../../effects/documents/sniff-yaml.ts';
import { explain } from '../../effects/explain.ts';
import { type Label, type Language, labels } from '../../effects/types.ts';
import { canonicalJson, type Json } from '../../lib/canonical-json.ts';
import { sha256 } from '../../lib/hash.ts';
import { parameterNames } from '../parameters/index.ts';
import type { Alternatives, Annotations, Block, Checklist, ProcedureFinding, Step } from '../types.ts';
import { because, inEnglish, sentence } from '../words/index.ts';
import type { BlockDraft, Collected, StepDraft, Way } from './collected.ts';
import { toldApart } from './labels.ts';

/** What drafts become once every step has its id. */
export interface Finished {
  readonly steps: Step[];
  readonly blocks: Block[];
  readonly checklists: Checklist[];
  readonly alternatives: Alternatives[];
  readonly findings: ProcedureFinding[];
}

/** Gives steps their ids, their effects and their hashes, and lets everything name them by those ids. */
export function finish(collected: Collected): Finished {
  const findings = [...collected.findings];
  const ids = idsOf(collected.steps, findings);
  const id = (step: StepDraft) => ids.get(step) ?? '';
  const titles = toldApart(collected.steps);
  const order = new Map(collected.steps.map((step, index) => [step, index] as const));
  const wayIds = new Map<Way, string>();
  const alternatives = collected.ways
    .toSorted((a, b) => a.line - b.line)
    .map(({ line, question, ways }, index): Alternatives => {
      const choices = ways.map((way, at) => {
        const wayId = `a${index + 1}-${at + 1}`;
        wayIds.set(way, wayId);
        const own = way.steps.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
        return { id: wayId, line: way.line, title: way.title, steps: own.map(id) };
      });
      return { id: `a${index + 1}`, line, question, choices };
    });
  const rollbacks = new Map<StepDraft, string>();
  for (const step of collected.steps)
    if (step.role === 'rollback' && step.of !== undefined && !rollbacks.has(step.of)) rollbacks.set(step.of, id(step));
  const steps = collected.steps.map((draft): Step => {
    const { annotations } = draft.read;
    const rollback = annotations.rollback === undefined ? rollbacks.get(draft) : undefined;
    const judged = judgementOf(draft);
    const way = draft.way === undefined ? undefined : wayIds.get(draft.way);
    // What changes something is no look at what was done, whatever its heading says.
    const role =
      draft.role === 'verification' && judged.effects.some((label) => changes.has(label)) ? undefined : draft.role;
    return {
      id: id(draft),
      line: draft.line,
      endLine: draft.endLine,
      kind: draft.kind,
      title: titles.get(draft) ?? draft.title,
      text: draft.text,
      section: draft.section,
      ...(draft.language === undefined ? {} : { language: draft.language }),
      ...judged,
      ...(draft.target === undefined ? {} : { target: draft.target }),
      ...(draft.block === undefined ? {} : { block: draft.block.id }),
      ...(role === undefined ? {} : { role }),
      ...(role === undefined || draft.of === undefined ? {} : { of: id(draft.of) }),
      ...(way === undefined ? {} : { alternative: way }),
      parameters: parameterNames(draft.text, draft.language),
      annotations: rollback === undefined ? annotations : { ...annotations, rollback: `#${rollback}` },
      hash: hashOf(draft, annotations),
    };
  });
  const effects = new Map(steps.map((step) => [step.id, step.effects] as const));
  return {
    steps,
    blocks: collected.blocks.map((block) => blockOf(block, block.steps.map(id), effects)),
    checklists: collected.checklists.map(({ items, ...rest }) => ({
      ...rest,
      items: items.map(({ step, ...item }) => ({ ...item, ...(step === undefined ? {} : { step: id(step) }) })),
    })),
    alternatives,
    findings,
  };
}

const changes: ReadonlySet<Label> = new Set<Label>(['write', 'destroy', 'remote-delete', 'privilege', 'disrupt']);

/** An author's id once; else `s3`, counted through the document, whatever ids stand before it. */
function idsOf(steps: readonly StepDraft[], findings: ProcedureFinding[]): Map<StepDraft, string> {
  const ids = new Map<StepDraft, string>();
  const taken = new Set(steps.map((_, index) => `s${index + 1}`));
  for (const [index, step] of steps.entries()) {
    const wanted = step.read.annotations.id;
    if (wanted === undefined || taken.has(wanted)) {
      ids.set(step, `s${index + 1}`);
      if (wanted !== undefined && wanted !== `s${index + 1}`) {
        const said = sentence('duplicate-id', { id: wanted, step: `s${index + 1}` });
        findings.push({
          code: 'duplicate-id',
          level: 'error',
          line: step.line,
          step: `s${index + 1}`,
          message: inEnglish(said),
          said,
        });
      }
    } else {
      taken.add(wanted);
      ids.set(step, wanted);
    }
  }
  return ids;
}

function judgementOf({ kind, text, language }: StepDraft): Pick<Step, 'effects' | 'places' | 'findings'> {
  if (kind !== 'command') return { effects: ['not-shell'], places: [], findings: [] };
  const { effects, commands, findings } = explain(text, { language: language ?? 'sh' });
  return { effects, places: [...new Set(commands.map(({ place }) => place))], findings };
}

/** An edit of what is run, or of what its author says of it, changes it. Where it stands in the document does not. */
function hashOf({ text, language }: StepDraft, annotations: Annotations): string {
  return sha256(canonicalJson([wellFormed(text), language ?? '', jsonOf(annotations)]));
}

function jsonOf(annotations: Annotations): Json {
  return JSON.parse(wellFormed(JSON.stringify(annotations))) as Json;
}

/** Half a surrogate pair cannot be hashed as UTF-8. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}

function blockOf(draft: BlockDraft, steps: readonly string[], effects: ReadonlyMap<string, readonly Label[]>): Block {
  const { steps: _, why, ...rest } = draft;
  return { ...rest, ...because(why), steps, effects: blockEffects(draft, steps, effects) };
}

function blockEffects(
  { use, text, language, steps: drafts }: BlockDraft,
  steps: readonly string[],
  effects: ReadonlyMap<string, readonly Label[]>,
): readonly Label[] {
  if (use === 'prompt' || use === 'template' || (use === 'example' && languageOfTag(language) !== 'sh'))
    return ['not-shell'];
  if (use === 'not-understood') return ['unknown'];
  if (drafts.some(({ kind }) => kind === 'command')) {
    const all = new Set(
      drafts.flatMap(({ kind }, index) => (kind === 'command' ? (effects.get(steps[index] ?? '') ?? []) : [])),
    );
    if (all.size > 1) all.delete('none');
    return labels.filter((label) => all.has(label));
  }
  if (drafts.length > 0) return ['not-shell'];
  const known = languageFor(language, text);
  return explain(text, known === undefined ? {} : { language: known }).effects;
}

function languageFor(tag: string, text: string): Language | undefined {
  const said = languageOfTag(tag);
  if (said === 'sniff') return undefined;
  return said === 'yaml' ? (sniffYaml(text) ?? 'prose') : said;
}
