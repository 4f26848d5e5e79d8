export { classifyTable } from './classify.ts';
export { severitiesOf } from './severities.ts';
