import { defineErrors } from '../define.ts';

export const gateErrors = defineErrors({});
