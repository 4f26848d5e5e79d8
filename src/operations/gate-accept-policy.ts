import { z } from 'zod';
import { signedFields } from './gates-input.ts';
import { defineOperation } from './types.ts';

export const gateAcceptPolicy = defineOperation({
  name: 'gate accept-policy',
  title: 'Accept what the site file says about who decides, where it gives more than before',
  description:
    'What counts is not what the section `authority` of the site file says, but what was accepted of it. A stricter file is taken over ' +
    'by itself; one that gives more (a new person or key, fewer who must agree, no people at all) is refused until somebody who owns ' +
    'all gates by the policy in force signs it, or any two of its people. Without --as it shows the difference and changes nothing.',
  input: z.strictObject({ as: signedFields.as, key: signedFields.key }),
  output: z.object({
    site: z.string(),
    state: z.enum(['already in force', 'differs', 'waits for a second person', 'accepted']),
    weaker: z.array(z.string()).describe('What it gives that was not given'),
    stricter: z.array(z.string()),
    mayAccept: z.array(z.string()).describe('Who may accept it alone'),
  }),
  permission: 'gates.policy',
  effects: ['write'],
  faces: ['cli'],
  examples: [
    { command: 'gate accept-policy', does: 'shows how the site file differs from what is in force' },
    { command: 'gate accept-policy --as kim --key ~/.ssh/id_ed25519.pub', does: 'accepts it, signed by its owner' },
  ],
  async handle({ services, signal }, input) {
    const [accept, { comparePolicies }, { policyHash, policyInForce }, { authorityOf }, decider, policies] =
      await Promise.all([
        import('../gates/accept-policy.ts'),
        import('../gates/compare-policies.ts'),
        import('../gates/adopt-policy.ts'),
        import('./authority.ts'),
        import('./decider.ts'),
        import('../gates/policy.ts'),
      ]);
    const authority = await authorityOf(services);
    const records = await services.records();
    const judge = await accept.policyToAccept(records.database, authority.site);
    const inForce = await policyInForce(records.database, authority.site);
    const mayAccept = judge === undefined ? [] : [...policies.policyOwnersOf(judge.policy)];
    const change = judge === undefined ? { weaker: [], stricter: [] } : comparePolicies(judge.policy, authority.policy);
    const shown = {
      site: authority.site,
      weaker: [...change.weaker],
      stricter: [...change.stricter],
      mayAccept,
    };
    if (inForce?.sha256 === policyHash(authority.policy)) return { ...shown, state: 'already in force' as const };
    if (judge === undefined || (change.weaker.length === 0 && inForce !== undefined)) {
      // Nothing to be signed: it is taken over as with the first act that uses it.
      await decider.adoptHere(services, records);
      await records.audit.publish();
      return { ...shown, state: 'accepted' as const };
    }
    if (input.as === undefined && input.key === undefined) return { ...shown, state: 'differs' as const };
    decider.refuseOthers(services, 'accept a policy');
    const signer = decider.signerOf(judge, { ...input, yes: false }, signal);
    const desk = { ...records, clock: services.clock };
    const accepted = await accept.acceptPolicy(
      records.database,
      desk,
      { actor: services.actor, ...authority },
      judge,
      signer,
    );
    await records.audit.publish();
    return { ...shown, state: accepted.state };
  },
  text({ site, state, weaker, stricter, mayAccept }, style) {
    const lines = [
      ...weaker.map((one) => `  ${style.yellow('gives')}  ${one}`),
      ...stricter.map((one) => `  ${style.green('takes')}  ${one}`),
    ];
    const words = {
      accepted: `${style.green('✔')} What the site file says about who decides at ${style.bold(site)} is in force.`,
      'already in force': `${style.green('✔')} ${style.bold(site)}: the site file says what is in force.`,
      differs: `${style.yellow('!')} ${style.bold(site)}: the site file gives more than was accepted. Who may accept it: ${mayAccept.join(', ') || 'any two of its people'}.`,
      'waits for a second person': `${style.yellow('○')} ${style.bold(site)}: a second person must accept the same: holdfast gate accept-policy --as NAME --key FILE`,
    };
    return [words[state], ...lines].join('\n');
  },
  exit: ({ state }) => (state === 'differs' || state === 'waits for a second person' ? 'refused' : 'ok'),
});
