import type { Occurrence } from '../parameters/index.ts';
import { type ShellNode, shellTree } from '../shell-tree.ts';
import { placesIn } from './places.ts';
import { quoteFor } from './quote.ts';
import { replaceAt } from './replace.ts';
import { shapeOf } from './shape.ts';

export interface Filled {
  readonly command: string;
  readonly problems: readonly string[];
}

/** Puts values into a shell text, each quoted for its place. What cannot be put in stays as it was written and is a problem. */
export function fillShell(text: string, found: readonly Occurrence[], values: ReadonlyMap<string, string>): Filled {
  if (!found.some(({ name }) => values.has(name))) return { command: text, problems: [] };
  const markers = found.map((_each, index) => markerFor(text, index));
  const probe = replaceAt(text, found, (_each, index) => markers[index] ?? '');
  const tree = shellTree(probe);
  const places = placesIn(probe, tree, markers);
  const problems: string[] = [];
  const command = replaceAt(text, found, (each, index) => {
    const written = text.slice(each.start, each.end);
    const value = values.get(each.name);
    const place = places[index];
    if (value === undefined || place === undefined) return written;
    const put = quoteFor(value, place);
    if ('text' in put) return put.text;
    problems.push(`${each.name} ${put.problem}`);
    return written;
  });
  if (problems.length === 0 && !sameShape(text, found, values, markers, tree, command))
    problems.push('with these values the command would not have the parts that the runbook gives it');
  return { command, problems };
}

/** Looks once more, at the result: it must parse to what the text with plain words parses to. */
function sameShape(
  text: string,
  found: readonly Occurrence[],
  values: ReadonlyMap<string, string>,
  markers: readonly string[],
  probe: ShellNode,
  command: string,
): boolean {
  const allGiven = found.every(({ name }) => values.has(name));
  const expected = allGiven
    ? probe
    : shellTree(
        replaceAt(text, found, (each, index) =>
          values.has(each.name) ? (markers[index] ?? '') : text.slice(each.start, each.end),
        ),
      );
  return shapeOf(expected) === shapeOf(shellTree(command));
}

/** A plain word that does not occur in the text. */
function markerFor(text: string, index: number): string {
  let marker = `hfq${index}q`;
  while (text.includes(marker)) marker += 'q';
  return marker;
}
