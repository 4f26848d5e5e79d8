import { expectations } from './hospital/schema.ts';

export interface SiteTextFacts {
  readonly data: string;
  readonly socketDirectory: string;
  readonly port: number;
  readonly account: string;
}

/** The demo's holdfast.yaml: a site file as a person would write it, to be read and played with after the demo. */
export function siteText({ data, socketDirectory, port, account }: SiteTextFacts): string {
  return `# The site that the demo made: an invented hospital, to be read and played with.
site: haneul-hospital
timezone: Asia/Seoul

stores:
  local:
    path: stores/local
    password: { file: secrets/store-password }
  second:
    path: stores/second
    tier: ring
    password: { file: secrets/store-password }

assets:
  records:
    postgres:
      url: { file: secrets/records-url }
      audit-table: audit_log
      canary: true
      # How \`holdfast recover\` makes the server anew when it is gone.
      cluster:
        data: ${quote(data)}
        socket: ${quote(socketDirectory)}
        port: ${port}
        account: ${quote(account)}
    objectives: { rpo: 15m, rto: 1h }
    copies: [local, second]
    checks:
${expectations.map(({ query, expect }) => `      - sql: { query: ${quote(query)}, expect: ${expect} }`).join('\n')}
  documents:
    files:
      paths: [production/documents]
      canary: true
    after: [records]
    objectives: { rpo: 1h, rto: 30m }
    copies: [local, second]
`;
}

/** A YAML double-quoted scalar: JSON strings are such. */
function quote(text: string): string {
  return JSON.stringify(text);
}
