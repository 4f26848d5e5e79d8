import type { HoldfastError } from '../../errors/holdfast-error.ts';
import { definitionOf } from '../../errors/registry.ts';
import { plainText, visibleText } from '../../lib/plain-text.ts';
import type { Redact } from '../../lib/redact.ts';
import { textWidth } from '../../lib/width.ts';
import type { Style } from '../../operations/types.ts';

/**
 * An error for a person: title, what, why, what to do, what state was left. With `verbose` also the output of the program
 * that failed and the chain of causes with their stacks. Everything is redacted, whatever it came from.
 */
export function showError(error: HoldfastError, style: Style, redact: Redact, verbose: boolean): string {
  const { title } = definitionOf(error.code);
  const lines = [
    `${style.red('✘')} ${style.bold(title)} ${style.dim(`(${error.code})`)}`,
    '',
    indent(visibleText(error.message.trimEnd())),
    '',
    field('Why', error.why, style),
    field('What to do', error.hint, style),
    field('State', error.state, style),
  ];
  if (verbose) lines.push(...longForm(error, style));
  else if (error.output !== undefined)
    lines.push('', style.dim('  --verbose shows the output of the program that failed.'));
  return redact(lines.join('\n'));
}

function longForm(error: HoldfastError, style: Style): string[] {
  const lines: string[] = [];
  if (error.output !== undefined && error.output.trim() !== '') {
    lines.push('', `  ${style.bold('Output')}`, indent(plainText(error.output.trimEnd()), 4));
  }
  const seen = new Set<unknown>();
  for (let cause: unknown = error; cause !== undefined && !seen.has(cause); cause = causeOf(cause)) {
    seen.add(cause);
    const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    lines.push('', `  ${style.bold(cause === error ? 'Raised' : 'Cause')}`, indent(visibleText(text), 4));
  }
  return lines;
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

function field(name: string, text: string, style: Style): string {
  const label = `  ${`${name}:`.padEnd(12)}`;
  return style.bold(label) + wrap(visibleText(text), 100 - label.length).join(`\n${' '.repeat(label.length)}`);
}

/** A command in backticks is never broken, so that it can be pasted. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/(?:`[^`]*`|[^ ])+/g) ?? []) {
    if (line !== '' && textWidth(line) + textWidth(word) + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function indent(text: string, columns = 2): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(columns));
}
