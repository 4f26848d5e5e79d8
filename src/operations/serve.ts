import { z } from 'zod';
import { defineOperation } from './types.ts';

export const serve = defineOperation({
  name: 'serve',
  title: 'Answer over HTTP on this machine',
  description:
    'Serves every operation at http://127.0.0.1:PORT/v1/..., described by /openapi.json, until Ctrl-C. A token is made at ' +
    'the first start and kept in the data directory, readable by you alone; each request needs it. It listens on this ' +
    'machine only: from elsewhere, forward the port with `ssh -L`.',
  input: z.strictObject({
    port: z.number().int().min(0).max(65_535).default(7411).describe('Port on 127.0.0.1; 0 takes any that is free'),
  }),
  output: z.object({ url: z.string(), tokenFile: z.string() }),
  permission: 'server.run',
  effects: ['write'],
  faces: ['cli'],
  examples: [
    { command: 'serve', does: 'listens on 127.0.0.1:7411' },
    { command: 'serve --port 0', does: 'listens on any free port and says which' },
  ],
  handle: async ({ services, signal, report }, { port }) =>
    await services.faces.serve(port, { services, signal }, ({ url, tokenFile }) => {
      report({ kind: 'note', level: 'info', message: `listening on ${url}, the token is in ${tokenFile}` });
    }),
  text: ({ url }) => `Stopped listening on ${url}.`,
});
