import type { When } from '../knowledge/types.ts';
import type { Parsed } from './options.ts';

type Given = Pick<Parsed, 'node' | 'options' | 'operands'>;

import { listed, optionName } from './tools.ts';

/** Whether what a rule asks for is there. */
export function holds(when: When, parsed: Given, input: boolean): boolean {
  if (when.option !== undefined && !given(parsed, when.option, when.value)) return false;
  if (when.also !== undefined && !given(parsed, when.also, undefined)) return false;
  if (when.without !== undefined && given(parsed, when.without, undefined)) return false;
  const { operands } = parsed;
  if (when.atLeast !== undefined && operands.length < when.atLeast) return false;
  if (when.atMost !== undefined && operands.length > when.atMost) return false;
  if (when.operand !== undefined && !operands.some((arg) => when.operand?.test(arg.text))) return false;
  if (when.noOperand !== undefined && operands.some((arg) => when.noOperand?.test(arg.text))) return false;
  if (when.first !== undefined && !matches(when.first, operands[0]?.text)) return false;
  if (when.last !== undefined && !matches(when.last, operands.at(-1)?.text)) return false;
  return when.input === undefined || when.input === input;
}

function matches(pattern: RegExp, text: string | undefined): boolean {
  return text !== undefined && pattern.test(text);
}

/** Whether any of these options is given, with such a value. */
export function given(parsed: Given, list: string, value: RegExp | undefined): boolean {
  if (parsed.options.length === 0) return false;
  const names = wanted(parsed, list);
  return parsed.options.some(
    (option) =>
      option.names.some((name) => names.has(name)) && (value === undefined || value.test(option.value?.text ?? '')),
  );
}

/** The values of these options, in order. */
export function valuesOf(parsed: Given, list: string) {
  const names = wanted(parsed, list);
  return parsed.options.flatMap((option) =>
    option.value !== undefined && option.names.some((name) => names.has(name)) ? [option.value] : [],
  );
}

const goLists = new Map<string, ReadonlySet<string>>();

function wanted(parsed: Given, list: string): ReadonlySet<string> {
  if (parsed.node.tool.style !== 'go') return listed(list);
  let set = goLists.get(list);
  if (set === undefined) {
    set = new Set([...listed(list)].map((word) => optionName(parsed.node.tool, word)));
    goLists.set(list, set);
  }
  return set;
}
