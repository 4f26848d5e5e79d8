import type { Family, Tool, Verb } from './types.ts';

const kafkaConnection =
  '--bootstrap-server --zookeeper --command-config --topic --group --broker-list --consumer.config --producer.config --consumer-property --producer-property --config --partitions --replication-factor --property --entity-type --entity-name';

/** Kafka's scripts are called with and without `.sh`. */
const kafka: readonly Tool[] = [
  {
    names: ['kafka-topics', 'kafka-topics.sh'],
    style: 'words',
    is: 'read',
    why: 'looks at topics',
    values: kafkaConnection,
    rules: [
      { when: { option: '--create --alter' }, set: 'write', why: 'makes or changes a topic' },
      { when: { option: '--delete' }, set: 'destroy', why: 'deletes a topic and its records' },
    ],
    examples: [
      ['kafka-topics.sh --bootstrap-server k:9092 --describe', 'read'],
      ['kafka-topics --bootstrap-server k:9092 --delete --topic orders', 'destroy'],
      ['kafka-topics --bootstrap-server k:9092 --create --topic orders', 'write'],
    ],
  },
  {
    names: ['kafka-consumer-groups', 'kafka-consumer-groups.sh'],
    style: 'words',
    is: 'read',
    why: 'looks at the groups of readers',
    values: `${kafkaConnection} --to-offset --to-datetime --by-duration --shift-by --from-file --timeout --reset-offsets-from`,
    rules: [
      { when: { option: '--reset-offsets', also: '--execute' }, set: 'write', why: 'moves what readers have read' },
      { when: { option: '--delete --delete-offsets' }, set: 'destroy', why: 'deletes a group or its offsets' },
    ],
    examples: [
      ['kafka-consumer-groups --bootstrap-server k:9092 --group g --describe', 'read'],
      [
        'kafka-consumer-groups --bootstrap-server k:9092 --group g --topic t --reset-offsets --to-earliest --execute',
        'write',
      ],
      [
        'kafka-consumer-groups --bootstrap-server k:9092 --group g --topic t --reset-offsets --to-earliest --dry-run',
        'read',
      ],
    ],
  },
  {
    names: ['kafka-configs', 'kafka-configs.sh'],
    style: 'words',
    is: 'read',
    why: 'looks at settings',
    values: `${kafkaConnection} --add-config --delete-config`,
    rules: [{ when: { option: '--alter' }, set: 'write', why: 'changes settings' }],
    examples: [
      [
        'kafka-configs --bootstrap-server k:9092 --alter --entity-type topics --entity-name t --add-config retention.ms=1',
        'write',
      ],
    ],
  },
  {
    names: ['kafka-acls', 'kafka-acls.sh'],
    style: 'words',
    is: 'read',
    why: 'looks at rights',
    values: `${kafkaConnection} --allow-principal --deny-principal --operation --allow-host --authorizer-properties`,
    rules: [{ when: { option: '--add --remove' }, set: ['write', 'privilege'], why: 'gives or takes rights' }],
    examples: [
      [
        'kafka-acls --bootstrap-server k:9092 --add --allow-principal User:eve --operation Read --topic t',
        'write',
        'privilege',
      ],
    ],
  },
  {
    names: ['kafka-delete-records', 'kafka-delete-records.sh'],
    style: 'words',
    is: 'destroy',
    why: 'deletes records',
    values: `${kafkaConnection} --offset-json-file`,
    examples: [['kafka-delete-records --bootstrap-server k:9092 --offset-json-file o.json', 'destroy']],
  },
  {
    names: ['kafka-reassign-partitions', 'kafka-reassign-partitions.sh'],
    style: 'words',
    is: 'read',
    why: 'plans how partitions are spread',
    values: `${kafkaConnection} --reassignment-json-file --topics-to-move-json-file --throttle`,
    rules: [{ when: { option: '--execute --cancel' }, set: 'write', why: 'moves partitions' }],
    examples: [
      ['kafka-reassign-partitions --bootstrap-server k:9092 --reassignment-json-file r.json --execute', 'write'],
    ],
  },
  {
    names: [
      'kafka-leader-election',
      'kafka-leader-election.sh',
      'kafka-server-stop',
      'kafka-server-stop.sh',
      'zookeeper-server-stop',
      'zookeeper-server-stop.sh',
    ],
    style: 'words',
    is: 'disrupt',
    why: 'stops a server, or makes another the leader',
    values: `${kafkaConnection} --election-type --partition --path-to-json-file`,
    examples: [['kafka-server-stop.sh', 'disrupt']],
  },
  {
    names: [
      'kafka-console-consumer',
      'kafka-console-consumer.sh',
      'kafka-dump-log',
      'kafka-dump-log.sh',
      'kafka-log-dirs',
      'kafka-log-dirs.sh',
      'kafka-broker-api-versions',
      'kafka-broker-api-versions.sh',
      'kafka-get-offsets',
      'kafka-get-offsets.sh',
      'kafka-metadata-quorum',
      'kafka-metadata-quorum.sh',
    ],
    style: 'words',
    is: 'read',
    why: 'looks at records or servers',
    values: `${kafkaConnection} --max-messages --offset --partition --files --timeout-ms`,
    operands: true,
    examples: [['kafka-console-consumer --bootstrap-server k:9092 --topic t --max-messages 5', 'read']],
  },
  {
    names: ['kafka-console-producer', 'kafka-console-producer.sh', 'kafka-mirror-maker', 'kafka-mirror-maker.sh'],
    style: 'words',
    is: 'egress',
    why: 'sends records',
    values: kafkaConnection,
    examples: [['kafka-console-producer --bootstrap-server k:9092 --topic t', 'egress']],
  },
  {
    names: ['kafka-server-start', 'kafka-server-start.sh', 'zookeeper-server-start', 'zookeeper-server-start.sh'],
    style: 'words',
    is: 'write',
    why: 'starts a server',
    values: '--override',
    examples: [['kafka-server-start.sh -daemon config/server.properties', 'write']],
  },
  {
    names: ['kafka-storage', 'kafka-storage.sh'],
    style: 'words',
    values: '-c --config -t --cluster-id',
    commands: {
      'info|random-uuid': { is: 'read', why: 'looks at the storage' },
      format: { is: 'destroy', why: 'formats the storage' },
    },
    examples: [['kafka-storage format -t abc -c server.properties', 'destroy']],
  },
];

const brokerReads: Verb = { is: 'read', why: 'looks at the broker', values: '--formatter --offline' };

const rabbitmq: readonly Tool[] = [
  {
    names: ['rabbitmqctl'],
    style: 'pflag',
    values: '-n --node -t --timeout -p --vhost -q --quiet --formatter --priority --apply-to',
    commands: {
      'status|list_*|cluster_status|ping|report|environment|authenticate_user|node_health_check|help|version|export_definitions|await_startup|await_online_nodes|wait|get_*|schema_info|log_tail|trace_*|decode|encode|hash_password':
        brokerReads,
      export_definitions: {
        is: ['read', 'write', 'secret'],
        why: 'writes all definitions to a file, hashes of passwords among them',
      },
      'start_app|set_policy|clear_policy|set_parameter|clear_parameter|set_global_parameter|add_vhost|import_definitions|rotate_logs|enable_*|set_vhost_limits|sync_queue|set_log_level|set_cluster_name|rename_cluster_node|update_cluster_nodes|change_cluster_node_type':
        { is: 'write', why: 'changes the broker' },
      'stop|stop_app|shutdown|close_connection|close_all_connections|close_all_user_connections|cancel_sync_queue|restart_vhost|disable_*|suspend_*|join_cluster':
        { is: 'disrupt', why: 'stops the broker or cuts connections' },
      join_cluster: { is: ['write', 'disrupt'], why: 'makes the node part of another cluster' },
      'reset|force_reset': { is: ['destroy', 'disrupt'], why: 'deletes all that the node holds' },
      force_boot: { is: ['write', 'disrupt'], why: 'starts a node without waiting for the others' },
      'delete_queue|purge_queue|delete_vhost|forget_cluster_node|delete_shovel|clear_global_parameter': {
        is: 'destroy',
        why: 'deletes queues, messages or members',
        values: '--if-empty --if-unused',
      },
      'add_user|change_password|set_user_tags|set_permissions|set_topic_permissions|clear_permissions|clear_topic_permissions|clear_password':
        { is: ['write', 'privilege'], why: 'changes who may do what' },
      delete_user: { is: ['destroy', 'privilege'], why: 'deletes a user' },
      'eval|eval_file|exec': { is: 'unknown', why: 'runs Erlang code' },
    },
    examples: [
      ['rabbitmqctl list_queues -p /', 'read'],
      ['rabbitmqctl purge_queue orders', 'destroy'],
      ['rabbitmqctl stop_app', 'disrupt'],
      ['rabbitmqctl force_reset', 'destroy', 'disrupt'],
      ['rabbitmqctl set_permissions -p / eve ".*" ".*" ".*"', 'write', 'privilege'],
      ['rabbitmqctl export_definitions /srv/defs.json', 'read', 'write', 'secret'],
      ['rabbitmqctl import_definitions /srv/defs.json', 'write'],
    ],
  },
  {
    names: ['rabbitmq-diagnostics', 'rabbitmq-streams', 'rabbitmq-queues', 'rabbitmq-upgrade'],
    style: 'pflag',
    values: '-n --node -t --timeout -p --vhost --formatter',
    commands: {
      'check_*|status|ping|list_*|cluster_status|report|memory_breakdown|alarms|listeners|server_version|observer|log_*|quorum_status|stream_status|await_*|erlang_version|os_env|runtime_thread_stats|environment|discover_peers':
        brokerReads,
      'add_member|grow|rebalance|add_replica|post_upgrade|revive|peek': {
        is: 'write',
        why: 'changes how queues are spread',
      },
      'delete_member|shrink|delete_replica': { is: 'destroy', why: 'removes copies of queues' },
      drain: { is: 'disrupt', why: 'closes a node' },
    },
    examples: [
      ['rabbitmq-diagnostics check_running', 'read'],
      ['rabbitmq-upgrade drain', 'disrupt'],
    ],
  },
  {
    names: ['rabbitmq-plugins'],
    style: 'pflag',
    values: '-n --node',
    commands: {
      'list|directories|is_enabled': brokerReads,
      'enable|set': { is: 'write', why: 'turns plugins on' },
      disable: { is: 'write', why: 'turns plugins off' },
    },
    examples: [['rabbitmq-plugins enable rabbitmq_management', 'write']],
  },
  {
    names: ['rabbitmqadmin'],
    style: 'pflag',
    values:
      '-H --host -P --port -u --username -p --password -V --vhost -f --format -c --config -N --node -d --depth -S --sort',
    credentials: '-p',
    operands: true,
    commands: {
      'list|show': { is: 'read', why: 'looks at the broker', operands: true },
      export: {
        is: ['read', 'write', 'secret'],
        why: 'writes all definitions to a file, hashes of passwords among them',
      },
      'declare|import|publish': { is: 'write', why: 'makes objects or messages', operands: true },
      'delete|purge': { is: 'destroy', why: 'deletes objects or messages', operands: true },
      get: { is: 'read', why: 'shows messages', operands: true },
      close: { is: 'disrupt', why: 'closes a connection', operands: true },
    },
    examples: [
      ['rabbitmqadmin list queues', 'read'],
      ['rabbitmqadmin delete queue name=orders', 'destroy'],
    ],
  },
];

/** Column stores, time series, search, queues. */
export const dataServices: Family = {
  name: 'data-services',
  title: 'Data services: ClickHouse, InfluxDB, Cassandra, RabbitMQ, Kafka',
  tools: [
    {
      names: ['clickhouse-client', 'clickhouse-local'],
      style: 'pflag',
      is: 'none',
      why: 'an interactive session',
      values:
        '-h --host --port -u --user --password -d --database -q --query --queries-file -f --format -C --config-file -t --time --param_id',
      version: '-V',
      place: 'database',
      carries: [
        { from: { option: '-q --query' }, as: 'sql', dialect: 'other', place: 'database' },
        { from: { file: '--queries-file' }, as: 'sql', dialect: 'other', place: 'database' },
        {
          from: 'input',
          as: 'sql',
          dialect: 'other',
          place: 'database',
          when: { without: '-q --query --queries-file' },
        },
      ],
      examples: [
        ['clickhouse-client -q "SELECT count() FROM events"', 'read'],
        ['clickhouse-client --query "DROP TABLE events"', 'destroy'],
      ],
    },
    {
      names: ['clickhouse-backup'],
      style: 'pflag',
      values: '-c --config -t --table --tables',
      commands: {
        'list|tables|print-config|default-config': { is: 'read', why: 'lists backups' },
        'create|download|watch': { is: 'write', why: 'makes a backup' },
        'create_remote|upload': { is: ['write', 'egress'], why: 'sends a backup away' },
        'restore|restore_remote': {
          is: 'write',
          why: 'restores tables',
          rules: [
            {
              when: { option: '--rm --drop' },
              set: ['destroy', 'disrupt'],
              why: 'drops the tables that are there first',
            },
          ],
        },
        'delete local': { is: 'destroy', why: 'deletes a backup' },
        'delete remote': { is: 'remote-delete', why: 'deletes a backup far away' },
        'clean|clean_remote_broken': { is: 'destroy', why: 'removes what is left of backups' },
      },
      examples: [['clickhouse-backup delete remote b1', 'remote-delete']],
    },
    {
      names: ['influx'],
      style: 'pflag',
      is: 'none',
      why: 'an interactive session',
      values:
        '--host --token -t --org -o --org-id --bucket -b --bucket-id --configs-path -c --active-config -execute -database -precision -username -password -port -n --name -f --file -r --retention --start --stop -p --predicate',
      place: 'database',
      operands: true,
      carries: [{ from: { option: '-execute --execute' }, as: 'sql', dialect: 'other', place: 'database' }],
      commands: {
        query: { is: 'read', why: 'queries' },
        'ping|version|bucket|org|user|task|telegrafs|dashboards|stacks|replication|remote list|ls|find|log|get': {
          is: 'read',
          why: 'looks at the server',
        },
        'auth list|ls|find': { is: ['read', 'secret'], why: 'prints tokens' },
        'auth create': { is: ['write', 'privilege', 'secret'], why: 'makes a token and prints it' },
        'auth delete': { is: ['destroy', 'privilege'], why: 'deletes a token' },
        'auth active|inactive': { is: ['write', 'privilege'], why: 'turns a token on or off' },
        'bucket|org|task|user|replication|remote|config create|update|set': {
          is: 'write',
          why: 'makes or changes an object',
        },
        'bucket|org|task|user|replication|remote|dashboards|config delete|rm|remove': {
          is: 'destroy',
          why: 'deletes an object and its data',
        },
        'write|setup|import|apply|export': { is: 'write', why: 'writes data' },
        delete: { is: 'destroy', why: 'deletes points' },
        backup: { is: ['read', 'write'], why: 'writes a backup to files' },
        restore: {
          is: 'write',
          why: 'restores a backup',
          rules: [{ when: { option: '--full' }, set: ['destroy', 'disrupt'], why: '--full replaces all data' }],
        },
      },
      examples: [
        ['influx backup /srv/influx -t x', 'read', 'write'],
        ['influx restore --full /srv/influx', 'destroy', 'disrupt'],
        ['influx delete --bucket b --start 2020-01-01T00:00:00Z --stop 2021-01-01T00:00:00Z', 'destroy'],
        ['influx bucket list', 'read'],
      ],
    },
    {
      names: ['influxd'],
      style: 'go',
      is: 'write',
      why: 'runs a server',
      values: '-host -database -retention -since -portable -metadir -datadir -db -config',
      commands: {
        backup: { is: ['read', 'write'], why: 'writes a backup to files' },
        restore: { is: 'write', why: 'restores a backup' },
        'version|print-config|config': { is: 'read', why: 'says how it is set up' },
        inspect: { is: 'read', why: 'looks at its files', operands: true },
      },
      examples: [['influxd backup -portable /srv/influx', 'read', 'write']],
    },
    {
      names: ['cqlsh'],
      style: 'gnu',
      is: 'none',
      why: 'an interactive session',
      values:
        '-e --execute -f --file -u --username -p --password -k --keyspace --request-timeout --connect-timeout --cqlversion --encoding --cqlshrc',
      credentials: '-p',
      place: 'database',
      carries: [
        { from: { option: '-e --execute' }, as: 'sql', dialect: 'other', place: 'database' },
        { from: { file: '-f --file' }, as: 'sql', dialect: 'other', place: 'database' },
        { from: 'input', as: 'sql', dialect: 'other', place: 'database', when: { without: '-e --execute -f --file' } },
      ],
      examples: [
        ['cqlsh -e "SELECT * FROM shop.orders LIMIT 5"', 'read'],
        ['cqlsh db1 -e "TRUNCATE shop.orders"', 'destroy'],
      ],
    },
    {
      names: ['nodetool'],
      style: 'pflag',
      values:
        '-h --host -p --port -u --username -pw --password -pwf --password-file -t --tag -cf --column-family --table -kt --kt-list -dc --in-dc -hosts -j --jobs',
      place: 'database',
      commands: {
        'status|info|ring|describecluster|describering|netstats|tpstats|tablestats|cfstats|tablehistograms|cfhistograms|proxyhistograms|compactionstats|compactionhistory|gossipinfo|version|listsnapshots|getendpoints|getlogginglevels|failuredetector|toppartitions|viewbuildstatus|statusbackup|statusbinary|statusgossip|statushandoff|statusthrift|verify|clientstats|get*|datapaths|gcstats|repair_admin|help':
          { is: 'read', why: 'looks at the node' },
        'repair|flush|compact|scrub|snapshot|refresh|rebuild|rebuild_index|upgradesstables|cleanup|garbagecollect|relocatesstables|set*|enable*|disablebackup|disableautocompaction|resumehandoff|import|join|bootstrap|reload*|invalidate*|replaybatchlog|refreshsizeestimates|bootstrap':
          { is: 'write', why: 'changes the node' },
        'drain|stopdaemon|disablebinary|disablegossip|disablethrift|disablehandoff|disable*|pausehandoff|move|stop|abortbootstrap':
          {
            is: 'disrupt',
            why: 'stops the node or what it does',
          },
        'decommission|removenode|assassinate': { is: ['destroy', 'disrupt'], why: 'takes a node out of the cluster' },
        'clearsnapshot|truncatehints': { is: 'destroy', why: 'deletes snapshots or hints' },
      },
      examples: [
        ['nodetool status', 'read'],
        ['nodetool snapshot -t nightly shop', 'write'],
        ['nodetool clearsnapshot -t nightly', 'destroy'],
        ['nodetool drain', 'disrupt'],
        ['nodetool decommission', 'destroy', 'disrupt'],
        ['nodetool -h db1 getendpoints shop orders 1', 'read'],
      ],
    },
    ...rabbitmq,
    ...kafka,
  ],
};
