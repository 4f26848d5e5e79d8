export { type ReadOptions, readProcedure } from './read/procedure.ts';
