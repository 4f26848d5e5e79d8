export { readProcedure } from './read/procedure.ts';
