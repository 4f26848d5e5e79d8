import { resolve } from 'node:path';
import { HoldfastError } from '../errors/holdfast-error.ts';
import { openGates } from '../gates/open-gates.ts';
import type { Gate } from '../gates/types.ts';
import type { Report } from '../lib/progress.ts';
import { adoptAuthority } from './authority.ts';
import { askForGates, whyNobodyAsked } from './choose-gates.ts';
import { untilOf } from './gates-input.ts';
import type { Services } from './services.ts';

/** What is opened in the demo's world, for how long, and how that came. */
export interface StoryGates {
  readonly opened: readonly Gate[];
  readonly for: string;
  readonly chosen: string;
}

/** What the story does, in the world that it makes. */
const needed: readonly Gate[] = ['backup.run', 'offsite.sync', 'host.read', 'restore.drill', 'restore.run'];
const neededFor = '1h';

/**
 * Which gates the demo may open in its own directory: the person at the terminal says so, and Enter means all that it needs; where
 * nobody is there, whoever started it asked for it. Errors: `demo-gates-closed`, `cancelled`.
 */
export async function gatesForStory(
  services: Services,
  { yes, directory }: { readonly yes: boolean; readonly directory?: string | undefined },
  signal: AbortSignal,
): Promise<StoryGates> {
  const nobody = yes ? '--yes' : whyNobodyAsked(services);
  if (nobody !== undefined) return { opened: needed, for: neededFor, chosen: `nobody was asked: ${nobody}` };
  const where = directory === undefined ? 'a new directory under /var/tmp' : resolve(directory);
  const chosen = await askForGates(
    {
      intro: [
        "Nothing runs while its gate is closed, and in the demo's world all gates are closed. Which ones do you open?",
        `  It needs all that Enter opens. They open in ${where} alone, nowhere else.`,
      ],
      suggested: needed,
      for: neededFor,
      refuse: refuseTooFew,
    },
    signal,
    () => services.clock.now(),
  );
  if (chosen === undefined) throw new HoldfastError('cancelled', { what: 'The demo' });
  refuseTooFew(chosen.gates);
  return { opened: chosen.gates, for: chosen.for, chosen: `chosen at the terminal by ${services.actor.name}` };
}

function refuseTooFew(gates: readonly Gate[]): void {
  const missing = needed.filter((gate) => !gates.includes(gate));
  if (missing.length > 0) throw new HoldfastError('demo-gates-closed', { gates: missing.join(', ') });
}

/** Opens them in the records of the demo's own data directory, which are the only ones that `site` reaches, and says so. */
export async function openStoryGates(
  site: Services,
  { opened, for: length, chosen }: StoryGates,
  directory: string,
  report: Report,
): Promise<void> {
  const records = await site.records();
  const desk = { ...records, clock: site.clock };
  const authority = await adoptAuthority(site, desk, site.actor);
  await openGates(
    records.database,
    desk,
    { actor: site.actor, ...authority },
    {
      gates: opened,
      until: untilOf({ for: length }, site.clock.now()),
      reason: `the demo, in ${directory} alone; ${chosen}`,
      scope: ['*'],
      evidence: [],
    },
  );
  const message = `Opens ${opened.join(', ')} for ${length}, in ${directory} alone (${chosen}). Elsewhere nothing is opened.`;
  report({ kind: 'note', level: 'info', message });
}
