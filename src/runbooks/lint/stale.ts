import type { ProcedureFinding } from '../types.ts';
import { type PlainKey, sentence } from '../words/index.ts';
import { at, commands, type Rule, textOf } from './rule.ts';

interface Stale {
  /** Of the rule, and of its sentence. */
  readonly code: PlainKey;
  readonly level: ProcedureFinding['level'];
  readonly about: string;
  /** Matched against the text of command steps without comments; keep it linear. */
  readonly pattern: RegExp;
  /** And this must be in the text too. */
  readonly also?: RegExp;
}

const start = String.raw`(?<=^|[\n;&|(]\s{0,80}|\bsudo\s{1,80})`;

function command(rest: string): RegExp {
  // First what is rare, then what must stand before it: looking back from each place would take long.
  return new RegExp(`(?=${rest})${start}${rest}`);
}

/** Commands that have had their day, or that never did what they are written for. One line each; its sentence says what to write instead. */
const table: readonly Stale[] = [
  {
    code: 'stale-docker-compose',
    level: 'warning',
    about: 'docker-compose of version 1 gets no updates since 2023 and is gone from current systems.',
    pattern: command(String.raw`docker-compose\s`),
  },
  {
    code: 'stale-pg-stat-columns',
    level: 'error',
    about: 'mean_time, total_time and their like of pg_stat_statements are gone since PostgreSQL 13.',
    pattern: /\b(?:mean|total|min|max|stddev)_time\b/,
    also: /pg_stat_statements/,
  },
  {
    code: 'stale-recovery-conf',
    level: 'error',
    about: 'recovery.conf is not read since PostgreSQL 12; a server refuses to start while one is there.',
    pattern: /\brecovery\.conf\b/,
  },
  {
    code: 'stale-netstat',
    level: 'info',
    about: 'netstat is not installed on current systems.',
    pattern: command(String.raw`netstat\b`),
  },
  {
    code: 'stale-ifconfig',
    level: 'info',
    about: 'ifconfig, route and arp are not installed on current Linux systems.',
    pattern: command(String.raw`(?:ifconfig|route|arp)(?:\s|$)`),
  },
  {
    code: 'stale-apt-key',
    level: 'warning',
    about: 'apt-key is removed from Debian 13 and Ubuntu 24.10 on.',
    pattern: command(String.raw`apt-key\b`),
  },
  {
    code: 'stale-service',
    level: 'info',
    about: 'service only passes on to systemd where that runs.',
    pattern: command(String.raw`service\s+[\w@.-]+\s+(?:start|stop|restart|reload|status)\b`),
  },
  {
    code: 'stale-kubectl-generator',
    level: 'error',
    about: 'kubectl run --generator was removed in Kubernetes 1.21.',
    pattern: /\bkubectl\b[^\n|;&]{0,300}\s--generator\b/,
  },
  {
    code: 'stale-kubectl-export',
    level: 'error',
    about: 'kubectl get --export and kubectl rolling-update were removed in Kubernetes 1.18.',
    pattern: /\bkubectl\b[^\n|;&]{0,300}\s(?:--export\b|rolling-update\b)/,
  },
  {
    code: 'openssl-enc-aead',
    level: 'error',
    about: 'openssl enc takes no GCM or CCM cipher: the file is never encrypted.',
    pattern: /\bopenssl\s+enc\b[^\n|;&]{0,300}\s-(?:aes-\d+-(?:gcm|ccm)|id-aes\d+-(?:GCM|CCM)|chacha20-poly1305)\b/i,
  },
  {
    code: 'date-of-another-system',
    level: 'warning',
    about: 'date -v works on macOS and BSD only, date -d on Linux only.',
    pattern: /\bdate\b[^\n|;&)]{0,300}\s-v[-+]\d/,
  },
  {
    code: 'redis-keys-blocks',
    level: 'warning',
    about: 'KEYS stops the whole Redis server while it looks through all keys.',
    pattern: /\bredis-cli\b[^\n|;&]{0,300}\sKEYS\s/,
  },
  {
    code: 'vacuum-full-locks',
    level: 'warning',
    about: 'VACUUM FULL locks each table against reading and needs as much free disk as the table is large.',
    pattern: /\bVACUUM\s*(?:\(\s*FULL\b|FULL\b)/i,
  },
  {
    code: 'dated-name',
    level: 'info',
    about: 'A file, snapshot or backup is named by a date that was right when the runbook was written.',
    pattern: /(?<!\d)20\d{2}[-_]?(?:0[1-9]|1[0-2])[-_]?(?:0[1-9]|[12]\d|3[01])(?!\d)/,
    also: /backup|snapshot|dump|restor|\.sql|\.tar|\.snap|target/i,
  },
  {
    code: 'truncate-where',
    level: 'error',
    about: 'TRUNCATE takes no WHERE: it is no SQL, and with the WHERE left out it empties the whole table.',
    pattern: /\bTRUNCATE\s+(?:TABLE\s+)?[\w.",]{1,200}(?:\s*,\s*[\w."]{1,200}){0,8}\s+WHERE\b/i,
  },
  {
    code: 'fetch-and-run',
    level: 'warning',
    about: 'What a server sends is run unseen: today’s script need not be the one that was tested.',
    pattern:
      /\b(?:curl|wget)\b[^\n;&]{0,300}\|\s*(?:sudo\s+(?:-\w+\s+)*)?(?:ba|z|k|da)?sh\b|\b(?:ba|z)?sh\s+(?:-c\s+["']?)?(?:<\(|\$\()\s*(?:curl|wget)\b/,
  },
];

export const staleRules: readonly Rule[] = table.map(({ code, level, about, pattern, also }) => ({
  code,
  level,
  about,
  find(procedure) {
    return commands(procedure).flatMap((step) => {
      const text = withoutComments(textOf(step));
      const match = pattern.exec(text);
      if (match === null || (also !== undefined && !also.test(text))) return [];
      return [at({ code, level }, step, sentence(code), match.index)];
    });
  },
}));

/** Lines that are comments become blanks, so that offsets stay. */
export function withoutComments(text: string): string {
  return text
    .replaceAll(/^[ \t]*(?:#(?!!)|--).*$/gm, (comment) => ' '.repeat(comment.length))
    .replaceAll(/\\\n/g, '  ');
}
