import type { Family, Tool, Verb } from './types.ts';

const tfState: Verb = { is: 'read', why: 'looks at the state', values: '-state -id' };
const applies: Verb = {
  is: 'write',
  why: 'makes the resources what the files say, which may delete some',
  values: '-var -var-file -target -replace -parallelism -state -state-out -backup -lock-timeout -exclude',
  rules: [
    { when: { option: '-destroy' }, set: 'destroy', why: 'deletes the resources' },
    { when: { option: '-replace' }, add: 'destroy', why: 'deletes a resource and makes it anew' },
  ],
};

const terraformCommands: Readonly<Record<string, Verb>> = {
  'validate|show|graph|providers|version|output|metadata|console|test|modules|get-version|stacks': {
    rules: [
      {
        when: { option: '-raw -json', first: /pass|secret|token|key|credential/i },
        add: 'secret',
        why: 'prints a credential',
      },
      { when: { first: /pass|secret|token|credential/i }, add: 'secret', why: 'prints a credential' },
    ],
    is: 'read',
    why: 'looks at the files or the state',
    operands: true,
    values: '-state -var -var-file -module-depth -type -plan -filter',
  },
  plan: {
    is: 'read',
    why: 'says what would change',
    values: '-var -var-file -target -replace -parallelism -state -out -lock-timeout -generate-config-out -exclude',
    rules: [{ when: { option: '-out -generate-config-out' }, add: 'write', why: 'writes the plan to a file' }],
  },
  apply: applies,
  refresh: { is: 'write', why: 'writes the state anew', values: '-var -var-file -target -parallelism -state' },
  destroy: {
    is: 'destroy',
    why: 'deletes the resources',
    values: '-var -var-file -target -parallelism -state -lock-timeout -exclude',
  },
  'init|get|import|taint|untaint|login|logout': {
    is: 'write',
    why: 'sets up or changes the state',
    values: '-backend-config -from-module -plugin-dir -var -var-file -config -state -lockfile',
  },
  fmt: {
    is: 'write',
    why: 'formats files',
    rules: [{ when: { option: '-check' }, set: 'read', why: 'says which files are not formatted' }],
  },
  'force-unlock': { is: 'write', why: 'takes a lock away that somebody may hold' },
  'state list|show': tfState,
  'state pull': { is: ['read', 'secret'], why: 'prints the state, secrets among it' },
  'state mv|replace-provider': {
    is: 'write',
    why: 'changes the state',
    values: '-state -state-out -backup',
    dryRun: { option: '-dry-run' },
  },
  'state rm': { is: 'destroy', why: 'forgets a resource', values: '-state -backup', dryRun: { option: '-dry-run' } },
  'state push': { is: 'destroy', why: 'overwrites the state' },
  'workspace list|show': { is: 'read', why: 'lists workspaces' },
  'workspace new|select': { is: 'write', why: 'changes the workspace', values: '-state' },
  'workspace delete': { is: 'destroy', why: 'deletes a workspace' },
  'providers lock|mirror': { is: 'write', why: 'writes files', values: '-platform' },
};

const terraform: readonly Tool[] = [
  {
    names: ['terraform', 'tofu'],
    style: 'go',
    values: '-chdir',
    help: '-h',
    version: '-v',
    commands: terraformCommands,
    examples: [
      ['terraform plan -var-file=prod.tfvars', 'read'],
      ['terraform plan -out=p.tfplan', 'read', 'write'],
      ['terraform apply -auto-approve', 'write'],
      ['terraform apply -destroy', 'destroy'],
      ['terraform -chdir=prod destroy -target module.db', 'destroy'],
      ['tofu state rm aws_instance.web', 'destroy'],
      ['terraform state pull', 'read', 'secret'],
      ['terraform state list', 'read'],
      ['terraform init -upgrade', 'write'],
      ['terraform workspace delete old', 'destroy'],
    ],
  },
  {
    names: ['terragrunt'],
    style: 'go',
    values:
      '-working-dir -terragrunt-working-dir -terragrunt-config -queue-include-dir -queue-exclude-dir -log-level -parallelism',
    commands: {
      ...terraformCommands,
      'run-all|stack|run plan|validate|output|show|graph': {
        is: 'read',
        why: 'says what would change',
        operands: true,
      },
      'run-all|stack|run apply|init|generate|refresh': { ...applies, operands: true },
      'run-all|stack|run destroy': { is: 'destroy', why: 'deletes the resources', operands: true },
      'apply-all': applies,
      'destroy-all': { is: 'destroy', why: 'deletes the resources' },
      'plan-all|validate-all|output-all|hclvalidate|graph-dependencies|render-json|find|list': {
        is: 'read',
        why: 'looks at the files',
      },
      hclfmt: { is: 'write', why: 'formats files' },
    },
    examples: [
      ['terragrunt run-all destroy', 'destroy'],
      ['terragrunt plan', 'read'],
    ],
  },
];

const playbook =
  '-i --inventory -l --limit -t --tags --skip-tags -e --extra-vars -f --forks -u --user -c --connection -T --timeout --vault-id --vault-password-file --private-key --key-file --become-user --become-method --start-at-task -M --module-path --ssh-common-args --ssh-extra-args -a --args -m --module-name -B --background -P --poll --become-password-file';
const becomes = { when: { option: '-b --become --sudo' }, add: 'privilege', why: 'as another user' } as const;
const readsModule =
  /^(?:ansible\.builtin\.)?(?:ping|setup|stat|debug|slurp|gather_facts|service_facts|package_facts|getent|wait_for|find|assert|win_ping|command_warnings)$/;

const ansible: readonly Tool[] = [
  {
    names: ['ansible'],
    is: 'unknown',
    why: 'runs a module on hosts',
    values: playbook,
    rules: [
      { when: { option: '-m --module-name', value: readsModule }, set: 'read', why: 'looks at hosts' },
      { when: { option: '--list-hosts' }, set: 'read', why: 'lists hosts' },
      {
        when: {
          option: '-m --module-name',
          value:
            /(?:^|\.)(?:copy|file|template|lineinfile|blockinfile|git|unarchive|get_url|apt|yum|dnf|package|pip|cron|mount|systemd|service|user|group)$/,
        },
        set: 'write',
        why: 'changes hosts',
      },
      {
        when: { option: '-m --module-name', value: /(?:^|\.)(?:user|group|authorized_key)$/ },
        add: 'privilege',
        why: 'changes who may sign in',
      },
      {
        when: { option: '-a --args', value: /\bstate=(?:absent|removed)\b/ },
        set: 'destroy',
        why: 'removes what is named',
      },
      {
        when: { option: '-a --args', value: /\bstate=(?:stopped|restarted|reloaded)\b/ },
        set: 'disrupt',
        why: 'stops or restarts a service',
      },
      { when: { option: '-m --module-name', value: /(?:^|\.)reboot$/ }, set: 'disrupt', why: 'restarts hosts' },
      {
        when: { option: '-m --module-name', value: /(?:^|\.)(?:shell|command|raw)$/ },
        set: 'none',
        why: 'runs a command on hosts',
      },
      { when: { without: '-m --module-name', option: '-a --args' }, set: 'none', why: 'runs a command on hosts' },
      becomes,
    ],
    carries: [
      {
        from: { option: '-a --args' },
        as: 'sh',
        place: 'host',
        when: { option: '-m --module-name', value: /(?:^|\.)(?:shell|command|raw)$/ },
      },
      { from: { option: '-a --args' }, as: 'sh', place: 'host', when: { without: '-m --module-name' } },
    ],
    examples: [
      ['ansible all -m ping', 'read'],
      ["ansible db -b -m shell -a 'rm -rf /srv/old'", 'destroy', 'privilege'],
      ["ansible web -m service -a 'name=nginx state=restarted'", 'disrupt'],
      ["ansible web -a 'uptime'", 'read'],
    ],
  },
  {
    names: ['ansible-playbook', 'ansible-pull', 'ansible-navigator'],
    is: 'unknown',
    why: 'runs a playbook: what it does is written there',
    values: `${playbook} -U --url -C --checkout -d --directory`,
    flags: '--check --diff --syntax-check --list-hosts --list-tasks --list-tags',
    rules: [
      becomes,
      {
        when: { option: '--syntax-check --list-hosts --list-tasks --list-tags' },
        set: 'read',
        why: 'looks at the playbook',
      },
    ],
    examples: [
      ['ansible-playbook -i prod site.yml', 'unknown'],
      ['ansible-playbook -i prod site.yml --list-tasks', 'read'],
      ['ansible-playbook --become site.yml', 'unknown', 'privilege'],
    ],
  },
  {
    names: ['ansible-vault'],
    values:
      '--vault-id --vault-password-file --encrypt-vault-id -n --name --output --new-vault-id --new-vault-password-file',
    commands: {
      view: { is: ['read', 'secret'], why: 'prints a decrypted file' },
      decrypt: { is: ['write', 'secret'], why: 'leaves a file decrypted' },
      'encrypt|create|edit|rekey': { is: 'write', why: 'changes an encrypted file' },
      encrypt_string: { is: 'read', why: 'prints an encrypted value' },
    },
    examples: [
      ['ansible-vault view secrets.yml', 'read', 'secret'],
      ['ansible-vault encrypt secrets.yml', 'write'],
    ],
  },
  {
    names: ['ansible-inventory', 'ansible-config', 'ansible-doc', 'ansible-lint'],
    is: 'read',
    why: 'looks at hosts, settings or files',
    values: '-i --inventory -l --limit --host --output -t --type --vault-password-file',
    operands: true,
    examples: [['ansible-inventory -i prod --list', 'read']],
  },
  {
    names: ['ansible-galaxy'],
    values: '-r --role-file --requirements-file -p --roles-path --collections-path -s --server --token --api-key',
    commands: {
      'role|collection list|info|search|verify': { is: 'read', why: 'looks at roles' },
      'role|collection install|init|download|build|import|setup': { is: 'write', why: 'installs roles' },
      'role|collection remove|delete': { is: 'destroy', why: 'removes roles' },
      'collection publish': { is: 'egress', why: 'sends a collection away' },
      install: { is: 'write', why: 'installs roles' },
      'list|search|info': { is: 'read', why: 'looks at roles' },
      remove: { is: 'destroy', why: 'removes roles' },
    },
    examples: [['ansible-galaxy install -r requirements.yml', 'write']],
  },
];

const guestReads: Verb = { is: 'read', why: 'looks at guests', operands: true };
const proxmoxGuest: Readonly<Record<string, Verb>> = {
  'list|status|config|pending|listsnapshot|showcmd|cpusets|df|wait|cloudinit|help': guestReads,
  'start|resume|set|create|clone|snapshot|template|rescan|resize|migrate|importdisk|importovf|disk|move-disk|move_disk|move-volume|move_volume|unlock|mount|unmount|nbdstop|sendkey|fsck|restore-disk|import|push|pull|remote-migrate|cleanup':
    { is: 'write', why: 'makes, starts or changes a guest', operands: true },
  'stop|shutdown|reboot|reset|suspend': {
    is: 'disrupt',
    why: 'stops or restarts a guest',
    values: '--timeout --skiplock',
  },
  'destroy|delsnapshot|unlink|fstrim_all': { is: 'destroy', why: 'deletes a guest or a snapshot', values: '--purge' },
  'rollback|restore': { is: ['destroy', 'disrupt'], why: 'replaces a guest with an older state', values: '--storage' },
  'guest cmd|exec-status|passwd': { is: 'unknown', why: 'acts inside the guest', operands: true },
  'terminal|monitor|console|vncproxy': { is: 'none', why: 'opens a console', operands: true },
  'guest exec': {
    is: 'none',
    why: 'runs a command in a guest',
    carries: [{ from: 'rest', as: 'command', skip: 1, place: 'host' }],
  },
};

const machines: readonly Tool[] = [
  {
    names: ['virsh'],
    values: '-c --connect -d --debug -l --log -k --keepalive-interval --domain --pool --name',
    version: '-V',
    commands: {
      'list|dominfo|domstate|domblklist|domiflist|dumpxml|domblkinfo|domblkstat|domifaddr|domjobinfo|dommemstat|domstats|domdisplay|domid|domuuid|domname|domtime|snapshot-list|snapshot-info|snapshot-dumpxml|snapshot-current|snapshot-parent|checkpoint-list|checkpoint-dumpxml|pool-list|pool-info|pool-dumpxml|vol-list|vol-info|vol-path|vol-dumpxml|vol-key|net-list|net-info|net-dumpxml|net-dhcp-leases|iface-list|nodeinfo|nodecpustats|nodememstats|nodedev-list|nodedev-dumpxml|capabilities|sysinfo|version|hostname|uri|vcpuinfo|vcpucount|secret-list|backup-dumpxml|blkdeviotune|event|freecell|cpu-stats|migrate-getspeed|domcapabilities|screenshot|ttyconsole|vncdisplay|guestinfo':
        { is: 'read', why: 'looks at guests', operands: true },
      'secret-get-value': { is: ['read', 'secret'], why: 'prints a secret' },
      'start|create|define|autostart|resume|dompmwakeup|edit|set*|attach-*|snapshot-create|snapshot-create-as|snapshot-edit|checkpoint-create|checkpoint-create-as|backup-begin|blockcopy|blockcommit|blockpull|blockresize|pool-start|pool-define|pool-define-as|pool-create|pool-create-as|pool-build|pool-refresh|pool-autostart|vol-create|vol-create-as|vol-create-from|vol-clone|vol-resize|vol-upload|vol-download|net-start|net-define|net-create|net-autostart|net-update|net-edit|secret-define|secret-set-value|update-device|change-media|dump|domrename|desc|metadata|schedinfo|memtune|vcpupin|domfstrim|domfsthaw|qemu-monitor-command|send-key|iface-start|iface-define|migrate-setspeed':
        { is: 'write', why: 'makes, starts or changes a guest', operands: true },
      'destroy|shutdown|reboot|reset|suspend|managedsave|save|dompmsuspend|domfsfreeze|pool-destroy|net-destroy|iface-destroy|blockjob|domjobabort|migrate|inject-nmi|detach-*|domif-setlink':
        { is: 'disrupt', why: 'stops or interrupts a guest', operands: true },
      'undefine|snapshot-delete|checkpoint-delete|vol-delete|vol-wipe|pool-delete|pool-undefine|net-undefine|secret-undefine|managedsave-remove|iface-undefine|nodedev-destroy':
        { is: 'destroy', why: 'deletes a guest, a snapshot or a disk', operands: true },
      'snapshot-revert|restore': {
        is: ['destroy', 'disrupt'],
        why: 'replaces a guest with an older state',
        operands: true,
      },
      console: { is: 'none', why: 'opens a console', operands: true },
      'qemu-agent-command': { is: 'unknown', why: 'acts inside the guest', operands: true },
    },
    examples: [
      ['virsh list --all', 'read'],
      ['virsh destroy web', 'disrupt'],
      ['virsh undefine web --remove-all-storage', 'destroy'],
      ['virsh snapshot-revert web before', 'destroy', 'disrupt'],
      ['virsh -c qemu:///system shutdown web', 'disrupt'],
      ['virsh start web', 'write'],
    ],
  },
  {
    names: ['qm', 'pct'],
    values: '--node --timeout --storage --full --name --target --snapname',
    commands: {
      ...proxmoxGuest,
      enter: { is: 'privilege', why: 'a shell in a guest' },
      exec: {
        is: 'none',
        why: 'runs a command in a guest',
        carries: [{ from: 'rest', as: 'command', skip: 1, place: 'container' }],
      },
    },
    examples: [
      ['qm list', 'read'],
      ['qm stop 101', 'disrupt'],
      ['pct destroy 200 --purge', 'destroy'],
      ['qm rollback 101 before', 'destroy', 'disrupt'],
      ['pct exec 200 -- rm -rf /srv/old', 'destroy'],
      ['qm start 101', 'write'],
    ],
  },
  {
    names: ['pvesh'],
    commands: {
      'get|ls|usage|help': { is: 'read', why: 'asks the API', operands: true },
      'create|set': {
        is: 'write',
        why: 'changes something by the API',
        rules: [
          {
            when: { first: /\/status\/(?:stop|shutdown|reboot|reset|suspend)$/ },
            set: 'disrupt',
            why: 'stops or restarts a guest',
          },
          { when: { first: /\/rollback$/ }, set: ['destroy', 'disrupt'], why: 'replaces a guest with an older state' },
          { when: { first: /^\/?access\// }, add: 'privilege', why: 'changes who may do what' },
        ],
      },
      delete: { is: 'destroy', why: 'deletes something by the API' },
    },
    examples: [
      ['pvesh get /cluster/resources', 'read'],
      ['pvesh delete /nodes/a/qemu/101', 'destroy'],
      ['pvesh create /nodes/a/qemu/101/status/stop', 'disrupt'],
    ],
  },
];

/** What makes machines and resources from descriptions. */
export const infrastructure: Family = {
  name: 'infrastructure',
  title: 'Infrastructure and machines',
  tools: [
    ...terraform,
    ...ansible,
    {
      names: ['packer'],
      style: 'go',
      values: '-var -var-file -only -except -on-error',
      commands: {
        'validate|inspect|version|plugins|console': { is: 'read', why: 'looks at templates', operands: true },
        'build|init|fmt|hcl2_upgrade|fix': { is: 'write', why: 'builds images' },
      },
      examples: [
        ['packer validate web.pkr.hcl', 'read'],
        ['packer build web.pkr.hcl', 'write'],
      ],
    },
    {
      names: ['pulumi'],
      style: 'pflag',
      values: '-s --stack -C --cwd -t --target -c --config -m --message -p --parallel --color --file',
      commands: {
        'preview|about|version|whoami|logs|stack|config|console|org|package|plugin|schema': {
          is: 'read',
          why: 'says what would change',
          operands: true,
          rules: [{ when: { option: '--show-secrets' }, add: 'secret', why: 'prints secrets' }],
        },
        'up|update|refresh|import|new|login|logout|install|watch|convert': {
          is: 'write',
          why: 'makes the resources what the program says',
          operands: true,
        },
        'destroy|down': { is: 'destroy', why: 'deletes the resources', dryRun: { option: '--preview-only' } },
        cancel: { is: 'disrupt', why: 'stops an update' },
        'stack export': { is: ['read', 'secret'], why: 'prints the state' },
        'stack init|select|tag|rename|change-secrets-provider': { is: 'write', why: 'changes stacks', operands: true },
        'stack import': { is: 'destroy', why: 'overwrites the state' },
        'stack rm': { is: 'destroy', why: 'deletes a stack' },
        'state delete': { is: 'destroy', why: 'forgets a resource' },
        'state rename|unprotect|move|repair|upgrade|edit': { is: 'write', why: 'changes the state', operands: true },
        'config set|rm|set-all|cp|refresh|rm-all': { is: 'write', why: 'changes settings', operands: true },
        'stack output|ls|history|graph': {
          is: 'read',
          why: 'looks at stacks',
          operands: true,
          rules: [{ when: { option: '--show-secrets' }, add: 'secret', why: 'prints secrets' }],
        },
      },
      examples: [
        ['pulumi preview', 'read'],
        ['pulumi destroy --yes', 'destroy'],
        ['pulumi stack output --show-secrets', 'read', 'secret'],
      ],
    },
    ...machines,
    {
      names: ['salt', 'salt-call', 'salt-ssh'],
      is: 'unknown',
      why: 'runs a function on hosts',
      values: '-c --config-dir -t --timeout -b --batch -l --log-level --out --roster --output',
      rules: [
        {
          when: {
            operand:
              /^(?:test\.(?:ping|version)|grains\.|pillar\.|disk\.|status\.|network\.(?!mod)|sys\.|pkg\.(?:list|version)|service\.status|state\.show)/,
          },
          set: 'read',
          why: 'looks at hosts',
        },
        {
          when: {
            operand:
              /^(?:state\.(?:apply|highstate|sls)|pkg\.(?:install|upgrade)|file\.(?:write|append|copy)|service\.(?:start|enable))$/,
          },
          set: 'write',
          why: 'changes hosts',
        },
        {
          when: { operand: /^(?:pkg\.(?:remove|purge)|file\.(?:remove|rmdir)|user\.delete)$/ },
          set: 'destroy',
          why: 'removes something on hosts',
        },
        {
          when: {
            operand: /^(?:service\.(?:stop|restart|disable)|system\.(?:reboot|halt|shutdown|poweroff)|ps\.kill\w*)$/,
          },
          set: 'disrupt',
          why: 'stops or restarts hosts or services',
        },
        { when: { operand: /^test=True$/i }, set: 'read', why: 'a dry run: it only says what it would do' },
      ],
      examples: [
        ["salt '*' test.ping", 'read'],
        ["salt 'web*' service.restart nginx", 'disrupt'],
        ["salt '*' cmd.run 'uptime'", 'unknown'],
        ["salt '*' state.apply test=True", 'read'],
      ],
    },
    {
      names: ['puppet'],
      values: '--environment --server --certname --config --modulepath -e --execute',
      commands: {
        agent: {
          is: ['write', 'unknown'],
          why: 'makes this host what its catalogue says',
          operands: true,
          rules: [
            { when: { option: '--disable' }, set: 'disrupt', why: 'stops the agent from acting' },
            { when: { option: '--enable' }, set: 'write', why: 'lets the agent act' },
          ],
          dryRun: { option: '--noop' },
        },
        apply: {
          is: ['write', 'unknown'],
          why: 'makes this host what a manifest says',
          operands: true,
          dryRun: { option: '--noop' },
        },
        'resource|facts|config|lookup|describe|parser|module|catalog|epp|help|doc': {
          is: 'read',
          why: 'looks at this host',
          operands: true,
        },
        'module install|upgrade': { is: 'write', why: 'installs modules', operands: true },
        'module uninstall': { is: 'destroy', why: 'removes modules', operands: true },
        'cert|ssl': { is: ['write', 'privilege'], why: 'changes which hosts are trusted', operands: true },
      },
      examples: [
        ['puppet agent -t --noop', 'read'],
        ['puppet apply site.pp', 'write', 'unknown'],
      ],
    },
  ],
};
