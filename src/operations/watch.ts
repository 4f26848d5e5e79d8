import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { parseDuration } from '../lib/duration.ts';
import { FileChanges } from '../protection/sightings.ts';
import { defineOperation } from './types.ts';

export const watch = defineOperation({
  name: 'watch',
  title: 'Copy audit rows off the databases every few seconds, so that a loss can be told',
  description:
    'Looks at each asset again and again while it is up: copies new rows of its audit table (who, what, where, when; never the ' +
    'data itself) into the records of this machine, and counts how files differ from the newest recovery point. `holdfast loss` ' +
    'tells from this what was lost. Runs until it is stopped; with --once it looks once.',
  input: z.strictObject({
    assets: z.array(z.string()).default([]).describe('Assets to watch; all of them without it'),
    every: z.string().default('5s').describe('How often to look, as 5s or 1m'),
    once: z.boolean().default(false).describe('Look once and stop'),
  }),
  output: z.object({
    looks: z.number(),
    stopped: z.boolean().describe('Ctrl-C or a signal ended it'),
    last: z.array(
      z.object({
        asset: z.string(),
        at: z.string(),
        alive: z.boolean(),
        copied: z.number(),
        files: FileChanges.nullable(),
        problem: z.string(),
      }),
    ),
  }),
  positional: ['assets'],
  permission: 'loss.watch',
  effects: ['read'],
  gate: 'host.read',
  faces: ['cli'],
  examples: [
    { command: 'watch', does: 'looks every five seconds until Ctrl-C' },
    { command: 'watch --once --json', does: 'looks once, for a scheduler' },
  ],
  async handle({ services, signal, report }, input) {
    const [
      { lookAround },
      { estateOf, sourceOf },
      { selectAssets },
      { askGate },
      { newRunId },
      { adoptAuthority, shownAs },
    ] = await Promise.all([
      import('../protection/watch.ts'),
      import('./estate.ts'),
      import('../protection/protect.ts'),
      import('../gates/ask.ts'),
      import('../lib/ids.ts'),
      import('./authority.ts'),
    ]);
    const everyMs = parseDuration(input.every);
    if (everyMs === undefined || everyMs < 1000)
      throw new HoldfastError('interval-invalid', { text: input.every, option: '--every' });
    const source = await sourceOf(services);
    const assets = selectAssets(source, input.assets);
    const records = await services.records();
    const estate = await estateOf(services, records);
    await adoptAuthority(services, { ...records, clock: services.clock }, services.actor);
    await askGate(
      records.database,
      { ...records, clock: services.clock },
      {
        actor: services.actor,
        site: source.site.site,
        run: newRunId('watch', services.clock.now()),
        step: 'watch',
        gates: ['host.read'],
        effects: ['read'],
        ...shownAs('watch', assets.map((asset) => `asset ${asset}`).join(', '), ['read']),
      },
    );
    const before = new Map<string, boolean>();
    for (let looks = 1; ; looks += 1) {
      const last = await lookAround(estate, source, assets, signal);
      for (const look of last) {
        if (before.get(look.asset) === look.alive) continue;
        before.set(look.asset, look.alive);
        const message = look.alive
          ? `${look.asset} is up`
          : `${look.asset} does not answer: ${services.redact(look.problem)}`;
        report({ kind: 'note', level: look.alive ? 'info' : 'warning', message });
      }
      if (input.once) return { looks, last: [...last], stopped: false };
      await wait(everyMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return { looks, last: [...last], stopped: true };
    }
  },
  exit: ({ stopped }) => (stopped ? 'cancelled' : 'ok'),
  text: (output, style) =>
    output.last
      .map((look) => {
        const state = look.alive ? style.green('up') : style.red('does not answer');
        const files =
          look.files === null
            ? ''
            : ` · files: ${look.files.added} added, ${look.files.changed} changed, ${look.files.removed} removed`;
        return `${style.bold(look.asset)}  ${state} at ${look.at} · ${look.copied} audit rows copied${files}`;
      })
      .join('\n'),
});
