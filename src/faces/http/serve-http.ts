import type { AddressInfo } from 'node:net';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import type { Served, Services } from '../../operations/services.ts';
import type { Operation } from '../../operations/types.ts';
import { buildServer, type Server } from './build-server.ts';
import { openToken } from './token.ts';

export interface ServeRequest {
  readonly operations: readonly Operation[];
  readonly port: number;
  readonly services: Services;
  readonly signal: AbortSignal;
  readonly listening: (served: Served) => void;
}

/** How long requests and runs may take to end once the server was told to stop. Below the limit of the whole process. */
const stopLimitMs = 15_000;

/** Listens on 127.0.0.1 until `signal` aborts, then ends what is under way. Throws `port-taken` or `token-file-unusable`. */
export async function serveHttp({ operations, port, services, signal, listening }: ServeRequest): Promise<Served> {
  const token = await openToken(services.options.data);
  const server = buildServer({ operations, services, token: token.value, signal });
  try {
    await server.app.listen({ host: '127.0.0.1', port });
  } catch (cause) {
    await server.app.close();
    const reason =
      (cause as NodeJS.ErrnoException).code === 'EADDRINUSE'
        ? 'it is in use'
        : String((cause as NodeJS.ErrnoException).code);
    throw new HoldfastError('port-taken', { port, reason }, { cause });
  }
  const bound = server.app.server.address() as AddressInfo;
  const served = { url: `http://127.0.0.1:${bound.port}`, tokenFile: token.path };
  try {
    listening(served);
    await aborted(signal);
  } finally {
    await stop(server);
  }
  return served;
}

async function stop(server: Server): Promise<void> {
  const limit = setTimeout(() => server.app.server.closeAllConnections(), stopLimitMs);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, stopLimitMs);
  });
  try {
    await Promise.race([Promise.all([server.app.close(), server.idle()]), late]);
  } finally {
    clearTimeout(limit);
    clearTimeout(timer);
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
