import { join } from 'node:path';
import { verifyLog } from '../audit/verify.ts';
import { closeWorld, destroyWorld } from '../demo/disaster.ts';
import { workOn } from '../demo/hospital/work.ts';
import { workOnDocuments } from '../demo/hospital/work-documents.ts';
import { createWorld, type World } from '../demo/world.ts';
import type { AssetLoss, Outcome } from '../evidence/model.ts';
import type { Report } from '../lib/progress.ts';
import { childAccount } from '../process/account.ts';
import { newestPostgres } from '../process/postgres-programs.ts';
import { lookAround } from '../protection/watch.ts';
import { openStoryGates, type StoryGates } from './demo-gates.ts';
import { drill } from './drill.ts';
import { estateOf, sourceOf } from './estate.ts';
import { loss } from './loss.ts';
import { protect } from './protect.ts';
import { recover } from './recover.ts';
import type { Services } from './services.ts';
import type { OperationContext } from './types.ts';

interface StoryOptions {
  readonly directory: string;
  readonly data: string;
  readonly scale: number;
  readonly gates: StoryGates;
  readonly signal: AbortSignal;
  readonly report: Report;
}

interface Proof {
  readonly outcome: Outcome;
  readonly evidence: string;
  readonly evidenceSha256: string;
  readonly report: string;
  readonly leaf: number;
}

interface Story {
  directory: string;
  site: string;
  data: string;
  gates: { opened: string[]; for: string; chosen: string };
  durationMs: number;
  rows: number;
  files: number;
  loss: AssetLoss[];
  drill: Proof;
  negativeControl: Proof;
  recovery: Proof;
  auditLeaves: number;
}

/** Transactions of the hospital's day that will be lost. */
const lostWork = 240;

/** The main job from end to end, by the same operations that a user has. Whatever happens, no server is left running. */
export async function tellStory(services: Services, options: StoryOptions): Promise<Story> {
  const begun = services.clock.monotonic();
  const scene = sceneTeller(services, options.report);
  const world = await scene('world', 'A hospital: database, documents, two stores', (progress) =>
    makeWorld(options, progress),
  );
  const site = services.elsewhere({ site: world.siteFile, data: options.data });
  try {
    const parts = await live(site, world, options, scene);
    const { rows } = world.made.hospital;
    const { files } = world.made.documents;
    const gates = { ...options.gates, opened: [...options.gates.opened] };
    const story = {
      directory: world.directory,
      site: world.siteFile,
      data: options.data,
      gates,
      rows,
      files,
      ...parts,
    };
    return { ...story, durationMs: services.clock.monotonic() - begun };
  } finally {
    await closeWorld(world);
    await site.close();
  }
}

async function makeWorld(options: StoryOptions, progress: SceneProgress): Promise<World> {
  const { bin } = await newestPostgres();
  return await createWorld({
    directory: options.directory,
    account: await childAccount(),
    bin,
    port: 5432,
    scale: options.scale,
    signal: options.signal,
    progress,
  });
}

async function live(
  site: Services,
  world: World,
  options: StoryOptions,
  scene: Scene,
): Promise<Pick<Story, 'loss' | 'drill' | 'negativeControl' | 'recovery' | 'auditLeaves'>> {
  const context: OperationContext = { services: site, signal: options.signal, report: options.report };
  await openStoryGates(site, options.gates, options.directory, options.report);
  const protectedAssets = await protect.handle(context, { assets: [] });
  for (const { error } of protectedAssets.results)
    if (error !== null) throw new Error(`${error.message} ${error.why} ${error.hint}`);
  await scene('work', 'Work goes on: patients, prescriptions, bills, scans', () =>
    workAndWatch(site, world, options.signal),
  );
  const { at } = await scene('disaster', 'Disaster: the server is killed, its data and the documents are gone', () =>
    destroyWorld(world),
  );
  const lost = await loss.handle(context, { assets: [], at: at.toISOString() });
  const ordinary = { assets: [], negativeControl: false };
  const drilled = await drill.handle(context, ordinary);
  const negativeControl = await drill.handle(context, { ...ordinary, negativeControl: true });
  const recovery = await recover.handle(context, { assets: [], replace: false, lostAt: at.toISOString() });
  const audit = await scene('audit', 'The audit log, verified from files alone', async () => {
    await (await site.records()).audit.publish();
    return await verifyLog(join(options.data, 'audit'), {});
  });
  return { loss: lost.losses, drill: drilled, negativeControl, recovery, auditLeaves: audit.size };
}

/** A while of work, with Holdfast looking every second as `holdfast watch` does. */
async function workAndWatch(site: Services, world: World, signal: AbortSignal): Promise<void> {
  const source = await sourceOf(site);
  const estate = await estateOf(site, await site.records());
  const names = Object.keys(source.site.assets);
  let working = true;
  const watching = (async () => {
    while (working) {
      await lookAround(estate, source, names, signal);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  })();
  try {
    await workOn({ connection: world.connection, operations: lostWork, seconds: 4, signal });
    await workOnDocuments(world.documents);
  } finally {
    working = false;
    await watching;
  }
  await lookAround(estate, source, names, signal);
  // A little more that nobody saw: what happens between the last look and the loss cannot be known.
  await workOn({ connection: world.connection, seed: 'unseen', operations: 12, signal });
}

type SceneProgress = NonNullable<Parameters<typeof createWorld>[0]['progress']>;
type Scene = <Result>(
  step: string,
  title: string,
  act: (progress: SceneProgress) => Promise<Result>,
) => Promise<Result>;

/** Shows what belongs to the story and not to Holdfast in the same live view as Holdfast's own steps. */
function sceneTeller(services: Services, report: Report): Scene {
  const run = 'demo';
  return async (step, title, act) => {
    const begun = services.clock.monotonic();
    report({ kind: 'step-started', run, step, title });
    const finish = (outcome: 'succeeded' | 'failed') =>
      report({
        kind: 'step-finished',
        run,
        step,
        title,
        outcome,
        durationMs: services.clock.monotonic() - begun,
        summary: '',
      });
    try {
      const result = await act((progress) => report({ kind: 'step-progress', run, step, ...progress }));
      finish('succeeded');
      return result;
    } catch (error) {
      finish('failed');
      throw error;
    }
  };
}
