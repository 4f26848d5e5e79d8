/**
 * English: what is said of a runbook. A key is a finding's code, with an ending where one code has several sentences, or names why a piece
 * was taken for what it is. Names in braces are filled in; other languages have the same keys and names.
 */
export const en = {
  'no-verify-after-destroy':
    'It destroys, and no step after it checks what is there then. Add a check, or an `expect`.',
  'no-rollback': 'It destroys, and nothing says how to go back. Take a backup first, or add a `rollback`.',
  'restore-before-backup-check': 'It restores a backup that no step has looked at: which one, how old, is it whole?',
  'restore-before-backup-check-late':
    'It restores before the backup is checked; the check stands after it. Move the check up.',
  'access-not-revoked-first':
    'Nothing before it takes away the access that was stolen: revoke, rotate or isolate first.',
  'access-not-revoked-first-late':
    'It brings things back before access is taken away. Revoke, rotate or isolate first.',
  'drop-before-dump': 'It throws data away before {step} keeps a copy of it. Change the order.',
  'drop-before-dump-same': 'It throws data away before the same step keeps a copy of it. Change the order.',
  'exec-after-scale-to-zero': '{pod} was scaled to 0 before ({step}): its pod is gone, and this cannot run in it.',
  'firewall-locks-out':
    "It drops all of {chain} before any rule accepts: established connections, this session's answers too, end here. Accept loopback, ESTABLISHED,RELATED and the way in first.",
  'undefined-variable':
    'Nothing sets {names} before this. Copied to a shell, an empty word stands there; a run asks. --param, or `parameters` in the front matter, gives a value.',
  'variable-from-earlier-block':
    '{name} is set by an earlier block from what a command prints; a step begins with a fresh shell and does not have it. Let the earlier step print it and add `{annotation}`.',
  'script-argument': 'It reads the argument {argument}, and a step has none. Use a parameter: <name>.',
  'never-ends':
    'It does not end by itself. Leave out the following, put `timeout 30` before it, or give the step a timeout.',
  'never-ends-keys': 'It waits for keys. Write a form that prints and ends, as `top -b -n 1`.',
  'wrong-shell': 'It reads as {language}, not as a shell. Name the language after the fence, or call its interpreter.',
  'password-in-arguments':
    'It has a password, token or key among its arguments. Write it as $NAME, and give it as a secret of the site file.',

  'stale-docker-compose': 'docker-compose (version 1) ended in 2023. Write `docker compose`.',
  'stale-pg-stat-columns':
    'This column of pg_stat_statements is gone since PostgreSQL 13. Write mean_exec_time, total_exec_time and so on.',
  'stale-recovery-conf':
    'PostgreSQL reads no recovery.conf since version 12 and refuses to start while it is there. Put the settings into postgresql.auto.conf and create recovery.signal.',
  'stale-netstat': 'netstat is often not there any more. `ss -tlnp` shows the same.',
  'stale-ifconfig': 'ifconfig, route and arp are often not there any more. Write `ip addr`, `ip route`, `ip neigh`.',
  'stale-apt-key':
    'apt-key is gone from current Debian and Ubuntu. Put the key into /etc/apt/keyrings and name it with signed-by.',
  'stale-service': 'Where systemd runs, write `systemctl restart NAME`; `service` hides why it failed.',
  'stale-kubectl-generator':
    'kubectl has no --generator since 1.21. Write `kubectl create deployment`, or `kubectl run` for a single pod.',
  'stale-kubectl-export': 'This is gone from kubectl since 1.18. Write `kubectl get -o yaml`, `kubectl rollout`.',
  'openssl-enc-aead':
    '`openssl enc` refuses GCM and CCM ciphers: nothing would be encrypted. Use age, gpg, or -aes-256-cbc with -pbkdf2 and a separate checksum.',
  'date-of-another-system':
    '`date -v` is of macOS and BSD; on Linux it is an error and the command gets an empty time. There, write `date -d "1 hour ago"`.',
  'redis-keys-blocks': 'KEYS stops the server while it runs. Write `redis-cli --scan --pattern …`.',
  'vacuum-full-locks':
    'VACUUM FULL locks out readers and needs room for a whole copy of the table: not while the disk is full. Plain VACUUM, or pg_repack, first.',
  'dated-name': 'It names a backup by a date of long ago. Make the date a parameter, and look which one is the newest.',
  'truncate-where':
    'TRUNCATE has no WHERE: this fails, and without it the whole table is emptied. Write DELETE FROM … WHERE ….',
  'fetch-and-run': 'It runs whatever the server sends. Download, compare with a known checksum, then run.',

  'unknown-annotation': '`{key}` is no annotation. Known are {known}.',
  'unknown-annotation-near': '`{key}` is no annotation. Did you mean `{near}`?',
  'annotation-empty': '`{written}`: it has no value.',
  'annotation-id': '`{written}`: an id has letters, digits, `.`, `_` and `-`, at most 64.',
  'annotation-timeout': '`{written}`: a time is written as `30s`, `5m` or `1h30m`.',
  'annotation-retry': '`{written}`: a retry is written as `3` or `3 every 10s`.',
  'annotation-approve': '`{written}`: approvals are written as `2 of dba`.',
  'annotation-capture': '`{written}`: it is written as `NAME` or `NAME:/regex with a (group)/`.',
  'annotation-regex': '`{written}`: it is no regular expression.',
  'annotation-exit': '`{written}`: an exit is a number from 0 to 255.',
  'annotation-range': '`{written}`: a range is written as `1..5`, `..5` or `1..`.',
  'annotation-json': '`{written}`: it is written as `$.status == "ok"`.',
  'annotation-expect': '`{written}`: known are expect-exit, expect-text, expect-regex, expect-json and expect-range.',
  'annotation-without-step': 'No step follows this annotation.',
  'duplicate-id': 'The id `{id}` is taken. This step is `{step}`.',

  'fence-open': 'its fence is never closed, so where it ends is not known',
  'nothing-in-it': 'nothing stands in it',
  'language-unknown': '`{tag}` is no language that is known here',
  'neither-nor': 'neither clearly commands nor clearly text',
  'table-without-header': 'a table without a header: nothing stands above its line of dashes',
  'table-breaks': 'a table that breaks: its header has {header} cells, the line below it {below}',
  'table-without-dashes': 'rows of a table without a line of dashes below the first',
  'too-deep': 'nested too deeply to be read',

  'for-assistant': 'its heading says that it is for an AI assistant',
  'document-in-document': 'a document in a document, to be filled in',
  'document-to-fill-in': 'a document to be filled in',
  'template-by-heading': 'its heading says that it is a template',
  'alert-rules': 'rules of alerts',
  'settings-or-data': 'settings or data',
  'settings-or-data-tag': 'settings or data: {tag}',
  'settings-tag': 'settings: {tag}',
  'file-tag': 'a file: {tag}',
  'file-by-looks': 'a file, by its looks: {tag}',
  'shown-not-run': 'shown, not run: {tag}',
  'other-source': 'source of another language: {tag}',
  'other-program': 'a program in another language',
  'by-hand-tag': 'commands for {tag}, which a person types',
  'by-hand-words': 'told in words behind a fence for commands',
  'output-expected': 'output that is to be expected',
  drawing: 'a drawing',
  request: 'a request to a person',
  environment: 'only names and values',
  'environment-file': 'only names and values: an environment file',
  crontab: 'lines of a crontab',
  aliases: 'a list of aliases',
  'script-shown': 'a script shown as a file, beside the procedure',
  script: 'a script: one step',
  typed: 'typed commands with what they print',
  'typed-database': 'typed into the shell of a database',
  'typed-session': 'typed at other prompts, which is for a person to do',
  'collection-commands': 'a collection of commands to choose from',
  'collection-statements': 'a collection of statements to choose from',
  'commands-by-looks': 'commands, by their looks',
  'commands-tag': 'commands: {tag}',
  schema: 'a schema',
  statements: 'statements to be run',
  'text-only': 'text, and no commands',
  'text-by-fence': 'its fence says that it is text',
  'text-indented': 'indented text without a command that is known',
  'remarks-only': 'only remarks',
  'one-of-ways': 'one of several ways',
  'ways-in-block': 'several ways in one block, of which one is chosen',
} as const;
