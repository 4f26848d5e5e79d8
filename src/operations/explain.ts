import { z } from 'zod';
import { type Label, labels, languages } from '../effects/types.ts';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { Explained, shown } from './explain/model.ts';
import { defineOperation, type OperationContext } from './types.ts';

const Lines = z.object({
  lines: z.number().describe('Lines that were answered'),
  wrong: z.number().describe('Lines that were no JSON string'),
  failing: z.array(z.enum(labels)).describe('Effects that --fail-on names and some line has'),
});
const Output = z.union([Explained, z.array(Explained), Lines]);
type Output = z.output<typeof Output>;

const Input = z.strictObject({
  what: z.array(z.string()).default([]).describe('A command in quotes, files, or - for standard input'),
  text: z.string().optional().describe('The text itself; what the HTTP face uses'),
  language: z.enum(languages).optional().describe('What it is written in; else it is told by its name and its look'),
  command: z.boolean().default(false).describe('Take every word for a command, even if a file has that name'),
  file: z.boolean().default(false).describe('Take every word for a file'),
  jsonl: z
    .boolean()
    .default(false)
    .describe('Read one JSON string a line from standard input, write one JSON object a line'),
  failOn: z
    .array(z.string())
    .default([])
    .describe('Exit with 3 when one of these effects is found, with commas between'),
});
type Input = z.output<typeof Input>;

export const explain = defineOperation({
  name: 'explain',
  title: 'Say what a command, a script or a document would do, without running it',
  description:
    'Reads shell, SQL, Markdown, Kubernetes manifests, Dockerfiles, compose files, crontabs, systemd units and workflows, and says of each ' +
    'command what it would do, where and why. Nothing is run, no database is opened, no network is used. What is not known is `unknown`, ' +
    'never harmless. A word that is the path of a file is taken for the file, any other for a command. docs/explain.md says what the ' +
    'labels mean.',
  input: Input,
  output: Output,
  positional: ['what'],
  permission: 'effects.explain',
  effects: ['read'],
  faces: ['cli', 'http'],
  examples: [
    { command: "explain 'kubectl drain node-1'", does: 'says what one command would do' },
    {
      command: 'explain runbook.md deploy.sh --fail-on destroy,remote-delete',
      does: 'fails in CI when a file would destroy',
    },
    { command: 'explain - --language sql', does: 'reads SQL from standard input' },
    { command: 'explain --jsonl', does: 'answers one JSON string a line' },
  ],
  async handle(context, input) {
    const failOn = labelsOf(input.failOn);
    if (input.command && input.file) throw conflict('--command and --file cannot both hold.');
    if (context.services.actor.face === 'http') return await explainText(context, input, failOn);
    if (input.jsonl) return await explainLines(context, input, failOn);
    if (input.text !== undefined && input.what.length === 0) return await explainText(context, input, failOn);
    return await explainAll(context, input, failOn);
  },
  text: (output, style) => {
    if ('lines' in output) return '';
    return show?.(Array.isArray(output) ? output : [output], style) ?? '';
  },
  exit(output) {
    if ('lines' in output && output.wrong > 0) return 'failed';
    const all = Array.isArray(output) ? output : [output];
    return all.some(({ failing }) => failing !== undefined && failing.length > 0) ? 'notProven' : 'ok';
  },
});

/** Loaded with the first judgement, so that other commands start without it. */
let show: typeof import('./explain/show.ts').showExplained | undefined;

function labelsOf(words: readonly string[]): Label[] {
  const given = words.flatMap((word) => word.split(',')).map((word) => word.trim());
  for (const label of given) {
    if (!(labels as readonly string[]).includes(label)) {
      throw new HoldfastError('explain-label-unknown', { label, known: labels.join(', ') });
    }
  }
  return labels.filter((label) => given.includes(label));
}

function conflict(problem: string): HoldfastError {
  return new HoldfastError('explain-conflict', { problem });
}

/** Over HTTP nothing of this machine is read: a text comes with the request. */
async function explainText(context: OperationContext, input: Input, failOn: readonly Label[]): Promise<Output> {
  if (input.jsonl || input.file)
    throw conflict('Files and standard input belong to the command line; send the text itself.');
  const texts = input.text === undefined ? input.what : [input.text, ...input.what];
  const all: Explained[] = [];
  for (const text of texts) {
    all.push(await one(context, { taken: input.text === text ? 'text' : 'command', text }, input, failOn));
  }
  return oneOrAll(all);
}

async function explainAll(context: OperationContext, input: Input, failOn: readonly Label[]): Promise<Output> {
  const { isFile, readText, besideFile } = await import('./explain/files.ts');
  if (input.text !== undefined) throw conflict('--text and words by position cannot both hold.');
  if (input.what.filter((word) => word === '-').length > 1) throw conflict('Standard input can be read once.');
  const all: Explained[] = [];
  for (const word of input.what) {
    context.signal.throwIfAborted();
    if (word === '-')
      all.push(await one(context, { taken: 'input', text: await readInput(context.signal) }, input, failOn));
    else if (!input.command && (input.file || isFile(word))) {
      const source = { taken: 'file', text: readText(word), file: word, beside: besideFile(word) } as const;
      all.push(await one(context, source, input, failOn));
    } else all.push(await one(context, { taken: 'command', text: word }, input, failOn));
  }
  return oneOrAll(all);
}

function oneOrAll(all: readonly Explained[]): Output {
  const [first] = all;
  if (first === undefined) throw new HoldfastError('explain-nothing', { problem: 'no command and no file was given' });
  return all.length === 1 ? first : [...all];
}

interface Source {
  readonly taken: Explained['taken'];
  readonly text: string;
  readonly file?: string;
  readonly beside?: (name: string) => string | undefined;
}

async function one(
  context: OperationContext,
  { taken, text, file, beside }: Source,
  input: Input,
  failOn: readonly Label[],
): Promise<Explained> {
  const [{ judge }, { sniff }, { showExplained }] = await Promise.all([
    import('./explain/judge.ts'),
    import('../effects/documents/index.ts'),
    import('./explain/show.ts'),
  ]);
  show = showExplained;
  const language = input.language ?? sniff(text, file);
  const judged = await judge({
    text,
    language,
    ...(file === undefined ? {} : { fileName: file }),
    ...(beside === undefined ? {} : { beside }),
  });
  const failing = failOn.filter((label) => judged.effects.includes(label));
  return {
    taken,
    ...(file === undefined ? {} : { file }),
    language,
    ...shown(judged, context.services.redact, file),
    ...(failOn.length === 0 ? {} : { failing }),
  };
}

async function readInput(signal: AbortSignal): Promise<string> {
  const { largestText } = await import('./explain/files.ts');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    signal.throwIfAborted();
    bytes += chunk.length;
    if (bytes > largestText) {
      throw new HoldfastError('explain-too-large', {
        what: 'Standard input',
        limit: `${largestText / 1024 / 1024} MB`,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function explainLines(
  { services, signal }: OperationContext,
  input: Input,
  failOn: readonly Label[],
): Promise<Output> {
  if (input.what.some((word) => word !== '-') || input.text !== undefined)
    throw conflict('--jsonl reads standard input, and nothing else.');
  if (services.options.json) throw conflict('--jsonl writes its own lines; leave --json out.');
  const [{ judgeLines }, { judge }] = await Promise.all([import('./explain/lines.ts'), import('./explain/judge.ts')]);
  const language = input.language === undefined ? {} : { language: input.language };
  const answer = async (text: string) => shown(await judge({ text, ...language }), services.redact);
  const { lines, wrong, found } = await judgeLines(process.stdin, process.stdout, answer, signal);
  return { lines, wrong, failing: failOn.filter((label) => found.includes(label)) };
}
