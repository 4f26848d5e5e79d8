import { given, valuesOf } from '../rules.ts';
import type { Call, Session } from '../session.ts';
import { replace, type Verdict } from '../verdict.ts';

/** A DROP for all comes before anything was accepted: whoever types it over the network is locked out. */
export function iptables(call: Call, own: Verdict, session: Session): void {
  const { parsed, scope } = call;
  if (given(parsed, '-L --list -S --list-rules -C --check', undefined))
    replace(own, 'read', 'shows rules of the firewall');
  else if (given(parsed, '-F --flush', undefined)) replace(own, 'disrupt', 'flushes the firewall');
  else if (given(parsed, '-X --delete-chain', undefined)) replace(own, 'destroy', 'removes a chain');
  const target = valuesOf(parsed, '-j --jump')[0]?.text;
  if (target === 'ACCEPT') session.facts.add('accepted');
  const policy = valuesOf(parsed, '-P --policy')[0]?.text;
  const drops = policy === 'INPUT' && parsed.operands.some((arg) => /^(?:DROP|REJECT)$/.test(arg.text));
  const chain = valuesOf(parsed, '-A --append -I --insert')[0]?.text;
  const all =
    chain === 'INPUT' &&
    (target === 'DROP' || target === 'REJECT') &&
    !given(
      parsed,
      '-s --source -p --protocol --proto -m --match -i --in-interface --dport --sport -d --destination',
      undefined,
    );
  if ((drops || all) && !session.facts.has('accepted'))
    session.judge.finding(
      'drop-before-accept',
      'Everything is dropped before anything is accepted: over the network this locks you out.',
      call.word,
      scope,
    );
  if (own.whys.length === 0) own.whys.push('firewall');
}
