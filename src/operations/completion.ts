import { z } from 'zod';
import { defineOperation } from './types.ts';

export const completion = defineOperation({
  name: 'completion',
  title: 'Print a script that completes commands in a shell',
  description:
    'The script comes from the same records as the commands, so it knows every one of them. Load it where your shell ' +
    'starts, and again after an upgrade.',
  input: z.strictObject({
    shell: z.enum(['bash', 'zsh', 'fish']).describe('The shell that you use'),
  }),
  output: z.object({ script: z.string() }),
  positional: ['shell'],
  permission: 'help.read',
  effects: ['none'],
  faces: ['cli'],
  examples: [
    { command: 'completion bash > ~/.local/share/bash-completion/completions/holdfast', does: 'for bash' },
    { command: 'completion zsh > "$' + '{fpath[1]}/_holdfast"', does: 'for zsh' },
    { command: 'completion fish > ~/.config/fish/completions/holdfast.fish', does: 'for fish' },
  ],
  handle: async ({ services }, { shell }) => ({ script: await services.faces.completion(shell) }),
  text: ({ script }) => script,
});
