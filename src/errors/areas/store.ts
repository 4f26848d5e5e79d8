import { defineErrors } from '../define.ts';

export const storeErrors = defineErrors({});
