import type { Operation } from '../../operations/types.ts';
import { routesOf } from '../http/routes.ts';
import { code, fenced, page, table } from './markdown.ts';

/** docs/http.md: how to reach the HTTP face, and every address of it. */
export function httpPage(operations: readonly Operation[]): string {
  const routes = routesOf(operations);
  return page(
    'HTTP',
    '`holdfast serve` answers on `127.0.0.1:7411`, and on no other address. From another machine, forward the port: ' +
      '`ssh -L 7411:127.0.0.1:7411 host`.',
    '## Token',
    'At the first start a token is made and kept in `http-token` in the data directory, readable by its owner alone. Each ' +
      'request but `GET /healthz` needs it. To replace it, stop the server, remove the file and start again.',
    fenced(
      'sh',
      'token=$(cat ~/.local/state/holdfast/http-token)\n' +
        'curl -H "Authorization: Bearer $token" http://127.0.0.1:7411/v1/doctor\n' +
        'curl -H "Authorization: Bearer $token" -H \'Content-Type: application/json\' \\\n' +
        '  -d \'{"assets": ["ledger"]}\' http://127.0.0.1:7411/v1/protect',
    ),
    '## Requests and answers',
    'A `POST` takes one JSON object, of at most 256 kB; no body means no input. A `GET` takes the same fields as a query, lists by ' +
      'repeating a name. The answer is what `--json` prints. An error is `{"error": {"code", "message", "why", "hint", "state"}}` ' +
      'with the status that [errors.md](errors.md) names.',
    'Long work is answered with `202` as soon as its run is recorded, with the address of the run in `Location`, and goes on ' +
      'when you hang up. When the server is stopped, runs under way are cancelled and recorded so.',
    'Requests whose `Host` is not this machine, or whose `Origin` or `Sec-Fetch-Site` shows that a page of another site made them, are ' +
      'refused: no web page can act in your name.',
    '## Addresses',
    '`GET /openapi.json` describes them all (OpenAPI 3.1), with the schema of each input and output.',
    table(
      ['address', 'what it does', 'long'],
      [
        ['`GET /healthz`', 'Whether the server answers; needs no token', ''],
        ['`GET /openapi.json`', 'The description of every address', ''],
        ...routes.map(({ method, path, operation }) => [
          code(`${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`),
          operation.title,
          operation.long === true && method === 'POST' ? 'yes' : '',
        ]),
      ],
    ),
  );
}
