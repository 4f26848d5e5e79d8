import type { Label } from '../../src/effects/types.ts';

/** What lists of forbidden words in chat assistants, CI guards and terminal hooks commonly hold, case folded. */
const list: readonly (readonly [string, Label])[] = [
  ['rm -rf', 'destroy'],
  ['rm -r', 'destroy'],
  ['mkfs', 'destroy'],
  ['dd if=', 'destroy'],
  ['> /dev/sd', 'destroy'],
  ['drop table', 'destroy'],
  ['drop database', 'destroy'],
  ['delete from', 'destroy'],
  ['truncate table', 'destroy'],
  ['kubectl delete', 'destroy'],
  ['terraform destroy', 'destroy'],
  ['docker rm', 'destroy'],
  ['docker system prune', 'destroy'],
  ['git reset --hard', 'destroy'],
  ['git clean -fd', 'destroy'],
  ['git push --force', 'remote-delete'],
  ['git push -f', 'remote-delete'],
  ['aws s3 rm', 'remote-delete'],
  ['aws s3 rb', 'remote-delete'],
  ['shutdown', 'disrupt'],
  ['reboot', 'disrupt'],
  ['kill -9', 'disrupt'],
  ['killall', 'disrupt'],
  ['systemctl stop', 'disrupt'],
  ['systemctl restart', 'disrupt'],
  ['iptables -f', 'disrupt'],
  ['sudo ', 'privilege'],
  ['chmod 777', 'privilege'],
  ['chmod -r', 'privilege'],
  ['chown -r', 'privilege'],
  ['/etc/shadow', 'secret'],
  ['id_rsa', 'secret'],
  ['.env', 'secret'],
  [':(){', 'disrupt'],
  ['| sh', 'egress'],
  ['| bash', 'egress'],
];

/** The judgement of a list of forbidden words: what it does not find is harmless. */
export function judgeBySubstrings(command: string): readonly Label[] {
  const folded = command.toLowerCase();
  const found = list.filter(([words]) => folded.includes(words)).map(([, label]) => label);
  return found.length > 0 ? found : ['read'];
}
