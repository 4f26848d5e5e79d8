import type { Family, Verb } from './types.ts';

const rehearsed = { option: '-n --dry-run' };
/** A name and a colon, or a colon and a kind: a place of rclone that is not this machine. */
const rcloneRemote = /^(?::[a-z]|[\w.+@ -]{2,}:)/;
const rcloneLocal = /^(?!:[a-z])(?:\.{0,2}\/|~|[^:]*$)/;

const rcloneDelete: Verb = {
  is: 'remote-delete',
  why: 'deletes files at the other side',
  rules: [{ when: { first: rcloneLocal }, set: 'destroy', why: 'deletes local files' }],
};

const borgDelete: Verb = {
  is: 'remote-delete',
  why: 'deletes archives',
  values:
    '--keep-within --keep-last --keep-secondly --keep-minutely -H --keep-hourly -d --keep-daily -w --keep-weekly -m --keep-monthly -y --keep-yearly -P --prefix -a --glob-archives --match-archives --first --last --threshold',
  dryRun: rehearsed,
};

/** Tools that keep copies of files. */
export const backup: Family = {
  name: 'backup',
  title: 'Backup tools',
  tools: [
    {
      names: ['restic', 'rustic'],
      style: 'pflag',
      values:
        '-r --repo --repository-file -p --password-file --password-command -o --option --cacert --cache-dir --key-hint --limit-download --limit-upload --tls-client-cert --compression --pack-size --retry-lock -P --use-profile',
      commands: {
        'snapshots|ls|find|stats|diff|check|list|dump|cat|version|options|features': {
          is: 'read',
          why: 'looks at the repository',
          values:
            '-H --host --tag --path --group-by -c --compact --latest --read-data-subset --mode -a --archive -N --newest -O --oldest -s --snapshot',
          flags: '--read-data --json --long',
          rules: [
            { when: { first: /^masterkey$/ }, add: 'secret', why: 'prints the key of the repository' },
            { when: { option: '-t --target' }, add: 'write', why: 'writes a file' },
          ],
        },
        backup: {
          is: 'write',
          why: 'makes a snapshot',
          values:
            '-e --exclude --iexclude --exclude-file --iexclude-file --exclude-if-present --exclude-larger-than --files-from --files-from-raw --files-from-verbatim -g --group-by -H --host --parent --stdin-filename --tag --time --read-concurrency',
          dryRun: rehearsed,
        },
        restore: {
          is: 'write',
          why: 'restores files',
          values:
            '-t --target -e --exclude -i --include --iexclude --iinclude --exclude-file --include-file -H --host --path --tag --overwrite',
          rules: [
            {
              when: { option: '-t --target', value: /^\/$/ },
              set: ['destroy', 'disrupt'],
              why: 'restores over the live file system',
            },
            {
              when: { option: '--delete' },
              add: 'destroy',
              why: '--delete removes files that the snapshot does not hold',
            },
          ],
          dryRun: { option: '--dry-run' },
        },
        forget: {
          is: 'remote-delete',
          why: 'deletes snapshots',
          values:
            '-l --keep-last -H --keep-hourly -d --keep-daily -w --keep-weekly -m --keep-monthly -y --keep-yearly --keep-within --keep-within-hourly --keep-within-daily --keep-within-weekly --keep-within-monthly --keep-within-yearly --keep-tag --host --tag --path -g --group-by --max-unused --max-repack-size',
          dryRun: rehearsed,
        },
        prune: {
          is: 'remote-delete',
          why: 'deletes data that no snapshot needs',
          values: '--max-unused --max-repack-size',
          dryRun: rehearsed,
        },
        'init|unlock|tag|migrate|recover|rebuild-index|self-update|completions|config|generate|webdav': {
          is: 'write',
          why: 'writes to the repository',
          values: '--from-repo --repo2 --set --add --remove -H --host --tag --path --repository-version',
        },
        copy: {
          is: ['write', 'egress'],
          why: 'copies snapshots to another repository',
          values:
            '--from-repo --from-repository-file --from-password-file --from-password-command --repo2 -H --host --tag --path',
        },
        'repair index|packs|snapshots': {
          is: 'write',
          why: 'repairs the repository',
          values: '-H --host --tag --path',
          rules: [{ when: { option: '--forget' }, add: 'remote-delete', why: 'deletes the damaged snapshots' }],
          dryRun: rehearsed,
        },
        rewrite: {
          is: 'write',
          why: 'makes snapshots anew without some files',
          values: '-e --exclude --iexclude --exclude-file -H --host --tag --path --new-host --new-time',
          rules: [{ when: { option: '--forget' }, add: 'remote-delete', why: 'deletes the old snapshots' }],
          dryRun: rehearsed,
        },
        'key list': { is: 'read', why: 'lists keys' },
        'key add|passwd': {
          is: ['write', 'privilege'],
          why: 'changes who can open the repository',
          values: '--new-password-file --user --host',
        },
        'key remove': { is: ['destroy', 'privilege'], why: 'removes a key of the repository' },
        mount: {
          is: 'none',
          why: 'shows snapshots as files',
          values: '-H --host --tag --path --path-template --time-template',
        },
        cache: {
          is: 'read',
          why: 'looks at the cache',
          values: '--max-age',
          rules: [{ when: { option: '--cleanup' }, set: 'destroy', why: 'deletes old caches' }],
        },
      },
      examples: [
        ['restic -r /srv/repo snapshots --json', 'read'],
        ['restic check --read-data', 'read'],
        ['restic backup /srv/data --tag nightly', 'write'],
        ['restic backup --dry-run /srv/data', 'read'],
        ['restic forget --keep-daily 7 --prune', 'remote-delete'],
        ['restic forget --keep-daily 7 --prune --dry-run', 'read'],
        ['restic prune', 'remote-delete'],
        ['restic restore latest --target /srv/drill', 'write'],
        ['restic restore latest --target /', 'destroy', 'disrupt'],
        ['restic cat masterkey', 'read', 'secret'],
        ['restic unlock', 'write'],
        ['restic key remove 3f1', 'destroy', 'privilege'],
      ],
    },
    {
      names: ['borg', 'borg1', 'borg2'],
      style: 'gnu',
      values: '-r --repo --rsh --remote-path --lock-wait --umask --upload-ratelimit --debug-topic',
      version: '-V',
      commands: {
        'list|info|diff|version|rlist|rinfo|repo-list|repo-info': {
          is: 'read',
          why: 'looks at the repository',
          values: '--format -P --prefix -a --glob-archives --first --last --sort-by -e --exclude',
        },
        check: {
          is: 'read',
          why: 'checks the repository',
          values: '--max-duration -P --prefix -a --glob-archives --first --last',
          rules: [
            { when: { option: '--repair' }, set: ['write', 'destroy'], why: '--repair may delete what is damaged' },
          ],
        },
        'create|import-tar|transfer': {
          is: 'write',
          why: 'makes an archive',
          values:
            '-e --exclude --exclude-from --pattern --patterns-from --exclude-if-present --comment --timestamp -c --checkpoint-interval --chunker-params -C --compression --files-cache --stdin-name --filter',
          dryRun: rehearsed,
        },
        extract: {
          is: 'write',
          why: 'restores files into this directory',
          values: '-e --exclude --exclude-from --pattern --patterns-from --strip-components',
          dryRun: rehearsed,
        },
        'export-tar': {
          is: ['read', 'write'],
          why: 'writes an archive to a file',
          values: '--tar-filter -e --exclude --strip-components',
        },
        'delete|prune|compact|rdelete|repo-delete': borgDelete,
        'init|rcreate|repo-create|rename|upgrade|break-lock|recreate|config|benchmark|repo-space': {
          is: 'write',
          why: 'writes to the repository',
          operands: true,
          values: '-e --encryption --storage-quota -C --compression --target --timestamp',
        },
        'key export': { is: ['read', 'secret', 'write'], why: 'writes the key of the repository to a file' },
        'key import|change-passphrase|change-location|change-algorithm': {
          is: ['write', 'privilege'],
          why: 'changes who can open the repository',
        },
        'mount|umount|serve': {
          is: 'none',
          why: 'shows archives as files',
          values: '--restrict-to-path --restrict-to-repository -o',
        },
        'with-lock': {
          is: 'none',
          why: 'runs a command while the repository is locked',
          carries: [{ from: 'rest', as: 'command', skip: 1 }],
        },
      },
      examples: [
        ['borg create --stats /srv/repo::now /srv/data', 'write'],
        ['borg list /srv/repo', 'read'],
        ['borg prune --keep-daily 7 /srv/repo', 'remote-delete'],
        ['borg prune -n --keep-daily 7 /srv/repo', 'read'],
        ['borg delete /srv/repo::old', 'remote-delete'],
        ['borg compact /srv/repo', 'remote-delete'],
        ['borg extract --dry-run /srv/repo::now', 'read'],
        ['borg key export /srv/repo key.txt', 'read', 'secret', 'write'],
        ['borg check --repair /srv/repo', 'write', 'destroy'],
      ],
    },
    {
      names: ['borgmatic'],
      style: 'pflag',
      is: ['write', 'remote-delete'],
      why: 'makes an archive and deletes old ones',
      values:
        '-c --config --log-file --syslog-verbosity -v --verbosity --override --archive --repository --destination --path --strip-components',
      dryRun: rehearsed,
      commands: {
        'list|rlist|repo-list|info|rinfo|repo-info|check|diff': { is: 'read', why: 'looks at the repository' },
        config: { is: 'read', why: 'checks or makes its settings', operands: true },
        'create|rcreate|repo-create|init|break-lock|transfer|import-tar': {
          is: 'write',
          why: 'writes to the repository',
        },
        'prune|compact|delete|repo-delete': { is: 'remote-delete', why: 'deletes archives' },
        'extract|export-tar|mount|umount': { is: 'write', why: 'restores files' },
        restore: { is: ['destroy', 'disrupt'], why: 'restores databases over the live ones' },
        'key export': { is: ['read', 'secret', 'write'], why: 'writes the key of the repository' },
      },
      examples: [
        ['borgmatic --verbosity 1', 'write', 'remote-delete'],
        ['borgmatic list', 'read'],
        ['borgmatic restore --archive latest', 'destroy', 'disrupt'],
        ['borgmatic --dry-run', 'read'],
      ],
    },
    {
      names: ['kopia'],
      style: 'pflag',
      values: '--config-file -p --password --log-level --progress-update-interval',
      commands: {
        'snapshot|snapshots list|ls|verify|estimate': {
          is: 'read',
          why: 'looks at snapshots',
          values: '--max-results --verify-files-percent --parallel',
        },
        'snapshot|snapshots create|pin|migrate|fix|copy-history|move-history': {
          is: 'write',
          why: 'makes or changes snapshots',
          values: '--description --tags --add --remove',
        },
        'snapshot|snapshots restore': { is: 'write', why: 'restores files', values: '--parallel --snapshot-time' },
        'snapshot|snapshots delete|expire': {
          is: 'remote-delete',
          why: 'deletes snapshots',
          dryRun: { without: '--delete --unsafe-ignore-source --all-snapshots-for-source' },
        },
        'restore|repair': { is: 'write', why: 'restores files', values: '--parallel --snapshot-time' },
        'ls|list|show|cat|diff|benchmark|logs': { is: 'read', why: 'looks at the repository', operands: true },
        'repository|repo status': {
          is: 'read',
          why: 'says how the repository is reached',
          rules: [
            {
              when: { option: '-s --reconnect-token-with-password' },
              add: 'secret',
              why: 'prints a token with the password',
            },
          ],
        },
        'repository|repo create|connect|disconnect|set-client|set-parameters|sync-to|upgrade|repair|throttle': {
          is: 'write',
          why: 'changes the repository',
          operands: true,
        },
        'repository|repo sync-to': {
          is: 'egress',
          why: 'copies the repository elsewhere',
          operands: true,
          rules: [{ when: { option: '--delete' }, add: 'remote-delete', why: '--delete removes what is not here' }],
          dryRun: rehearsed,
        },
        'repository|repo change-password': { is: ['write', 'privilege'], why: 'changes the password' },
        'policy list|show': { is: 'read', why: 'shows policies' },
        'policy set|edit|import|export': {
          is: 'write',
          why: 'changes policies',
          values:
            '--keep-latest --keep-daily --keep-weekly --keep-monthly --keep-annual --compression --add-ignore --snapshot-time',
        },
        'policy delete|remove|rm': { is: 'destroy', why: 'removes a policy' },
        'maintenance info': { is: 'read', why: 'shows when old data is deleted' },
        'maintenance set': { is: 'write', why: 'changes when old data is deleted', values: '--owner --full-interval' },
        'maintenance run': { is: 'remote-delete', why: 'deletes data that no snapshot needs' },
        'blob|content|index|manifest|cache list|ls|show|stats|info|verify': {
          is: 'read',
          why: 'looks inside the repository',
        },
        'blob|manifest|cache|content delete|rm|clear|gc|rewrite': {
          is: 'remote-delete',
          why: 'deletes inside the repository',
        },
        'server start|refresh|upload|flush|pause|resume': { is: 'write', why: 'runs a server' },
        'server status': { is: 'read', why: 'says how the server does' },
        'server users|user|acl add|set|list|info|delete': {
          is: ['write', 'privilege'],
          why: 'changes who may use the server',
        },
        'mount|notification': { is: 'none', why: 'shows snapshots as files', operands: true },
      },
      examples: [
        ['kopia snapshot create /srv/data', 'write'],
        ['kopia snapshot list', 'read'],
        ['kopia snapshot delete k3f1 --delete', 'remote-delete'],
        ['kopia snapshot delete k3f1', 'read'],
        ['kopia policy set --global --keep-daily 7', 'write'],
        ['kopia maintenance run --full', 'remote-delete'],
      ],
    },
    {
      names: ['rclone'],
      style: 'pflag',
      values:
        '--config --transfers --checkers --bwlimit --include --exclude --filter --filter-from --include-from --exclude-from --files-from --max-age --min-age --max-size --min-size --log-file --log-level --backup-dir --suffix --retries --timeout --contimeout --s3-endpoint --s3-region --stats --tpslimit --drive-chunk-size --buffer-size --multi-thread-streams --max-delete --max-transfer --compare-dest --copy-dest --addr --user --pass --vfs-cache-mode --format -F --separator --hash',
      credentials: '--pass',
      dryRun: rehearsed,
      commands: {
        'ls|lsd|lsl|lsf|lsjson|tree|cat|size|about|check|checksum|cryptcheck|cryptdecode|md5sum|sha1sum|hashsum|listremotes|version|ncdu|gendocs|test|features':
          { is: 'read', why: 'looks at files at the other side', operands: true },
        'copy|copyto': {
          is: 'write',
          why: 'copies files',
          rules: [
            { when: { last: rcloneRemote }, set: 'egress', why: 'sends files to the other side' },
            { when: { first: rcloneRemote, last: rcloneLocal }, set: 'read', why: 'a plain download' },
          ],
        },
        sync: {
          is: ['write', 'destroy'],
          why: 'makes the destination the same, deleting what is more',
          rules: [
            {
              when: { last: rcloneRemote },
              set: ['egress', 'remote-delete'],
              why: 'makes the other side the same, deleting what is more there',
            },
          ],
        },
        bisync: {
          is: ['egress', 'write', 'remote-delete'],
          why: 'makes both sides the same',
          values: '--filters-file --workdir --conflict-resolve',
        },
        'move|moveto': {
          is: ['write', 'remote-delete'],
          why: 'moves files here, deleting them there',
          rules: [
            {
              when: { last: rcloneRemote, first: rcloneLocal },
              set: ['egress', 'destroy'],
              why: 'moves files to the other side, deleting them here',
            },
            {
              when: { last: rcloneRemote, first: rcloneRemote },
              set: ['egress', 'remote-delete'],
              why: 'moves files between other places',
            },
            { when: { last: rcloneLocal, first: rcloneLocal }, set: 'write', why: 'moves files' },
          ],
        },
        'delete|deletefile|purge|rmdir|rmdirs|cleanup|dedupe': rcloneDelete,
        'mkdir|touch|settier|mount|mount2|cmount|nfsmount|copyurl|archive|selfupdate|completion|authorize|backend|rc|rcd|link':
          {
            is: 'write',
            why: 'makes or changes something at the other side',
            operands: true,
          },
        rcat: { is: 'egress', why: 'sends its input to the other side' },
        serve: { is: 'egress', why: 'serves files', operands: true },
        'config show|dump': { is: ['read', 'secret'], why: 'prints the settings, credentials among them' },
        'config file|paths|touch|providers|redacted|userinfo': { is: 'read', why: 'says where settings are' },
        config: { is: 'write', why: 'changes settings interactively', operands: true },
        'config create|update|password|reconnect|disconnect|encryption|edit': {
          is: 'write',
          why: 'changes settings',
          operands: true,
        },
        'config delete': { is: 'destroy', why: 'removes a remote from the settings' },
        obscure: { is: 'none', why: 'changes how a password is written' },
        reveal: { is: ['read', 'secret'], why: 'prints a password' },
      },
      examples: [
        ['rclone ls cold:backups', 'read'],
        ['rclone copy /srv/backups cold:backups', 'egress'],
        ['rclone copy cold:backups /srv/restore', 'read'],
        ['rclone sync /srv/backups cold:backups', 'egress', 'remote-delete'],
        ['rclone sync -n /srv/backups cold:backups', 'read'],
        ['rclone sync cold:backups /srv/backups', 'write', 'destroy'],
        ['rclone purge cold:old', 'remote-delete'],
        ['rclone delete --min-age 90d cold:backups', 'remote-delete'],
        ['rclone move /srv/a cold:a', 'egress', 'destroy'],
        ['rclone config show', 'read', 'secret'],
      ],
    },
    {
      names: ['duplicity'],
      style: 'pflag',
      is: ['write', 'egress'],
      why: 'makes a backup',
      values:
        '--encrypt-key --sign-key --include --exclude --include-filelist --exclude-filelist --full-if-older-than -t --time --restore-time --file-to-restore --path-to-restore --archive-dir --name --volsize --gpg-options --tempdir --log-file -v --verbosity',
      rules: [
        { when: { first: /^(?:collection-status|list-current-files|verify)$/ }, set: 'read', why: 'looks at backups' },
        { when: { first: /^restore$/ }, set: 'write', why: 'restores files' },
        { when: { first: /^(?:\w+):\/\//, atMost: 2 }, set: 'write', why: 'restores files' },
        {
          when: {
            first: /^(?:remove-older-than|remove-all-but-n-full|remove-all-inc-of-but-n-full|cleanup)$/,
            option: '--force',
          },
          set: 'remote-delete',
          why: 'deletes backups',
        },
        {
          when: {
            first: /^(?:remove-older-than|remove-all-but-n-full|remove-all-inc-of-but-n-full|cleanup)$/,
            without: '--force',
          },
          set: 'read',
          why: 'lists what it would delete: --force is not given',
        },
      ],
      dryRun: { option: '--dry-run' },
      examples: [
        ['duplicity full /srv/data sftp://peer/backups', 'write', 'egress'],
        ['duplicity remove-older-than 6M --force sftp://peer/backups', 'remote-delete'],
        ['duplicity remove-older-than 6M sftp://peer/backups', 'read'],
        ['duplicity collection-status sftp://peer/backups', 'read'],
        ['duplicity restore sftp://peer/backups /srv/drill', 'write'],
      ],
    },
    {
      names: ['rsnapshot'],
      is: ['write', 'destroy'],
      why: 'makes a snapshot and deletes the oldest',
      values: '-c',
      version: '-V',
      rules: [{ when: { first: /^(?:configtest|du|diff|rsnapshot-diff)$/ }, set: 'read', why: 'looks at snapshots' }],
      dryRun: { option: '-t' },
      examples: [
        ['rsnapshot daily', 'write', 'destroy'],
        ['rsnapshot -t daily', 'read'],
        ['rsnapshot configtest', 'read'],
      ],
    },
    {
      names: ['rdiff-backup'],
      is: 'write',
      why: 'makes a backup, or restores one',
      values:
        '-r --restore-as-of --remove-older-than --include --exclude --remote-schema --api-version --older-than --at --terminal-verbosity -v --verbosity',
      version: '-V',
      rules: [
        {
          when: {
            option:
              '-l --list-increments --list-increment-sizes --list-at-time --list-changed-since --compare --verify --info',
          },
          set: 'read',
          why: 'looks at backups',
        },
        { when: { first: /^(?:list|info|compare|verify|test)$/ }, set: 'read', why: 'looks at backups' },
        { when: { option: '--remove-older-than' }, set: 'remote-delete', why: 'deletes old versions' },
        { when: { first: /^remove$/ }, set: 'remote-delete', why: 'deletes old versions' },
      ],
      examples: [
        ['rdiff-backup /srv/data peer::/backups', 'write'],
        ['rdiff-backup --remove-older-than 4W /backups', 'remote-delete'],
        ['rdiff-backup -l /backups', 'read'],
      ],
    },
    {
      names: ['bacula', 'bconsole', 'vzdump'],
      is: 'write',
      why: 'makes backups',
      values: '-c --storage --mode --compress --dumpdir --mailto',
      rules: [
        { when: { option: '--mode', value: /^(?:stop|suspend)$/ }, add: 'disrupt', why: 'stops the guest meanwhile' },
        { when: { option: '--prune-backups --remove' }, add: 'remote-delete', why: 'deletes old backups' },
      ],
      examples: [
        ['vzdump 101 --mode snapshot --storage nas', 'write'],
        ['vzdump 101 --mode stop', 'write', 'disrupt'],
      ],
    },
    {
      names: ['proxmox-backup-client'],
      style: 'pflag',
      values:
        '--repository --backup-type --backup-id --ns --keyfile --crypt-mode --keep-last --keep-daily --keep-weekly --keep-monthly --keep-yearly --output-format',
      commands: {
        'list|snapshots|status|version|task': { is: 'read', why: 'looks at backups', operands: true },
        'snapshot list|files': { is: 'read', why: 'looks at backups' },
        'backup|restore|mount|unmount|map|unmap|login|logout|upload-log|change-owner|benchmark|garbage-collect': {
          is: 'write',
          why: 'makes or restores backups',
        },
        'snapshot forget': { is: 'remote-delete', why: 'deletes a backup' },
        prune: { is: 'remote-delete', why: 'deletes old backups', dryRun: { option: '--dry-run' } },
        'key show': { is: 'read', why: 'says what a key is' },
        'key create|change-passphrase|import-master-pubkey|create-master-key|import-with-master-key': {
          is: 'write',
          why: 'makes or changes a key',
          operands: true,
        },
        'key paperkey': { is: ['read', 'secret'], why: 'prints a key' },
      },
      examples: [
        ['proxmox-backup-client snapshot forget host/db/2026-01-01T00:00:00Z', 'remote-delete'],
        ['proxmox-backup-client backup root.pxar:/', 'write'],
      ],
    },
  ],
};
