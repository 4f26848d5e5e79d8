export { collectParameters } from './collect.ts';
export { type Occurrence, occurrences, parameterNames, variablesOf } from './forms.ts';
