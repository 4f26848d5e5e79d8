import { explain } from '../effects/explain.ts';
import type { Label } from '../effects/types.ts';
import { unionOf } from '../effects/union.ts';
import { occurrences, parameterNames, variablesOf } from './parameters/index.ts';
import { fillShell } from './resolve/fill-shell.ts';
import { fillSql } from './resolve/fill-sql.ts';
import { single } from './resolve/quote.ts';
import { replaceAt } from './resolve/replace.ts';
import { variableProblems } from './resolve/variables.ts';
import type { Step } from './types.ts';

/** What of a step matters for filling it. */
export type StepText = Pick<Step, 'text' | 'language'>;

export interface ResolvedStep {
  /** The text to run. Where something is missing or a problem, its placeholder is still there: then it must not run. */
  readonly command: string;
  /** Shell variables that the text reads, for the environment of whatever runs it. */
  readonly env: Readonly<Record<string, string>>;
  /** Parameters without a value. */
  readonly missing: readonly string[];
  /** Values that cannot be put where they belong without a risk, each in one sentence. Never holds a value. */
  readonly problems: readonly string[];
}

/**
 * Fills a step for running. Shell variables become environment. Textual forms are put in so that a value can end no word, no quote and no
 * command: quoted for the place where they stand, and only plain characters where another interpreter reads the text again (ssh, `sh -c`,
 * `psql -c`) or the place cannot be told. In SQL a value inside quotes is a literal, elsewhere a name or a number. Pure; never throws.
 */
export function resolveStep(step: StepText, values: ReadonlyMap<string, string>): ResolvedStep {
  const { text, language } = step;
  const found = occurrences(text, language);
  const filled =
    language === 'sh'
      ? fillShell(text, found, values)
      : language === 'sql'
        ? fillSql(text, found, values)
        : { command: fillPlain(text, values, language), problems: [] };
  const variables = variablesOf(text, language);
  const env: Record<string, string> = {};
  for (const { name } of variables) {
    const value = values.get(name);
    if (value !== undefined) env[name] = value;
  }
  const optional = new Set(variables.filter((each) => each.default !== undefined).map(({ name }) => name));
  const textual = new Set(found.map(({ name }) => name));
  const missing = parameterNames(text, language).filter(
    (name) => !values.has(name) && (textual.has(name) || !optional.has(name)),
  );
  return {
    command: filled.command,
    env,
    missing,
    problems: [...new Set([...filled.problems, ...variableProblems(text, variables, values)])],
  };
}

/**
 * What the step would do with these values: the union over its text as it will run and its text with the shell variables put in as the shell
 * would, so that `rm -rf $DIR/` with an empty DIR is judged as what it is. SQL is unknown until `prepareEffects` has run.
 */
export function effectsOf(step: StepText, values: ReadonlyMap<string, string>): Label[] {
  const { language } = step;
  if (language === undefined) return ['not-shell'];
  const { command, problems } = resolveStep(step, values);
  const texts = new Set(language === 'sh' ? withVariables(command, step.text, values) : [command]);
  // What was refused never runs like this; it is shown as what it would have been.
  if (problems.length > 0) texts.add(fillPlain(step.text, values, language));
  return unionOf([...texts].flatMap((text) => explain(text, { language }).effects));
}

/** The command as the shell will see it: after assignments of its variables, and with plain values in their place. */
function withVariables(command: string, written: string, values: ReadonlyMap<string, string>): string[] {
  const used = variablesOf(written, 'sh');
  const given = used.flatMap(({ name, default: otherwise }) => {
    const value = values.get(name) ?? otherwise;
    return value === undefined ? [] : [[name, value] as const];
  });
  if (given.length === 0) return [command];
  const assigned = [...new Map(given)].map(([name, value]) => `${name}=${single(value)}\n`).join('');
  const plain = new Map(given.filter(([, value]) => /^[\w@%+=:,./ -]*$/.test(value)));
  return [
    assigned + command,
    ...(plain.size < new Map(given).size
      ? []
      : [
          replaceAt(
            command,
            variablesOf(command, 'sh'),
            ({ name, start, end }) => plain.get(name) ?? command.slice(start, end),
          ),
        ]),
  ];
}

/** Every form replaced by its bare value, for reading and judging; never for running. */
export function fillPlain(text: string, values: ReadonlyMap<string, string>, language?: string): string {
  const variables = variablesOf(text, language).map((each) => ({
    ...each,
    value: values.get(each.name) ?? each.default,
  }));
  const textual = occurrences(text, language).map((each) => ({ ...each, value: values.get(each.name) }));
  return replaceAt(
    text,
    [...variables, ...textual].filter((each) => each.value !== undefined),
    ({ value }) => value ?? '',
  );
}
