import type { Authority } from '../config/site.ts';
import { listQuestions } from '../execution/question-rows.ts';
import type { RunStatus } from '../execution/types.ts';
import { openingsNow } from '../gates/openings.ts';
import { redactAll } from '../lib/redact-all.ts';
import type { Estate } from '../protection/estate.ts';
import type { HandOverExtras } from './report/hand-over-extras.ts';
import type { World } from './world.ts';

/** What whoever takes over must know beside the outcome: gates left open, questions that wait, whom the runbook names, how to begin anew. */
export async function extrasOf(
  { database, clock, redact }: Pick<Estate, 'database' | 'clock' | 'redact'>,
  world: World,
  run: string,
  state?: RunStatus,
): Promise<HandOverExtras> {
  const { input, procedure } = world;
  const open = await openingsNow(database, input.source.site.site, clock.now());
  const questions = await listQuestions(database, run);
  const contacts = procedure.tables.filter(({ kind }) => kind === 'contacts').flatMap(({ rows }) => rows);
  const extras: HandOverExtras = {
    interrupted: state === 'interrupted',
    ...(state === 'running' ? { underWay: true } : {}),
    again: again(world),
    openGates: open.openings.map(({ opening }) => ({ gate: opening.gate, until: opening.expiresAt })),
    questions: questions.map(({ title, askedAt }) => ({ title, askedAt })),
    deciders: decidersOf(input.source.site.authority),
    people: contacts.flatMap(([name, ...rest]) =>
      name === undefined || name === '' ? [] : [{ name, contact: rest.filter((cell) => cell !== '').join(' · ') }],
    ),
  };
  return redactAll(extras, redact);
}

/** Whom the site gives roles, or gates to open. */
function decidersOf({ people, owners }: Authority): NonNullable<HandOverExtras['deciders']> {
  const gatesOf = (name: string) => Object.keys(owners).filter((gate) => owners[gate]?.includes(name));
  return Object.entries(people)
    .map(([name, { roles }]) => ({ name, roles: [...roles], gates: gatesOf(name) }))
    .filter(({ roles, gates }) => roles.length > 0 || gates.length > 0);
}

function again({ input }: World): string[] {
  const { runbook, target, parameters, choices, section, auto } = input;
  return [
    'holdfast',
    'runbook',
    'run',
    runbook.path,
    ...(target === 'local' ? [] : ['--target', target]),
    ...Object.entries(parameters).flatMap(([name, value]) => ['--param', `${name}=${value}`]),
    ...Object.entries(choices).flatMap(([among, choice]) => ['--choose', `${among}=${choice}`]),
    ...(section === undefined ? [] : ['--section', section]),
    ...(auto === 'none' ? [] : ['--auto', auto]),
  ];
}
