import type { Family } from './types.ts';

/** What watches over systems. */
export const observability: Family = {
  name: 'observability',
  title: 'Observability',
  tools: [
    {
      names: ['promtool'],
      style: 'pflag',
      values:
        '--http.config.file --lint --format -o --output --time --start --end --step --max-block-duration --url --header --config.file',
      commands: {
        'check config|rules|metrics|web-config|healthy|ready|service-discovery': {
          is: 'read',
          why: 'checks files or a server',
        },
        'query instant|range|series|labels|analyze': { is: 'read', why: 'queries' },
        'test rules': { is: 'read', why: 'tests rules', values: '--run --diff' },
        'debug pprof|metrics|all': { is: ['read', 'write'], why: 'writes facts to a file' },
        'tsdb analyze|list|dump|dump-openmetrics': {
          is: 'read',
          why: 'looks at stored series',
          values: '--limit --match --min-time --max-time',
        },
        'tsdb bench': { is: 'write', why: 'writes series to measure the speed', operands: true },
        'tsdb create-blocks-from': { is: 'write', why: 'makes blocks of stored series', operands: true },
        'push metrics': { is: 'egress', why: 'sends series to a server', values: '--label --timeout' },
        'promql format': { is: 'read', why: 'formats a query' },
        'promql label-matchers': { is: 'read', why: 'changes a query', operands: true },
      },
      examples: [
        ['promtool check config /etc/prometheus/prometheus.yml', 'read'],
        ["promtool query instant http://localhost:9090 'up'", 'read'],
        ['promtool tsdb create-blocks-from openmetrics m.txt /srv/data', 'write'],
      ],
    },
    {
      names: ['amtool'],
      style: 'pflag',
      values:
        '--alertmanager.url -o --output --timeout --http.config.file --config.file --date.format -c --comment -a --author -d --duration --start --end --within --created-by --annotation --generator-url --receiver --severity --tree',
      commands: {
        'alert|silence query': { is: 'read', why: 'lists alerts or silences' },
        alert: { is: 'read', why: 'lists alerts', operands: true },
        silence: { is: 'read', why: 'lists silences', operands: true },
        'alert add': { is: 'write', why: 'raises an alert' },
        'silence add|update|import': { is: ['write', 'disrupt'], why: 'silences alerts' },
        'silence expire': { is: 'destroy', why: 'ends a silence' },
        'check-config|config|cluster|template': { is: 'read', why: 'looks at settings', operands: true },
      },
      examples: [
        ['amtool alert query', 'read'],
        ['amtool silence add alertname=Down -d 2h -c drill', 'write', 'disrupt'],
        ['amtool silence expire 3f1', 'destroy'],
        ['amtool check-config alertmanager.yml', 'read'],
      ],
    },
    {
      names: ['logcli'],
      style: 'pflag',
      values:
        '--addr --username --password --org-id --tls-skip-verify --limit --from --to --since --step --output -o --batch --interval --ca-cert --key --cert --bearer-token --timezone --part-path-prefix',
      commands: {
        'query|instant-query|labels|series|fmt|stats|volume|volume_range|detected-fields': {
          is: 'read',
          why: 'queries logs',
          operands: true,
        },
        'delete create': { is: 'destroy', why: 'deletes log lines', operands: true },
        'delete list': { is: 'read', why: 'lists deletions', operands: true },
        'delete cancel': { is: 'write', why: 'takes a deletion back', operands: true },
      },
      examples: [['logcli query \'{app="web"}\' --since=1h', 'read']],
    },
    {
      names: ['grafana-cli', 'grafana'],
      style: 'pflag',
      values: '--homepath --config --pluginsDir --repo --pluginUrl --configOverrides',
      commands: {
        'plugins ls|list-remote|list-versions': { is: 'read', why: 'lists plugins' },
        'plugins install|update|update-all|upgrade|upgrade-all': { is: 'write', why: 'installs plugins' },
        'plugins remove|uninstall': { is: 'destroy', why: 'removes plugins' },
        'admin reset-admin-password': { is: ['write', 'privilege'], why: 'changes the password of the administrator' },
        'admin data-migration|secrets-migration|user-manager': {
          is: 'write',
          why: 'changes how secrets are stored',
          operands: true,
        },
        'cli plugins': { is: 'write', why: 'changes plugins', operands: true },
        'cli admin': { is: ['write', 'privilege'], why: 'changes who may sign in', operands: true },
        server: { is: 'write', why: 'runs a server' },
      },
      examples: [
        ['grafana-cli admin reset-admin-password --password-from-stdin', 'write', 'privilege'],
        ['grafana-cli plugins remove old', 'destroy'],
        ['grafana-cli plugins ls', 'read'],
      ],
    },
    {
      names: [
        'prometheus',
        'alertmanager',
        'prometheus-alertmanager',
        'loki',
        'promtail',
        'node_exporter',
        'grafana-server',
        'thanos',
        'vector',
        'telegraf',
        'otelcol',
        'filebeat',
      ],
      style: 'pflag',
      is: 'write',
      why: 'runs a server',
      operands: true,
      values:
        '--config.file --storage.tsdb.path --storage.path --web.listen-address --cluster.listen-address -c --config --log.level',
      examples: [['prometheus --config.file drill.yml --storage.tsdb.path /srv/drill', 'write']],
    },
  ],
};
