export { type KeepOutput, keepOutput, type OutputKeeper, outputFile, type Stream } from './keep-output.ts';
export { readOutput } from './read-output.ts';
