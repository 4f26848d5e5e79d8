import { execAfterScaleToZero, noRollback, noVerifyAfterDestroy } from './after-destruction.ts';
import { passwordInArguments } from './credentials.ts';
import { neverEnds } from './endless.ts';
import { wrongShell } from './language.ts';
import { firewallLocksOut } from './network.ts';
import { accessNotRevoked, dropBeforeDump, restoreBeforeCheck } from './order.ts';
import type { Rule } from './rule.ts';
import { staleRules } from './stale.ts';
import { fromEarlierBlock, scriptArgument, undefinedVariable } from './variables.ts';

/** Every rule, in the order in which the documentation lists them. */
export const rules: readonly Rule[] = [
  noVerifyAfterDestroy,
  noRollback,
  restoreBeforeCheck,
  accessNotRevoked,
  dropBeforeDump,
  execAfterScaleToZero,
  firewallLocksOut,
  undefinedVariable,
  fromEarlierBlock,
  scriptArgument,
  neverEnds,
  wrongShell,
  passwordInArguments,
  ...staleRules,
];
