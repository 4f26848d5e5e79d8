import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import type { z } from 'zod';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import type { Gate } from '../../gates/types.ts';
import { parseDuration } from '../../lib/duration.ts';
import { sha256 } from '../../lib/hash.ts';
import { suggest } from '../../lib/suggest.ts';
import type { RunbookInput } from '../../procedures/input.ts';
import { makePlan, type Plan } from '../../procedures/plan.ts';
import { conditionNames, knownValues, refuseSecretValues, type Values } from '../../procedures/values.ts';
import { expectedDurations } from '../../procedures/verification.ts';
import { stepsOf, type World } from '../../procedures/world.ts';
import type { SiteSource } from '../../protection/estate.ts';
import type { Procedure } from '../../runbooks/types.ts';
import { sourceHere } from '../estate.ts';
import type { runbookRun } from '../runbook-run.ts';
import type { Records, Services } from '../services.ts';
import { readRunbook } from './check-files.ts';

type Input = z.output<(typeof runbookRun)['input']>;

export interface PreparedRun {
  readonly world: World;
  readonly values: Values;
  readonly text: string;
}

/** Reads a runbook and all that its run is given, and refuses what cannot be: before anything is recorded or done. */
export async function prepareRun(services: Services, input: Input): Promise<PreparedRun> {
  const source = await sourceHere(services);
  const path = resolve(input.file);
  if (services.actor.face === 'http') await refuseForeignRunbook(path, source);
  const text = readRunbook(path);
  const [{ readProcedure }, { prepareEffects }, { targetsOf }] = await Promise.all([
    import('../../runbooks/index.ts'),
    import('../../effects/explain.ts'),
    import('../../targets/index.ts'),
  ]);
  await prepareEffects();
  const procedure = readProcedure(text, { path });
  const parameters = pairs(input.param, (word) => new HoldfastError('parameter-unreadable', { text: word }));
  refuseUnknown(parameters, procedure);
  refuseSecretValues(parameters, services.redact);
  const rtoMs = input.rto === undefined ? undefined : durationOf('--rto', input.rto);
  const runbookInput: RunbookInput = {
    source,
    runbook: { path, sha256: sha256(text) },
    target: input.target,
    parameters,
    choices: choicesOf(input.choose, procedure),
    ...(input.from === undefined ? {} : { from: input.from }),
    ...(input.section === undefined ? {} : { section: input.section }),
    auto: input.auto,
    ...(rtoMs === undefined ? {} : { rtoMs }),
    timeoutMs: durationOf('--step-timeout', input.stepTimeout),
  };
  const world: World = { input: runbookInput, procedure, targets: targetsOf(source.site, source.directory) };
  if (stepsOf(world).length === 0) throw new HoldfastError('runbook-empty', { path });
  const values = await knownValues(runbookInput, procedure, {
    secret: (ref) => services.secret(ref),
    redact: services.redact,
  });
  return { world, values, text };
}

/** The plan, with what is closed now and what earlier runs took. */
export async function planOf(services: Services, { database }: Records, { world, values }: PreparedRun): Promise<Plan> {
  const { input } = world;
  const { site } = input.source;
  const steps = stepsOf(world);
  const [{ openingsNow, isOpenFor }, { neededFor }] = await Promise.all([
    import('../../gates/openings.ts'),
    import('../../gates/requirements.ts'),
  ]);
  const open = await openingsNow(database, site.site, services.clock.now());
  return makePlan({
    world,
    values,
    expected: await expectedDurations(
      database,
      steps.map(({ hash }) => hash),
    ),
    redact: services.redact,
    closed: (gates: readonly Gate[], target) => gates.filter((gate) => !isOpenFor(open, gate, target)),
    approvals(effects, approve) {
      const subject = { command: '', sha256: '', target: '', effects };
      const request = { actor: services.actor, effects, subject, ...(approve === undefined ? {} : { approve }) };
      // A run begins by accepting what the file says, or is refused where that is less than was accepted.
      return neededFor(request, site.authority).requirements;
    },
  });
}

/** Over HTTP only runbooks that the site names may run: a token is no right to read and run any file of this machine. */
async function refuseForeignRunbook(path: string, { site, directory }: SiteSource): Promise<void> {
  const real = await realpath(path).catch(() => path);
  for (const allowed of site.runbooks.paths) {
    const within = relative(await realpath(resolve(directory, allowed)).catch(() => resolve(directory, allowed)), real);
    if (within === '' || !(within.startsWith('..') || isAbsolute(within))) return;
  }
  throw new HoldfastError('runbook-not-offered', { path });
}

function pairs(words: readonly string[], wrong: (word: string) => HoldfastError): Record<string, string> {
  const found: Record<string, string> = {};
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1) throw wrong(word);
    found[word.slice(0, at)] = word.slice(at + 1);
  }
  return found;
}

function refuseUnknown(given: Readonly<Record<string, string>>, { parameters, steps }: Procedure): void {
  const known = new Set([...parameters.map(({ name }) => name), ...conditionNames(steps)]);
  for (const name of Object.keys(given)) {
    if (known.has(name)) continue;
    const near = suggest(name, [...known]);
    throw new HoldfastError('parameter-unknown', { name, hint: near === undefined ? '' : `Did you mean ${near}?` });
  }
}

function choicesOf(words: readonly string[], { alternatives }: Procedure): Record<string, string> {
  const wrong = (text: string) => new HoldfastError('choice-unknown', { text });
  const chosen = pairs(words, wrong);
  for (const [among, choice] of Object.entries(chosen)) {
    const found = alternatives.find(({ id }) => id === among);
    if (found === undefined || !(choice === 'none' || found.choices.some(({ id }) => id === choice)))
      throw wrong(`${among}=${choice}`);
  }
  return chosen;
}

function durationOf(option: string, text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined || ms <= 0) throw new HoldfastError('interval-invalid', { text, option });
  return ms;
}
