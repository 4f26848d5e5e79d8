import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareEffects } from '../../effects/explain.ts';
import { readProcedure } from '../index.ts';
import { lintCodes, lintProcedure } from './index.ts';
import { rules } from './rules.ts';

beforeAll(prepareEffects);

/** Codes of a document's findings, with their levels and lines. */
function lint(...lines: readonly string[]): string[] {
  const procedure = readProcedure(lines.join('\n'));
  return lintProcedure(procedure).map(({ code, level, line }) => `${level} ${line} ${code}`);
}

function codes(...lines: readonly string[]): string[] {
  return lint(...lines).map((finding) => finding.split(' ')[2] ?? '');
}

function sh(...lines: readonly string[]): string[] {
  return ['```bash', ...lines, '```', ''];
}

describe('a step that destroys', () => {
  it('without a look afterwards and without a way back is told twice', () => {
    expect(lint('# Clean', '## Now', ...sh('rm -rf /srv/data'))).toEqual([
      'warning 4 no-rollback',
      'warning 4 no-verify-after-destroy',
    ]);
  });

  it('is followed by a look: in a step, in words, in its own script, or by what it expects', () => {
    for (const after of [
      sh('rm -rf /srv/data').concat(sh('ls /srv')),
      sh('rm -rf /srv/data').concat(['1. 데이터 확인', '2. close']),
      sh('set -e', 'rm -rf /srv/data', 'ls /srv'),
      [...sh('rm -rf /srv/data'), '## 검증', ...sh('ls /srv')],
    ])
      expect(codes('# Clean', '## Now', ...after), after.join('\n')).not.toContain('no-verify-after-destroy');
  });

  it('has a way back: a rollback section or a backup before it', () => {
    expect(
      codes('# Clean', '## Now', ...sh('rm -rf /srv/data'), '### Roll back', ...sh('cp -a /bak /srv/data')),
    ).not.toContain('no-rollback');
    expect(codes('# Clean', '## Now', ...sh('restic backup /srv/data'), ...sh('rm -rf /srv/data'))).not.toContain(
      'no-rollback',
    );
    expect(codes('# Clean', '## Now', ...sh('rm -rf /srv/data'), ...sh('restic backup /srv/data'))).toContain(
      'no-rollback',
    );
  });

  it('needs no way back when it is one', () => {
    const text = [
      ...['# Link', '## Now', '<!-- holdfast: id=link, rollback=#unlink -->', ...sh('ln -s /srv/a /srv/b')],
      ...['<!-- holdfast: id=unlink -->', ...sh('rm -rf /srv/b')],
    ];
    expect(codes(...text)).not.toContain('no-rollback');
    expect(codes(...text.filter((line) => !line.includes('id=link')))).toContain('no-rollback');
  });

  it('is none when it only tidies up after itself', () => {
    expect(codes('# Dump', ...sh('F=/tmp/dump.sql', 'pg_dump a > $F', 'aws s3 cp $F s3://b/', 'rm $F'))).toEqual([]);
  });
});

describe('order', () => {
  it('is dangerous when a restore stands before the look at its backup, and weak when there is no look', () => {
    const restore = sh('pg_restore -d ledger /backup/ledger.dump');
    const look = sh('pg_restore --list /backup/ledger.dump');
    expect(lint('# R', ...restore, ...look)).toContain('error 3 restore-before-backup-check');
    expect(lint('# R', ...restore)).toContain('warning 3 restore-before-backup-check');
    expect(codes('# R', ...look, ...restore)).not.toContain('restore-before-backup-check');
    expect(codes('# R', '1. 백업 상태 확인', '', ...restore)).not.toContain('restore-before-backup-check');
  });

  it('takes access away before it brings things back after a theft', () => {
    const restore = sh('restic restore latest --target /srv');
    const revoke = sh('aws iam delete-access-key --access-key-id <key>');
    expect(lint('# Stolen laptop', ...restore, '1. Revoke the tokens', '')).toContain(
      'error 3 access-not-revoked-first',
    );
    expect(lint('# 장비 도난', ...restore)).toContain('warning 3 access-not-revoked-first');
    expect(codes('# Stolen laptop', '1. Revoke the tokens', '', ...restore)).not.toContain('access-not-revoked-first');
    expect(codes('# Disk failure', ...restore, ...revoke)).not.toContain('access-not-revoked-first');
  });

  it('keeps a copy before it throws away', () => {
    const drop = sh('psql -c "drop table ledger.entries"');
    const dump = sh('pg_dump ledger > /backup/ledger.sql');
    expect(lint('# D', ...drop, ...dump)).toContain('error 3 drop-before-dump');
    expect(codes('# D', ...dump, ...drop)).not.toContain('drop-before-dump');
    expect(lint('# D', ...sh('psql -c "drop table a"', 'pg_dump b > c.sql'))).toContain('error 3 drop-before-dump');
  });

  it('enters no pod that it scaled away', () => {
    const down = 'kubectl scale statefulset -n x db --replicas=0';
    const enter = 'kubectl exec -n x db-0 -- ls /data';
    expect(lint('# P', ...sh('set -e', down, enter))).toContain('error 5 exec-after-scale-to-zero');
    expect(codes('# P', ...sh('set -e', down, down.replace('=0', '=1'), enter))).not.toContain(
      'exec-after-scale-to-zero',
    );
    expect(codes('# P', ...sh('set -e', down, enter.replace('db-0', 'web-0')))).not.toContain(
      'exec-after-scale-to-zero',
    );
  });

  it('lets the session in before it drops all packets', () => {
    const drop = 'iptables -A OUTPUT -d 0.0.0.0/0 -j DROP';
    const accept = 'iptables -A OUTPUT -m state --state ESTABLISHED,RELATED -j ACCEPT';
    expect(lint('# F', ...sh(drop, accept))).toContain('error 3 firewall-locks-out');
    expect(lint('# F', ...sh('iptables -P INPUT DROP'))).toContain('error 3 firewall-locks-out');
    expect(codes('# F', ...sh(accept, drop))).not.toContain('firewall-locks-out');
    expect(codes('# F', ...sh('iptables -A INPUT -s 10.1.2.3 -j DROP'))).not.toContain('firewall-locks-out');
  });
});

describe('variables', () => {
  it('that nothing sets are told, once a step', () => {
    expect(lint('# V', ...sh('psql -h $DB_HOST -U $DB_USER'))).toEqual(['warning 3 undefined-variable']);
    expect(codes('# V', ...sh('DB_HOST=a', 'psql -h "$DB_HOST" -l'))).not.toContain('undefined-variable');
  });

  it('that an earlier block sets from what a command prints are told', () => {
    const findings = codes(
      '# V',
      ...sh('POINT=$(restic snapshots | tail -1)', 'echo "$POINT"'),
      'Then:',
      '',
      ...sh('ls "$POINT"'),
    );
    expect(findings).toContain('variable-from-earlier-block');
  });

  it('that are arguments of a script are told, those with a default or of a function are not', () => {
    expect(codes('# V', ...sh('#!/bin/bash', 'TARGET="${1}"', 'ls "$TARGET"'))).toContain('script-argument');
    expect(codes('# V', ...sh('#!/bin/bash', 'TARGET="${1:-latest}"', 'ls "$TARGET"'))).not.toContain(
      'script-argument',
    );
    expect(codes('# V', ...sh("ps aux | awk '{print $1}'"))).not.toContain('script-argument');
    expect(codes('# V', ...sh('look() {', '  ls "$1"', '}', 'look /srv'))).not.toContain('script-argument');
  });
});

describe('a command that does not end', () => {
  it.each([
    'tail -f /var/log/a.log',
    'sudo journalctl -fu api',
    'docker logs -f api',
    'kubectl logs deploy/api --follow',
    'watch -n 1 nvidia-smi',
    'kubectl port-forward svc/a 1:1',
    'top',
    'vim /etc/hosts',
    'ping example.com',
    'redis-cli MONITOR',
  ])('is told: %s', (command) => {
    expect(codes('# E', ...sh(command))).toContain('never-ends');
  });

  it.each([
    'tail -n 50 /var/log/a.log',
    'timeout 30 tail -f a.log',
    'tail -f a.log | head -5',
    'top -b -n 1',
    'ping -c 3 example.com',
    'redis-cli -h cache -p 6379 ping',
    'watch -g ls',
    'docker logs api',
    'kubectl logs -f api &',
    'rm -f a',
  ])('is not told where it ends: %s', (command) => {
    expect(codes('# E', ...sh(command))).not.toContain('never-ends');
  });
});

describe('a command that has had its day', () => {
  it.each([
    ['stale-docker-compose', 'docker-compose up -d', 'docker compose -f docker-compose.yml up -d'],
    [
      'stale-pg-stat-columns',
      'psql -c "select mean_time from pg_stat_statements"',
      'psql -c "select mean_exec_time from pg_stat_statements"',
    ],
    ['stale-recovery-conf', 'cp x /data/recovery.conf', 'cp x /data/recovery.signal'],
    ['stale-netstat', 'sudo netstat -tlnp', 'ss -tlnp'],
    ['stale-ifconfig', 'ifconfig eth0', 'ip addr'],
    ['stale-apt-key', 'curl x | apt-key add -', 'apt-get install x'],
    ['stale-service', 'service nginx restart', 'systemctl restart nginx'],
    ['stale-kubectl-generator', 'kubectl run a --image=b --generator=run-pod/v1', 'kubectl run a --image=b'],
    ['stale-kubectl-export', 'kubectl get deploy a -o yaml --export', 'kubectl get deploy a -o yaml'],
    ['openssl-enc-aead', 'openssl enc -aes-256-gcm -in a -out b', 'openssl enc -aes-256-cbc -pbkdf2 -in a -out b'],
    ['date-of-another-system', 'echo $(date -u -v-1H +%s)', "echo $(date -u -d '1 hour ago' +%s)"],
    ['redis-keys-blocks', 'redis-cli KEYS "a:*"', 'redis-cli --scan --pattern "a:*"'],
    ['vacuum-full-locks', 'psql -c "VACUUM FULL;"', 'psql -c "VACUUM ANALYZE;"'],
    ['dated-name', 'pg_restore --list /backup/ledger-20250102.dump', 'pg_restore --list /backup/ledger-<date>.dump'],
    ['truncate-where', 'psql -c "TRUNCATE TABLE logs WHERE at < now()"', 'psql -c "DELETE FROM logs WHERE at < now()"'],
    ['fetch-and-run', 'curl -sSL https://example.com/x.sh | sudo bash', 'curl -sSLo x.sh https://example.com/x.sh'],
    ['password-in-arguments', 'mysql -u root --password=hunter22 db', 'mysql -u root db'],
  ])('is told: %s', (code, stale, fine) => {
    expect(codes('# S', ...sh(stale))).toContain(code);
    expect(codes('# S', ...sh(fine))).not.toContain(code);
    expect(codes('# S', ...sh(`# ${stale}`, fine))).not.toContain(code);
  });
});

describe('a step in another language', () => {
  it.each([
    ['PowerShell', 'Get-Process -Name api'],
    ['Python', 'import os\ndef main():\n    pass'],
    ['PHP', "<?php\necho 'a';"],
  ])('is told: %s', (_name, text) => {
    const procedure = readProcedure(`# L\n\n${sh(...text.split('\n')).join('\n')}`);
    const asStep = { ...procedure, steps: [{ ...step(text) }] };
    expect(lintProcedure(asStep).map(({ code }) => code)).toContain('wrong-shell');
  });

  it('is not told of what stands in quotes or heredocs', () => {
    for (const text of ["python3 - <<'E'\nimport os\nE", 'psql -c "\nSELECT a FROM b\n"', 'X=1; Y=2'])
      expect(
        lintProcedure({ ...readProcedure('# L'), steps: [step(text)] }).map(({ code }) => code),
        text,
      ).not.toContain('wrong-shell');
  });
});

describe('the rules', () => {
  it('have each code once, and stand in the documentation with what they are about', () => {
    const documented = readFileSync(new URL('../../../docs/runbooks.md', import.meta.url), 'utf8');
    expect(new Set(rules.map(({ code }) => code)).size).toBe(rules.length);
    expect([...lintCodes]).toEqual(rules.map(({ code }) => code));
    for (const { code, level, about } of rules) expect(documented).toContain(`| \`${code}\` | ${level} | ${about} |`);
    for (const [, code = ''] of documented.matchAll(/^\| `([a-z-]+)` \| (?:error|warning|info) \|/gm))
      expect(lintCodes).toContain(code);
  });

  it('take bounded time over text that was made to take long', () => {
    const began = performance.now();
    for (const unit of [
      'kubectl exec ',
      'ip6tables -A ',
      'curl a ',
      'tar x ',
      '<a ',
      'date ',
      '$(',
      'TRUNCATE a,',
      '{a}',
      'tail -',
    ])
      lintProcedure({ ...readProcedure('# L'), steps: [step(unit.repeat(20_000))] });
    expect(performance.now() - began).toBeLessThan(20_000);
  }, 30_000);

  it('say nothing of a runbook that is fine', () => {
    expect(
      lint('# Fine', '## Look', ...sh('df -h'), '## Back up', ...sh('restic backup /srv'), ...sh('restic check')),
    ).toEqual([]);
  });
});

function step(text: string) {
  return {
    id: 's1',
    line: 1,
    endLine: text.split('\n').length,
    kind: 'command' as const,
    title: '',
    text,
    section: [],
    language: 'sh' as const,
    effects: [],
    places: [],
    parameters: [],
    annotations: {},
    findings: [],
    hash: '',
  };
}
