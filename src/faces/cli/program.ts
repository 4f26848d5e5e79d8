import { Argument, Command, CommanderError, Help, Option } from 'commander';
import { type OptionName, type OptionRecord, optionRecords } from '../../config/options.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { version } from '../../lib/version.ts';
import type { Operation } from '../../operations/types.ts';
import { type InputField, inputFields } from '../input-fields.ts';
import { readWord } from '../read-word.ts';

export interface CommandLine {
  readonly operation: Operation;
  readonly input: Readonly<Record<string, unknown>>;
  readonly flags: Readonly<Partial<Record<OptionName, unknown>>>;
}

/** Help or version: a text to show instead of doing something. */
export interface Shown {
  readonly shown: 'help' | 'version';
  readonly text: string;
  /** A group of commands without its second word is a mistake, answered with the help of the group. */
  readonly mistaken: boolean;
}

export interface Look {
  readonly columns: number;
  readonly color: boolean;
}

/** Reads the words after `holdfast`. Throws `command-line-wrong`. */
export function readCommandLine(
  operations: readonly Operation[],
  words: readonly string[],
  look: Look,
): CommandLine | Shown {
  let text = '';
  let read: CommandLine | undefined;
  const found: Found = (operation, input, flags) => {
    read = { operation, input, flags };
  };
  const root = buildProgram(operations, look, found, ownFlags(operations, words));
  for (const command of everyCommand(root)) {
    command.exitOverride().configureOutput({
      writeOut: (chunk) => {
        text += chunk;
      },
      writeErr: (chunk) => {
        text += chunk;
      },
      outputError: () => undefined,
      getOutHelpWidth: () => look.columns,
      getErrHelpWidth: () => look.columns,
      getOutHasColors: () => look.color,
      getErrHasColors: () => look.color,
    });
  }
  try {
    root.parse(helpWords(words), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.version') return { shown: 'version', text, mistaken: false };
    if (error.code === 'commander.helpDisplayed') return { shown: 'help', text, mistaken: false };
    if (error.code === 'commander.help') return { shown: 'help', text, mistaken: words.length > 0 };
    throw commandLineWrong(error, words);
  }
  if (read === undefined) return { shown: 'help', text: root.helpInformation(), mistaken: false };
  return read;
}

/** `help evidence verify` and `evidence verify --help` are the same question. */
function helpWords(words: readonly string[]): string[] {
  if (words[0] !== 'help') return [...words];
  return [...words.slice(1), '--help'];
}

/**
 * Flags that the command in question has for itself: there they mean its own field, and an option of Holdfast of the same name is set
 * by its environment variable or in front of other commands.
 */
function ownFlags(operations: readonly Operation[], words: readonly string[]): ReadonlySet<string> {
  const valued = globalOptions().filter(({ required }) => required);
  const rest: string[] = [];
  for (let index = 0; index < words.length && rest.length < 3; index += 1) {
    const word = words[index] ?? '';
    if (valued.some(({ long, short }) => word === long || word === short)) index += 1;
    else if (!word.startsWith('-') && !(rest.length === 0 && word === 'help')) rest.push(word);
  }
  const named = operations.find(({ name }) => name.split(' ').every((word, index) => rest[index] === word));
  return new Set(named === undefined ? [] : inputFields(named).map(({ flag }) => `--${flag}`));
}

type Found = (
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
  flags: Readonly<Partial<Record<OptionName, unknown>>>,
) => void;

/** The whole tree of commands, made from the operation records and the option records. */
export function buildProgram(
  operations: readonly Operation[],
  look: Look,
  found: Found,
  taken: ReadonlySet<string> = new Set(),
): Command {
  const root = new Command('holdfast')
    .description('Protects what you run, rehearses bringing it back, brings it back, and proves it.')
    .usage('<command> [options]')
    .version(version, '-V, --version', 'Show the version')
    .helpOption('-h, --help', 'Show help')
    .helpCommand(false)
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => (look.color ? `\u001b[1m${title}\u001b[22m` : title),
    });
  for (const option of globalOptions()) if (!taken.has(option.long ?? '')) root.addOption(option);
  for (const operation of operations) addOperation(root, operation, look.columns, found);
  root.addHelpText(
    'after',
    `\n${exitCodeHelp(look.columns)}\n\n\`holdfast help <command>\` shows a command with examples.`,
  );
  return root;
}

function globalOptions(): Option[] {
  return Object.values(optionRecords).flatMap((record: OptionRecord) => {
    if (record.flag === undefined) return [];
    const names = record.short === undefined ? record.flag : `${record.short}, ${record.flag}`;
    const flags = record.placeholder === undefined ? names : `${names} <${record.placeholder}>`;
    const fallback = record.placeholder === undefined ? '' : ` (default: ${record.fallback})`;
    const environment = record.env === undefined ? '' : ` [${record.env}]`;
    return [new Option(flags, `${record.describe}${fallback}${environment}`)];
  });
}

function addOperation(root: Command, operation: Operation, columns: number, found: Found): void {
  const fields = inputFields(operation);
  const positional = (operation.positional ?? []).flatMap((name) => fields.filter((field) => field.name === name));
  const command = commandFor(root, operation.name)
    .summary(operation.title)
    .description(`${operation.title}.\n\n${operation.description}`);
  for (const field of positional) command.addArgument(argumentFor(field));
  const flagged = fields.filter((field) => !positional.includes(field));
  for (const field of flagged) for (const option of optionsFor(field)) command.addOption(option);
  command.addHelpText('after', () => `\n${exampleHelp(operation, columns)}\n\n${exitCodeHelp(columns)}`);
  command.action(() => {
    const input: Record<string, unknown> = {};
    for (const [index, field] of positional.entries()) {
      const given: unknown = command.processedArgs[index];
      if (given !== undefined && !(Array.isArray(given) && given.length === 0))
        input[field.name] = readWord(field, given);
    }
    const values = command.opts<Record<string, unknown>>();
    for (const field of flagged) {
      const name = optionName(field);
      if (command.getOptionValueSource(name) === 'cli') input[field.name] = readWord(field, values[name]);
    }
    const flags = Object.entries(root.opts()).filter(([name]) => root.getOptionValueSource(name) === 'cli');
    found(operation, input, Object.fromEntries(flags));
  });
}

/** `evidence verify` is a command under a command. */
function commandFor(root: Command, name: string): Command {
  let command = root;
  for (const word of name.split(' ')) {
    const parent = command;
    const existing = parent.commands.find((candidate) => candidate.name() === word);
    if (existing === undefined) {
      command = new Command(word)
        .helpOption('-h, --help', 'Show help')
        .helpCommand(false)
        .copyInheritedSettings(parent);
      parent.addCommand(command);
      parent.summary(groupSummary(parent));
    } else command = existing;
  }
  return command;
}

/** A group says what is in it: `check, show`. Commands that are operations themselves set their own summary afterwards. */
function groupSummary(group: Command): string {
  return group.commands.map((command) => command.name()).join(', ');
}

function argumentFor(field: InputField): Argument {
  const name = field.kind === 'list' ? `${field.flag}...` : field.flag;
  return new Argument(field.required ? `<${name}>` : `[${name}]`, describeField(field));
}

function optionsFor(field: InputField): Option[] {
  if (field.kind === 'boolean') {
    const on = new Option(`--${field.flag}`, describeField(field));
    const off = new Option(`--no-${field.flag}`, `The opposite of --${field.flag}`);
    if (field.default === false) return [on];
    return field.default === true ? [new Option(`--no-${field.flag}`, describeField(field))] : [on, off];
  }
  const placeholder = { string: 'text', number: 'number', list: field.numbers ? 'number' : 'text', json: 'json' }[
    field.kind
  ];
  const option = new Option(`--${field.flag} <${placeholder}>`, describeField(field));
  if (field.kind === 'list') {
    option.argParser((word: string, before: readonly string[] | undefined) => [...(before ?? []), word]);
  }
  return [option];
}

function describeField(field: InputField): string {
  const notes = [
    ...(field.choices.length > 0 ? [`one of ${field.choices.join(', ')}`] : []),
    ...(field.kind === 'list' ? ['may be repeated'] : []),
    ...(field.required ? ['required'] : []),
    ...(saysNothing(field.default) ? [] : [`default: ${String(field.default)}`]),
  ];
  return notes.length === 0 ? field.describe : `${field.describe} (${notes.join('; ')})`;
}

/** A default that its description already tells: none, off, empty, everything. */
function saysNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((one) => one === '*');
  return value === undefined || value === false || value === '';
}

/** The name commander keeps a value under: camel case of the flag. */
function optionName(field: InputField): string {
  return new Option(`--${field.flag}`).attributeName();
}

/** Commands are never broken, so that they can be pasted: what one does stands beside it where there is room, else below. */
function exampleHelp({ examples }: Operation, columns: number): string {
  const width = Math.max(...examples.map(({ command }) => command.length)) + 2;
  const beside = examples.map(({ command, does }) => `  holdfast ${command.padEnd(width)}${does}`);
  const below = examples.flatMap(({ command, does }) => [`  holdfast ${command}`, `      ${does}`]);
  return ['Examples:', ...(beside.every((line) => line.length <= columns) ? beside : below)].join('\n');
}

function exitCodeHelp(columns: number): string {
  const help = new Help();
  help.helpWidth = columns;
  const lines = Object.values(exitCodes).map(({ code, meaning }) => help.formatItem(String(code), 3, meaning, help));
  return ['Exit codes:', ...lines].join('\n');
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

function commandLineWrong(error: CommanderError, words: readonly string[]): HoldfastError {
  const problem = error.message.replace(/^error: /, '').replace(/\n/g, ' ');
  const command = words.slice(0, words.findIndex((word) => word.startsWith('-')) >>> 0).slice(0, 2);
  const unknown = error.code === 'commander.unknownCommand' ? /'(.*?)'/.exec(problem)?.[1] : undefined;
  const known = unknown === undefined ? command : command.slice(0, Math.max(0, command.indexOf(unknown)));
  return new HoldfastError('command-line-wrong', {
    problem: `${problem.charAt(0).toUpperCase()}${problem.slice(1)}${/[.?)]$/.test(problem) ? '' : '.'}`,
    help: ['holdfast help', ...known].join(' '),
  });
}
