import { run } from '../process/run.ts';
import type { Command } from '../process/types.ts';
import { clusterId, currentContext, dockerId } from './reach/containers.ts';
import type { Reply } from './shell/link.ts';
import type { Identity, Target } from './types.ts';

const askMs = 15_000;

/** What a target says it is. Facts that it does not have are left out; a database is asked only where one is expected. */
export async function identifyTarget(
  { identity, address }: Pick<Target, 'identity' | 'address'>,
  link: { request(line: string): Promise<Reply> },
  signal: AbortSignal,
): Promise<Identity> {
  const database = identity['database-system'] === undefined ? 'no' : 'yes';
  const { text } = await link.request(`hf_who ${database}`);
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [name = '', ...words] = line.split(' ');
    const value = words.join(' ').trim();
    if (value !== '') found.set(name, value);
  }
  if (address.kind === 'docker') await note(found, 'container', dockerId(address), signal);
  if (address.kind === 'kubernetes') {
    if (address.context === undefined) await note(found, 'context', currentContext(), signal);
    else found.set('context', address.context);
    await note(found, 'cluster', clusterId(address), signal);
  }
  return Object.fromEntries(found) as Identity;
}

async function note(
  found: Map<string, string>,
  name: keyof Identity,
  command: Command,
  signal: AbortSignal,
): Promise<void> {
  const { ok, stdout } = await run(command, { signal, timeoutMs: askMs });
  const value = stdout.trim();
  if (ok && value !== '') found.set(name, value);
}

/** What differs, in words, of the facts that are expected; none when the target is the right one. */
export function sameIdentity(expected: Identity, found: Identity): string[] {
  const differences: string[] = [];
  for (const [name, value] of Object.entries(expected) as [keyof Identity, string | undefined][]) {
    if (value === undefined) continue;
    const is = found[name];
    if (is === undefined) differences.push(`${name} should be ${value} and could not be found out`);
    else if (name === 'container' ? !sameContainer(value, is) : value !== is)
      differences.push(`${name} should be ${value} and is ${is}`);
  }
  return differences;
}

/** People write down the first twelve digits. Fewer than that are no proof. */
function sameContainer(expected: string, found: string): boolean {
  return (
    expected === found ||
    (expected.length >= 12 && found.startsWith(expected)) ||
    (found.length >= 12 && expected.startsWith(found))
  );
}
