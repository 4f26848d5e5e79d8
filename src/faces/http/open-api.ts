import { version } from '../../lib/version.ts';
import type { Operation } from '../../operations/types.ts';
import { type InputField, inputSchema, outputSchema } from '../input-fields.ts';
import { type Route, routesOf } from './routes.ts';

type JsonObject = { readonly [key: string]: unknown };

const errorContent = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };

/** The OpenAPI 3.1 document of the HTTP face, made from the operation records. */
export function openApi(operations: readonly Operation[]): JsonObject {
  const paths: Record<string, Record<string, unknown>> = {
    '/healthz': {
      get: {
        operationId: 'get_healthz',
        summary: 'Whether the server answers',
        security: [],
        responses: { 200: { description: 'It does', content: json({ type: 'object' }) } },
      },
    },
  };
  for (const route of routesOf(operations)) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeRoute(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Holdfast', version, description: 'Every operation of Holdfast, on this machine.' },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: errorSchema },
    },
  };
}

function describeRoute(route: Route): JsonObject {
  const { operation, method, path } = route;
  const done = { description: operation.title, content: json(withoutDialect(outputSchema(operation))) };
  return {
    operationId: `${method.toLowerCase()}_${path.slice('/v1/'.length).replaceAll(/[^\w]+/g, '_')}`,
    summary: operation.title,
    description: [
      operation.description,
      `Permission: ${operation.permission}.`,
      ...(operation.gate === undefined ? [] : [`Gate: ${operation.gate}.`]),
    ].join('\n\n'),
    ...(method === 'POST'
      ? { requestBody: { required: false, content: json(withoutDialect(inputSchema(operation))) } }
      : { parameters: route.fields.map((field) => parameter(field, field.name === route.parameter?.name)) }),
    responses: {
      200: done,
      ...(operation.long === true ? { 202: accepted } : {}),
      default: { description: 'What, why, what to do, and what state was left', content: errorContent },
    },
  };
}

const accepted = {
  description: 'The run is recorded and under way; Location is where to look at it',
  headers: { Location: { schema: { type: 'string' } } },
  content: json({ type: 'object', properties: { run: { type: 'string' } }, required: ['run'] }),
};

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'why', 'hint', 'state'],
      properties: {
        code: { type: 'string', description: 'Permanent; docs/errors.md lists them all' },
        message: { type: 'string', description: 'What happened' },
        why: { type: 'string', description: 'Why it happens' },
        hint: { type: 'string', description: 'What to do now' },
        state: { type: 'string', description: 'What state was left behind' },
        output: { type: 'string', description: 'Output of the program that failed, redacted' },
      },
    },
  },
};

function parameter(field: InputField, inPath: boolean): JsonObject {
  const type = { string: 'string', number: 'number', boolean: 'boolean', list: 'array', json: 'string' }[field.kind];
  const choices = field.choices.length > 0 && field.kind !== 'list' ? { enum: field.choices } : {};
  const items = field.kind === 'list' ? { items: { type: field.numbers ? 'number' : 'string' } } : {};
  return {
    name: field.name,
    in: inPath ? 'path' : 'query',
    required: inPath || field.required,
    description: field.describe,
    schema: { type, ...choices, ...items },
  };
}

function json(schema: JsonObject): JsonObject {
  return { 'application/json': { schema } };
}

/** OpenAPI 3.1 says once for the whole document which dialect its schemas have. */
function withoutDialect({ $schema: _, ...schema }: JsonObject): JsonObject {
  return schema;
}
