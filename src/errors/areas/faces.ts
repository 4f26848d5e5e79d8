import { defineErrors } from '../define.ts';

export const faceErrors = defineErrors({
  unexpected: {
    title: 'Unexpected error',
    message: 'Something went wrong that Holdfast did not foresee: {message}',
    why: 'This is a fault in Holdfast, or a state of this machine that it does not know.',
    hint: 'Run it again with --verbose, keep the output, and report it.',
    state: 'Unknown. Finished steps stay recorded; `holdfast runs list` shows what was under way.',
    status: 500,
    exit: 'failed',
  },
});
