import { z } from 'zod';
import type { Operation } from '../operations/types.ts';

/** One field of an operation's input, as far as a face needs to know it to ask for it. */
export interface InputField {
  /** As in the schema: `negativeControl`. */
  readonly name: string;
  /** As on the command line: `negative-control`. */
  readonly flag: string;
  readonly kind: 'string' | 'number' | 'boolean' | 'list' | 'json';
  readonly choices: readonly string[];
  /** What a shell offers: the choices, or the examples of a text that is checked elsewhere. */
  readonly offered: readonly string[];
  readonly required: boolean;
  readonly default: unknown;
  readonly describe: string;
  /** Items of a list are numbers. */
  readonly numbers: boolean;
}

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
}

/** The fields of an operation's input, in the order of its schema, read from the side that a person writes. */
export function inputFields(operation: Operation): InputField[] {
  const schema = inputSchema(operation) as JsonSchema;
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const shape = withoutNull(property);
    const kind = kindOf(shape);
    const one = kind === 'list' ? withoutNull(shape.items ?? {}) : shape;
    const choices = choicesOf(one);
    return {
      name,
      flag: kebab(name),
      kind,
      choices,
      offered: choices.length > 0 ? choices : (one.examples ?? []).map(String),
      required: required.has(name),
      default: property.default,
      describe: property.description ?? shape.description ?? '',
      numbers: kind === 'list' && isNumber(shape.items ?? {}),
    };
  });
}

/** JSON Schema of what an operation takes. */
export function inputSchema(operation: Operation): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' });
}

/** JSON Schema of what an operation gives. */
export function outputSchema(operation: Operation): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(operation.output, { io: 'output', unrepresentable: 'any' });
}

/** `negativeControl` -> `negative-control`. */
export function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function withoutNull(schema: JsonSchema): JsonSchema {
  const rest = schema.anyOf?.filter((option) => option.type !== 'null') ?? [];
  const [only] = rest;
  return rest.length === 1 && only !== undefined ? only : schema;
}

function kindOf(schema: JsonSchema): InputField['kind'] {
  if (schema.type === 'array') return 'list';
  if (schema.type === 'object') return 'json';
  if (schema.type === 'boolean') return 'boolean';
  return isNumber(schema) ? 'number' : 'string';
}

function isNumber(schema: JsonSchema): boolean {
  return schema.type === 'number' || schema.type === 'integer';
}

function choicesOf(schema: JsonSchema): string[] {
  if (schema.const !== undefined) return [String(schema.const)];
  return (schema.enum ?? []).filter((value) => value !== null).map(String);
}
