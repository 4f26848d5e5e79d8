const comments = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/;
const prompt =
  /^[ \t]*(?:[\w.-]+[=('"*!^-]?[=\-*!^'"(][>#][ \t]|mysql>[ \t]|MariaDB \[[^\]\n]*\]>[ \t]|sqlite>[ \t]|cqlsh[\w:]*>[ \t])/;

/** First words with what must follow them, so that the shell's `select`, `set`, `truncate -s` and `update-grub` are left alone. */
const statement = new RegExp(
  `^\\(*(?:${[
    String.raw`select\s+(?!\w+\s+in\s)(?!-)`,
    String.raw`with\s+(?:recursive\s+)?[\w"]+\s*(?:\([^)]*\)\s*)?as\s`,
    String.raw`(?:insert|replace)\s+(?:ignore\s+)?into\s`,
    String.raw`update\s+(?:only\s+)?[\w."\u0060\ue000-\uf8ff<{$-]+[^\n=]{0,200}\s+set\s`,
    String.raw`delete\s+from\s`,
    String.raw`merge\s+into\s`,
    String.raw`truncate\s+(?:table\s+|only\s+)?(?!-)[\w"<{$\u0060]`,
    String.raw`(?:create|alter|drop)\s+(?:or\s+replace\s+)?(?:global\s+|local\s+|temp(?:orary)?\s+|unlogged\s+|unique\s+|materialized\s+|foreign\s+|event\s+|default\s+)*(?:table|index|view|schema|database|role|user|group|sequence|function|procedure|trigger|type|domain|extension|tablespace|policy|publication|subscription|server|aggregate|cast|collation|language|operator|rule|statistics|system|data|owned|keyspace|privileges|large|event|transform|access|conversion|materialized|text)\b`,
    String.raw`(?:grant|revoke)\s+[\w,\s]+\s(?:on|to|from)\s`,
    String.raw`(?:vacuum|analyze|analyse|reindex|cluster|checkpoint|begin|commit|rollback|abort|end|discard\s+all|reset\s+all|deallocate\s+all|start\s+transaction)\s*(?:work|transaction)?\s*;`,
    String.raw`vacuum\s*(?:\(|full|freeze|verbose|analyze|[a-z_.]+\s*;?\s*$)`,
    String.raw`(?:analyze|analyse)\s+(?:verbose\s+)?[\w."]+\s*;`,
    String.raw`reindex\s*(?:\([^)]*\)\s*)?(?:table|index|database|schema|system)\s`,
    String.raw`refresh\s+materialized\s`,
    String.raw`explain\s*(?:\(|analyze|analyse|verbose|select|insert|update|delete|with)`,
    String.raw`copy\s+(?:\(|[\w."]+\s*(?:\([^)]*\)\s*)?(?:from|to)\s+(?:'|stdin|stdout|program))`,
    String.raw`lock\s+table\s`,
    String.raw`comment\s+on\s`,
    String.raw`security\s+label\s`,
    String.raw`reassign\s+owned\s`,
    String.raw`do\s+(?:language\s+\w+\s+)?(?:\$\w*\$|'|e')`,
    String.raw`call\s+[\w."]+\s*\(`,
    String.raw`set\s+(?:(?:session|local|global|persist)\s+)?[\w.@]+\s*(?:=|\sto\s)\s*[^\s]`,
    String.raw`show\s+(?:all|databases|tables|processlist|full\s|slave|replica|master|variables|status|grants|create\s|engine|index|columns|[a-z_]+\s*;)`,
    String.raw`use\s+[\w\u0060]+\s*;`,
    String.raw`purge\s+(?:binary|master)\s+logs`,
    String.raw`flush\s+(?:tables|privileges|logs|hosts|status|binary)`,
    String.raw`reset\s+(?:master|slave|replica|persist|query)`,
    String.raw`(?:start|stop)\s+(?:slave|replica|group_replication)`,
    String.raw`change\s+(?:master|replication)\s`,
    String.raw`load\s+data\s`,
    String.raw`(?:rename|optimize|repair|check)\s+tables?\s`,
    String.raw`(?:prepare\s+transaction|commit\s+prepared|rollback\s+(?:prepared|to\s))`,
    String.raw`(?:savepoint|release\s+savepoint|notify|listen|unlisten)\s+\w+\s*;`,
    String.raw`import\s+foreign\s`,
    String.raw`values\s*\(`,
    String.raw`table\s+[\w."]+\s*;`,
    String.raw`\\(?:c|connect|d[a-zA-Z+]*|l\+?|i|ir|copy|timing|x|o|q|set|echo|gexec|watch|password|pset|g|du|dt|conninfo|!)(?:\s|$)`,
  ].join('|')})`,
  'i',
);

/** Whether a text begins with a statement of SQL, a command of psql, or the prompt of a database's shell. */
export function isSql(text: string): boolean {
  const head = text.slice(0, 20_000);
  if (prompt.test(head)) return true;
  const rest = head.replace(comments, '');
  return statement.test(rest.slice(0, 2000));
}
