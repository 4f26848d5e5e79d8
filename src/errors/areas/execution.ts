import { defineErrors } from '../define.ts';

export const executionErrors = defineErrors({
  cancelled: {
    title: 'Cancelled',
    message: '{what} was cancelled.',
    why: 'Ctrl-C, a signal or `holdfast runs cancel` asked for it.',
    hint: 'Start it again when you are ready; a cancelled run is not resumed by itself.',
    state: 'Every process, mount and temporary directory it had was removed. Finished steps stay recorded.',
    status: 409,
    exit: 'cancelled',
  },
});
