import type { ProcedureFinding } from '../types.ts';
import { at, commands, type Rule, textOf } from './rule.ts';

interface Stale {
  readonly code: string;
  readonly level: ProcedureFinding['level'];
  readonly about: string;
  /** Matched against the text of command steps without comments; keep it linear. */
  readonly pattern: RegExp;
  /** And this must be in the text too. */
  readonly also?: RegExp;
  readonly message: string;
}

const start = String.raw`(?<=^|[\n;&|(]\s{0,80}|\bsudo\s{1,80})`;

function command(rest: string): RegExp {
  // First what is rare, then what must stand before it: looking back from each place would take long.
  return new RegExp(`(?=${rest})${start}${rest}`);
}

/** Commands that have had their day, or that never did what they are written for. One line each; the message says what to write instead. */
const table: readonly Stale[] = [
  {
    code: 'stale-docker-compose',
    level: 'warning',
    about: 'docker-compose of version 1 gets no updates since 2023 and is gone from current systems.',
    pattern: command(String.raw`docker-compose\s`),
    message: 'docker-compose (version 1) ended in 2023. Write `docker compose`.',
  },
  {
    code: 'stale-pg-stat-columns',
    level: 'error',
    about: 'mean_time, total_time and their like of pg_stat_statements are gone since PostgreSQL 13.',
    pattern: /\b(?:mean|total|min|max|stddev)_time\b/,
    also: /pg_stat_statements/,
    message:
      'This column of pg_stat_statements is gone since PostgreSQL 13. Write mean_exec_time, total_exec_time and so on.',
  },
  {
    code: 'stale-recovery-conf',
    level: 'error',
    about: 'recovery.conf is not read since PostgreSQL 12; a server refuses to start while one is there.',
    pattern: /\brecovery\.conf\b/,
    message:
      'PostgreSQL reads no recovery.conf since version 12 and refuses to start while it is there. Put the settings into postgresql.auto.conf and create recovery.signal.',
  },
  {
    code: 'stale-netstat',
    level: 'info',
    about: 'netstat is not installed on current systems.',
    pattern: command(String.raw`netstat\b`),
    message: 'netstat is often not there any more. `ss -tlnp` shows the same.',
  },
  {
    code: 'stale-ifconfig',
    level: 'info',
    about: 'ifconfig, route and arp are not installed on current Linux systems.',
    pattern: command(String.raw`(?:ifconfig|route|arp)(?:\s|$)`),
    message: 'ifconfig, route and arp are often not there any more. Write `ip addr`, `ip route`, `ip neigh`.',
  },
  {
    code: 'stale-apt-key',
    level: 'warning',
    about: 'apt-key is removed from Debian 13 and Ubuntu 24.10 on.',
    pattern: command(String.raw`apt-key\b`),
    message:
      'apt-key is gone from current Debian and Ubuntu. Put the key into /etc/apt/keyrings and name it with signed-by.',
  },
  {
    code: 'stale-service',
    level: 'info',
    about: 'service only passes on to systemd where that runs.',
    pattern: command(String.raw`service\s+[\w@.-]+\s+(?:start|stop|restart|reload|status)\b`),
    message: 'Where systemd runs, write `systemctl restart NAME`; `service` hides why it failed.',
  },
  {
    code: 'stale-kubectl-generator',
    level: 'error',
    about: 'kubectl run --generator was removed in Kubernetes 1.21.',
    pattern: /\bkubectl\b[^\n|;&]{0,300}\s--generator\b/,
    message:
      'kubectl has no --generator since 1.21. Write `kubectl create deployment`, or `kubectl run` for a single pod.',
  },
  {
    code: 'stale-kubectl-export',
    level: 'error',
    about: 'kubectl get --export and kubectl rolling-update were removed in Kubernetes 1.18.',
    pattern: /\bkubectl\b[^\n|;&]{0,300}\s(?:--export\b|rolling-update\b)/,
    message: 'This is gone from kubectl since 1.18. Write `kubectl get -o yaml`, `kubectl rollout`.',
  },
  {
    code: 'openssl-enc-aead',
    level: 'error',
    about: 'openssl enc takes no GCM or CCM cipher: the file is never encrypted.',
    pattern: /\bopenssl\s+enc\b[^\n|;&]{0,300}\s-(?:aes-\d+-(?:gcm|ccm)|id-aes\d+-(?:GCM|CCM)|chacha20-poly1305)\b/i,
    message:
      '`openssl enc` refuses GCM and CCM ciphers: nothing would be encrypted. Use age, gpg, or -aes-256-cbc with -pbkdf2 and a separate checksum.',
  },
  {
    code: 'date-of-another-system',
    level: 'warning',
    about: 'date -v works on macOS and BSD only, date -d on Linux only.',
    pattern: /\bdate\b[^\n|;&)]{0,300}\s-v[-+]\d/,
    message:
      '`date -v` is of macOS and BSD; on Linux it is an error and the command gets an empty time. There, write `date -d "1 hour ago"`.',
  },
  {
    code: 'redis-keys-blocks',
    level: 'warning',
    about: 'KEYS stops the whole Redis server while it looks through all keys.',
    pattern: /\bredis-cli\b[^\n|;&]{0,300}\sKEYS\s/,
    message: 'KEYS stops the server while it runs. Write `redis-cli --scan --pattern …`.',
  },
  {
    code: 'vacuum-full-locks',
    level: 'warning',
    about: 'VACUUM FULL locks each table against reading and needs as much free disk as the table is large.',
    pattern: /\bVACUUM\s*(?:\(\s*FULL\b|FULL\b)/i,
    message:
      'VACUUM FULL locks out readers and needs room for a whole copy of the table: not while the disk is full. Plain VACUUM, or pg_repack, first.',
  },
  {
    code: 'dated-name',
    level: 'info',
    about: 'A file, snapshot or backup is named by a date that was right when the runbook was written.',
    pattern: /(?<!\d)20\d{2}[-_]?(?:0[1-9]|1[0-2])[-_]?(?:0[1-9]|[12]\d|3[01])(?!\d)/,
    also: /backup|snapshot|dump|restor|\.sql|\.tar|\.snap|target/i,
    message: 'It names a backup by a date of long ago. Make the date a parameter, and look which one is the newest.',
  },
  {
    code: 'truncate-where',
    level: 'error',
    about: 'TRUNCATE takes no WHERE: it is no SQL, and with the WHERE left out it empties the whole table.',
    pattern: /\bTRUNCATE\s+(?:TABLE\s+)?[\w.",]{1,200}(?:\s*,\s*[\w."]{1,200}){0,8}\s+WHERE\b/i,
    message:
      'TRUNCATE has no WHERE: this fails, and without it the whole table is emptied. Write DELETE FROM … WHERE ….',
  },
  {
    code: 'fetch-and-run',
    level: 'warning',
    about: 'What a server sends is run unseen: today’s script need not be the one that was tested.',
    pattern:
      /\b(?:curl|wget)\b[^\n;&]{0,300}\|\s*(?:sudo\s+(?:-\w+\s+)*)?(?:ba|z|k|da)?sh\b|\b(?:ba|z)?sh\s+(?:-c\s+["']?)?(?:<\(|\$\()\s*(?:curl|wget)\b/,
    message: 'It runs whatever the server sends. Download, compare with a known checksum, then run.',
  },
];

export const staleRules: readonly Rule[] = table.map(({ code, level, about, pattern, also, message }) => ({
  code,
  level,
  about,
  find(procedure) {
    return commands(procedure).flatMap((step) => {
      const text = withoutComments(textOf(step));
      const match = pattern.exec(text);
      if (match === null || (also !== undefined && !also.test(text))) return [];
      return [at({ code, level }, step, message, match.index)];
    });
  },
}));

/** Lines that are comments become blanks, so that offsets stay. */
export function withoutComments(text: string): string {
  return text
    .replaceAll(/^[ \t]*(?:#(?!!)|--).*$/gm, (comment) => ' '.repeat(comment.length))
    .replaceAll(/\\\n/g, '  ');
}
