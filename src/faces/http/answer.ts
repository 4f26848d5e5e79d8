import { HoldfastError } from '../../errors/holdfast-error.ts';
import type { Actor } from '../../gates/types.ts';
import { mapTexts } from '../../lib/map-texts.ts';
import { silent } from '../../lib/progress.ts';
import type { Services } from '../../operations/services.ts';
import { call } from '../call.ts';
import type { Route } from './routes.ts';

export interface Answer {
  readonly status: 200 | 202;
  readonly location?: string;
  readonly body: unknown;
}

const actor: Actor = { name: 'http-token', kind: 'token', face: 'http' };

/**
 * Does what a request asks. Long work is answered as soon as its run is recorded, and goes on; `keep` is given what is still
 * under way then. What fails before that is thrown, afterwards it is in the record of the run.
 */
export async function answer(
  route: Route,
  input: unknown,
  services: Services,
  signal: AbortSignal,
  keep: (work: Promise<unknown>) => void,
): Promise<Answer> {
  const { operation } = route;
  let announce: (run: string) => void = () => undefined;
  const started = new Promise<string>((resolve) => {
    announce = resolve;
  });
  const acting = services.actingAs(actor, announce);
  const context = { services: acting, signal, report: silent };
  const finished = call(operation, context, input, (field) => field).then(
    (output): Answer => ({ status: 200, body: redacted(route, output, services) }),
    (thrown: unknown) => {
      if (!signal.aborted || thrown instanceof HoldfastError) throw thrown;
      throw new HoldfastError('cancelled', { what: operation.name }, { cause: thrown });
    },
  );
  if (operation.long !== true) return await finished;
  const accepted = started.then((run): Answer => {
    keep(finished.catch(() => undefined));
    return { status: 202, location: `/v1/runs/${encodeURIComponent(run)}`, body: { run } };
  });
  return await Promise.race([finished, accepted]);
}

function redacted({ operation }: Route, output: unknown, services: Services): unknown {
  return operation.effects.every((effect) => effect === 'none') ? output : mapTexts(output, services.redact);
}
