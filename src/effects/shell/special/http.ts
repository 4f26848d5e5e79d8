import { secretFile } from '../../knowledge/paths.ts';
import { given, valuesOf } from '../rules.ts';
import type { Call, Session } from '../session.ts';
import { add, bit, replace, type Verdict } from '../verdict.ts';

const bodies =
  '-d --data --data-raw --data-binary --data-ascii --data-urlencode --json -F --form --form-string --post-data --post-file --body-data --body-file';
const stops =
  /_(?:shutdown|close)\b|\/-\/(?:quit|reload)|\/(?:shutdown|restart|reboot|poweroff|quitquitquit|failover|switchover|stop|actuator\/shutdown|maintenance)(?:[/?]|$)/i;
const removes = /\/(?:delete|destroy|purge|truncate|flush|drop|wipe|_delete_by_query|delete_series|remove)(?:[/?]|$)/i;
const secrets =
  /\/v1\/(?:secret|kv|database\/creds|auth\/token)\/?|\/secrets?(?:\/|$)|\/latest\/(?:meta-data\/iam|api\/token)|169\.254\.169\.254\/.*(?:credentials|token)|\/actuator\/(?:env|heapdump)/i;

/** Method, body and address of a request: GET reads, unless the address names an act; a body leaves. */
export function http(call: Call, own: Verdict, session: Session): void {
  const { parsed, scope } = call;
  const wget = call.name === 'wget';
  const urls = [...parsed.operands, ...valuesOf(parsed, '--url')].map((arg) => arg.text);
  const httpie = /^(?:https?|xh|xhs)$/.test(call.name);
  const upload = given(parsed, wget ? '--post-file --body-file' : '-T --upload-file', undefined);
  const body =
    given(parsed, bodies, undefined) ||
    (httpie && parsed.operands.slice(1).some((arg) => /^[\w-]+(?::?=(?!=)|@)/.test(arg.text)));
  const asked = httpie
    ? parsed.operands.find((arg) => /^[A-Z]+$/.test(arg.text))?.text
    : valuesOf(parsed, wget ? '--method' : '-X --request')[0]?.text;
  const forcedGet = given(parsed, '-G --get -I --head', undefined);
  const method = (asked ?? (upload ? 'PUT' : body && !forcedGet ? 'POST' : 'GET')).toUpperCase();
  const address = urls.join(' ');
  if (method === 'DELETE') replace(own, 'remote-delete', 'asks a server to delete');
  else if (/^(?:GET|HEAD|OPTIONS)$/.test(method)) replace(own, 'read', 'asks a server');
  else if (/^(?:POST|PUT|PATCH)$/.test(method))
    replace(own, upload || uploads(call) ? 'egress' : searching(address) ? 'read' : 'write', 'sends to a server');
  else replace(own, 'unknown', 'asks a server in a way that is not known');
  if (stops.test(address) && !/\/(?:status|health)/.test(address)) {
    own.bits &= ~(bit.read | bit.write);
    add(own, 'disrupt', 'asks a server to stop or restart');
  }
  if (removes.test(address) && method !== 'GET') {
    own.bits &= ~bit.write;
    add(own, 'remote-delete', 'asks a server to delete');
  }
  if (httpie && given(parsed, '--offline', undefined)) replace(own, 'none', 'only prints the request');
  if (/^file:\/\//.test(address) && secretFile.test(address.slice(7)))
    add(own, 'secret', 'reads a file that holds credentials');
  if (parsed.operands.some((arg) => arg.process !== undefined && /\?[^ ]*\ue000/.test(arg.text)))
    add(own, 'egress', 'sends what a command prints');
  if (secrets.test(address)) add(own, 'secret', 'reads a credential');
  const outputs = valuesOf(parsed, wget ? '-O --output-document' : '-o --output').filter(
    (arg) => !/^(?:-|\/dev\/null)$/.test(arg.text),
  );
  if (outputs.some((arg) => /^\/(?:usr|etc|bin|sbin|boot)\//.test(arg.text)))
    add(own, 'write', 'writes a file of the system');
  for (const arg of valuesOf(parsed, '-u --user --proxy-user')) {
    if (!arg.dynamic && arg.text.includes(':'))
      session.judge.finding('credential-in-arguments', 'A user and a password stand on the command line.', arg, scope);
  }
}

function uploads(call: Call): boolean {
  if (call.parsed.operands.slice(1).some((arg) => /^[\w-]+@./.test(arg.text)) && /^(?:https?|xh|xhs)$/.test(call.name))
    return true;
  if (
    call.input?.words !== undefined &&
    call.input.text === undefined &&
    valuesOf(call.parsed, bodies).some((arg) => arg.text === '@-')
  )
    return true;
  return (
    valuesOf(call.parsed, bodies).some((arg) => /^@|=[@<]|^[^=]*@\//.test(arg.text) && !/^@-?$/.test(arg.text)) ||
    valuesOf(call.parsed, bodies).some((arg) => secretFile.test(arg.text.replace(/^[^@]*@/, '')))
  );
}

function searching(address: string): boolean {
  return /\/(?:_search|_msearch|_count|query|query_range|graphql|_sql|_mget|_analyze|labels|series)(?:[/?]|$)/.test(
    address,
  );
}
