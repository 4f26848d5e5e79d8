import { z } from 'zod';
import { type OptionRecord, optionRecords } from '../../config/options.ts';
import { code, page, table } from './markdown.ts';

/** docs/options.md: options of Holdfast itself; those of one command are in docs/commands.md. */
export function optionsPage(): string {
  return page(
    'Options',
    'Each may be given on the command line, before or after the command, or in the environment. The command line wins over ' +
      'the environment, the environment over the default. An empty variable counts as not set. Options of a single command ' +
      'are in [commands.md](commands.md); what the site file takes is in [site-file.md](site-file.md).',
    table(
      ['flag', 'environment', 'takes', 'default', 'what it is'],
      Object.values(optionRecords).map((record: OptionRecord) => [
        code([record.short, record.flag].filter((name) => name !== undefined).join(', ')),
        code(record.env ?? ''),
        takes(record),
        record.fallback,
        record.describe + (record.secret === true ? '. A secret: never given on the command line, never shown' : ''),
      ]),
    ),
    '`NO_COLOR`, when set to anything, means `--color never`, unless `--color` or `HOLDFAST_COLOR` says otherwise.',
  );
}

function takes({ schema, placeholder }: OptionRecord): string {
  if (schema instanceof z.ZodEnum) return schema.options.map((choice) => code(String(choice))).join(', ');
  if (schema instanceof z.ZodBoolean) return 'nothing; `1` or `0` in the environment';
  return placeholder ?? 'text';
}
