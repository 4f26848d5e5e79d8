import type { Family } from './types.ts';

/** Other machines: shells on them, copies to and from them, requests to them. */
export const transfer: Family = {
  name: 'transfer',
  title: 'ssh, scp, rsync, curl, wget and openssl',
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
      names: ['ssh-add'],
      is: 'write',
      why: 'gives a key to the agent',
      values: '-E -e -H -h -s -S -t -T',
      rules: [
        { when: { option: '-l -L -T' }, set: 'read', why: 'lists keys of the agent' },
        { when: { option: '-d -D -e' }, set: 'destroy', why: 'takes keys from the agent' },
      ],
      examples: [
        ['ssh-add -l', 'read'],
        ['ssh-add ~/.ssh/ops', 'write'],
        ['ssh-add -D', 'destroy'],
      ],
    },
    {
      names: ['openssl', 'libressl'],
      style: 'words',
      is: 'none',
      why: 'keys and certificates',
      values:
        '-in -out -inkey -key -keyout -config -subj -days -passin -passout -pass -k -K -iv -S -md -connect -servername -CAfile -CApath -cert -certfile -CA -CAkey -CAserial -name -inform -outform -keyform -extfile -extensions -newkey -addext -verify -prverify -signature -sign -sigopt -pkeyopt -algorithm -curve -rand -writerand -starttls -alpn -revoke -crl_reason -crldays -url -issuer -host -port -accept -nameopt -checkend -checkhost -set_serial -kfile -recip -signer -content -index -serial -status -respin -reqin -peerkey -bytes -iter -saltlen -salt -caname -CSP',
      commands: {
        'version|list|help|ciphers|speed|errstr|engine|info|fipsinstall': { is: 'read', why: 'shows what it can do' },
        'x509|crl|verify|asn1parse|ocsp|dgst|md5|sha1|sha256|sha512|nseq|sess_id|prime|passwd|ts|crl2pkcs7|pkcs7|storeutl|rehash|mac|sha*|spkac|dhparam|dsaparam|ecparam|pkeyparam':
          {
            is: 'read',
            why: 'shows or checks certificates',
            rules: [
              {
                when: { option: '-out -signkey -CAcreateserial', without: '-noout' },
                set: 'write',
                why: 'writes a certificate or a signature',
              },
              { when: { option: '-out' }, set: 'write', why: 'writes a file' },
              {
                when: { option: '-genkey', without: '-out -noout' },
                add: 'secret',
                why: 'makes and prints a private key',
              },
            ],
          },
        's_client|s_time': { is: 'read', why: 'looks at a server' },
        s_server: { is: 'none', why: 'waits for connections' },
        rand: {
          is: ['read', 'secret'],
          why: 'makes and prints random bytes, as for a password',
          rules: [{ when: { option: '-out' }, set: 'write', why: 'writes random bytes to a file' }],
        },
        'genrsa|genpkey|gendsa': {
          is: ['read', 'secret'],
          why: 'makes and prints a private key',
          rules: [{ when: { option: '-out' }, set: 'write', why: 'makes a private key' }],
        },
        req: {
          is: 'read',
          why: 'shows a request for a certificate',
          rules: [
            {
              when: { option: '-new -newkey -x509 -out -keyout', without: '-noout' },
              set: 'write',
              why: 'makes a request or a certificate',
            },
          ],
        },
        'rsa|ec|pkey|dsa|pkcs8|pkcs12': {
          is: ['read', 'secret'],
          why: 'prints a private key',
          rules: [
            {
              when: { option: '-pubout -pubin -noout -nokeys -check -modulus' },
              set: 'read',
              why: 'shows the public part of a key',
            },
            {
              when: { option: '-text', also: '-noout', without: '-pubin -text_pub' },
              set: ['read', 'secret'],
              why: 'prints a private key',
            },
            {
              when: { option: '-info', without: '-noout -nokeys -out' },
              set: ['read', 'secret'],
              why: 'prints private keys',
            },
            { when: { option: '-out' }, set: 'write', why: 'writes a key to a file' },
            { when: { option: '-export' }, set: 'write', why: 'packs a key and its certificate' },
            { when: { option: '-out', also: '-nodes -noenc -nocrypt' }, add: 'secret', why: 'and does not encrypt it' },
          ],
        },
        'enc|aes*|des*|base64|camellia*|chacha20|zlib': {
          is: 'read',
          why: 'encrypts or decrypts to its output',
          rules: [{ when: { option: '-out' }, set: 'write', why: 'encrypts or decrypts a file' }],
        },
        'pkeyutl|rsautl|cms|smime': {
          is: 'read',
          why: 'signs, encrypts or decrypts to its output',
          rules: [{ when: { option: '-out' }, set: 'write', why: 'signs, encrypts or decrypts a file' }],
        },
        ca: {
          is: 'write',
          why: 'issues a certificate',
          rules: [
            { when: { option: '-revoke' }, set: ['write', 'privilege'], why: 'takes a certificate back' },
            { when: { option: '-status' }, set: 'read', why: 'shows a certificate' },
          ],
        },
      },
      examples: [
        ['openssl x509 -in server.crt -noout -enddate', 'read'],
        ['openssl s_client -connect db1:443 -servername db1', 'read'],
        ['openssl genrsa -out server.key 4096', 'write'],
        ['openssl genrsa 4096', 'read', 'secret'],
        ['openssl rsa -in server.key -noout -modulus', 'read'],
        ['openssl rsa -in server.key', 'read', 'secret'],
        ['openssl req -new -key server.key -out server.csr', 'write'],
        ['openssl enc -aes-256-cbc -in dump.sql -out dump.sql.enc', 'write'],
        ['openssl dgst -sha256 dump.sql', 'read'],
        ['openssl version', 'read'],
        ['openssl rand -base64 32', 'read', 'secret'],
      ],
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
