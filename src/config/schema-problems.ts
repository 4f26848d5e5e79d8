import type { z } from 'zod';
import { suggest } from '../lib/suggest.ts';
import type { SiteProblem } from './site-references.ts';

/**
 * What zod found, in words that say how to mend it, each at the place in the value that it is about. `holdsSecret` names
 * the places whose value must not be repeated in a message.
 */
export function schemaProblems(
  error: z.ZodError,
  schema: z.ZodType,
  value: unknown,
  holdsSecret: (path: Path) => boolean = () => false,
): SiteProblem[] {
  const masked = maskText(value, [], holdsSecret);
  return error.issues.flatMap((issue) => explain(issue as Issue, schema, masked, []));
}

/** Keys stay, text at secret places becomes stars: messages are made from this copy. */
function maskText(value: unknown, path: Path, holdsSecret: (path: Path) => boolean): unknown {
  if (typeof value === 'string') return holdsSecret(path) ? '********' : value;
  if (Array.isArray(value)) return value.map((item, index) => maskText(item, [...path, index], holdsSecret));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, maskText(item, [...path, key], holdsSecret)]),
  );
}

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

function explain(issue: Issue, schema: z.ZodType, value: unknown, base: Path): SiteProblem[] {
  const path = [...base, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))];
  const received = valueAt(value, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: unknownKey(key, keysAt(schema, value, path)),
        key: true,
      }));
    case 'invalid_union':
      return explainUnion(issue, schema, value, path);
    case 'invalid_key':
      return issue.issues.map((inner) => ({
        path,
        key: true,
        message: `"${path.at(-1)}" is no usable name: ${inner.message}`,
      }));
    case 'invalid_type':
      if (received === undefined)
        return [{ path, message: `"${path.at(-1)}" is missing: ${needed(schema, value, path, issue.expected)}` }];
      return [{ path, message: `this must be ${article(issue.expected)}, and it is ${describe(received)}` }];
    case 'invalid_value':
      if (received === undefined)
        return [{ path, message: `"${path.at(-1)}" is missing: one of ${issue.values.join(', ')}` }];
      return [{ path, message: wrongChoice(received, issue.values.map(String)) }];
    case 'too_small':
      return [{ path, message: limit(issue.origin, 'at least', Number(issue.minimum), received) }];
    case 'too_big':
      return [{ path, message: limit(issue.origin, 'at most', Number(issue.maximum), received) }];
    default:
      return [
        {
          path,
          message:
            typeof received === 'string' && !issue.message.includes(received)
              ? `"${clip(received)}": ${issue.message}`
              : issue.message,
        },
      ];
  }
}

/** The branch a person meant is the one whose own keys fit; only its mistakes are worth telling. */
function explainUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  schema: z.ZodType,
  value: unknown,
  path: Path,
): SiteProblem[] {
  const union = unwrap(schemaAt(schema, value, path));
  const options = union?._zod.def.type === 'union' ? (union as z.ZodUnion<z.ZodType[]>).options : [];
  const received = valueAt(value, path);
  const own = options.map((option) => ownKeys(option, options));
  if (!isRecord(received) || own.some((keys) => keys.length === 0)) {
    const kinds = own.every((keys) => keys.length > 0)
      ? `a mapping with ${alternatives(own)}`
      : options.map((option) => article(unwrap(option)?._zod.def.type ?? 'value')).join(' or ');
    return [
      {
        path,
        message:
          received === undefined
            ? `"${path.at(-1)}" is missing: it is ${kinds}`
            : `this must be ${kinds}, and it is ${describe(received)}`,
      },
    ];
  }
  const fitting = own.flatMap((keys, index) => (keys.some((key) => Object.hasOwn(received, key)) ? [index] : []));
  if (fitting.length > 1) return [{ path, message: `this has more than one of ${alternatives(own)}: keep one` }];
  const [only] = fitting;
  if (only === undefined) return withoutBranch(received, options, own, path);
  return (issue.errors[only] ?? []).flatMap((inner) => explain(inner as Issue, schema, value, path));
}

function withoutBranch(
  received: Readonly<Record<string, unknown>>,
  options: readonly z.ZodType[],
  own: readonly (readonly string[])[],
  path: Path,
): SiteProblem[] {
  const known = new Set(options.flatMap((option) => shapeKeys(option)));
  const missing: SiteProblem = { path, message: `this needs one of ${alternatives(own)}` };
  const unknown = Object.keys(received).filter((key) => !known.has(key));
  return [
    missing,
    ...unknown.map((key) => ({ path: [...path, key], message: unknownKey(key, [...known]), key: true })),
  ];
}

/** First required key that only this branch of a union has. */
function ownKeys(option: z.ZodType, options: readonly z.ZodType[]): string[] {
  const others = new Set(options.filter((other) => other !== option).flatMap((other) => shapeKeys(other)));
  const shape = shapeOf(option);
  return shapeKeys(option).filter((key) => !others.has(key) && shape?.[key]?.safeParse(undefined).success === false);
}

function alternatives(own: readonly (readonly string[])[]): string {
  const names = own.map((keys) => keys[0] ?? '');
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function unknownKey(key: string, known: readonly string[]): string {
  const near = suggest(key, known);
  if (near !== undefined) return `there is no key "${key}" here; did you mean "${near}"?`;
  return `there is no key "${key}" here; keys are ${known.join(', ')}`;
}

function wrongChoice(received: unknown, values: readonly string[]): string {
  const near = typeof received === 'string' ? suggest(received, values) : undefined;
  const choices = values.length === 1 ? `it can only be ${values[0]}` : `it must be one of ${values.join(', ')}`;
  const mean = near === undefined || values.length === 1 ? '' : `; did you mean ${near}?`;
  return `${describe(received)} is not possible here; ${choices}${mean}`;
}

function needed(schema: z.ZodType, value: unknown, path: Path, expected: string): string {
  const description = descriptionOf(schemaAt(schema, value, path));
  return description === undefined ? `${article(expected)}` : lowerFirst(description);
}

function descriptionOf(schema: z.ZodType | undefined): string | undefined {
  return schema?.description ?? unwrap(schema)?.description;
}

function limit(origin: string, bound: string, count: number, received: unknown): string {
  if (origin === 'array')
    return received !== undefined && count === 1
      ? 'this list is empty; name at least one'
      : `this list must have ${bound} ${count}`;
  if (origin === 'string')
    return count === 1 && bound === 'at least' ? 'this is empty' : `this must have ${bound} ${count} characters`;
  return `${describe(received)} is out of range: it must be ${bound} ${count}`;
}

/** The schema that judges the value at `path`, taking the branch of each union whose own key is there. */
export function schemaAt(schema: z.ZodType, value: unknown, path: Path): z.ZodType | undefined {
  let current: z.ZodType | undefined = schema;
  let here = value;
  for (const key of path) {
    current = member(branch(current, here), key);
    here = valueAt(here, [key]);
  }
  return current;
}

function keysAt(schema: z.ZodType, value: unknown, path: Path): string[] {
  return shapeKeys(branch(schemaAt(schema, value, path), valueAt(value, path)));
}

function branch(schema: z.ZodType | undefined, value: unknown): z.ZodType | undefined {
  const inner = unwrap(schema);
  if (inner?._zod.def.type !== 'union') return inner;
  const { options } = inner as z.ZodUnion<z.ZodType[]>;
  const fitting = options.find(
    (option) => isRecord(value) && ownKeys(option, options).some((key) => Object.hasOwn(value, key)),
  );
  return unwrap(fitting);
}

function member(schema: z.ZodType | undefined, key: string | number): z.ZodType | undefined {
  const inner = unwrap(schema);
  if (inner?._zod.def.type === 'record') return (inner as z.ZodRecord).valueType as z.ZodType;
  if (inner?._zod.def.type === 'array') return (inner as z.ZodArray<z.ZodType>).element;
  return shapeOf(inner)?.[key];
}

/** Through defaults, options and transforms to the schema that reads what a person wrote. */
function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  let current = schema;
  while (current !== undefined) {
    const def = current._zod.def as { type: string; innerType?: z.ZodType; in?: z.ZodType };
    if (def.type === 'pipe') current = def.in;
    else if (def.innerType !== undefined) current = def.innerType;
    else return current;
  }
  return undefined;
}

function shapeOf(schema: z.ZodType | undefined): Readonly<Record<string, z.ZodType>> | undefined {
  const inner = unwrap(schema);
  return inner?._zod.def.type === 'object' ? ((inner as z.ZodObject).shape as Record<string, z.ZodType>) : undefined;
}

function shapeKeys(schema: z.ZodType | undefined): string[] {
  return Object.keys(shapeOf(schema) ?? {});
}

function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const key of path) {
    if (Array.isArray(current)) current = current[Number(key)];
    else current = isRecord(current) && Object.hasOwn(current, key) ? current[key] : undefined;
  }
  return current;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function article(type: string): string {
  const names: Readonly<Record<string, string>> = {
    object: 'a mapping',
    record: 'a mapping',
    array: 'a list',
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    null: 'null',
  };
  return names[type] ?? type;
}

function describe(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (isRecord(value)) return 'a mapping';
  return typeof value === 'string' ? `"${clip(value)}"` : String(value);
}

function clip(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
