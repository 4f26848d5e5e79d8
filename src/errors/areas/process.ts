import { defineErrors } from '../define.ts';

export const processErrors = defineErrors({});
