import type { Arg } from './arg.ts';
import { unknownCharacter } from './placeholders.ts';
import { holds } from './rules.ts';
import { descend, hasCommands, type Node, optionName } from './tools.ts';

export interface GivenOption {
  /** As written, or all that an abbreviation may mean. */
  readonly names: readonly string[];
  readonly value: Arg | undefined;
  readonly arg: Arg;
  readonly abbreviated: boolean;
}

/** A command line, read the way its tool reads it. */
export interface Parsed {
  readonly node: Node;
  readonly options: readonly GivenOption[];
  readonly operands: readonly Arg[];
  /** Leading `NAME=value` words of a wrapper. */
  readonly assignments: readonly Arg[];
  /** Words of the command that it wraps. */
  readonly rest: readonly Arg[];
  /** What follows `--`. */
  readonly afterDashes: readonly Arg[] | undefined;
  /** A subcommand that is not listed. */
  readonly unlisted: Arg | undefined;
  /** The subcommand, or words before it, are not known. */
  readonly dynamicVerb: boolean;
}

/** Reads the words after a tool's name. Linear; never throws. */
export function parseOptions(root: Node, args: readonly Arg[]): Parsed {
  const style = root.tool.style ?? 'gnu';
  const options: GivenOption[] = [];
  const operands: Arg[] = [];
  const assignments: Arg[] = [];
  let rest: readonly Arg[] = [];
  let afterDashes: readonly Arg[] | undefined;
  let nodes: readonly Node[] = [root];
  let node = root;
  let unlisted: Arg | undefined;
  let dynamicVerb = false;
  let ended = style === 'plain';

  const takesValue = (name: string) => nodes.some((each) => each.values.has(name));
  const push = (name: string, value: Arg | undefined, arg: Arg) =>
    options.push({ names: [name], value, arg, abbreviated: false });

  for (let at = 0; at < args.length; at++) {
    const arg = args[at] as Arg;
    const text = arg.text;
    if (!ended && text === '--') {
      afterDashes = args.slice(at + 1);
      if (node.rest !== undefined && operands.length >= (node.rest.skip ?? 0)) {
        rest = afterDashes;
        break;
      }
      ended = true;
      continue;
    }
    if (!ended && text.length > 1 && text.charCodeAt(0) === 45) {
      if (style === 'words' || style === 'go') {
        const equals = text.indexOf('=');
        const name = optionName(root.tool, equals > 0 ? text.slice(0, equals) : text);
        if (equals > 0 && (style === 'go' || text.startsWith('--'))) push(name, cut(arg, equals + 1), arg);
        else if (takesValue(name)) push(name, args[++at], arg);
        else push(name, undefined, arg);
      } else if (text.charCodeAt(1) === 45) {
        at = longOption(at, arg);
      } else {
        at = cluster(at, arg, text, 1);
        // What follows the text of `sh -c` are its arguments, `--help` among them.
        if (root.tool.names[0] === 'sh' && options.at(-1)?.names[0] === '-c') ended = true;
      }
      continue;
    }
    if (style === 'bsd' && at === 0 && /^[A-Za-z]+$/.test(text) && !hasCommands(root)) {
      at = cluster(at, arg, `-${text}`, 1);
      continue;
    }
    if (operands.length === 0 && hasCommands(node) && unlisted === undefined && !ended) {
      const next = descend(nodes, text);
      if (next.length > 0) {
        nodes = next;
        node = next[0] as Node;
        continue;
      }
      if (arg.dynamic) {
        dynamicVerb = true;
        if (!node.verb.operands) continue;
      } else if (!node.verb.operands) unlisted = arg;
    }
    const carried = node.rest;
    if (
      carried !== undefined &&
      (carried.when === undefined || holds(carried.when, { node, options, operands }, false))
    ) {
      if (carried.assignments === true && operands.length === 0 && /^[A-Za-z_]\w*=/.test(text)) {
        assignments.push(arg);
        continue;
      }
      if (operands.length >= (carried.skip ?? 0)) {
        rest = args.slice(at);
        break;
      }
    }
    operands.push(arg);
    if (node.runsFile && unlisted === undefined) ended = true;
  }
  return { node, options, operands, assignments, rest, afterDashes, unlisted, dynamicVerb };

  function longOption(at: number, arg: Arg): number {
    const equals = arg.text.indexOf('=');
    const written = equals > 0 ? arg.text.slice(0, equals) : arg.text;
    const known = nodes.some((each) => each.known.has(written));
    const names = known || (style !== 'gnu' && style !== 'bsd') ? [written] : abbreviations(nodes, written);
    const abbreviated = names.length > 0 && !names.includes(written);
    if (names.length === 0) names.push(written);
    let value: Arg | undefined;
    let next = at;
    if (equals > 0) value = cut(arg, equals + 1);
    else if (names.some(takesValue)) value = args[++next];
    options.push({ names, value, arg, abbreviated });
    return next;
  }

  /** `-rf`, `-n5`, `-ojson`, `-xvf FILE`: letters until one takes the rest, or the next word, as its value. */
  function cluster(at: number, arg: Arg, text: string, from: number): number {
    if (nodes.some((each) => each.known.has(text)) && text.length > 2) {
      push(text, takesValue(text) ? args[at + 1] : undefined, arg);
      return takesValue(text) ? at + 1 : at;
    }
    for (let letter = from; letter < text.length && letter < 40; letter++) {
      const name = `-${text[letter]}`;
      if (takesValue(name)) {
        if (letter + 1 < text.length) {
          const skip = text[letter + 1] === '=' ? 2 : 1;
          push(name, cut(arg, arg.text.length - text.length + letter + skip), arg);
          return at;
        }
        if (text !== arg.text) {
          // In `tar xfb FILE N` values follow in the order of the letters.
          push(name, args[at + 1], arg);
          at++;
          continue;
        }
        push(name, args[at + 1], arg);
        return at + 1;
      }
      push(name, undefined, arg);
    }
    return at;
  }
}

function abbreviations(nodes: readonly Node[], written: string): string[] {
  if (written.length < 4) return [];
  const found: string[] = [];
  for (const node of nodes) {
    for (const known of node.known) if (known.startsWith(written) && !found.includes(known)) found.push(known);
  }
  return found;
}

/** The end of a word, as a word. */
export function cut(arg: Arg, from: number): Arg {
  const text = arg.text.slice(from);
  return {
    ...arg,
    text,
    dynamic: arg.dynamic && text.includes(unknownCharacter),
    ...(arg.textStart === undefined ? {} : { textStart: arg.textStart + from }),
    ...(arg.pieces === undefined ? {} : { pieces: arg.pieces.map(([at, source]) => [at - from, source] as const) }),
  };
}
