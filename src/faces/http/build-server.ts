import fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import { HoldfastError, toHoldfastError } from '../../errors/holdfast-error.ts';
import { formatBytes } from '../../lib/bytes.ts';
import { mapTexts } from '../../lib/map-texts.ts';
import { version } from '../../lib/version.ts';
import type { Services } from '../../operations/services.ts';
import type { Operation } from '../../operations/types.ts';
import { readWord } from '../read-word.ts';
import { answer } from './answer.ts';
import { refuseForeignRequests, refuseWithoutToken } from './guard.ts';
import { openApi } from './open-api.ts';
import { type Route, routesOf } from './routes.ts';

export interface ServerRequest {
  readonly operations: readonly Operation[];
  readonly services: Services;
  readonly token: string;
  /** Ends what is under way when it aborts. */
  readonly signal: AbortSignal;
}

export interface Server {
  readonly app: FastifyInstance;
  /** Resolves when the long work that was accepted has ended. */
  idle(): Promise<void>;
}

const bodyLimit = 256_000;

/** The HTTP face, not yet listening. Each operation has its address, each error its status and its record. */
export function buildServer(request: ServerRequest): Server {
  const { operations, services, token, signal } = request;
  const underWay = new Set<Promise<unknown>>();
  const keep = (work: Promise<unknown>) => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };
  const app = fastify({
    logger: false,
    bodyLimit,
    exposeHeadRoutes: false,
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 200 },
  });
  takeJsonOnly(app);
  app.addHook('onRequest', async (incoming, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    refuseForeignRequests(incoming.headers);
    if (incoming.routeOptions.url !== '/healthz') refuseWithoutToken(incoming.headers, token);
    if (signal.aborted) throw new HoldfastError('server-stopping', {});
  });
  app.setErrorHandler((thrown, _incoming, reply) => {
    const error = errorOf(thrown);
    return reply.status(error.status).send(mapTexts({ error: shownRecord(error) }, services.redact));
  });
  app.setNotFoundHandler((incoming) => {
    throw new HoldfastError('route-unknown', { method: incoming.method, path: pathOf(incoming) });
  });

  app.get('/healthz', async () => ({ status: 'ok', version }));
  app.get('/openapi.json', async () => openApi(operations));
  for (const route of routesOf(operations)) {
    app.route({
      method: route.method,
      url: route.path,
      handler: async (incoming, reply) => {
        const gone = new AbortController();
        reply.raw.once('close', () => gone.abort());
        // Long work goes on when the one who asked for it hangs up; a question does not.
        const limit = route.operation.long === true ? signal : AbortSignal.any([signal, gone.signal]);
        const { status, location, body } = await answer(route, inputOf(route, incoming), services, limit, keep);
        if (location !== undefined) reply.header('location', location);
        return reply.status(status).send(body ?? null);
      },
    });
  }
  return {
    app,
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}

/** Only the type that a page of another origin cannot send without asking first. An empty body is no input. */
function takeJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (incoming, body, done) => {
    if (body === '') done(null, {});
    else parse(incoming, String(body), done);
  });
}

function inputOf(route: Route, incoming: FastifyRequest): unknown {
  if (route.method === 'POST') return incoming.body ?? {};
  const words = { ...(incoming.query as Record<string, unknown>), ...(incoming.params as Record<string, unknown>) };
  return Object.fromEntries(
    Object.entries(words).map(([name, word]) => {
      const field = route.fields.find((candidate) => candidate.name === name);
      return [name, field === undefined ? word : readWord(field, word)];
    }),
  );
}

/** What Fastify refuses by itself, in the words of the registry. */
function errorOf(thrown: unknown): HoldfastError {
  const { code, statusCode, message } = thrown as Partial<FastifyError>;
  if (thrown instanceof HoldfastError) return thrown;
  const limit = formatBytes(bodyLimit);
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new HoldfastError('body-too-large', { limit }, { cause: thrown });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new HoldfastError('body-type-wrong', {}, { cause: thrown });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new HoldfastError('body-unreadable', { reason: message ?? 'it is malformed', limit }, { cause: thrown });
  }
  return toHoldfastError(thrown);
}

/** The message of a fault in Holdfast itself may hold paths and queries: it stays on this side. */
function shownRecord(error: HoldfastError): unknown {
  const record = error.toJSON();
  if (error.code !== 'unexpected') return record;
  return { ...record, message: 'Something went wrong that Holdfast did not foresee.' };
}

function pathOf(incoming: FastifyRequest): string {
  return (incoming.url.split('?', 1)[0] ?? '').slice(0, 200).replaceAll(/[^\x20-\x7e]/g, '?');
}
