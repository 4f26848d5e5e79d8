import { HoldfastError } from '../errors/holdfast-error.ts';
import { currentAccount } from '../process/account.ts';
import { run } from '../process/run.ts';
import { isSigned, namespaceOf } from './decision-text.ts';
import { keyOf, type Policy, personOf } from './policy.ts';
import type { Signature } from './types.ts';

/** A person who signs what they decide. */
export interface Signer {
  readonly name: string;
  /** Errors: `decision-unsigned`, `program-missing`. */
  sign(text: string): Promise<Signature>;
}

export interface SignerOptions {
  readonly site: string;
  readonly policy: Policy;
  readonly name: string;
  /** A private key file, or a public one whose private half is in the agent. */
  readonly keyFile: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Time enough to touch a security key. */
const timeoutMs = 60_000;

/**
 * A person of the accepted policy who signs with OpenSSH's own `ssh-keygen -Y sign`: Holdfast sees neither the private key nor its
 * passphrase. What comes back is verified at once against the keys that were accepted for them. Throws `decision-refused`
 * for somebody who is no person of the site.
 */
export function signerNamed(options: SignerOptions): Signer {
  const { site, policy, name } = options;
  const person = personOf(policy, name);
  if (person === undefined) {
    const people = Object.keys(policy.people).join(', ');
    throw new HoldfastError('decision-refused', {
      who: name,
      what: 'decide here',
      reason: people === '' ? 'no people are accepted for this site' : `the people of this site are ${people}`,
      hint: 'Say who you are with --as.',
    });
  }
  return {
    name,
    async sign(text) {
      const signature = await signed(options, text);
      const key = person.keys.map(keyOf).find((one) => isSigned(site, text, { key: one, signature }));
      if (key === undefined) {
        throw new HoldfastError('decision-unsigned', { reason: `that is none of the keys accepted for ${name}` });
      }
      return { by: name, key, signature };
    },
  };
}

async function signed({ site, name, keyFile, env, signal }: SignerOptions, text: string): Promise<string> {
  const agent = env.SSH_AUTH_SOCK;
  const finished = await run(
    {
      program: 'ssh-keygen',
      args: ['-Y', 'sign', '-q', '-f', keyFile, '-n', namespaceOf(site)],
      env: agent === undefined ? {} : { SSH_AUTH_SOCK: agent },
      stdin: text,
      // The key is this person's own: no other account can read it.
      account: currentAccount(),
    },
    { signal, timeoutMs },
  );
  if (finished.ok) return finished.stdout.trim();
  const said = finished.stderr.trim().split('\n').at(-1) ?? '';
  const reason = finished.timedOut ? `nothing came within ${timeoutMs / 1000} s` : `ssh-keygen said: ${said}`;
  throw new HoldfastError('decision-unsigned', { reason: `${name} did not, ${reason}` });
}
