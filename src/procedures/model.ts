/** The model stands in evidence, which signs it: what a run of a runbook did, whole. */
export * from '../evidence/procedure-model.ts';
