/** The site file that `holdfast init` writes. `name` is usable as a site's name, `schema` is where editors find the schema. */
export function siteTemplate(name: string, schema: string): string {
  return `# yaml-language-server: $schema=${schema}
#
# What Holdfast protects, where, and what you promise. Check it after each change:
#     holdfast site check
# Secrets are never written here: say where they are read, with one of
#     { env: NAME }   { file: path }   { command: [program, argument] }

site: ${name}
timezone: UTC            # of the people who read the reports, as in Asia/Seoul
language: en             # of reports: en, ko, zh-Hant
isolation: any           # sandbox: refuse drills that no sandbox keeps apart from production

# Where recovery points lie. The first of an asset's copies is written first, the others get copies of it.
stores:
  local:
    engine: restic
    path: ./recovery-points      # relative to this file
    tier: local                  # how far from what it protects: local, ring, cold, object, offline
    password: { file: ./holdfast-password }

  # A second machine, reached with your OpenSSH configuration. One copy in one place is no protection.
  # ring:
  #   engine: restic
  #   sftp: backup@peer:/srv/holdfast
  #   tier: ring
  #   password: { env: RING_PASSWORD }

# What is protected. Each asset has objectives, copies, and either files or postgres.
assets:
  documents:
    files:
      paths: [./documents]       # directories; relative to this file
      exclude: []                # patterns to leave out, as restic reads them
      canary: false              # true: write a small file before each backup and look for it after each restore
    objectives: { rpo: 1d, rto: 1h }   # how much work may be lost, how long it may take; 15m, 1h, 1d
    copies: [local]

  # ledger:
  #   postgres:
  #     url: { env: LEDGER_URL }       # postgres://user:password@host:5432/ledger
  #     audit-table: public.audit_log  # with actor, op, table_name, ts: tells after a loss what was written
  #     canary: true                   # a row in schema holdfast
  #   objectives: { rpo: 15m, rto: 1h }
  #   copies: [local, ring]
  #   after: [documents]               # must be back before this one
  #   shrink-limit: 0.5                # a backup under half of the last good one is a failure
  #   checks:
  #     - sql: { query: "select count(*) from entries where debit < 0", expect: 0 }
`;
}
