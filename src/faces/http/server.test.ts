import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { registry } from '../../errors/registry.ts';
import { redactor } from '../../lib/redact.ts';
import { operations as all } from '../../operations/api.ts';
import type { Services } from '../../operations/services.ts';
import { defineOperation, type Operation } from '../../operations/types.ts';
import { buildServer, type Server } from './build-server.ts';
import { routesOf } from './routes.ts';

const token = `hf_${'a'.repeat(43)}`;
const authorization = `Bearer ${token}`;
const open: Server[] = [];

afterEach(async () => {
  for (const { app } of open.splice(0)) await app.close();
});

describe('who may ask', () => {
  it('is anybody on this machine for /healthz, and nobody without the token for the rest', async () => {
    const { app } = server([echo]);
    expect((await app.inject('/healthz')).json()).toMatchObject({ status: 'ok' });
    for (const url of ['/openapi.json', '/v1/echo', '/nowhere']) {
      const answer = await app.inject(url);
      expect(answer.statusCode).toBe(401);
      expect(answer.json()).toMatchObject({ error: { code: 'token-missing', hint: expect.any(String) } });
    }
  });

  it.each(['Bearer wrong', `Bearer ${token}x`, `Basic ${token}`, token, `Bearer ${token.toUpperCase()}`])(
    'is not one with "%s"',
    async (wrong) => {
      const { app } = server([echo]);
      expect((await app.inject({ url: '/v1/echo', headers: { authorization: wrong } })).statusCode).toBe(401);
    },
  );

  it.each([
    ['a name that an attacker points at this machine', { host: 'attacker.example' }],
    ['the same with a port', { host: 'attacker.example:7411' }],
    ['a name that only begins like this machine', { host: 'localhost.attacker.example' }],
    ['a page of another origin', { host: '127.0.0.1:7411', origin: 'https://attacker.example' }],
    ['a page of another port of this machine', { host: '127.0.0.1:7411', origin: 'http://127.0.0.1:8080' }],
    ['a page in a sandboxed frame', { host: '127.0.0.1:7411', origin: 'null' }],
    ['an image or a form of another site', { host: '127.0.0.1:7411', 'sec-fetch-site': 'cross-site' }],
  ])('is not %s, even with the token and for /healthz', async (_name, headers) => {
    const { app } = server([echo]);
    for (const url of ['/v1/echo', '/healthz']) {
      const answer = await app.inject({ url, headers: { authorization, ...headers } });
      expect(answer.statusCode).toBe(403);
      expect(answer.json().error.code).toBe('origin-refused');
    }
  });

  it.each(['127.0.0.1:7411', 'localhost:9000', '[::1]:7411'])('is one who calls this machine %s', async (host) => {
    const { app } = server([echo]);
    const headers = { authorization, host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
    expect((await app.inject({ url: '/v1/echo?word=x', headers })).statusCode).toBe(200);
  });
});

describe('a request', () => {
  it('reaches an operation by its words, with the actor of the token', async () => {
    const answer = await post('/v1/evidence/count', { things: ['a', 'b'] }, [count]);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ count: 2, actor: 'http-token', face: 'http' });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('may have no body at all', async () => {
    const { app } = server([count]);
    const answer = await app.inject({ method: 'POST', url: '/v1/evidence/count', headers: { authorization } });
    expect(answer.json()).toMatchObject({ count: 0 });
  });

  it('may be a GET for an operation that only reads, with numbers, switches and lists in its query', async () => {
    const { app } = server([echo]);
    const answer = await app.inject({
      url: '/v1/echo?word=w&times=3&loud=true&more=a&more=b',
      headers: { authorization },
    });
    expect(answer.json()).toEqual({ word: 'w', times: 3, loud: true, more: ['a', 'b'] });
  });

  it('is never a GET for an operation that does something', async () => {
    const { app } = server([count]);
    const answer = await app.inject({ url: '/v1/evidence/count', headers: { authorization } });
    expect(answer.statusCode).toBe(404);
    expect(answer.json().error).toMatchObject({
      code: 'route-unknown',
      message: 'There is no GET /v1/evidence/count.',
    });
  });

  it('is told every mistake in its input', async () => {
    const answer = await post('/v1/echo', { word: 1, tims: 2 }, [echo]);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.message).toContain('word: this must be text, and it is 1');
    expect(answer.json().error.message).toContain('there is no key "tims" here; did you mean "times"?');
  });

  it.each([
    ['of a type that a page may send without asking', 'text/plain', '{}', 415, 'body-type-wrong'],
    ['of a form', 'application/x-www-form-urlencoded', 'word=x', 415, 'body-type-wrong'],
    ['that is no JSON', 'application/json', '{', 400, 'body-unreadable'],
    ['that would change a prototype', 'application/json', '{"__proto__":{"x":1}}', 400, 'body-unreadable'],
    ['that is too large', 'application/json', JSON.stringify({ word: 'x'.repeat(300_000) }), 413, 'body-too-large'],
    ['that is no object', 'application/json', '[1]', 400, 'input-invalid'],
  ])('is refused with a body %s', async (_name, type, payload, status, code) => {
    const { app } = server([echo]);
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/echo',
      headers: { authorization, 'content-type': type },
      payload,
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.json().error.code).toBe(code);
  });

  it('is refused once the server is stopping', async () => {
    const { app } = server([echo], AbortSignal.abort());
    expect((await app.inject({ url: '/v1/echo?word=x', headers: { authorization } })).statusCode).toBe(503);
  });
});

describe('an answer', () => {
  it('to a failure has the status and the record of its error', async () => {
    const answer = await post('/v1/fail', { how: 'ours' }, [fail]);
    expect(answer.statusCode).toBe(registry['site-file-missing'].status);
    expect(answer.json()).toEqual({ error: new HoldfastError('site-file-missing', { path: '/x' }).toJSON() });
  });

  it('to a fault of Holdfast shows neither message nor stack', async () => {
    const answer = await post('/v1/fail', { how: 'fault' }, [fail]);
    expect(answer.statusCode).toBe(500);
    expect(answer.json().error.code).toBe('unexpected');
    expect(answer.body).not.toContain('inner detail');
    expect(answer.body).not.toMatch(/\bat .*\.ts/);
  });

  it('holds no secret, in a result or in an error', async () => {
    expect((await post('/v1/echo', { word: 'planted-secret' }, [echo])).json().word).toBe('[redacted]');
    const failed = await post('/v1/fail', { how: 'planted-secret' }, [fail]);
    expect(failed.json().error.message).toContain('[redacted]');
    expect(failed.body).not.toContain('planted-secret');
  });

  it('that does not fit what the operation promises is an error', async () => {
    const answer = await post('/v1/fail', { how: 'wrong shape' }, [fail]);
    expect(answer.json().error.code).toBe('output-invalid');
  });
});

describe('long work', () => {
  it('is answered with 202 and its address once its run is recorded, goes on, and is waited for', async () => {
    let finish: () => void = () => undefined;
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const long = longOperation(async (services) => {
      await startRun(services, 'drill-1');
      await done;
      return {};
    });
    const built = server([long]);
    const answer = await built.app.inject({ method: 'POST', url: '/v1/work', headers: { authorization } });
    expect(answer.statusCode).toBe(202);
    expect(answer.headers.location).toBe('/v1/runs/drill-1');
    expect(answer.json()).toEqual({ run: 'drill-1' });
    let idle = false;
    const waiting = built.idle().then(() => {
      idle = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(idle).toBe(false);
    finish();
    await waiting;
    expect(idle).toBe(true);
  });

  it('that fails before its run is recorded is answered with its error', async () => {
    const long = longOperation(async () => {
      throw new HoldfastError('site-file-missing', { path: '/x' });
    });
    const answer = await post('/v1/work', {}, [long]);
    expect(answer.json().error.code).toBe('site-file-missing');
  });

  it('that fails after its run is recorded troubles nobody: the record has it', async () => {
    const long = longOperation(async (services) => {
      await startRun(services, 'drill-2');
      throw new Error('late');
    });
    const built = server([long]);
    const answer = await built.app.inject({ method: 'POST', url: '/v1/work', headers: { authorization } });
    expect(answer.statusCode).toBe(202);
    await built.idle();
  });
});

describe('/openapi.json', () => {
  it('describes every address that answers, and no other', async () => {
    const { app } = server(all);
    const { paths, openapi } = (await app.inject({ url: '/openapi.json', headers: { authorization } })).json();
    expect(openapi).toBe('3.1.0');
    const described = Object.entries(paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = routesOf(all).map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    expect(described.sort()).toEqual(['GET /healthz', ...routes].sort());
    for (const path of described) {
      const [method = '', url = ''] = path.split(' ');
      expect(app.hasRoute({ method: method as 'GET', url: url.replaceAll(/\{(\w+)\}/g, ':$1') }), path).toBe(true);
    }
  });

  it('has an id of its own for each address, and no reference that leads nowhere', async () => {
    const { app } = server(all);
    const document = (await app.inject({ url: '/openapi.json', headers: { authorization } })).json();
    const ids = [...JSON.stringify(document).matchAll(/"operationId":"([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, reference = ''] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = reference
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
      expect(found, reference).toBeDefined();
    }
  });
});

describe('routes', () => {
  it('lead to every operation with the face http, and to no other', () => {
    const reached = new Set(routesOf(all).map(({ operation }) => operation.name));
    expect([...reached].sort()).toEqual(
      all
        .filter(({ faces }) => faces.includes('http'))
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('show one of a kind by its id', async () => {
    const { app } = server([show]);
    const answer = await app.inject({ url: '/v1/things/abc-1', headers: { authorization } });
    expect(answer.json()).toEqual({ id: 'abc-1' });
  });
});

const record = {
  permission: 'test.run',
  examples: [],
  text: () => '',
  title: 'A test',
  description: 'A test',
} as const;

const echo = defineOperation({
  ...record,
  name: 'echo',
  effects: ['read'],
  faces: ['http'],
  input: z.strictObject({
    word: z.string().describe('A word'),
    times: z.number().optional().describe('A number'),
    loud: z.boolean().optional().describe('A switch'),
    more: z.array(z.string()).optional().describe('A list'),
  }),
  output: z.looseObject({}),
  handle: async (_context, input) => input,
});

const count = defineOperation({
  ...record,
  name: 'evidence count',
  effects: ['write'],
  faces: ['http'],
  input: z.strictObject({ things: z.array(z.string()).default([]).describe('Things') }),
  output: z.object({ count: z.number(), actor: z.string(), face: z.string() }),
  handle: async ({ services }, { things }) => ({
    count: things.length,
    actor: services.actor.name,
    face: services.actor.face,
  }),
});

const show = defineOperation({
  ...record,
  name: 'things show',
  effects: ['read'],
  faces: ['http'],
  positional: ['id'],
  input: z.strictObject({ id: z.string().describe('An id') }),
  output: z.object({ id: z.string() }),
  handle: async (_context, { id }) => ({ id }),
});

const fail = defineOperation({
  ...record,
  name: 'fail',
  effects: ['write'],
  faces: ['http'],
  input: z.strictObject({ how: z.string().describe('How') }),
  output: z.object({ right: z.literal(true) }),
  async handle(_context, { how }) {
    if (how === 'ours') throw new HoldfastError('site-file-missing', { path: '/x' });
    if (how === 'fault') throw new Error('inner detail');
    if (how === 'wrong shape') return { right: 'no' } as unknown as { right: true };
    throw new HoldfastError('site-file-missing', { path: how });
  },
});

function longOperation(work: (services: Services) => Promise<object>): Operation {
  return defineOperation({
    ...record,
    name: 'work',
    effects: ['write'],
    faces: ['http'],
    long: true,
    input: z.strictObject({}),
    output: z.looseObject({}),
    handle: async ({ services }) => ({ ...(await work(services)) }),
  });
}

/** What `records().runs.start` does for the HTTP face: it tells the id of the run. */
async function startRun(services: Services, id: string): Promise<void> {
  (services as Services & { announce(run: string): void }).announce(id);
}

function server(operations: readonly Operation[], signal: AbortSignal = new AbortController().signal): Server {
  const services = {
    redact: redactor(['planted-secret']),
    actingAs: (actor: Services['actor'], announce: (run: string) => void) => ({ actor, announce }),
  } as unknown as Services;
  const built = buildServer({ operations, services, token, signal });
  open.push(built);
  return built;
}

async function post(url: string, payload: object, operations: readonly Operation[]) {
  return await server(operations).app.inject({ method: 'POST', url, headers: { authorization }, payload });
}
