import type { Family, Tool, Verb } from './types.ts';

const mysqlConnection =
  '-h --host -u --user -P --port -S --socket --protocol --defaults-file --defaults-extra-file --defaults-group-suffix --login-path --default-character-set --ssl-ca --ssl-cert --ssl-key --ssl-mode --plugin-dir --connect-timeout --max-allowed-packet';

/** MySQL and MariaDB. A password is attached to `-p`, never the next word. */
const mysql: readonly Tool[] = [
  {
    names: ['mysql', 'mariadb', 'mycli'],
    is: 'none',
    why: 'an interactive session',
    values: `${mysqlConnection} -e --execute -D --database --init-command --delimiter --tee --pager`,
    flags: '-p --password -N --skip-column-names -B --batch --table -f --force -q -A -s -t -v',
    help: '-? -I',
    version: '-V',
    place: 'database',
    rules: [{ when: { option: '--tee' }, add: 'write', why: 'writes a file' }],
    carries: [
      { from: { option: '-e --execute --init-command' }, as: 'sql', dialect: 'mysql', place: 'database' },
      { from: 'input', as: 'sql', dialect: 'mysql', place: 'database', when: { without: '-e --execute' } },
    ],
    examples: [
      ['mysql -u root -p', 'none'],
      ["mysql -e 'SHOW DATABASES'", 'read'],
      ['mysql -h db shop -e "DROP TABLE orders"', 'destroy'],
    ],
  },
  {
    names: ['mysqldump', 'mariadb-dump', 'mysqlpump', 'mydumper'],
    is: 'read',
    why: 'dumps databases',
    values: `${mysqlConnection} -r --result-file -T --tab -w --where --ignore-table --net-buffer-length --dump-replica --master-data --compatible -o --outputdir -B -t --threads`,
    help: '-?',
    version: '-V',
    place: 'database',
    rules: [
      { when: { option: '-r --result-file -T --tab -o --outputdir' }, add: 'write', why: 'writes the dump to a file' },
      {
        when: { option: '--delete-master-logs --delete-source-logs' },
        add: 'destroy',
        why: 'deletes binary logs after the dump',
      },
    ],
    examples: [
      ['mysqldump --single-transaction shop', 'read'],
      ['mariadb-dump shop --result-file=shop.sql', 'read', 'write'],
      ['mysqldump --all-databases --delete-master-logs', 'read', 'destroy'],
    ],
  },
  {
    names: [
      'mysqlshow',
      'mysqlbinlog',
      'mariadb-binlog',
      'mariadb-show',
      'innochecksum',
      'mysqldumpslow',
      'perror',
      'my_print_defaults',
      'pt-query-digest',
      'pt-table-checksum',
    ],
    is: 'read',
    why: 'looks at a server, its logs or its files',
    values: `${mysqlConnection} -r --result-file --start-datetime --stop-datetime --start-position --stop-position -d --database`,
    help: '-?',
    version: '-V',
    rules: [{ when: { option: '--raw --result-file' }, add: 'write', why: 'writes files' }],
    examples: [
      ['mysqlbinlog --start-datetime="2026-11-01 00:00:00" binlog.000042', 'read'],
      ['mysqlbinlog --raw --read-from-remote-server binlog.000042', 'read', 'write'],
    ],
  },
  {
    names: ['mariabackup', 'mariadb-backup', 'xtrabackup', 'innobackupex', 'mysqlbackup'],
    is: 'write',
    why: 'makes or prepares a backup',
    values: `${mysqlConnection} --target-dir --incremental-basedir --incremental-dir --datadir --parallel --stream --compress-threads --databases --tables --extra-lsndir --backup-dir --backup-image`,
    version: '-v',
    rules: [
      { when: { option: '--stream' }, set: 'read', why: 'writes the backup to its output' },
      {
        when: { option: '--move-back --force-non-empty-directories' },
        set: ['destroy', 'disrupt'],
        why: 'replaces the data of a server',
      },
    ],
    examples: [
      ['mariabackup --backup --target-dir=/srv/full --user=backup', 'write'],
      ['mariabackup --prepare --target-dir=/srv/full', 'write'],
      ['mariabackup --copy-back --target-dir=/srv/full', 'write'],
      ['mariabackup --copy-back --force-non-empty-directories --target-dir=/srv/full', 'destroy', 'disrupt'],
    ],
  },
  {
    names: ['mysqladmin', 'mariadb-admin'],
    values: `${mysqlConnection} -c --count -i --sleep -w --wait --shutdown-timeout`,
    version: '-V',
    help: '-?',
    place: 'database',
    commands: {
      'ping|status|extended-status|processlist|variables|version|debug': { is: 'read', why: 'looks at the server' },
      shutdown: { is: 'disrupt', why: 'stops the server' },
      'kill|stop-slave|stop-replica|stop-all-slaves': { is: 'disrupt', why: 'ends connections or replication' },
      drop: { is: 'destroy', why: 'deletes a database' },
      'create|reload|refresh|start-slave|start-replica|start-all-slaves|flush-*': {
        is: 'write',
        why: 'changes the state of the server',
      },
      'password|old-password': { is: ['write', 'privilege'], why: 'changes a password' },
    },
    examples: [
      ['mysqladmin -u root -p shutdown', 'disrupt'],
      ['mysqladmin drop shop', 'destroy'],
      ['mysqladmin ping', 'read'],
      ['mysqladmin -h db processlist', 'read'],
    ],
  },
  {
    names: ['mysqlcheck', 'mariadb-check', 'myisamchk', 'aria_chk'],
    is: 'read',
    why: 'checks tables',
    values: mysqlConnection,
    flags: '-c --check -A --all-databases -B --databases',
    version: '-V',
    rules: [
      {
        when: { option: '-r --repair -o --optimize -a --analyze --auto-repair --fix-db-names' },
        set: 'write',
        why: 'changes tables',
      },
    ],
    examples: [
      ['mysqlcheck --all-databases --check', 'read'],
      ['mysqlcheck --auto-repair shop', 'write'],
    ],
  },
  {
    names: ['mysqlimport', 'mariadb-import', 'myloader'],
    is: ['write'],
    why: 'loads files into tables',
    values: `${mysqlConnection} -c --columns -d --directory -B --database -t --threads`,
    version: '-V',
    rules: [{ when: { option: '-D --delete -o --overwrite-tables' }, add: 'destroy', why: 'empties the tables first' }],
    examples: [
      ['mysqlimport shop orders.txt', 'write'],
      ['mysqlimport --delete shop orders.txt', 'write', 'destroy'],
    ],
  },
  {
    names: [
      'mysqld',
      'mariadbd',
      'mysqld_safe',
      'mariadbd-safe',
      'mysql_install_db',
      'mariadb-install-db',
      'mysql_upgrade',
      'mariadb-upgrade',
      'mysqlslap',
      'mysql_tzinfo_to_sql',
    ],
    is: 'write',
    why: 'sets up or runs a server',
    values: `${mysqlConnection} --datadir --basedir --pid-file --log-error`,
    version: '-V',
    rules: [{ when: { option: '--skip-grant-tables' }, add: 'privilege', why: 'lets anybody in without a password' }],
    examples: [
      ['mariadb-upgrade', 'write'],
      ['mysqld_safe --skip-grant-tables', 'write', 'privilege'],
    ],
  },
  {
    names: ['mysql_secure_installation', 'mariadb-secure-installation'],
    is: ['write', 'privilege'],
    why: 'changes who may sign in',
    examples: [['mysql_secure_installation', 'write', 'privilege']],
  },
];

const redisValues =
  '-h -p -s -t -a -u -n -r -i -d -D -x -X --user --pass --cacert --cacertdir --cert --key --sni --eval --rdb --functions-rdb --pattern --quoted-pattern --count --intrinsic-latency --memkeys-samples --show-pushes --cluster';

const redis: readonly Tool[] = [
  {
    names: ['redis-cli', 'valkey-cli', 'keydb-cli'],
    style: 'words',
    is: 'none',
    why: 'an interactive session',
    values: redisValues.replace(' -x -X', '').replace(' --cluster', ''),
    version: '-v',
    place: 'database',
    credentials: '-a --pass',
    rules: [
      { when: { option: '--rdb --functions-rdb' }, set: ['read', 'write'], why: 'copies the data into a file' },
      {
        when: {
          option:
            '--bigkeys --memkeys --hotkeys --scan --stat --latency --latency-history --latency-dist --intrinsic-latency --lru-test',
        },
        set: 'read',
        why: 'looks at the keys or the speed',
      },
      { when: { option: '--pipe' }, set: ['write', 'unknown'], why: 'sends commands from its input' },
      { when: { option: '--eval' }, add: 'unknown', why: 'runs a script from a file' },
    ],
    special: 'redis',
    examples: [
      ['redis-cli -h cache GET session:1', 'read'],
      ['redis-cli -n 2 FLUSHDB', 'destroy'],
      ['redis-cli FLUSHALL', 'destroy'],
      ['redis-cli --rdb /srv/dump.rdb', 'read', 'write'],
      ['redis-cli --scan --pattern "session:*"', 'read'],
    ],
  },
  {
    names: ['redis-check-rdb', 'redis-check-aof', 'redis-check-dump', 'valkey-check-rdb', 'valkey-check-aof'],
    style: 'words',
    is: 'read',
    why: 'checks a file',
    rules: [{ when: { option: '--fix' }, set: 'destroy', why: 'cuts off what it cannot read' }],
    examples: [
      ['redis-check-rdb dump.rdb', 'read'],
      ['redis-check-aof --fix appendonly.aof', 'destroy'],
    ],
  },
  {
    names: ['redis-server', 'redis-sentinel', 'valkey-server', 'redis-benchmark', 'memcached'],
    style: 'words',
    is: 'write',
    why: 'runs a server, or fills one',
    values: '--port --dir --dbfilename --bind --save --appendonly --unixsocket -p -h -n -c -t -m -u -l',
    version: '-v',
    operands: true,
    examples: [['redis-server /etc/redis/drill.conf --port 6390', 'write']],
  },
];

const mongoConnection =
  '-h --host -p --port -u --username --authenticationDatabase --authenticationMechanism --uri -d --db -c --collection --config --ssl --sslCAFile --sslPEMKeyFile --readPreference -j --numParallelCollections';

const mongo: readonly Tool[] = [
  {
    names: ['mongosh', 'mongo'],
    style: 'pflag',
    is: 'none',
    why: 'an interactive session',
    values:
      '--eval -f --file --host --port -u --username -p --password --authenticationDatabase --authenticationMechanism --tlsCAFile --tlsCertificateKeyFile --sslCAFile --sslPEMKeyFile --apiVersion',
    credentials: '-p',
    help: '-h',
    place: 'database',
    carries: [{ from: { file: '-f --file' }, as: 'mongo', place: 'database' }],
    special: 'mongo',
    examples: [
      ['mongosh mongodb://db/shop', 'none'],
      ["mongosh shop --eval 'db.dropDatabase()'", 'destroy'],
      ["mongosh --quiet --eval 'rs.status()'", 'read'],
    ],
  },
  {
    names: ['mongodump'],
    style: 'pflag',
    is: ['read', 'write'],
    why: 'dumps into files',
    values: `${mongoConnection} -o --out -q --query --queryFile --excludeCollection --excludeCollectionsWithPrefix`,
    place: 'database',
    rules: [
      { when: { option: '--archive', value: /^-?$/ }, set: 'read', why: 'dumps to its output' },
      { when: { option: '-o --out', value: /^-$/ }, set: 'read', why: 'dumps to its output' },
    ],
    examples: [
      ['mongodump --uri mongodb://db --out /srv/dump', 'read', 'write'],
      ['mongodump --archive --db shop', 'read'],
    ],
  },
  {
    names: ['mongorestore'],
    style: 'pflag',
    is: 'write',
    why: 'restores into a database',
    values: `${mongoConnection} --dir --nsInclude --nsExclude --nsFrom --nsTo --oplogLimit --oplogFile --numInsertionWorkersPerCollection --writeConcern`,
    place: 'database',
    rules: [
      {
        when: { option: '--drop' },
        set: ['destroy', 'disrupt'],
        why: '--drop deletes each collection before it is restored',
      },
    ],
    dryRun: { option: '--dryRun' },
    examples: [
      ['mongorestore --drop --nsInclude "shop.*" /srv/dump', 'destroy', 'disrupt'],
      ['mongorestore --drop --dryRun /srv/dump', 'read'],
      ['mongorestore /srv/dump', 'write'],
    ],
  },
  {
    names: ['mongoexport'],
    style: 'pflag',
    is: 'read',
    why: 'prints documents',
    values: `${mongoConnection} -o --out -q --query -f --fields --type --sort --limit --skip`,
    place: 'database',
    rules: [{ when: { option: '-o --out' }, add: 'write', why: 'writes a file' }],
    examples: [['mongoexport --db shop --collection orders -o orders.json', 'read', 'write']],
  },
  {
    names: ['mongoimport', 'mongofiles'],
    style: 'pflag',
    is: 'write',
    why: 'loads documents',
    values: `${mongoConnection} --file -f --fields --type --mode --upsertFields -l --local --prefix`,
    place: 'database',
    rules: [
      { when: { option: '--drop' }, add: 'destroy', why: '--drop deletes the collection first' },
      { when: { first: /^(?:list|search)$/ }, set: 'read', why: 'lists files' },
      { when: { first: /^delete(?:_id)?$/ }, set: 'destroy', why: 'deletes files' },
    ],
    examples: [['mongoimport --drop --db shop --collection orders orders.json', 'write', 'destroy']],
  },
  {
    names: ['mongostat', 'mongotop', 'bsondump'],
    style: 'pflag',
    is: 'read',
    why: 'looks at a server or a dump',
    values: `${mongoConnection} -n --rowcount -o -O --type --bsonFile --outFile`,
    examples: [['mongostat --rowcount 5', 'read']],
  },
  {
    names: ['mongod', 'mongos'],
    style: 'pflag',
    is: 'write',
    why: 'runs a server',
    values: '--dbpath --port --bind_ip -f --config --logpath --replSet --keyFile --pidfilepath',
    rules: [
      { when: { option: '--shutdown' }, set: 'disrupt', why: 'stops the server' },
      { when: { option: '--repair' }, set: ['write', 'destroy'], why: 'drops documents that it cannot read' },
    ],
    examples: [
      ['mongod --dbpath /srv/drill --port 27117', 'write'],
      ['mongod --shutdown --dbpath /var/lib/mongodb', 'disrupt'],
    ],
  },
];

const etcdRights: Verb = {
  is: ['write', 'privilege'],
  why: 'changes who may do what',
  values: '--user --new-user-password',
};

const etcd: readonly Tool[] = [
  {
    names: ['etcdctl'],
    style: 'pflag',
    values:
      '--endpoints --endpoint --cacert --cert --key --ca-file --cert-file --key-file --user --password -w --write-out --command-timeout --dial-timeout --keepalive-time --discovery-srv --limit --rev --timeout',
    place: 'database',
    commands: {
      get: {
        is: 'read',
        why: 'shows keys',
        values: '--order --sort-by --consistency',
        rules: [
          {
            when: { first: /^\/registry\/?$|^\/registry\/secrets|^\/$|^$/, without: '--keys-only --count-only' },
            add: 'secret',
            why: 'prints the secrets of a Kubernetes cluster',
          },
        ],
      },
      'put|set|mk|mkdir|update|setdir|updatedir': { is: 'write', why: 'stores a key', values: '--lease --ttl' },
      'del|rm|rmdir': { is: 'destroy', why: 'deletes keys' },
      'ls|watch|exec-watch|version|cluster-health': { is: 'read', why: 'looks at keys' },
      'txn|lock|elect': { is: 'unknown', why: 'depends on what is given to it' },
      'snapshot save': { is: ['read', 'write'], why: 'writes a snapshot to a file' },
      'snapshot status': { is: 'read', why: 'looks at a snapshot' },
      'snapshot restore': {
        is: 'write',
        why: 'makes a new data directory of a snapshot',
        values:
          '--data-dir --wal-dir --name --initial-cluster --initial-cluster-token --initial-advertise-peer-urls --bump-revision',
        rules: [
          {
            when: { option: '--data-dir', value: /^\/var\/lib\/etcd\/?$/ },
            set: ['destroy', 'disrupt'],
            why: 'puts a snapshot where the live data lies',
          },
        ],
      },
      backup: { is: 'write', why: 'copies the data directory', values: '--data-dir --backup-dir --wal-dir' },
      'member list': { is: 'read', why: 'lists members' },
      'member add|update|promote': { is: 'write', why: 'changes the members', values: '--peer-urls' },
      'member remove': { is: 'destroy', why: 'removes a member of the cluster' },
      'endpoint|check health|status|hashkv|datascale': { is: 'read', why: 'looks at the members' },
      'check perf': { is: 'write', why: 'writes keys to measure the speed', values: '--load --prefix' },
      'alarm list': { is: 'read', why: 'lists alarms' },
      'alarm disarm': { is: 'write', why: 'takes alarms back' },
      'compact|compaction': { is: 'destroy', why: 'throws older revisions away' },
      defrag: {
        is: ['write', 'disrupt'],
        why: 'rebuilds the store, and blocks the member meanwhile',
        values: '--data-dir',
      },
      'move-leader': { is: 'disrupt', why: 'makes another member the leader' },
      downgrade: { is: ['write', 'disrupt'], why: 'prepares an older version', operands: true },
      'lease list|timetolive|keep-alive': { is: 'read', why: 'looks at leases' },
      'lease grant': { is: 'write', why: 'makes a lease' },
      'lease revoke': { is: 'destroy', why: 'deletes a lease and its keys' },
      'auth enable|disable': etcdRights,
      'auth status': { is: 'read', why: 'says whether sign-in is on' },
      'user|role list|get': { is: 'read', why: 'looks at users and roles' },
      'user add|passwd': etcdRights,
      'role add': etcdRights,
      'user grant-role|revoke-role': { ...etcdRights, is: 'privilege' },
      'role grant-permission|revoke-permission': { ...etcdRights, is: 'privilege' },
      'user|role delete': { is: ['destroy', 'privilege'], why: 'deletes a user or a role' },
      'make-mirror': {
        is: ['write', 'egress'],
        why: 'copies all keys to another cluster',
        values: '--dest-prefix --prefix --dest-cert --dest-key --dest-cacert',
      },
    },
    examples: [
      ['etcdctl get /app --prefix', 'read'],
      ['etcdctl get /registry/secrets --prefix', 'read', 'secret'],
      ['etcdctl --endpoints=https://10.0.0.1:2379 snapshot save /srv/etcd.db', 'read', 'write'],
      ['etcdctl snapshot status /srv/etcd.db -w table', 'read'],
      ['etcdctl snapshot restore /srv/etcd.db --data-dir /srv/drill', 'write'],
      ['etcdctl snapshot restore /srv/etcd.db --data-dir /var/lib/etcd', 'destroy', 'disrupt'],
      ['etcdctl del /app --prefix', 'destroy'],
      ['etcdctl member remove 8e9e05c52164694d', 'destroy'],
      ['etcdctl compact 1000', 'destroy'],
      ['etcdctl defrag', 'write', 'disrupt'],
      ['etcdctl move-leader 8e9e05c52164694d', 'disrupt'],
      ['etcdctl endpoint health', 'read'],
    ],
  },
  {
    names: ['etcdutl'],
    style: 'pflag',
    values: '-w --write-out',
    commands: {
      'snapshot status': { is: 'read', why: 'looks at a snapshot' },
      'snapshot restore': {
        is: 'write',
        why: 'makes a new data directory of a snapshot',
        values:
          '--data-dir --wal-dir --name --initial-cluster --initial-cluster-token --initial-advertise-peer-urls --bump-revision',
        rules: [
          {
            when: { option: '--data-dir', value: /^\/var\/lib\/etcd\/?$/ },
            set: ['destroy', 'disrupt'],
            why: 'puts a snapshot where the live data lies',
          },
        ],
      },
      'hashkv|version': { is: 'read', why: 'looks at the store', values: '--rev' },
      'defrag|migrate|backup': {
        is: 'write',
        why: 'rebuilds the store',
        values: '--data-dir --backup-dir --target-version',
      },
    },
    examples: [
      ['etcdutl snapshot status etcd.db', 'read'],
      ['etcdutl snapshot restore etcd.db --data-dir /srv/drill', 'write'],
    ],
  },
  {
    names: ['etcd'],
    style: 'go',
    is: 'write',
    why: 'runs a server',
    operands: true,
    examples: [['etcd --data-dir /srv/drill', 'write']],
  },
];

/** MySQL and MariaDB, SQLite, Redis, MongoDB and etcd. */
export const databases: Family = {
  name: 'databases',
  title: 'Databases',
  tools: [
    ...mysql,
    {
      names: ['sqlite3', 'sqlite', 'litecli'],
      style: 'words',
      is: 'none',
      why: 'an interactive session',
      values: '-cmd -init -separator -newline -nullvalue -vfs -mmap -maxsize -heap -lookaside -pagecache',
      place: 'database',
      rules: [
        {
          when: { operand: /^\s*\.(?:backup|save|clone|output|once|excel|import|archive|ar|recover|log|trace)\b/ },
          add: ['read', 'write'],
          why: 'writes a file',
        },
        { when: { operand: /^\s*\.restore\b/ }, add: ['destroy', 'disrupt'], why: 'replaces a database' },
        { when: { operand: /^\s*\.(?:shell|system|read|load)\b/ }, add: 'unknown', why: 'runs something else' },
        {
          when: {
            operand:
              /^\s*\.(?:dump|schema|fullschema|tables|indexes|indices|databases|dbinfo|show|sha3sum|stats|lint|selftest|dbconfig)\b/,
          },
          add: 'read',
          why: 'looks at a database',
        },
      ],
      carries: [
        { from: { operand: 1 }, as: 'sql', dialect: 'sqlite', when: { noOperand: /^\s*\./ } },
        { from: { option: '-cmd' }, as: 'sql', dialect: 'sqlite' },
        { from: 'input', as: 'sql', dialect: 'sqlite', when: { atMost: 1 } },
      ],
      examples: [
        ['sqlite3 app.db', 'none'],
        ['sqlite3 app.db ".backup /srv/app.db"', 'read', 'write'],
        ['sqlite3 app.db .dump', 'read'],
        ["sqlite3 app.db '.restore old.db'", 'destroy', 'disrupt'],
        ['sqlite3 -readonly app.db "PRAGMA integrity_check"', 'read'],
        ['sqlite3 app.db "DELETE FROM users"', 'destroy'],
      ],
    },
    ...redis,
    ...mongo,
    ...etcd,
  ],
};
