export { collectParameters } from './collect.ts';
export { described } from './describe.ts';
export { type Occurrence, occurrences, parameterNames, variablesOf } from './forms.ts';
