import type { Family } from './types.ts';

/** Finding files, and running something for each of them. */
export const findutils: Family = {
  name: 'findutils',
  title: 'find, xargs and their like',
  tools: [
    {
      names: ['find', 'gfind'],
      style: 'words',
      is: 'read',
      why: 'looks for files',
      special: 'find',
      examples: [
        ['find /var/log -name "*.gz" -mtime +30', 'read'],
        ['find / -delete', 'destroy'],
        ['find /tmp/cache -type f -delete', 'destroy'],
        ['find /var/log -name "*.gz" -exec rm -f {} +', 'destroy'],
        ['find /etc -type f -exec sha256sum {} \\;', 'read'],
        ['find /srv -type d -exec chmod 755 {} \\;', 'privilege'],
      ],
    },
    {
      names: ['xargs', 'gxargs'],
      is: 'none',
      why: 'runs a command for each of its input lines',
      values:
        '-a --arg-file -d --delimiter -E -I -L --max-lines -n --max-args -P --max-procs -s --max-chars --process-slot-var',
      flags:
        '-0 --null -r --no-run-if-empty -t --verbose -p --interactive -x --exit -o --open-tty --replace --eof --show-limits',
      special: 'xargs',
      examples: [
        ['ls /tmp/old | xargs -n 1 rm -rf', 'read', 'destroy'],
        ['find . -name "*.log" -print0 | xargs -0 gzip', 'read', 'write'],
        ['cat hosts.txt | xargs -I{} ping -c 1 {}', 'read'],
      ],
    },
    {
      names: ['locate', 'plocate', 'mlocate', 'slocate', 'mdfind'],
      is: 'read',
      why: 'looks for files in an index',
      values: '-d --database -l -n --limit -onlyin',
      version: '-V',
      examples: [['locate pg_hba.conf', 'read']],
    },
    {
      names: ['updatedb'],
      is: 'write',
      why: 'writes the index of file names',
      values: '-o --output -U --database-root',
      examples: [['updatedb', 'write']],
    },
    {
      names: ['fd', 'fdfind'],
      style: 'pflag',
      is: 'read',
      why: 'looks for files',
      values:
        '-e --extension -t --type -d --max-depth --min-depth -E --exclude -S --size --changed-within --changed-before -o --owner -j --threads -c --color --base-directory --search-path -x --exec -X --exec-batch',
      help: '-h',
      version: '-V',
      carries: [{ from: { option: '-x --exec -X --exec-batch' }, as: 'sh' }],
      examples: [
        ['fd -e log', 'read'],
        ['fd -e tmp -x rm', 'read', 'destroy'],
      ],
    },
    {
      names: ['tree', 'exa', 'eza', 'ncdu', 'dust', 'lsd'],
      is: 'read',
      why: 'lists files',
      values: '-L -P -I -o --filelimit --charset --timefmt --level',
      rules: [{ when: { option: '-o' }, add: 'write', why: 'writes the list to a file' }],
      examples: [
        ['tree -L 2 /srv', 'read'],
        ['tree -o listing.txt /srv', 'read', 'write'],
      ],
    },
    {
      names: ['which', 'whereis', 'namei', 'getconf'],
      is: 'read',
      why: 'looks up where something is',
      examples: [['which psql', 'read']],
    },
    {
      names: ['rename', 'prename', 'file-rename', 'mmv', 'detox', 'dos2unix', 'unix2dos', 'convmv'],
      is: 'write',
      why: 'renames or converts files',
      rules: [{ when: { option: '-n --nono --no-act --dry-run' }, set: 'read', why: 'only shows what it would do' }],
      version: '-V',
      examples: [
        ["rename 's/.bak$//' a.bak b.bak", 'write'],
        ["rename -n 's/.bak$//' a.bak", 'read'],
      ],
    },
    {
      names: ['logrotate'],
      is: ['write', 'destroy'],
      why: 'rotates log files and removes the oldest',
      values: '-s --state -m --mail -l --log',
      dryRun: { option: '-d --debug' },
      help: '-?',
      examples: [
        ['logrotate -f /etc/logrotate.d/nginx', 'write', 'destroy'],
        ['logrotate -d /etc/logrotate.conf', 'read'],
      ],
    },
    {
      names: ['tmpwatch', 'tmpreaper'],
      is: 'destroy',
      why: 'deletes files that were not used for some time',
      values: '-X --exclude-pattern -x --exclude -U --exclude-user --protect',
      dryRun: { option: '-t --test' },
      examples: [
        ['tmpreaper 7d /tmp', 'destroy'],
        ['tmpreaper --test 7d /tmp', 'read'],
      ],
    },
    {
      names: ['fdupes', 'jdupes'],
      is: 'read',
      why: 'looks for files with the same content',
      rules: [
        { when: { option: '-d --delete' }, set: 'destroy', why: 'deletes duplicates' },
        {
          when: { option: '-L --linkhard --link-hard -B --dedupe' },
          set: 'write',
          why: 'replaces duplicates by links',
        },
      ],
      examples: [
        ['fdupes -r /srv/photos', 'read'],
        ['fdupes -rdN /srv/photos', 'destroy'],
      ],
    },
    {
      names: ['inotifywait', 'fswatch', 'inotifywatch'],
      is: 'read',
      why: 'waits for changes of files',
      values: '-e --event -t --timeout --format --timefmt --exclude --fromfile -o --outfile',
      rules: [{ when: { option: '-o --outfile' }, add: 'write', why: 'writes events to a file' }],
      examples: [['inotifywait -m -e create /srv/in', 'read']],
    },
  ],
};
