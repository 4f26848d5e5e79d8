import { dirname, join } from 'node:path';
import type { LoadedSite } from '../config/load.ts';
import type { Options } from '../config/options.ts';
import type { SecretMemory } from '../config/secret-memory.ts';
import type { SecretContext } from '../config/secrets.ts';
import type { SecretRef } from '../config/site.ts';
import type { Actor } from '../gates/types.ts';
import { systemClock } from '../lib/clock.ts';
import type { Report } from '../lib/progress.ts';
import type { Faces, Records, Services } from './services.ts';

export interface ServicesRequest {
  readonly options: Options;
  readonly actor: Actor;
  readonly report: Report;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly faces: Faces;
  readonly memory: SecretMemory;
}

/** Services that open nothing until it is asked for: `holdfast --help` and `holdfast site check` need no database. */
export function openServices(request: ServicesRequest): Services {
  const { options, report, signal, memory } = request;
  if (options.store !== undefined) memory.remember(options.store);
  const warn = (message: string) => report({ kind: 'note', level: 'warning', message: memory.redact(message) });
  const secrets: Omit<SecretContext, 'baseDirectory'> = { signal, env: request.env, memory, print: printSecret, warn };
  const site = once(() => loadSite(options.site));
  const records = once(() => openRecords(request, actingAs(request.actor)));

  const printed = new Map<string, { readonly secret: Promise<string>; until: number }>();

  async function secret(ref: SecretRef): Promise<string> {
    const { readSecret } = await import('../config/secrets.ts');
    const read = () => readSecret(ref, { ...secrets, baseDirectory: dirname(options.site) });
    if (!('command' in ref)) return await read();
    const { refuseForeignCommands } = await import('./foreign-site.ts');
    await refuseForeignCommands(options.site, ref.command);
    const key = JSON.stringify(ref.command);
    const before = printed.get(key);
    if (before !== undefined && systemClock.monotonic() < before.until) return await before.secret;
    const wish = { secret: read(), until: Number.POSITIVE_INFINITY };
    printed.set(key, wish);
    try {
      return await wish.secret;
    } catch (error) {
      printed.delete(key);
      throw error;
    } finally {
      wish.until = systemClock.monotonic() + sameWishMs;
    }
  }

  function actingAs(actor: Actor, started?: (run: string) => void): Services {
    return {
      options,
      clock: systemClock,
      actor,
      hasTerminal: actor.face === 'cli' && process.stdin.isTTY === true && process.stderr.isTTY === true,
      redact: memory.redact,
      report,
      faces: request.faces,
      site,
      secret,
      records: async () => actedBy(await records(), { site, options }, actor, started),
      actingAs,
      elsewhere: ({ site: siteFile, data }) => {
        // The records of that data directory are its own: a store named for this one is not theirs.
        const { store: _store, storeFile: _storeFile, ...others } = options;
        return openServices({ ...request, actor, options: { ...others, site: siteFile, data } });
      },
      close: async () => await (await records.opened())?.close(),
    };
  }
  return actingAs(request.actor);
}

/** The same records, with every run that is started through them the act of `actor`. */
function actedBy(
  records: Records,
  here: Pick<Services, 'site' | 'options'>,
  actor: Actor,
  started?: (run: string) => void,
): Records {
  const { runs } = records;
  // What the site file says about who decides is accepted, or refused, before anything is started.
  const desk = { ...records, clock: systemClock };
  return {
    ...records,
    runs: {
      async start(workflow, input, options) {
        await (await import('./authority.ts')).adoptAuthority(here, desk, options.actor ?? actor);
        const run = await runs.start(workflow, input, { actor, ...options });
        started?.(run.id);
        return run;
      },
      async resume(id, by = actor) {
        await (await import('./authority.ts')).adoptIfThere(here, desk, by);
        const run = await runs.resume(id, by);
        started?.(run.id);
        return run;
      },
      list: (filter) => runs.list(filter),
      show: (id) => runs.show(id),
      cancel: (id, by = actor) => runs.cancel(id, by),
      questions: (run) => runs.questions(run),
      answer: (run, question, answer, by = actor) => runs.answer(run, question, answer, by),
      noteQuestion: (run, question, note, by = actor) => runs.noteQuestion(run, question, note, by),
      close: () => runs.close(),
    },
  };
}

interface OpenedRecords extends Records {
  close(): Promise<void>;
}

interface Once<Value> {
  (): Promise<Value>;
  /** What was made, if it was asked for and did not fail. */
  opened(): Promise<Value | undefined>;
}

/** Makes a thing at the first call; a failure is not kept, so that the next call tries again. */
function once<Value>(make: () => Promise<Value>): Once<Value> {
  let made: Promise<Value> | undefined;
  const get = () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
  return Object.assign(get, { opened: async () => await made?.catch(() => undefined) });
}

async function loadSite(path: string): Promise<LoadedSite> {
  const load = await import('../config/load.ts');
  return await load.loadSite(path);
}

async function openRecords(request: ServicesRequest, services: Services): Promise<OpenedRecords> {
  const { options, signal } = request;
  const [store, keys, log, execution, registry, estates, { version }] = await Promise.all([
    import('../store/open-database.ts'),
    import('../audit/keys.ts'),
    import('../audit/log.ts'),
    import('../execution/open-runs.ts'),
    import('./workflows.ts'),
    import('./estate.ts'),
    import('../lib/version.ts'),
  ]);
  const { storeFile } = options;
  const url = options.store ?? (storeFile === undefined ? undefined : await services.secret({ file: storeFile }));
  const opened = url === undefined ? {} : { url };
  const database = await store.openDatabase({ dataDirectory: options.data, signal, ...opened });
  try {
    const key = await keys.openSigningKey(options.data);
    const directory = join(options.data, 'audit');
    const audit = log.openAuditLog({ database, directory, key, clock: services.clock });
    const { report, redact, actor, clock } = services;
    const workflows = registry.workflows(await estates.estateOf(services, { database, audit, key }));
    const world = { database, audit, clock, report, redact, workflows, actor, signal };
    const runs = execution.openRuns({
      ...world,
      applicationVersion: version,
      remember: (secret) => request.memory.remember(secret),
    });
    return {
      database,
      audit,
      key,
      runs,
      async close() {
        await runs.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

const secretTimeoutMs = 30_000;
/** A plan and the run that follows are one wish: a command that may want a touch or a passphrase is run once for both. A changed secret is seen after it. */
const sameWishMs = 10_000;
/** What password programs need to find their agents. Nothing else of the environment reaches them. */
const agentVariables = [
  'GNUPGHOME',
  'PASSWORD_STORE_DIR',
  'XDG_RUNTIME_DIR',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'SSH_AUTH_SOCK',
  'DBUS_SESSION_BUS_ADDRESS',
] as const;

/** Runs a command that prints a secret as the account that runs Holdfast: the secret is that account's own. */
const printSecret: SecretContext['print'] = async (command, directory, signal) => {
  const [{ run }, { currentAccount }] = await Promise.all([
    import('../process/run.ts'),
    import('../process/account.ts'),
  ]);
  const [program = '', ...args] = command;
  const env = agentVariables.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const finished = await run(
    { program, args, cwd: directory, env: Object.fromEntries(env), account: currentAccount() },
    { signal, timeoutMs: secretTimeoutMs },
  );
  if (finished.ok) return { stdout: finished.stdout };
  if (finished.cancelled) return { problem: 'it was cancelled' };
  if (finished.timedOut) return { problem: `it did not end within ${secretTimeoutMs / 1000} s` };
  return { problem: finished.signal === null ? `exit code ${finished.exitCode}` : `ended by ${finished.signal}` };
};
