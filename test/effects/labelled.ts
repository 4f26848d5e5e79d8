import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { labels } from '../../src/effects/types.ts';

const LabelledLine = z.strictObject({
  command: z.string(),
  effects: z.array(z.enum(labels)).min(1),
  hard: z.boolean(),
  note: z.string().min(1),
});

/** A command and the labels that the documentation of its tool gives it. Text to be judged, never to be run. */
export interface LabelledCommand extends z.infer<typeof LabelledLine> {
  /** The file it stands in: a family of tools. */
  readonly family: string;
}

const directory = fileURLToPath(new URL('labelled/', import.meta.url));

/** The whole set, in the order of its files. Throws where a line does not read. */
export function labelledCommands(): LabelledCommand[] {
  const files = readdirSync(directory)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
  return files.flatMap((file) => {
    const lines = readFileSync(`${directory}${file}`, 'utf8').trimEnd().split('\n');
    return lines.map((line) => ({ ...LabelledLine.parse(JSON.parse(line)), family: file.slice(0, -'.jsonl'.length) }));
  });
}
