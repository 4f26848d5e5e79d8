import type { Family, Tool, Verb } from './types.ts';

const engineOptions =
  '-address -namespace -ns -ca-cert -ca-path -client-cert -client-key -tls-server-name -format -field -mfa -header -agent-address -wrap-ttl -output -mount';

const vaultCommands: Readonly<Record<string, Verb>> = {
  'status|list|path-help|monitor|version-history|events': { is: 'read', why: 'looks at the server', operands: true },
  version: { is: 'read', why: 'prints its version' },
  read: {
    is: ['read', 'secret'],
    why: 'prints what is stored',
    rules: [
      {
        when: {
          first:
            /^\/?(?:sys\/(?!raw)|auth\/[\w-]+\/(?:config|role|tune)|identity\/|[\w-]+\/config\b|pki[\w-]*\/(?:cert|ca|crl|issuer))/,
        },
        set: 'read',
        why: 'shows settings',
      },
    ],
  },
  write: {
    is: 'write',
    why: 'stores something, or has something done',
    flags: '-f -force',
    rules: [
      {
        when: { first: /^\/?(?:auth\/|sys\/(?:polic|auth)|identity\/)/ },
        add: 'privilege',
        why: 'changes who may sign in and do what',
      },
      {
        when: {
          first:
            /(?:^|\/)(?:login|secret-id|issue(?:\/|$)|creds(?:\/|$)|sign(?:\/|$)|decrypt(?:\/|$)|datakey\/|export\/)/,
        },
        add: 'secret',
        why: 'prints a credential',
      },
      { when: { first: /(?:revoke|tidy|^\/?sys\/raw)/ }, add: 'destroy', why: 'takes credentials away' },
    ],
  },
  patch: { is: 'write', why: 'changes what is stored' },
  delete: { is: 'destroy', why: 'deletes what is stored' },
  'unwrap|wrap': { is: ['read', 'secret'], why: 'prints a wrapped secret' },
  'print token': { is: ['read', 'secret'], why: 'prints the token' },
  login: { is: 'write', why: 'signs in', values: '-method -path', flags: '-no-print -no-store' },
  'server|agent|proxy': {
    is: 'write',
    why: 'runs a server',
    values: '-config -dev-root-token-id -dev-listen-address -log-level',
    operands: true,
  },
  debug: { is: 'write', why: 'writes facts to a file', values: '-duration -interval -target' },
  'kv get': { is: ['read', 'secret'], why: 'prints a secret', values: '-version' },
  'kv list': { is: 'read', why: 'lists names' },
  'kv put|patch|undelete|rollback|enable-versioning': {
    is: 'write',
    why: 'stores a secret',
    values: '-versions -version -cas -method',
  },
  'kv delete|destroy': { is: 'destroy', why: 'deletes a secret', values: '-versions' },
  'kv metadata get': { is: 'read', why: 'shows what is known of a secret' },
  'kv metadata put|patch': {
    is: 'write',
    why: 'changes how a secret is kept',
    values: '-max-versions -delete-version-after -custom-metadata',
  },
  'kv metadata delete': { is: 'destroy', why: 'deletes a secret with all its versions' },
  'policy list|read|fmt': { is: 'read', why: 'shows policies' },
  'policy write': { is: ['write', 'privilege'], why: 'changes who may do what' },
  'policy delete': { is: ['destroy', 'privilege'], why: 'deletes a policy' },
  'auth|secrets|audit|namespace|plugin|pki list|help|info|lookup|health-check|list-intermediates|verify-sign|runtime': {
    is: 'read',
    why: 'shows settings',
    operands: true,
  },
  'auth enable|tune|move': {
    is: ['write', 'privilege'],
    why: 'changes how one signs in',
    values: '-path -description -default-lease-ttl -max-lease-ttl',
  },
  'auth disable': { is: ['destroy', 'privilege'], why: 'removes a way to sign in, and all its tokens' },
  'secrets enable|tune|move': {
    is: 'write',
    why: 'changes where secrets are kept',
    values: '-path -description -version -default-lease-ttl -max-lease-ttl',
  },
  'secrets disable': { is: 'destroy', why: 'deletes all secrets of a mount' },
  'audit enable': { is: 'write', why: 'starts an audit log', values: '-path -description -options' },
  'audit disable': { is: 'destroy', why: 'ends an audit log' },
  'namespace create|patch|lock|unlock': { is: 'write', why: 'changes namespaces' },
  'namespace delete': { is: 'destroy', why: 'deletes a namespace' },
  'plugin register|reload|deregister|runtime': {
    is: 'write',
    why: 'changes plugins',
    operands: true,
    values: '-sha256 -command -plugin -mounts -version',
  },
  'pki issue|reissue': { is: ['write', 'secret'], why: 'makes a certificate and its key', operands: true },
  'token lookup|capabilities': { is: 'read', why: 'says what a token may do', values: '-accessor' },
  'token create': {
    is: ['write', 'secret'],
    why: 'makes a token and prints it',
    values: '-policy -ttl -period -role -display-name -use-limit -metadata -type -explicit-max-ttl -entity-alias -id',
  },
  'token renew': { is: 'write', why: 'makes a token last longer', values: '-increment -accessor' },
  'token revoke': { is: 'destroy', why: 'takes a token back', values: '-mode -accessor' },
  'lease lookup': { is: 'read', why: 'looks at a lease' },
  'lease renew': { is: 'write', why: 'makes a lease last longer', values: '-increment' },
  'lease revoke': { is: 'destroy', why: 'takes credentials back', values: '-prefix' },
  'operator key-status|members|usage|diagnose|utilization|inspect': { is: 'read', why: 'looks at the server' },
  'operator init': {
    is: ['write', 'secret'],
    why: 'initialises the server and prints the unseal keys and the root token',
    values:
      '-key-shares -key-threshold -pgp-keys -root-token-pgp-key -recovery-shares -recovery-threshold -stored-shares',
    rules: [{ when: { option: '-status' }, set: 'read', why: 'says whether it is initialised' }],
  },
  'operator unseal': {
    is: 'write',
    why: 'opens the server',
    rules: [{ when: { option: '-status' }, set: 'read', why: 'says whether it is sealed' }],
  },
  'operator seal': { is: 'disrupt', why: 'closes the server: nobody gets a secret until it is unsealed' },
  'operator step-down': { is: 'disrupt', why: 'makes another server active' },
  'operator rotate|rotate-keys|migrate|import': {
    is: 'write',
    why: 'changes how the store is encrypted',
    values: '-config',
  },
  'operator rekey': {
    is: ['write', 'secret'],
    why: 'makes new unseal keys and prints them',
    values: '-key-shares -key-threshold -nonce -pgp-keys -target',
    rules: [
      { when: { option: '-status' }, set: 'read', why: 'says how far it is' },
      { when: { option: '-cancel -backup-delete' }, set: 'write', why: 'takes it back' },
    ],
  },
  'operator generate-root': {
    is: ['write', 'secret', 'privilege'],
    why: 'makes a root token',
    values: '-nonce -otp -decode -pgp-key',
    rules: [
      { when: { option: '-status' }, set: 'read', why: 'says how far it is' },
      { when: { option: '-cancel' }, set: 'write', why: 'takes it back' },
      { when: { option: '-generate-otp -decode' }, set: ['read', 'secret'], why: 'prints a credential' },
    ],
  },
  'operator raft list-peers': { is: 'read', why: 'lists servers' },
  'operator raft autopilot': { is: 'read', why: 'shows how servers are governed', operands: true },
  'operator raft join': { is: 'write', why: 'makes the server part of a cluster' },
  'operator raft remove-peer': { is: 'destroy', why: 'takes a server out of the cluster' },
  'operator raft snapshot save': { is: ['read', 'write'], why: 'writes a snapshot to a file' },
  'operator raft snapshot inspect': { is: 'read', why: 'looks at a snapshot' },
  'operator raft snapshot restore': { is: ['destroy', 'disrupt'], why: 'replaces all that the server holds' },
  ssh: { is: 'none', why: 'opens a session', operands: true, values: '-role -mode -private-key-path -public-key-path' },
};

const vault: Tool = {
  names: ['vault', 'bao'],
  style: 'go',
  values: engineOptions,
  commands: vaultCommands,
  help: '-h',
  examples: [
    ['vault status', 'read'],
    ['vault kv get -field=password secret/db', 'read', 'secret'],
    ['vault kv list secret/', 'read'],
    ['vault kv delete secret/db', 'destroy'],
    ['vault kv metadata delete secret/db', 'destroy'],
    ['vault read database/creds/app', 'read', 'secret'],
    ['vault read sys/health', 'read'],
    ['vault policy write ops ops.hcl', 'write', 'privilege'],
    ['vault token create -policy=ops', 'write', 'secret'],
    ['vault token revoke -self', 'destroy'],
    ['vault secrets disable secret/', 'destroy'],
    ['vault operator init -key-shares=5 -key-threshold=3', 'write', 'secret'],
    ['vault operator init -status', 'read'],
    ['vault operator unseal', 'write'],
    ['vault operator seal', 'disrupt'],
    ['vault operator step-down', 'disrupt'],
    ['vault operator raft snapshot save /srv/vault.snap', 'read', 'write'],
    ['vault operator raft snapshot restore -force /srv/vault.snap', 'destroy', 'disrupt'],
    ['bao operator raft list-peers', 'read'],
    ['vault lease revoke -prefix aws/creds', 'destroy'],
    ['vault operator generate-root -init', 'write', 'secret', 'privilege'],
  ],
};

const gpg: Tool = {
  names: ['gpg', 'gpg2', 'gpgv', 'gpgsm'],
  is: 'read',
  why: 'looks at a file or a key',
  values:
    '-u --local-user -r --recipient -R --hidden-recipient -o --output --homedir --passphrase --passphrase-file --passphrase-fd --pinentry-mode --keyserver --keyring --cipher-algo --digest-algo --compress-algo --s2k-cipher-algo --s2k-digest-algo --s2k-mode --s2k-count -z --trust-model --status-fd --default-key --options --batch-file --logger-file --display-charset -N --encrypt-to --comment --list-options --verify-options --export-options --import-options',
  flags:
    '--list-keys --list-secret-keys --list-sigs --list-packets --fingerprint --verify --with-colons --batch --yes --armor --decrypt --export --card-status --keyid-format --export-ownertrust --no-tty --quiet --version --print-md --multifile --encrypt-files --decrypt-files',
  credentials: '--passphrase',
  rules: [
    {
      when: {
        option:
          '-e --encrypt -c --symmetric -s --sign -b --detach-sign --clear-sign --clearsign --store --enarmor --dearmor',
      },
      set: 'write',
      why: 'encrypts or signs a file',
    },
    { when: { option: '-d --decrypt --decrypt-files' }, set: 'read', why: 'decrypts' },
    { when: { option: '--decrypt-files' }, add: 'write', why: 'writes files' },
    {
      when: {
        option:
          '--import --fast-import --recv-keys --receive-keys --refresh-keys --locate-keys --fetch-keys --import-ownertrust --gen-key --generate-key --full-generate-key --full-gen-key --quick-generate-key --quick-gen-key --quick-add-key --quick-set-expire --edit-key --sign-key --lsign-key --quick-sign-key --quick-revoke-uid --gen-revoke --generate-revocation --passwd --change-passphrase --change-pin --card-edit --edit-card --update-trustdb --check-trustdb --rebuild-keydb-caches --quick-add-uid',
      },
      set: 'write',
      why: 'changes keys',
    },
    {
      when: { option: '--export-secret-keys --export-secret-subkeys --export-secret-ssh-key' },
      set: ['read', 'secret'],
      why: 'prints private keys',
    },
    {
      when: {
        option:
          '--delete-keys --delete-key --delete-secret-keys --delete-secret-key --delete-secret-and-public-key --delete-secret-and-public-keys',
      },
      set: 'destroy',
      why: 'deletes keys',
    },
    { when: { option: '--send-keys' }, set: 'egress', why: 'sends keys to a server' },
    { when: { option: '-o --output', value: /^[^-]/ }, add: 'write', why: 'writes a file' },
  ],
  examples: [
    ['gpg --list-keys', 'read'],
    ['gpg -d backup.tar.gpg', 'read'],
    ['gpg -d -o backup.tar backup.tar.gpg', 'read', 'write'],
    ['gpg -e -r ops@example.com backup.tar', 'write'],
    ['gpg --export-secret-keys -a ops@example.com', 'read', 'secret'],
    ['gpg --delete-secret-keys ops@example.com', 'destroy'],
    ['gpg --import key.asc', 'write'],
    ['gpg --send-keys 3F1A', 'egress'],
    ['gpg --verify SHA256SUMS.asc', 'read'],
  ],
};

const hsm: readonly Tool[] = [
  {
    names: ['pkcs11-tool'],
    is: 'read',
    why: 'looks at a token',
    values:
      '--module --slot --slot-index --slot-description --token-label -a --label -d --id -y --type -m --mechanism -i --input-file -o --output-file -p --pin --so-pin --new-pin --puk --login-type --key-type --application-id --application-label --issuer --subject --set-id --signature-file --hash-algorithm --mgf --salt-len --usage-sign -w --write-object --attr-from --object-index --wrap-key --unwrap-key --allowed-mechanisms',
    flags:
      '-l --login -L --list-slots -T --list-token-slots -O --list-objects -M --list-mechanisms -I --show-info -t --test -r --read-object -s --sign --verify --decrypt --encrypt --derive --hash --generate-random --sensitive --extractable --private',
    credentials: '-p --pin --so-pin --new-pin --puk',
    rules: [
      {
        when: { option: '-k --keypairgen --keygen -w --write-object -e --set-id --derive --unwrap --copy-object' },
        set: 'write',
        why: 'makes or changes a key',
      },
      {
        when: { option: '--init-pin --init-so-pin -c --change-pin --unlock-pin' },
        set: ['write', 'privilege'],
        why: 'changes who can use the token',
      },
      { when: { option: '--init-token' }, set: 'destroy', why: 'initialises the token: all its keys are gone' },
      { when: { option: '-b --delete-object' }, set: 'destroy', why: 'deletes a key' },
      { when: { option: '-o --output-file' }, add: 'write', why: 'writes a file' },
    ],
    examples: [
      ['pkcs11-tool --module /usr/lib/softhsm/libsofthsm2.so -L', 'read'],
      ['pkcs11-tool --module m.so --login -O', 'read'],
      ['pkcs11-tool --module m.so -l --delete-object --type privkey --id 01', 'destroy'],
      ['pkcs11-tool --module m.so --init-token --label drill', 'destroy'],
      ['pkcs11-tool --module m.so -l --keypairgen --key-type rsa:4096 --id 02', 'write'],
    ],
  },
  {
    names: ['softhsm2-util', 'softhsm-util'],
    is: 'read',
    why: 'looks at tokens',
    values: '--slot --token --serial --label --pin --so-pin --import --file-pin --id --module --file-type --force_file',
    flags: '--show-slots --free --no-public-key --aes',
    credentials: '--pin --so-pin --file-pin',
    rules: [
      { when: { option: '--import' }, set: 'write', why: 'brings a key in' },
      { when: { option: '--init-token' }, set: 'destroy', why: 'initialises a token: all its keys are gone' },
      { when: { option: '--init-token', also: '--free' }, set: 'write', why: 'makes a token in a free slot' },
      { when: { option: '--delete-token' }, set: 'destroy', why: 'deletes a token and its keys' },
    ],
    examples: [
      ['softhsm2-util --show-slots', 'read'],
      ['softhsm2-util --init-token --free --label drill', 'write'],
      ['softhsm2-util --init-token --slot 0 --label prod', 'destroy'],
      ['softhsm2-util --delete-token --token drill', 'destroy'],
    ],
  },
  {
    names: ['lunacm'],
    style: 'words',
    is: 'none',
    why: 'an interactive session with an HSM',
    values: '-f -c -e -q',
    rules: [
      { when: { atLeast: 1 }, set: 'unknown', why: 'words that are no option of it' },
      { when: { option: '-f -e' }, set: 'unknown', why: 'runs commands that are not read here' },
      { when: { option: '-c' }, set: 'unknown', why: 'runs a command' },
      {
        when: { option: '-c', value: /\b(?:list|show|status|info)\w*|contents/i },
        set: 'read',
        why: 'looks at the HSM',
      },
      { when: { option: '-c', value: /archive\s+backup|clone/i }, set: 'write', why: 'copies keys to another HSM' },
      { when: { option: '-c', value: /archive\s+restore/i }, set: ['destroy', 'disrupt'], why: 'restores keys' },
      {
        when: { option: '-c', value: /\b(?:clear|init\w*|delete|factoryreset|zeroize|restart)\b/i },
        set: 'destroy',
        why: 'deletes keys',
      },
    ],
    examples: [
      ['lunacm', 'none'],
      ["lunacm -c 'slot list'", 'read'],
      ["lunacm -c 'partition clear'", 'destroy'],
      ["lunacm -c 'hsm factoryreset'", 'destroy'],
    ],
  },
  {
    names: ['cmu'],
    style: 'words',
    is: 'none',
    why: 'prints its help',
    operands: true,
    values: '-in -out -handle',
    commands: {
      'list|getattribute|display|getpkc|verifyhsm': { is: 'read', why: 'looks at the HSM', operands: true },
      'generatekeypair|import|importkey|requestcertificate|selfsigncertificate|certify|setattribute': {
        is: 'write',
        why: 'makes or changes a key',
        operands: true,
      },
      export: { is: ['read', 'write'], why: 'writes a certificate or a public key to a file', operands: true },
      delete: { is: 'destroy', why: 'deletes a key', operands: true },
    },
    examples: [
      ['cmu list', 'read'],
      ['cmu delete -handle=42', 'destroy'],
    ],
  },
  {
    names: ['p11tool'],
    is: 'read',
    why: 'looks at a token',
    values:
      '--outfile --label --id --provider --set-pin --set-so-pin --load-certificate --load-privkey --load-pubkey --secret-key --bits --type --initialize-pin',
    flags:
      '--login --so-login --list-tokens --list-all --list-all-certs --list-privkeys --list-mechanisms --export --export-chain --info --test-sign',
    credentials: '--set-pin --set-so-pin',
    rules: [
      {
        when: {
          option:
            '--generate-privkey --generate-rsa --generate-ecc --generate-dsa --write --set-label --set-id --mark-private',
        },
        set: 'write',
        why: 'makes or changes a key',
      },
      {
        when: { option: '--initialize-pin --initialize-so-pin' },
        set: ['write', 'privilege'],
        why: 'changes who can use the token',
      },
      { when: { option: '--initialize' }, set: 'destroy', why: 'initialises the token: all its keys are gone' },
      { when: { option: '--delete' }, set: 'destroy', why: 'deletes an object' },
      { when: { option: '--outfile' }, add: 'write', why: 'writes a file' },
    ],
    examples: [
      ['p11tool --list-tokens', 'read'],
      ['p11tool --login --delete "pkcs11:object=old"', 'destroy'],
    ],
  },
];

/** What keeps secrets and keys. */
export const secrets: Family = {
  name: 'secrets',
  title: 'Secrets and keys',
  tools: [
    vault,
    gpg,
    {
      names: ['gpgconf', 'gpg-connect-agent'],
      is: 'read',
      why: 'looks at the agent',
      rules: [{ when: { option: '--kill -K --reload -R' }, set: 'disrupt', why: 'stops the agent' }],
      operands: true,
      examples: [['gpgconf --kill gpg-agent', 'disrupt']],
    },
    {
      names: ['age', 'rage'],
      style: 'pflag',
      is: 'read',
      why: 'encrypts or decrypts to its output',
      values: '-r --recipient -R --recipients-file -i --identity -o --output -j',
      flags: '-d --decrypt -e --encrypt -p --passphrase -a --armor',
      rules: [{ when: { option: '-o --output', value: /^[^-]/ }, add: 'write', why: 'writes a file' }],
      examples: [
        ['age -r age1abc -o backup.age backup.tar', 'read', 'write'],
        ['age -d -i key.txt backup.age', 'read'],
      ],
    },
    {
      names: ['age-keygen', 'rage-keygen'],
      style: 'pflag',
      is: ['read', 'secret'],
      why: 'makes a private key and prints it',
      values: '-o --output',
      rules: [
        { when: { option: '-o --output' }, set: 'write', why: 'makes a private key' },
        { when: { option: '-y' }, set: 'read', why: 'shows the public key' },
      ],
      examples: [
        ['age-keygen -o key.txt', 'write'],
        ['age-keygen', 'read', 'secret'],
        ['age-keygen -y key.txt', 'read'],
      ],
    },
    {
      names: ['pass', 'gopass'],
      is: ['read', 'secret'],
      why: 'prints a password',
      operands: true,
      values: '-p --path',
      rules: [{ when: { atMost: 0 }, set: 'read', why: 'lists names' }],
      commands: {
        'ls|list|find|search|version|audit|history': {
          is: 'read',
          why: 'lists names',
          operands: true,
          rules: [{ when: { atMost: 0 }, set: 'read', why: 'lists names' }],
        },
        'show|otp|cat': { is: ['read', 'secret'], why: 'prints a password', values: '-q --qrcode' },
        grep: { is: ['read', 'secret'], why: 'searches in passwords' },
        'insert|add|edit|mv|rename|cp|copy|init|import|sync|set': {
          is: 'write',
          why: 'stores a password',
          operands: true,
          rules: [{ when: { atMost: 0 }, set: 'write', why: 'changes the store' }],
        },
        'generate|create': { is: ['write', 'secret'], why: 'makes a password and prints it' },
        'rm|remove|delete': { is: 'destroy', why: 'deletes a password' },
        git: { is: 'unknown', why: 'runs git in the store', operands: true },
      },
      examples: [
        ['pass show db/prod', 'read', 'secret'],
        ['pass db/prod', 'read', 'secret'],
        ['pass ls', 'read'],
        ['pass rm -f db/old', 'destroy'],
        ['pass insert db/new', 'write'],
      ],
    },
    {
      names: ['op'],
      style: 'pflag',
      values:
        '--account --format --vault --config --session --fields --category --title --tags -o --out-file --env-file --in-file -i',
      commands: {
        'read|inject': { is: ['read', 'secret'], why: 'prints a secret' },
        'item|document get': { is: ['read', 'secret'], why: 'prints a secret' },
        'item share': { is: ['read', 'secret', 'egress'], why: 'makes a link to a secret' },
        'item|document|vault|user|group|account|service-account|connect list|get|ls|template|user|group|ratelimit|server|token':
          { is: 'read', why: 'looks at the account', operands: true },
        'item|document|vault|user|group|account create|edit|move|add|provision|confirm|reactivate': {
          is: 'write',
          why: 'stores something',
          operands: true,
        },
        'item|document|vault|user|group delete|forget': { is: 'destroy', why: 'deletes something', flags: '--archive' },
        'user suspend': { is: ['write', 'privilege'], why: 'locks somebody out' },
        'signin|signout|update|whoami|completion': { is: 'write', why: 'signs in or out' },
        run: {
          is: ['read', 'secret'],
          why: 'gives secrets to a command',
          carries: [{ from: 'after--', as: 'command' }],
        },
      },
      examples: [
        ['op read op://prod/db/password', 'read', 'secret'],
        ['op item list', 'read'],
        ['op item delete old', 'destroy'],
      ],
    },
    {
      names: ['sops'],
      style: 'pflag',
      is: ['read', 'secret', 'write'],
      why: 'opens a decrypted file for editing',
      operands: true,
      values:
        '-k --kms -p --pgp -a --age --azure-kv --gcp-kms --hc-vault-transit --config --input-type --output-type --output --extract --encrypted-regex --set --filename-override',
      rules: [
        { when: { option: '-d --decrypt' }, set: ['read', 'secret'], why: 'prints decrypted values' },
        { when: { option: '-e --encrypt' }, set: 'read', why: 'prints encrypted values' },
        { when: { option: '-r --rotate --set' }, set: 'write', why: 'changes a file' },
        { when: { option: '-i --in-place --output' }, add: 'write', why: 'writes a file' },
      ],
      commands: {
        decrypt: { is: ['read', 'secret'], why: 'prints decrypted values' },
        encrypt: { is: 'read', why: 'prints encrypted values' },
        'edit|set|unset|rotate|updatekeys|groups': { is: 'write', why: 'changes a file', operands: true },
        filestatus: { is: 'read', why: 'says whether a file is encrypted' },
        'exec-env|exec-file': {
          is: ['read', 'secret'],
          why: 'gives secrets to a command',
          carries: [{ from: { operand: 1 }, as: 'sh' }],
        },
        publish: { is: 'egress', why: 'sends a file away' },
      },
      examples: [
        ['sops -d secrets.enc.yaml', 'read', 'secret'],
        ['sops -e -i secrets.yaml', 'read', 'write'],
        ['sops decrypt secrets.enc.yaml', 'read', 'secret'],
        ['sops updatekeys secrets.enc.yaml', 'write'],
      ],
    },
    {
      names: ['kubeseal'],
      style: 'pflag',
      is: 'read',
      why: 'prints an encrypted secret',
      values:
        '-f --secret-file -w --sealed-secret-file -o --format --cert --controller-name --controller-namespace -n --namespace --name --from-file --recovery-private-key --scope --merge-into --context',
      rules: [
        { when: { option: '-w --sealed-secret-file --merge-into' }, add: 'write', why: 'writes a file' },
        { when: { option: '--recovery-unseal' }, add: 'secret', why: 'prints a decrypted secret' },
      ],
      examples: [
        ['kubeseal --fetch-cert', 'read'],
        ['kubeseal --recovery-unseal --recovery-private-key k.pem', 'read', 'secret'],
      ],
    },
    ...hsm,
    {
      names: ['keytool'],
      style: 'words',
      is: 'none',
      why: 'prints its help',
      values:
        '-keystore -storepass -keypass -alias -file -storetype -dname -validity -keyalg -keysize -srckeystore -destkeystore -srcstorepass -deststorepass -srcstoretype -deststoretype -srcalias -destalias -destkeypass -ext -sigalg -provider -providerClass -new -rfc_file',
      credentials: '-storepass -keypass -srcstorepass -deststorepass -destkeypass',
      rules: [
        {
          when: { option: '-list -printcert -printcertreq -printcrl -showinfo' },
          set: 'read',
          why: 'shows certificates',
        },
        { when: { option: '-exportcert -export -certreq' }, set: 'read', why: 'prints a certificate' },
        { when: { option: '-exportcert -export -certreq', also: '-file' }, add: 'write', why: 'writes a file' },
        {
          when: {
            option:
              '-genkeypair -genkey -genseckey -importcert -import -importkeystore -importpass -storepasswd -keypasswd -changealias -gencert -keyclone',
          },
          set: 'write',
          why: 'changes a key store',
        },
        { when: { option: '-delete' }, set: 'destroy', why: 'deletes an entry' },
      ],
      examples: [
        ['keytool -list -v -keystore k.jks', 'read'],
        ['keytool -delete -alias old -keystore k.jks', 'destroy'],
        ['keytool -genkeypair -alias app -keystore k.jks', 'write'],
      ],
    },
    {
      names: ['certbot'],
      style: 'gnu',
      values:
        '-d --domains --domain --cert-name -m --email --webroot-path -w --deploy-hook --pre-hook --post-hook --server --preferred-challenges --config-dir --reason --cert-path --key-type',
      commands: {
        'certificates|plugins|show_account': { is: 'read', why: 'lists certificates' },
        'certonly|run|renew|install|enhance|register|update_account|rollback|reconfigure': {
          is: 'write',
          why: 'gets certificates',
        },
        'delete|revoke|unregister': { is: 'destroy', why: 'deletes or revokes certificates' },
      },
      examples: [
        ['certbot renew', 'write'],
        ['certbot delete --cert-name old', 'destroy'],
        ['certbot certificates', 'read'],
      ],
    },
  ],
};
