import type { Operation } from '../../operations/types.ts';
import { type InputField, inputFields } from '../input-fields.ts';
import { code, fenced, page, table } from './markdown.ts';

/** docs/commands.md: every operation that the command line has. */
export function commandsPage(operations: readonly Operation[]): string {
  const commands = operations.filter(({ faces }) => faces.includes('cli'));
  return page(
    'Commands',
    'Options that every command takes are in [options.md](options.md), exit codes and errors in [errors.md](errors.md). ' +
      'The same operations over HTTP are in [http.md](http.md).',
    commands.map(({ name, title }) => `- [\`${name}\`](#${name.replaceAll(' ', '-')}): ${title}`).join('\n'),
    ...commands.map(describeCommand),
  );
}

function describeCommand(operation: Operation): string {
  const fields = inputFields(operation);
  const { name, title, description, gate, permission, effects, examples, positional = [] } = operation;
  const rows = fields.map((field) => [
    code(written(field, positional.includes(field.name))),
    field.describe,
    notes(field),
  ]);
  return [
    `## ${name}`,
    `${title}.`,
    description,
    ...(rows.length === 0 ? [] : [table(['input', 'what it is', 'notes'], rows)]),
    `Permission ${code(permission)}${gate === undefined ? '' : `, gate ${code(gate)}`}, effects ${effects.map(code).join(', ')}.`,
    fenced('sh', examples.map(({ command, does }) => `holdfast ${command}   # ${does}`).join('\n')),
  ].join('\n\n');
}

function written(field: InputField, positional: boolean): string {
  if (positional)
    return field.kind === 'list' ? `[${field.flag}...]` : field.required ? `<${field.flag}>` : `[${field.flag}]`;
  if (field.kind === 'boolean') return field.default === true ? `--no-${field.flag}` : `--${field.flag}`;
  return `--${field.flag} <${field.kind === 'list' ? (field.numbers ? 'number' : 'text') : field.kind}>`;
}

function notes(field: InputField): string {
  const fallback = field.default === undefined || (Array.isArray(field.default) && field.default.length === 0);
  return [
    ...(field.required ? ['required'] : []),
    ...(field.choices.length > 0 ? [field.choices.map(code).join(', ')] : []),
    ...(field.kind === 'list' ? ['may be repeated'] : []),
    ...(fallback || field.kind === 'boolean' ? [] : [`default ${code(String(field.default))}`]),
  ].join('; ');
}
