export { keepOutput, outputFile } from './keep-output.ts';
export { readOutput } from './read-output.ts';
