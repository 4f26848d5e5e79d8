import { exitCodes } from '../../errors/exit-codes.ts';
import { definitionOf, type ErrorCode, registry } from '../../errors/registry.ts';
import { page, table } from './markdown.ts';

/** docs/errors.md: every error of the registry, by its permanent code. */
export function errorsPage(): string {
  const codes = (Object.keys(registry) as ErrorCode[]).sort();
  return page(
    'Errors',
    'Each error has a permanent code. Scripts may depend on the code and on the exit code; the wording may improve. Words in ' +
      'braces are filled in when the error is raised.',
    '## Exit codes',
    table(
      ['code', 'meaning'],
      Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]),
    ),
    '## All errors',
    ...codes.map(describeError),
  );
}

function describeError(code: ErrorCode): string {
  const { title, message, why, hint, state, status, exit } = definitionOf(code);
  return [
    `### ${code}`,
    `**${title}.** ${message}`,
    `- Why: ${why}\n- What to do: ${hint}\n- State: ${state}\n- Exit code ${exitCodes[exit].code}, HTTP status ${status}`,
  ].join('\n\n');
}
