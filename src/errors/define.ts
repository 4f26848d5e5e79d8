import type { ExitCode } from './exit-codes.ts';

/** What one error says. Every text may hold `{name}` placeholders, filled from the details given when it is thrown. */
export interface ErrorDefinition {
  /** A few words, the same each time: the heading in docs/errors.md. */
  readonly title: string;
  /** What happened, in one sentence. */
  readonly message: string;
  /** Why it happens. */
  readonly why: string;
  /** What to do now. */
  readonly hint: string;
  /** What state was left behind. */
  readonly state: string;
  /** HTTP status of the HTTP face. */
  readonly status: number;
  /** Process exit code of the CLI. */
  readonly exit: ExitCode;
}

/** Keeps the literal types of an area of the registry, so that placeholders are checked where errors are thrown. */
export function defineErrors<const Definitions extends Readonly<Record<string, ErrorDefinition>>>(
  definitions: Definitions,
): Definitions {
  return definitions;
}

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** The details an error must be thrown with: every placeholder that its texts name. */
export type DetailsOf<Definition extends ErrorDefinition> = Readonly<
  Record<Placeholders<Definition['message' | 'why' | 'hint' | 'state']>, string | number>
>;

/** Fills `{name}` placeholders. A placeholder without a detail stays as it is, so that nothing is lost. */
export function fill(text: string, details: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{([a-zA-Z]+)\}/g, (whole, name: string) => String(details[name] ?? whole));
}
