import { HoldfastError } from '../errors/holdfast-error.ts';
import type { ProcedureOutcome } from '../evidence/procedure-model.ts';
import type { Redact } from '../lib/redact.ts';
import type { Estate } from '../protection/estate.ts';
import type { Parameter, Procedure, Step } from '../runbooks/types.ts';
import type { RunbookInput } from './input.ts';

type Source = ProcedureOutcome['parameters'][number]['source'];

interface Value {
  readonly text: string;
  readonly source: Source;
  readonly secret: boolean;
}

/** Stands for a secret where a run is only read, or ended: nothing begins with it. */
export const unreadSecret = 'unread';

/** The values of a run's parameters, as far as they are known. */
export class Values {
  readonly #known = new Map<string, Value>();
  readonly #leftToTarget = new Set<string>();

  set(name: string, text: string, source: Source, secret = false): void {
    this.#known.set(name, { text, source, secret });
  }

  /** Nobody gave it: whatever the target's own environment says. */
  leaveToTarget(name: string): void {
    this.#leftToTarget.add(name);
  }

  isLeftToTarget(name: string): boolean {
    return this.#leftToTarget.has(name);
  }

  isSecret(name: string): boolean {
    return this.#known.get(name)?.secret === true;
  }

  get(name: string): string | undefined {
    return this.#known.get(name)?.text;
  }

  texts(): ReadonlyMap<string, string> {
    return new Map([...this.#known].map(([name, { text }]) => [name, text]));
  }

  /** What libpq reads of them: PGHOST, PGUSER, PGPASSWORD and their like. */
  connection(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      [...this.#known].flatMap(([name, { text }]) => (/^PG[A-Z]+$/.test(name) ? [[name, text]] : [])),
    );
  }

  /** What may be recorded of them: a secret only by its name. */
  recorded(): ProcedureOutcome['parameters'] {
    return [...this.#known].map(([name, { text, source, secret }]) => ({
      name,
      value: secret ? '[redacted]' : text,
      source,
    }));
  }
}

/**
 * What is known before the first step: given by whoever started the run, else by the site file, else by the runbook itself. Secrets are read
 * where the site file says. Throws what reading a secret throws.
 */
export async function knownValues(
  input: RunbookInput,
  { parameters, steps }: Pick<Procedure, 'parameters' | 'steps'>,
  estate: Pick<Estate, 'secret' | 'redact'>,
): Promise<Values> {
  const values = new Values();
  const { site } = input.source;
  const named = new Map<string, Parameter | undefined>(parameters.map((parameter) => [parameter.name, parameter]));
  // No text names these: conditions do, and SQL needs the others.
  for (const name of conditionNames(steps)) if (!named.has(name)) named.set(name, undefined);
  for (const name of [...Object.keys(site.parameters), ...Object.keys(site.secrets)])
    if (/^PG[A-Z]+$/.test(name) && !named.has(name)) named.set(name, undefined);
  for (const [name, parameter] of named) {
    const given = input.parameters[name];
    const ofSite = Object.hasOwn(site.parameters, name) ? site.parameters[name] : undefined;
    const secret = Object.hasOwn(site.secrets, name) ? site.secrets[name] : undefined;
    if (given !== undefined) values.set(name, given, 'given');
    else if (ofSite !== undefined) values.set(name, ofSite, 'site');
    else if (secret !== undefined) values.set(name, await estate.secret(secret), 'site', true);
    else if (parameter?.source === 'default' && parameter.default !== undefined)
      values.set(name, parameter.default, 'default', parameter.default !== '' && namesSecret(name, estate.redact));
  }
  return values;
}

/** Values on the command line are recorded as they are; one that looks like a secret would be masked, and then not be what was given. */
export function refuseSecretValues(parameters: Readonly<Record<string, string>>, redact: Redact): void {
  for (const [name, text] of Object.entries(parameters)) {
    if (redact(text) !== text || redact(`${name}=${text}`) !== `${name}=${text}`)
      throw new HoldfastError('parameter-secret', { name });
  }
}

/** Whether what has this name would be masked wherever it is written: a password, a token, a key. */
export function namesSecret(name: string, redact: Redact): boolean {
  const written = `${name}=any-value-of-it-1`;
  return redact(written) !== written;
}

/** Parameters by which steps say when they are done. */
export function conditionNames(steps: readonly Pick<Step, 'annotations'>[]): string[] {
  return [...new Set(steps.flatMap(({ annotations }) => annotations.when?.match(/^\s*([\w.-]+)/)?.[1] ?? []))];
}

/** `TIER == cold`, `TIER != cold`, `TIER`: whether a step's condition holds. What is not known is empty. */
export function holds(condition: string, values: Pick<Values, 'get'>): boolean {
  const found = /^\s*([A-Za-z_][\w.-]*)\s*(?:(==|!=)\s*(.*?))?\s*$/.exec(condition);
  const [, name = '', operator, quoted = ''] = found ?? [];
  if (found === null) throw new HoldfastError('condition-unreadable', { condition });
  const value = values.get(name) ?? '';
  const wanted = quoted.replace(/^(["'])(.*)\1$/, '$2');
  if (operator === undefined) return value !== '' && value !== 'false' && value !== '0';
  return operator === '==' ? value === wanted : value !== wanted;
}
