import { z } from 'zod';
import { defineOperation } from './types.ts';

export const init = defineOperation({
  name: 'init',
  title: 'Write a commented site file to start from',
  description:
    'Writes holdfast.yaml, with each key explained and a store on this machine, and a file with a random password for ' +
    'that store, which only you can read. Nothing that is there is overwritten; --force replaces the site file, never ' +
    'the password: without it no recovery point can be read again. Keep a copy of it elsewhere.',
  input: z.strictObject({
    force: z.boolean().default(false).describe('Replace a site file that is already there'),
  }),
  output: z.object({
    site: z.string().describe('The site file that was written'),
    password: z.string().describe('The file that holds the password of the store'),
    passwordCreated: z.boolean().describe('False when the password file was there and is used as it is'),
  }),
  permission: 'site.write',
  effects: ['write'],
  faces: ['cli'],
  examples: [
    { command: 'init', does: 'writes ./holdfast.yaml' },
    { command: 'init --site /etc/holdfast/holdfast.yaml', does: 'writes it elsewhere' },
    { command: 'init --force', does: 'replaces the site file and keeps the password' },
  ],
  async handle({ services }, input) {
    const { writeSite } = await import('./init/write-site.ts');
    return await writeSite(services.options.site, input.force);
  },
  text: (output, style) =>
    [
      `${style.green('✔')} ${output.site}`,
      `${style.green('✔')} ${output.password} ${output.passwordCreated ? '(new, readable by you alone)' : '(was there, kept)'}`,
      '',
      style.bold('Keep a copy of the password elsewhere: in a safe, or with somebody you trust.'),
      'On the day this machine is gone, nothing comes back without it.',
      '',
      'Next: edit the site file, then `holdfast site check`.',
    ].join('\n'),
});
