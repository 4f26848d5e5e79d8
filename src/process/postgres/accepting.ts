import { connect, type Socket } from 'node:net';
import { join } from 'node:path';

/**
 * How a server answers: `accepting`; `not-yet` while it starts, recovers or stops; `silent` when nobody answers. The same
 * question as pg_isready asks, without needing that program: a startup packet, and no password is ever sent.
 * Source: PostgreSQL documentation, "Message Flow" and error code 57P03.
 */
export type Answer = 'accepting' | 'not-yet' | 'silent';

/** Asks once; `timeoutMs` without an answer is `silent`. */
export function askServer(host: string, port: number, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = host.startsWith('/') ? connect(socketPath(host, port)) : connect(port, host);
    const received: Buffer[] = [];
    const settle = (answer: Answer): void => {
      clearTimeout(limit);
      socket.destroy();
      resolve(answer);
    };
    const limit = setTimeout(() => settle('silent'), timeoutMs);
    socket.on('connect', () => sendStartup(socket));
    socket.on('error', () => settle('silent'));
    socket.on('close', () => settle('silent'));
    socket.on('data', (chunk) => {
      received.push(chunk);
      const answer = readAnswer(Buffer.concat(received));
      if (answer !== undefined) settle(answer);
    });
  });
}

/** The file of a server's unix socket. */
export function socketPath(directory: string, port: number): string {
  return join(directory, `.s.PGSQL.${port}`);
}

function sendStartup(socket: Socket): void {
  const parameters = Buffer.from('user\0holdfast\0database\0postgres\0\0');
  const head = Buffer.alloc(8);
  head.writeInt32BE(parameters.length + 8, 0);
  head.writeInt32BE(196_608, 4); // protocol 3.0
  socket.write(Buffer.concat([head, parameters]));
}

function readAnswer(message: Buffer): Answer | undefined {
  if (message.length < 5) return undefined;
  const type = String.fromCharCode(message[0] ?? 0);
  // Any request for authentication means that it takes connections.
  if (type !== 'E') return 'accepting';
  if (message.length < 1 + message.readInt32BE(1)) return undefined;
  const fields = message.subarray(5).toString('utf8').split('\0');
  // 57P03: starting up, shutting down or recovering. Any other refusal (no such user, too many clients) comes from a server that is up.
  return fields.includes('C57P03') ? 'not-yet' : 'accepting';
}
