import type { Operation } from '../../operations/types.ts';
import { type InputField, inputFields } from '../input-fields.ts';

/** An address of the HTTP face and the operation behind it. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** As Fastify writes it: `/v1/runs/:id`. */
  readonly path: string;
  /** The input field that is part of the path. */
  readonly parameter?: InputField;
  readonly fields: readonly InputField[];
  readonly operation: Operation;
}

/**
 * The addresses of every operation with the face `http`. `runs show` is POST /v1/runs/show; as it only reads, it is GET
 * there as well, and as it shows one of a kind it is also GET /v1/runs/<id>. `runs list` is also GET /v1/runs.
 */
export function routesOf(operations: readonly Operation[]): Route[] {
  return operations.filter(({ faces }) => faces.includes('http')).flatMap(routesOfOne);
}

function routesOfOne(operation: Operation): Route[] {
  const fields = inputFields(operation);
  const path = `/v1/${operation.name.replaceAll(' ', '/')}`;
  const routes: Route[] = [{ method: 'POST', path, fields, operation }];
  if (!onlyReads(operation) || fields.some((field) => field.required && field.kind === 'json')) return routes;
  routes.push({ method: 'GET', path, fields, operation });
  const [noun = '', verb] = operation.name.split(' ');
  if (verb === 'list') routes.push({ method: 'GET', path: `/v1/${noun}`, fields, operation });
  const parameter = fields.find((field) => field.name === operation.positional?.[0] && field.kind === 'string');
  if (verb === 'show' && parameter !== undefined) {
    routes.push({ method: 'GET', path: `/v1/${noun}/:${parameter.name}`, parameter, fields, operation });
  }
  return routes;
}

function onlyReads(operation: Operation): boolean {
  return operation.effects.every((effect) => effect === 'none' || effect === 'read');
}
