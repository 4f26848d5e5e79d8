import { defineErrors } from '../define.ts';

export const recoveryErrors = defineErrors({});
