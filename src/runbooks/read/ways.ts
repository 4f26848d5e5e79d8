import type { BlockStep } from './block-steps.ts';
import type { ChoiceGroup } from './choices.ts';
import type { Collected, StepDraft, Way } from './collected.ts';
import { or } from './words.ts';

/** Follows the ways of a document from top to bottom: which of them hold the place that has been reached. */
export function waysByOffset(groups: readonly ChoiceGroup[], into: Collected) {
  const spans: { start: number; end: number; way: Way }[] = [];
  for (const { line, question: asked, choices } of groups) {
    const ways = choices.map((choice) => ({ line: choice.line, title: choice.title, steps: [] }));
    into.ways.push({ line, question: asked, ways });
    for (const [index, { start, end }] of choices.entries()) {
      const way = ways[index];
      if (way !== undefined) spans.push({ start, end, way });
    }
  }
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  let next = 0;
  let active: typeof spans = [];
  return {
    move(offset: number) {
      for (; next < spans.length && (spans[next]?.start ?? 0) <= offset; next += 1) {
        const span = spans[next];
        if (span !== undefined) active.push(span);
      }
      if (active.some(({ end }) => end <= offset)) active = active.filter(({ end }) => end > offset);
    },
    innermost: () => active.at(-1)?.way,
    all: () => active.map(({ way }) => way),
  };
}

/** `# or` in a block: it and the part before it are two ways of one thing. */
export function innerWays(
  parts: readonly BlockStep[],
  made: readonly StepDraft[],
  heading: string,
  into: Collected,
): boolean {
  let found = false;
  for (let at = 0; at < parts.length; ) {
    let end = at + 1;
    while (parts[end]?.or === true && parts[end]?.kind === 'command' && parts[at]?.kind === 'command') end += 1;
    if (end - at > 1) {
      found = true;
      const steps = made.slice(at, end);
      const ways = steps.map((step) => ({ line: step.line, title: withoutOr(step.title), steps: [step] }));
      for (const [index, step] of steps.entries()) {
        const way = ways[index];
        if (way !== undefined) step.way = way;
      }
      into.ways.push({ line: steps[0]?.line ?? 1, question: heading, ways });
    }
    at = end;
  }
  return found;
}

/** `or: from the cold disk` is called `from the cold disk`. */
function withoutOr(title: string): string {
  const rest = title.replace(or, '').replace(/^[\s:：,，、]+/, '');
  return rest === '' ? title : rest;
}
