import { because, sentence } from '../words/index.ts';
import { fenceAnnotations, merged, type ReadAnnotations } from './annotations.ts';
import { stepsOfBlock } from './block-steps.ts';
import { type BlockDraft, excerpt } from './collected.ts';
import { readEmbedded } from './embedded.ts';
import { headingPlace, roleOf, titleFor } from './labels.ts';
import { promptHost } from './looks.ts';
import type { CodeNode } from './nodes.ts';
import { placeSaid } from './place.ts';
import { plain, titleOf } from './plain.ts';
import { plainTags, useOf } from './use.ts';
import type { Context, Walk } from './walk.ts';
import { innerWays } from './ways.ts';

/** Takes a piece of code into the blocks, with the steps that are made of it. */
export function collectBlock(walk: Walk, code: CodeNode, lead: string, context: Context): void {
  const { into } = walk;
  const own = lead === '' ? (context.item?.text ?? '') : lead;
  const { use, why, form } = useOf(code, { headings: walk.chapters(), lead: plain(own) });
  const draft: BlockDraft = {
    id: `block-${into.blocks.length + 1}`,
    line: code.line,
    endLine: code.endLine,
    language: code.tag,
    use,
    why,
    text: code.text,
    section: walk.here(),
    steps: [],
  };
  into.blocks.push(draft);
  const fence = fenceAnnotations(code.meta);
  walk.problems(fence, code.line);
  const place = { line: code.line, endLine: code.endLine };
  if (use === 'not-understood') into.notUnderstood.push({ ...place, text: excerpt(code.text), ...because(why) });
  if (use === 'prompt') into.prompts.push({ ...place, text: code.text, block: draft.id });
  if (form === undefined) {
    if (use === 'configuration' || use === 'template' || use === 'not-understood') walk.shown.add(code);
    if (use === 'template' || (use !== 'not-understood' && use !== 'prompt' && plainTags.test(code.tag)))
      readEmbedded(code, draft.id, walk.here(), into);
    return;
  }
  const parts = stepsOfBlock(code, form);
  const read = merged(walk.take(), fence);
  const label = titleOf(own);
  const before = walk.lastCommand();
  const role = before === undefined ? undefined : roleOf(lead, walk.headings);
  const host = form === 'transcript' ? promptHost(code.text) : undefined;
  const made = parts.map((part, index) => {
    const target =
      placeSaid(part.remark) ??
      placeSaid(label) ??
      placeSaid(plain(context.item?.text ?? '')) ??
      host ??
      headingPlace(walk.headings);
    return walk.add(
      {
        line: part.line,
        endLine: part.endLine,
        kind: part.kind,
        title: titleFor(part, parts.length, { label, heading: walk.here() }),
        text: part.text,
        ...(part.language === undefined ? {} : { language: part.language }),
        ...(target === undefined ? {} : { target }),
        block: draft,
        ...(role === undefined ? {} : { role, ...(before === undefined ? {} : { of: before }) }),
      },
      index === 0 ? read : withoutId(read),
    );
  });
  draft.steps.push(...made);
  const inner = innerWays(parts, made, walk.here(), into);
  if (use === 'step' && (inner || walk.ways.all().length > 0)) {
    draft.use = 'alternative';
    draft.why = sentence(inner ? 'ways-in-block' : 'one-of-ways');
  }
}

/** An id is for one step: of a block with several, the first. */
function withoutId({ annotations }: ReadAnnotations): ReadAnnotations {
  const { id: _, ...rest } = annotations;
  return { annotations: rest, problems: [] };
}
