import type { Labels, Tool, Verb, When } from '../../effects/knowledge/types.ts';
import { code, page, table } from './markdown.ts';

/** docs/effects.md: what each tool is known to do, from the data that judges it. */
export async function effectsPage(): Promise<string> {
  const { families } = await import('../../effects/knowledge/api.ts');
  const tools = families.flatMap((family) => family.tools);
  const names = tools.reduce((count, tool) => count + tool.names.length, 0);
  return page(
    'Effects',
    `What a command does is told from what is known of its tool: ${names} commands in ${families.length} families. A tool, a subcommand or a script that is not known is \`unknown\`, which is never taken for harmless.`,
    'Labels are a set: `none`, `read`, `secret` (prints or reads credentials), `write`, `destroy`, `remote-delete`, `privilege`, `egress`, `disrupt`, `unknown`, `not-shell`. Each table says what a tool does by itself, and what options or operands change. Wrappers such as `sudo`, `ssh` or `docker exec` add the labels of what they run.',
    ...families.flatMap((family) => [
      `## ${family.title}`,
      table(['command', 'labels', 'why', 'unless, or also'], family.tools.flatMap(rows)),
    ]),
  );
}

function rows(tool: Tool): string[][] {
  const own = tool.commands === undefined || tool.is !== undefined ? [row(tool.names.join(', '), tool)] : [];
  const verbs = Object.entries(tool.commands ?? {}).map(([path, verb]) =>
    row(`${tool.names[0]} ${path.replaceAll('|', ' | ')}`, verb),
  );
  return [...own, ...verbs];
}

function row(name: string, verb: Verb): string[] {
  const rules = (verb.rules ?? []).map(
    ({ when, set, add }) => `${condition(when)}: ${set === undefined ? `also ${shown(add)}` : shown(set)}`,
  );
  const dry = verb.dryRun === undefined ? [] : [`${condition(verb.dryRun)}: read, a dry run`];
  return [code(name), shown(verb.is), verb.why ?? '', [...rules, ...dry].join('; ')];
}

function shown(labels: Labels | undefined): string {
  if (labels === undefined) return '';
  return typeof labels === 'string' ? labels : labels.join(', ');
}

/** A condition in words: patterns are told by what they look at, their text is in the data. */
function condition(when: When): string {
  const parts = [
    ...(when.option === undefined ? [] : [when.option.split(' ').map(code).join(' ')]),
    ...(when.also === undefined ? [] : [`with ${when.also.split(' ').map(code).join(' ')}`]),
    ...(when.without === undefined ? [] : [`without ${when.without.split(' ').map(code).join(' ')}`]),
    ...(when.value === undefined ? [] : ['with certain values']),
    ...(when.operand === undefined &&
    when.first === undefined &&
    when.last === undefined &&
    when.noOperand === undefined
      ? []
      : ['for certain operands']),
    ...(when.atLeast === undefined ? [] : [`at least ${when.atLeast} operands`]),
    ...(when.atMost === undefined ? [] : [when.atMost === 0 ? 'without operands' : `at most ${when.atMost} operands`]),
    ...(when.input === undefined ? [] : [when.input ? 'with input' : 'without input']),
  ];
  return parts.join(', ') || 'always';
}
