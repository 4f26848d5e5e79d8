import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { resolvePath } from './paths.ts';

/** One option of Holdfast itself. Flags, environment and docs/options.md come from this record. */
export interface OptionRecord {
  /** Absent: it is not given on the command line, where other accounts could see it. */
  readonly flag?: string;
  /** Short form of the flag. */
  readonly short?: string;
  readonly env?: string;
  /** What it takes, as help shows it: absent for a switch. */
  readonly placeholder?: string;
  readonly schema: z.ZodType;
  /** The default in words. */
  readonly fallback: string;
  readonly describe: string;
  readonly secret?: boolean;
}

const Switch = z.boolean();

export const optionRecords = {
  site: {
    flag: '--site',
    env: 'HOLDFAST_SITE',
    placeholder: 'file',
    schema: z.string().min(1),
    fallback: './holdfast.yaml',
    describe: 'The site file: what to protect, where, and what was promised',
  },
  data: {
    flag: '--data',
    env: 'HOLDFAST_DATA',
    placeholder: 'directory',
    schema: z.string().min(1),
    fallback: '/var/lib/holdfast for root, else $XDG_STATE_HOME/holdfast or ~/.local/state/holdfast',
    describe: 'The data directory: records, audit log, evidence, keys',
  },
  store: {
    env: 'HOLDFAST_STORE',
    schema: z.string().regex(/^postgres(ql)?:\/\//, 'it must begin with postgres://'),
    fallback: 'a private server in the data directory',
    describe: 'URL of the PostgreSQL database for the records of Holdfast itself',
    secret: true,
  },
  storeFile: {
    env: 'HOLDFAST_STORE_FILE',
    schema: z.string().min(1),
    fallback: 'none',
    describe: 'A file that only you can read, whose first line is the URL of HOLDFAST_STORE',
  },
  json: {
    flag: '--json',
    env: 'HOLDFAST_JSON',
    schema: Switch,
    fallback: 'off',
    describe: 'Print one JSON value on standard output and nothing else',
  },
  quiet: {
    flag: '--quiet',
    short: '-q',
    env: 'HOLDFAST_QUIET',
    schema: Switch,
    fallback: 'off',
    describe: 'Show no progress; results and errors only',
  },
  verbose: {
    flag: '--verbose',
    short: '-v',
    env: 'HOLDFAST_VERBOSE',
    schema: Switch,
    fallback: 'off',
    describe: 'With an error, show its causes and the output of the program that failed',
  },
  color: {
    flag: '--color',
    env: 'HOLDFAST_COLOR',
    placeholder: 'when',
    schema: z.enum(['auto', 'always', 'never']),
    fallback: 'auto: on a terminal, unless NO_COLOR is set',
    describe: 'When to use colour',
  },
  language: {
    flag: '--language',
    env: 'HOLDFAST_LANGUAGE',
    placeholder: 'language',
    schema: z.enum(['en', 'ko', 'zh-Hant']),
    fallback: 'what the site file says',
    describe: 'Language of reports',
  },
} as const satisfies Record<string, OptionRecord>;

export type OptionName = keyof typeof optionRecords;

export interface Options {
  /** Absolute path. */
  readonly site: string;
  /** Absolute path. */
  readonly data: string;
  readonly store?: string;
  /** Absolute path. */
  readonly storeFile?: string;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: 'auto' | 'always' | 'never';
  /** Absent: the site file decides. */
  readonly language?: 'en' | 'ko' | 'zh-Hant';
}

/** Where options come from, told apart so that tests need no process of their own. */
export interface OptionSources {
  readonly flags: Readonly<Partial<Record<OptionName, unknown>>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  /** Numeric user; undefined where there is none. */
  readonly uid: number | undefined;
}

/** The options in force: flag before environment before default. Throws `option-invalid`, naming the source and never a secret. */
export function resolveOptions(sources: OptionSources): Options {
  const { cwd, home } = sources;
  const path = (value: unknown) => resolvePath(String(value), cwd, home);
  const store = read('store', sources);
  const storeFile = read('storeFile', sources);
  const language = read('language', sources);
  return {
    site: path(read('site', sources) ?? 'holdfast.yaml'),
    data: path(read('data', sources) ?? defaultData(sources)),
    ...(store === undefined ? {} : { store: store as string }),
    ...(storeFile === undefined ? {} : { storeFile: path(storeFile) }),
    json: read('json', sources) === true,
    quiet: read('quiet', sources) === true,
    verbose: read('verbose', sources) === true,
    color: (read('color', sources) ?? (sources.env.NO_COLOR ? 'never' : 'auto')) as Options['color'],
    ...(language === undefined ? {} : { language: language as 'en' | 'ko' | 'zh-Hant' }),
  };
}

function read(name: OptionName, { flags, env }: OptionSources): unknown {
  const record: OptionRecord = optionRecords[name];
  const flag = flags[name];
  if (flag !== undefined) return checked(record, flag, record.flag ?? name);
  const set = record.env === undefined ? undefined : env[record.env];
  // An empty variable is how shells and service files unset one.
  if (record.env === undefined || set === undefined || set === '') return undefined;
  return checked(record, record.schema === Switch ? switchValue(set) : set, record.env);
}

function switchValue(text: string): unknown {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  return /^(0|false|no|off)$/i.test(text) ? false : text;
}

function checked(record: OptionRecord, value: unknown, source: string): unknown {
  const parsed = record.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new HoldfastError('option-invalid', { source, problem: problemOf(record, parsed.error) });
}

function problemOf(record: OptionRecord, error: z.ZodError): string {
  if (record.schema === Switch) return 'it is on or off: write 1 or 0';
  if (record.schema instanceof z.ZodEnum) return `it must be one of ${record.schema.options.join(', ')}`;
  const [issue] = error.issues;
  return issue?.code === 'too_small' ? 'it is empty' : (issue?.message ?? 'it has a wrong value');
}

/** XDG Base Directory Specification: a relative XDG_STATE_HOME is to be ignored. */
function defaultData({ env, home, uid }: OptionSources): string {
  if (uid === 0) return '/var/lib/holdfast';
  const state = env.XDG_STATE_HOME;
  return join(state !== undefined && isAbsolute(state) ? state : join(home, '.local', 'state'), 'holdfast');
}
