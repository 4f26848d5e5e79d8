export { collectParameters } from './collect.ts';
export { type Occurrence, occurrences, parameterNames } from './forms.ts';
