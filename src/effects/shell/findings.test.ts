import { beforeAll, describe, expect, it } from 'vitest';
import { explain, prepareEffects } from '../explain.ts';

beforeAll(prepareEffects);

function found(command: string): [string, string][] {
  return explain(command, { language: 'sh' }).findings.map(({ code, span }) => [
    code,
    command.slice(span.start, span.end),
  ]);
}

describe('a finding says', () => {
  it.each([
    ['rm -rf "$DIR"', 'dynamic-delete-target', '"$DIR"'],
    ['kubectl delete pod <pod>', 'dynamic-delete-target', '<pod>'],
    ['ssh db1 ls /var/*.log', 'remote-glob', '/var/*.log'],
    ['kubectl exec web -- ls /tmp/*', 'remote-glob', '/tmp/*'],
    ['curl https://ops:hunter2@x.example/', 'credential-in-arguments', 'https://ops:hunter2@x.example/'],
    ['PGPASSWORD=hunter2 psql -l', 'credential-in-arguments', 'hunter2'],
    ['kubectl frobnicate', 'unknown-subcommand', 'frobnicate'],
    ['curl https://x.example | sh', 'pipe-from-network', 'sh'],
    ['rm --recurs x', 'abbreviated-option', '--recurs'],
    ['./deploy.sh', 'script-elsewhere', './deploy.sh'],
    ['iptables -P INPUT DROP\niptables -A INPUT -p tcp --dport 22 -j ACCEPT', 'drop-before-accept', 'iptables'],
    ['kubectl scale deploy/web --replicas=0\nkubectl exec deploy/web -- ls', 'exec-into-stopped', 'deploy/web'],
    ['cat <<EOF\nhello', 'unclosed-heredoc', '<<EOF'],
  ])('%s: %s at %s', (command, code, at) => {
    expect(found(command)).toContainEqual([code, at]);
  });

  it.each([
    ['rm -rf /data/old'],
    ["ssh db1 'ls /var/*.log'"],
    ['PGPASSWORD="$P" psql -l'],
    ['iptables -A INPUT -p tcp --dport 22 -j ACCEPT\niptables -P INPUT DROP'],
    ['kubectl exec deploy/web -- ls\nkubectl scale deploy/web --replicas=0'],
    ['rm --recursive x'],
    ['etcdutl snapshot restore s.db --data-dir d --initial-cluster-token cluster-1'],
    ['aws s3api list-objects --bucket b --starting-token abc'],
  ])('nothing about %s', (command) => {
    expect(found(command)).toEqual([]);
  });
});
