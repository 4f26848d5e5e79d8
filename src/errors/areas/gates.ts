import { defineErrors } from '../define.ts';

export const gateErrors = defineErrors({
  'gate-closed': {
    title: 'Gate closed',
    message: 'Step {step} may not run: {reason}.',
    why: 'The step needs the authority {gate} on {target}, and it is not given.',
    hint: 'Ask the owner of {target} to open the gate {gate}.',
    state: 'The step did not run. The refusal is in the audit log.',
    status: 403,
    exit: 'refused',
  },
});
