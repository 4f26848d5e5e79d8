import { z } from 'zod';
import type { ChosenGates } from './choose-gates.ts';
import type { Services } from './services.ts';
import { defineOperation } from './types.ts';

export const init = defineOperation({
  name: 'init',
  title: 'Write a commented site file to start from',
  description:
    'Writes holdfast.yaml, with each key explained and a store on this machine, and a file with a random password for ' +
    'that store, which only you can read. Nothing that is there is overwritten; --force replaces the site file, never ' +
    'the password: without it no recovery point can be read again. Keep a copy of it elsewhere. All gates are closed in the ' +
    'beginning: at a terminal it asks which to open and for how long, elsewhere --open names them, and without either none is opened.',
  input: z.strictObject({
    force: z.boolean().default(false).describe('Replace a site file that is already there'),
    open: z.array(z.string()).default([]).describe('Gates to open, as backup.run,restore.drill; nothing is asked then'),
    for: z.string().default('90d').describe('How long they are open'),
  }),
  output: z.object({
    site: z.string().describe('The site file that was written'),
    password: z.string().describe('The file that holds the password of the store'),
    passwordCreated: z.boolean().describe('False when the password file was there and is used as it is'),
    opened: z.array(z.object({ gate: z.string(), expiresAt: z.string() })),
  }),
  permission: 'site.write',
  effects: ['write'],
  faces: ['cli'],
  examples: [
    { command: 'init', does: 'writes ./holdfast.yaml' },
    { command: 'init --site /etc/holdfast/holdfast.yaml', does: 'writes it elsewhere' },
    { command: 'init --force', does: 'replaces the site file and keeps the password' },
    { command: 'init --open backup.run,restore.drill --for 90d', does: 'opens two gates without asking' },
  ],
  async handle({ services, signal }, input) {
    const [{ writeSite }, { gatesNamed, untilOf }] = await Promise.all([
      import('./init/write-site.ts'),
      import('./gates-input.ts'),
    ]);
    const named = gatesNamed(input.open);
    untilOf(input, services.clock.now());
    const written = await writeSite(services.options.site, input.force);
    const chosen =
      named.length > 0 ? { gates: named, for: input.for } : await askAtTerminal(services, input.for, signal);
    if (chosen === undefined || chosen.gates.length === 0) return { ...written, opened: [] };
    const { gateOpen } = await import('./gate-open.ts');
    const { opened } = await gateOpen.handle(
      { services, signal, report: services.report },
      { ...gateOpen.input.parse({ gates: chosen.gates, for: chosen.for, reason: 'first steps, by init' }), yes: true },
    );
    return { ...written, opened: opened.map(({ gate, expiresAt }) => ({ gate, expiresAt })) };
  },
  text: (output, style) =>
    [
      `${style.green('✔')} ${output.site}`,
      `${style.green('✔')} ${output.password} ${output.passwordCreated ? '(new, readable by you alone)' : '(was there, kept)'}`,
      '',
      style.bold('Keep a copy of the password elsewhere: in a safe, or with somebody you trust.'),
      'On the day this machine is gone, nothing comes back without it.',
      '',
      ...(output.opened.length === 0
        ? [
            'All gates are closed: nothing runs yet. Open what you need from day to day with:',
            '  holdfast gate open backup.run restore.drill host.read offsite.sync --for 90d --reason "first steps"',
          ]
        : output.opened.map(({ gate, expiresAt }) => `${style.green('✔')} gate ${gate} is open until ${expiresAt}`)),
      '',
      'Next: edit the site file, then `holdfast site check`.',
    ].join('\n'),
});

async function askAtTerminal(
  services: Services,
  length: string,
  signal: AbortSignal,
): Promise<ChosenGates | undefined> {
  const [{ askForGates, whyNobodyAsked }, { dailyGates }] = await Promise.all([
    import('./choose-gates.ts'),
    import('./gates-input.ts'),
  ]);
  if (whyNobodyAsked(services) !== undefined) return undefined;
  const question = {
    intro: [
      'Nothing runs while its gate is closed, and all gates are closed now. Which ones do you open?',
      '  backup.run to protect, restore.drill to rehearse, host.read to watch, offsite.sync to copy to other stores;',
      '  restore.run, which puts things back into place, stays closed until the day it is needed.',
    ],
    suggested: dailyGates,
    for: length,
  };
  return await askForGates(question, signal, () => services.clock.now());
}
