import { givesValue } from '../lib/question.ts';
import type { Step } from '../runbooks/types.ts';
import { asked } from './asked.ts';
import type { Company } from './company.ts';
import type { Entry } from './ledger.ts';
import { resolve } from './plan-step.ts';
import { namesSecret, unreadSecret } from './values.ts';

/**
 * Everything that the step needs to know is known, by asking for it; what its name calls a secret is asked for as one, and in no record. False when
 * somebody stopped the run instead.
 */
export async function complete(
  { run, world, values, words, estate }: Company,
  step: Step,
  entry: Entry,
): Promise<boolean> {
  for (const name of resolve(step, world, values).missing) {
    // A shell takes it from its environment; what stands in the text must be put in.
    const leave = step.text.includes(`$${name}`) || step.text.includes(`\${${name}`);
    const secret = namesSecret(name, estate.redact);
    const answer = await asked({ run, words }, entry, {
      name: `value:${name}`,
      kind: 'value',
      title: words.value(name),
      details: [words.usedBy(step.title), ...step.text.split('\n').slice(0, 12)],
      choices: [
        { id: givesValue, label: words.choices.give },
        ...(leave ? [{ id: 'leave', label: words.choices.leave }] : []),
        { id: 'abort', label: words.choices.abort, reason: 'optional' },
      ],
      value: { name, ...(secret ? { secret } : {}) },
    });
    if (answer.choice === 'abort') return false;
    if (answer.choice === 'leave') values.leaveToTarget(name);
    else values.set(name, answer.value ?? unreadSecret, 'asked', secret);
  }
  return true;
}
