import { words } from './labels.ts';
import { isSecretFile } from './secrets.ts';
import type { Verdict } from './types.ts';

/** Statements that PostgreSQL's grammar refuses or reads otherwise: of MySQL, MariaDB and SQLite. First match decides. */
export const otherStatements: readonly {
  readonly pattern: RegExp;
  readonly labels: string;
  readonly why: string;
  readonly examples: readonly string[];
}[] = [
  row(/^show\s+(create\s+user|grants)\b/, 'read', 'SHOW reads', ['SHOW GRANTS FOR app', 'SHOW CREATE USER app']),
  row(
    /^show\s+(full\s+|extended\s+|global\s+|session\s+|all\s+)*(tables|databases|schemas|columns|fields|index|indexes|keys|create|table|processlist|variables|status|master|slave|slaves|replica|replicas|binary|binlog|relaylog|engine|engines|open|plugins|privileges|procedure|function|triggers|events|warnings|errors|count|character|collation|profiles?|explain)\b/,
    'read',
    'SHOW reads',
    [
      'SHOW TABLES',
      'SHOW FULL PROCESSLIST',
      'SHOW SLAVE STATUS',
      'SHOW BINARY LOGS',
      'SHOW ALL SLAVES STATUS',
      'SHOW MASTER STATUS',
    ],
  ),
  row(/^(describe|desc)\s+\S+/, 'read', 'DESCRIBE reads', ['DESCRIBE users', 'DESC app.users']),
  row(/^(check|checksum)\s+table\b/, 'read', 'checks a table', ['CHECK TABLE users', 'CHECKSUM TABLE users']),
  row(/^help\b/, 'none', 'shows help', ['HELP SHOW']),
  row(/^use\s+[\w`"]+$/, 'none', 'chooses a database for this session', ['USE app', 'use `app`']),
  row(
    /^set\s+(global|persist|persist_only|@@global\.|@@persist\.)/,
    'write',
    'changes the configuration of the server',
    ['SET GLOBAL read_only = ON', 'SET @@GLOBAL.max_connections = 10', 'SET PERSIST max_connections = 500'],
  ),
  row(/^set\s+password\b/, 'privilege write', 'changes a password', ["SET PASSWORD FOR app = 'x'"]),
  row(/^set\s+(default\s+)?role\b/, 'privilege', 'takes a role', ['SET ROLE admin', 'SET DEFAULT ROLE admin FOR app']),
  row(
    /^set\s+(@|names\b|character\b|charset\b|session\b|local\b|sql_log_bin\b|autocommit\b|foreign_key_checks\b|\w+\s*=)/,
    'none',
    'changes only this session',
    ['SET NAMES utf8mb4', 'SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0', 'SET FOREIGN_KEY_CHECKS=0'],
  ),
  row(/^flush\s+(local\s+|no_write_to_binlog\s+)?privileges\b/, 'write', 'reloads the grant tables', [
    'FLUSH PRIVILEGES',
  ]),
  row(
    /^flush\s+(local\s+|no_write_to_binlog\s+)?tables?\b.*\b(read\s+lock|for\s+export)\b/,
    'disrupt',
    'keeps all writers out',
    ['FLUSH TABLES WITH READ LOCK', 'FLUSH TABLES t FOR EXPORT'],
  ),
  row(/^flush\b/, 'write', 'closes or reopens what it names', [
    'FLUSH LOGS',
    'FLUSH TABLES',
    'FLUSH BINARY LOGS',
    'FLUSH HOSTS',
  ]),
  row(
    /^purge\s+(binary|master)\s+logs\b/,
    'destroy',
    'removes binary logs, and with them points in time to return to',
    ["PURGE BINARY LOGS BEFORE '2026-01-01'", "PURGE MASTER LOGS TO 'mysql-bin.010'"],
  ),
  row(/^reset\s+(master|binary\s+logs)\b/, 'destroy', 'removes all binary logs', [
    'RESET MASTER',
    'RESET BINARY LOGS AND GTIDS',
  ]),
  row(/^reset\s+(slave|replica)\b/, 'destroy', 'forgets where replication stood', ['RESET SLAVE ALL', 'RESET REPLICA']),
  row(/^reset\s+(query\s+cache|persist)\b/, 'write', 'changes the server', ['RESET QUERY CACHE', 'RESET PERSIST']),
  row(/^kill\b/, 'disrupt', 'ends a session or its query', ['KILL 42', 'KILL QUERY 42', 'KILL HARD CONNECTION 42']),
  row(/^(shutdown|restart)\b/, 'disrupt', 'stops the server', ['SHUTDOWN', 'RESTART']),
  row(/^stop\s+(slave|replica|all\s+(slaves|replicas)|group_replication)\b/, 'disrupt', 'stops replication', [
    'STOP SLAVE',
    'STOP ALL SLAVES',
    'STOP GROUP_REPLICATION',
  ]),
  row(/^start\s+(slave|replica|all\s+(slaves|replicas)|group_replication)\b/, 'write', 'starts replication', [
    'START SLAVE',
    "START REPLICA UNTIL SQL_AFTER_GTIDS = 'x'",
  ]),
  row(
    /^change\s+(master|replication\s+source|replication\s+filter)\b/,
    'write',
    'changes where replication comes from',
    ["CHANGE MASTER TO MASTER_HOST='db2', MASTER_LOG_POS=4", "CHANGE REPLICATION SOURCE TO SOURCE_HOST='db2'"],
  ),
  row(/^load\s+(data|xml)\b/, 'write', 'fills a table from a file', [
    "LOAD DATA LOCAL INFILE 'x.csv' INTO TABLE t",
    "LOAD DATA INFILE '/x' REPLACE INTO TABLE t",
  ]),
  row(/^grant\b/, 'privilege', 'GRANT gives rights', [
    "GRANT ALL PRIVILEGES ON *.* TO 'app'@'%' IDENTIFIED BY 'x'",
    'GRANT SELECT ON app.* TO app@localhost',
  ]),
  row(/^revoke\b/, 'privilege', 'REVOKE takes rights', ["REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'app'@'%'"]),
  row(/^(create|alter|rename)\s+(or\s+replace\s+)?user\b/, 'privilege write', 'makes or changes an account', [
    "CREATE USER 'app'@'%' IDENTIFIED BY 'x'",
    "ALTER USER 'root'@'localhost' IDENTIFIED BY 'x'",
  ]),
  row(/^drop\s+(user|role)\b/, 'privilege destroy', 'removes an account', [
    "DROP USER 'app'@'%'",
    "DROP ROLE IF EXISTS 'r'@'%'",
  ]),
  row(/^replace\b/, 'write', 'REPLACE adds or replaces rows', ["REPLACE INTO t VALUES (1, 'a')"]),
  row(/^(insert|update)\s+(ignore|low_priority|delayed|high_priority)\b/, 'write', 'changes rows', [
    'INSERT IGNORE INTO t VALUES (1)',
    'UPDATE LOW_PRIORITY t SET a = 1',
  ]),
  row(/^insert\s+or\s+\w+\s+into\b/, 'write', 'INSERT OR ... adds or replaces rows', [
    'INSERT OR REPLACE INTO t VALUES (1)',
  ]),
  row(/^insert\b.*\bset\b/, 'write', 'INSERT adds rows', ['INSERT INTO t SET a = 1']),
  row(/^optimize\b/, 'write disrupt', 'rewrites the table and keeps writers out', ['OPTIMIZE TABLE users']),
  row(/^(repair|analyze)\s+(local\s+|no_write_to_binlog\s+)?table\b/, 'write', 'repairs or measures a table', [
    'REPAIR TABLE users',
    'ANALYZE TABLE users',
  ]),
  row(/^lock\s+(tables?\b.*\b(read|write)\b|instance\b)/, 'disrupt', 'keeps others out', [
    'LOCK TABLES users WRITE',
    'LOCK INSTANCE FOR BACKUP',
  ]),
  row(/^(unlock\s+(tables|instance)|backup\s+(un)?lock|backup\s+stage\s+end)\b/, 'none', 'gives a lock back', [
    'UNLOCK TABLES',
    'UNLOCK INSTANCE',
  ]),
  row(/^backup\s+stage\b/, 'disrupt', 'keeps others out for a backup', ['BACKUP STAGE BLOCK_COMMIT']),
  row(/^rename\s+table\b/, 'write', 'renames a table', ['RENAME TABLE a TO b']),
  row(
    /^alter\s+table\b.*\b(discard\s+tablespace|drop\s+partition|truncate\s+partition)\b/,
    'destroy',
    'removes the rows of a table or partition',
    [
      'ALTER TABLE t DISCARD TABLESPACE',
      'ALTER TABLE t DROP PARTITION p2025',
      'ALTER TABLE t TRUNCATE PARTITION p2025',
    ],
  ),
  row(/^alter\s+(instance|table|database|schema|event|server)\b(?!.*\bdrop\b)/, 'write', 'changes a definition', [
    'ALTER INSTANCE ROTATE INNODB MASTER KEY',
    'ALTER TABLE t ENGINE=InnoDB',
  ]),
  row(/^(install|uninstall)\s+(plugin|soname|component)\b/, 'write', 'changes the code in the server', [
    "INSTALL PLUGIN x SONAME 'x.so'",
  ]),
  row(
    /^create\s+(or\s+replace\s+)?(definer\s*=\s*\S+\s+)?(procedure|function|trigger|event)\b/,
    'write',
    'defines code',
    ['CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1'],
  ),
  row(/^create\s+(or\s+replace\s+)?(temporary\s+)?table\b/, 'write', 'makes a table', [
    'CREATE TABLE t (id INT NOT NULL AUTO_INCREMENT, PRIMARY KEY (id)) ENGINE=InnoDB',
  ]),
  row(/^create\s+(database|schema)\b/, 'write', 'makes a database', ['CREATE DATABASE app CHARACTER SET utf8mb4']),
  row(
    /^(pragma)\s+\w+(\.\w+)?\s*(=|\(\s*(off|on|0|1|full|wal|truncate|delete|persist)\b)/,
    'write',
    'PRAGMA changes the database',
    ['PRAGMA journal_mode = WAL', 'PRAGMA foreign_keys=ON'],
  ),
  row(/^pragma\s+(wal_checkpoint|optimize|incremental_vacuum)\b/, 'write', 'PRAGMA changes the database', [
    'PRAGMA wal_checkpoint(TRUNCATE)',
  ]),
  row(/^pragma\b/, 'read', 'PRAGMA reads', ['PRAGMA integrity_check', 'PRAGMA table_info(users)']),
  row(/^attach\b/, 'write', 'ATTACH opens or makes another database file', ["ATTACH DATABASE 'x.db' AS x"]),
  row(/^detach\b/, 'none', 'DETACH closes a database file', ['DETACH DATABASE x']),
  row(/^vacuum\s+into\b/, 'read write', 'VACUUM INTO writes a copy into a file', ["VACUUM INTO '/backup/x.db'"]),
  row(/^(source)\s+\S/, 'unknown', 'runs SQL from a file', ['source dump.sql']),
  row(/^delete\b.*\b(limit|order\s+by)\b/, 'destroy', 'DELETE removes rows', [
    'DELETE FROM t WHERE a < 3 LIMIT 1000',
    'DELETE FROM t ORDER BY id LIMIT 10',
  ]),
  row(/^delete\s+(\S+\s+from|from\s+\S+\s+using)\b/, 'destroy', 'DELETE removes rows', [
    'DELETE a FROM a JOIN b ON a.id = b.id',
  ]),
  row(/^update\b.*\b(limit|order\s+by|join)\b/, 'write', 'UPDATE changes rows', [
    'UPDATE t SET a = 1 LIMIT 5',
    'UPDATE a JOIN b ON a.x = b.x SET a.y = 1',
  ]),
  row(/^select\b.*\binto\s+(outfile|dumpfile)\b/, 'read write', 'SELECT INTO OUTFILE writes a file on the server', [
    "SELECT * FROM t INTO OUTFILE '/tmp/t.csv'",
  ]),
  row(/^handler\b/, 'read', 'HANDLER reads', ['HANDLER t READ FIRST']),
  row(/^(xa|start\s+transaction|begin)\b/, 'none', 'marks a transaction', [
    'START TRANSACTION WITH CONSISTENT SNAPSHOT',
  ]),
];

/**
 * Words that only MySQL, MariaDB or SQLite know, or that mean something else there. `DELETE ... LIMIT` is among them, so it is
 * asked only where the dialect is theirs or PostgreSQL has refused. `plain` is one line, strings emptied, in lower case.
 */
export function judgeOther(plain: string, statement: string): Verdict | undefined {
  const found = otherStatements.find(({ pattern }) => pattern.test(plain));
  if (found === undefined) return undefined;
  const effects = words(found.labels);
  const file = /load_file\s*\(\s*['"]([^'"]*)/i.exec(statement)?.[1];
  if (file !== undefined && isSecretFile(file)) effects.push('secret');
  return /outfile|dumpfile/.test(plain) ? { effects, why: found.why, place: 'host' } : { effects, why: found.why };
}

function row(pattern: RegExp, labels: string, why: string, examples: readonly string[]) {
  return { pattern, labels, why, examples };
}
