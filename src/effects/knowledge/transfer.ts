import type { Family } from './types.ts';

/** Other machines: shells on them, copies to and from them, requests to them. */
export const transfer: Family = {
  name: 'transfer',
  title: 'ssh, scp, rsync, curl and wget',
  tools: [
    {
      names: ['ssh', 'autossh', 'mosh', 'dbclient', 'slogin', 'plink'],
      is: 'none',
      why: 'opens a shell on another machine',
      values: '-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -P -Q -R -S -W -w',
      version: '-V',
      special: 'ssh',
      examples: [
        ['ssh ops@db1', 'none'],
        ["ssh ops@db1 'rm -rf /data'", 'destroy'],
        ['ssh -p 2222 -i ~/.ssh/ops ops@db1 uptime', 'read'],
        ['ssh -L 5432:localhost:5432 ops@db1', 'none'],
        ["ssh db1 'sudo systemctl restart nginx'", 'disrupt', 'privilege'],
      ],
    },
    {
      names: ['sshpass'],
      is: 'none',
      why: 'gives ssh a password',
      values: '-p -f -d -P',
      credentials: '-p',
      version: '-V',
      help: '-h',
      carries: [{ from: 'rest', as: 'command' }],
      examples: [["sshpass -f pw ssh ops@db1 'rm -rf /data'", 'destroy']],
    },
    {
      names: ['pssh', 'parallel-ssh', 'pdsh', 'dsh', 'clush', 'csshx', 'cssh'],
      is: 'none',
      why: 'runs a command on many machines',
      values:
        '-h --hosts -H --host -l --user -p --par -o --outdir -e --errdir -t --timeout -O --option -x --extra-args -X --extra-arg -w -g -f -R -u -m',
      carries: [{ from: 'rest', as: 'sh', place: 'host' }],
      examples: [["pdsh -w db[1-3] 'rm -rf /data'", 'destroy']],
    },
    {
      names: ['scp', 'pscp'],
      is: 'write',
      why: 'copies files between machines',
      values: '-c -D -F -i -J -l -o -P -S -X',
      special: 'scp',
      examples: [
        ['scp dump.sql ops@db2:/tmp/', 'egress'],
        ['scp ops@db1:/var/log/app.log .', 'read'],
      ],
    },
    {
      names: ['sftp', 'lftp', 'psftp', 'ncftp', 'ncftpput', 'ncftpget', 'tftp', 'smbclient'],
      is: 'none',
      why: 'opens a session for files',
      values: '-B -b -c -D -F -i -J -l -o -P -R -S -s -X -e -f -u -U',
      credentials: '-p',
      rules: [
        { when: { option: '-b -c -e -f', value: /./ }, set: 'unknown', why: 'runs commands for files' },
        { when: { input: true }, set: 'unknown', why: 'runs commands for files' },
      ],
      examples: [
        ['sftp ops@db1', 'none'],
        ['sftp -b batch.txt ops@db1', 'unknown'],
      ],
    },
    {
      names: ['rsync'],
      is: 'write',
      why: 'copies files',
      values:
        '-e --rsh -f --filter -B --block-size -M --remote-option -T --temp-dir -@ --modify-window --rsync-path --exclude --exclude-from --include --include-from --files-from --bwlimit --timeout --contimeout --port --password-file --log-file --log-file-format --out-format --max-size --min-size --max-delete --partial-dir --backup-dir --suffix --compare-dest --copy-dest --link-dest --compress-level --skip-compress --chmod --chown --usermap --groupmap --info --debug --sockopts --iconv --checksum-seed --checksum-choice --cc --compress-choice --zc --address --outbuf --write-batch --only-write-batch --read-batch --protocol --stop-after --stop-at --early-input --config',
      flags:
        '-a --archive -r --recursive -v --verbose -z --compress -n --dry-run -P --partial --progress -h --human-readable -H --hard-links -A --acls -X --xattrs -S --sparse -u --update -c --checksum -R --relative -b --backup --inplace --append --delete --delete-before --delete-during --del --delete-delay --delete-after --delete-excluded --delete-missing-args --remove-source-files --force --ignore-existing --existing --list-only --stats --numeric-ids --safe-links --copy-links -L -l --links -p --perms -o --owner -g --group -t --times -D --devices --specials -x --one-file-system -i --itemize-changes -W --whole-file --fuzzy -y --fake-super --ignore-errors --max-alloc --no-perms --no-owner --no-group',
      version: '-V',
      special: 'rsync',
      examples: [
        ['rsync -a /srv/app/ /backup/app/', 'write'],
        ['rsync -az /srv/app/ ops@backup1:/backup/app/', 'egress'],
        ['rsync -an --delete /srv/app/ /backup/app/', 'read'],
        ['rsync -az ops@db1:/var/log/ ./logs/', 'read'],
      ],
    },
    {
      names: ['ssh-keygen'],
      is: 'write',
      why: 'makes a key',
      values: '-a -b -C -D -E -F -f -G -I -M -m -N -n -O -P -R -r -S -s -T -t -V -W -w -Y -Z -z',
      credentials: '-N -P',
      rules: [
        { when: { option: '-l -y -F -B -L -Q -e -i -Y -r' }, set: 'read', why: 'shows a key' },
        { when: { option: '-R' }, set: 'write', why: 'forgets the key of a host' },
        { when: { option: '-Y', value: /^sign$/ }, set: 'write', why: 'signs a file' },
        {
          when: { option: '-s', without: '-Y' },
          set: ['write', 'privilege'],
          why: 'signs a certificate that opens a machine',
        },
      ],
      examples: [
        ['ssh-keygen -t ed25519 -f ~/.ssh/ops -C ops', 'write'],
        ['ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub', 'read'],
        ['ssh-keygen -R db1', 'write'],
      ],
    },
    {
      names: ['ssh-copy-id'],
      is: ['write', 'privilege'],
      why: 'lets a key sign in on another machine',
      values: '-i -p -o -F -t',
      dryRun: { option: '-n' },
      help: '-h',
      examples: [['ssh-copy-id -i ~/.ssh/ops.pub ops@db1', 'write', 'privilege']],
    },
    {
      names: ['ssh-agent', 'gpg-agent', 'keychain'],
      is: 'none',
      why: 'holds keys',
      values: '-a -E -P -t -O',
      rules: [{ when: { option: '-k' }, set: 'disrupt', why: 'ends the agent' }],
      carries: [{ from: 'rest', as: 'command' }],
      examples: [
        ['ssh-agent -s', 'none'],
        ['ssh-agent -k', 'disrupt'],
      ],
    },
    {
      names: ['ssh-keyscan'],
      is: 'read',
      why: 'asks hosts for their keys',
      values: '-f -p -T -t -O',
      examples: [['ssh-keyscan -H db1', 'read']],
    },
    {
      names: ['curl'],
      style: 'pflag',
      is: 'read',
      why: 'asks a server',
      values:
        '-X --request -d --data --data-raw --data-binary --data-urlencode --data-ascii --json -F --form --form-string -H --header -o --output --output-dir -u --user -U --proxy-user -x --proxy -A --user-agent -b --cookie -c --cookie-jar -e --referer -E --cert --key --cacert --capath --cert-type --key-type --pass -T --upload-file -K --config -m --max-time --connect-timeout --retry --retry-delay --retry-max-time -w --write-out -D --dump-header -r --range -C --continue-at -Q --quote --resolve --connect-to --interface --limit-rate -y --speed-time -Y --speed-limit -z --time-cond --unix-socket --abstract-unix-socket --url -P --ftp-port --oauth2-bearer --aws-sigv4 --ciphers --tls-max --noproxy --preproxy --socks5 --socks5-hostname --socks4 --dns-servers --doh-url --trace --trace-ascii --stderr --max-filesize --max-redirs --mail-from --mail-rcpt --netrc-file --pinnedpubkey --engine --local-port --keepalive-time --hsts --alt-svc --expect100-timeout --happy-eyeballs-timeout-ms --proto --proto-default --proto-redir --url-query --variable --rate --delegation --service-name --krb --login-options --create-file-mode --etag-compare --etag-save --libcurl -t --telnet-option',
      credentials: '-u --user --oauth2-bearer --pass --proxy-user',
      help: '-h',
      version: '-V',
      special: 'http',
      examples: [
        ['curl -fsS http://localhost:8080/health', 'read'],
        ['curl -I https://example.com', 'read'],
        ['curl -X DELETE http://es:9200/logs-2024', 'remote-delete'],
      ],
    },
    {
      names: ['wget', 'wget2', 'aria2c', 'axel'],
      is: 'read',
      why: 'downloads',
      values:
        '-O --output-document -o --output-file -a --append-output -i --input-file -P --directory-prefix -t --tries -T --timeout -w --wait -Q --quota -U --user-agent --header --post-data --post-file --method --body-data --body-file --user --password --http-user --http-password --ftp-user --ftp-password --ca-certificate --certificate --private-key --limit-rate --level -l -A --accept -R --reject -D --domains -I -X -e --execute --load-cookies --save-cookies --referer -B --base --dir -d -s -x -j --start-pos --connect-timeout --read-timeout --dns-timeout --waitretry --max-redirect --cut-dirs --default-page --proxy-user --proxy-password',
      credentials: '--password --http-password --ftp-password --proxy-password',
      help: '-h',
      version: '-V',
      special: 'http',
      examples: [
        ['wget -q https://example.com/tool.tgz', 'read'],
        ['wget --spider https://example.com', 'read'],
      ],
    },
    {
      names: ['http', 'https', 'httpie', 'xh', 'xhs', 'curlie'],
      style: 'pflag',
      is: 'read',
      why: 'asks a server',
      values:
        '-a --auth -A --auth-type -o --output -p --print -s --style --session --session-read-only --verify --cert --cert-key --proxy --timeout --max-redirects --pretty --raw --response-charset --boundary --ssl --ciphers --default-scheme --format-options',
      credentials: '-a --auth',
      special: 'http',
      examples: [['http GET localhost:8080/health', 'read']],
    },
    {
      names: ['croc', 'wormhole', 'transfer', 'magic-wormhole', 'onionshare', 'pastebinit'],
      is: 'egress',
      why: 'sends files to others',
      rules: [{ when: { first: /^(?:receive|recv)$/ }, set: 'write', why: 'receives files' }],
      examples: [
        ['wormhole send dump.sql', 'egress'],
        ['wormhole receive 7-crossover-clockwork', 'write'],
      ],
    },
  ],
};
