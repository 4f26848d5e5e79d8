import { type Label, labels } from '../../effects/types.ts';
import { clipToWidth, padToWidth } from '../../lib/width.ts';
import type { Style } from '../types.ts';
import type { Explained } from './model.ts';

const grave: ReadonlySet<Label> = new Set(['destroy', 'remote-delete', 'disrupt', 'privilege', 'secret']);
const mild: ReadonlySet<Label> = new Set(['none', 'read', 'not-shell']);

/** Judgements for a person at a terminal: each command with its labels, where it runs and why, then what to look at twice. */
export function showExplained(all: readonly Explained[], style: Style): string {
  const parts = all.map((one) => showOne(one, style));
  if (all.length > 1) {
    const union = labels.filter((label) => all.some(({ effects }) => effects.includes(label)));
    parts.push(`All ${all.length}: ${coloured(union, style)}`);
  }
  const failing = labels.filter((label) => all.some((one) => one.failing?.includes(label)));
  if (failing.length > 0) parts.push(style.red(`Fails: ${failing.join(', ')}.`));
  return parts.join('\n\n');
}

function showOne({ taken, file, language, effects, commands, findings }: Explained, style: Style): string {
  const what = { command: 'Taken for a command', file: `File ${file ?? ''}`, input: 'Standard input', text: 'Text' }[
    taken
  ];
  const lines = [`${style.bold(what)} ${style.dim(`· read as ${language}`)}   ${coloured(effects, style)}`];
  const position = (span: { readonly line: number; readonly column: number }) => `${span.line}:${span.column}`;
  const width = Math.max(0, ...[...commands, ...findings].map(({ span }) => position(span).length));
  for (const command of commands) {
    const at = style.dim(position(command.span).padStart(width));
    lines.push(`  ${at}  ${style.bold(firstLine(command.text))}`);
    lines.push(
      `  ${' '.repeat(width)}  ${coloured(command.effects, style)} ${style.dim(`· ${where[command.place]} · ${command.why}`)}`,
    );
  }
  if (findings.length > 0) lines.push('', style.yellow(style.bold('Look twice:')));
  for (const { code, message, span } of findings) {
    lines.push(`  ${style.dim(position(span).padStart(width))}  ${style.yellow(padToWidth(code, 12))}  ${message}`);
  }
  return lines.join('\n');
}

const where = {
  here: 'runs here',
  host: 'runs on another host',
  container: 'runs in a container',
  pod: 'runs in a pod',
  database: 'runs in a database',
};

function coloured(effects: readonly Label[], style: Style): string {
  return effects
    .map((label) => (grave.has(label) ? style.red(label) : mild.has(label) ? style.green(label) : style.yellow(label)))
    .join(' ');
}

function firstLine(text: string): string {
  const [first = '', ...more] = text.split(/\r\n?|\n/);
  // What a document holds must not steer the terminal.
  const plain = first.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
  return `${clipToWidth(plain, 100)}${more.length > 0 && !plain.endsWith('…') ? ' …' : ''}`;
}
