import type { Family } from './types.ts';

/** Services and their logs, the machine's power, and what runs at a time. */
export const services: Family = {
  name: 'services',
  title: 'systemctl, journalctl, cron and other service tools',
  tools: [
    {
      names: ['systemctl'],
      why: 'manages services',
      values:
        '-t --type -p --property -P --state --job-mode -H --host -M --machine -n --lines -o --output -s --signal --kill-who --kill-whom --what --when --root --image --message --check-inhibitors --timestamp --boot-loader-entry --preset-mode',
      flags:
        '--now --user --system --global --runtime --no-pager --no-block --no-legend --all --full --force --quiet --failed --plain --wait --no-ask-password --show-types --reverse --after --before --value --firmware-setup --dry-run --recursive --with-dependencies --legend --marked',
      help: '-h',
      is: 'read',
      operands: true,
      commands: {
        'status|show|cat|help|list-units|list-unit-files|list-sockets|list-timers|list-paths|list-automounts|list-jobs|list-dependencies|list-machines|is-active|is-failed|is-enabled|is-system-running|get-default|show-environment|log-level|log-target|service-log-level|service-log-target|service-watchdogs|whoami':
          { is: 'read', why: 'shows services' },
        'start|reload|enable|reenable|unmask|preset|preset-all|link|revert|edit|set-property|set-default|set-environment|unset-environment|import-environment|add-wants|add-requires|daemon-reload|daemon-reexec|reset-failed|bind|mount-image|thaw|default':
          { is: 'write', why: 'starts or sets up a service' },
        'stop|restart|try-restart|condrestart|reload-or-restart|try-reload-or-restart|force-reload|kill|isolate|cancel|freeze|soft-reboot':
          {
            is: 'disrupt',
            why: 'stops or restarts a service',
          },
        'halt|poweroff|reboot|kexec|exit|suspend|hibernate|hybrid-sleep|suspend-then-hibernate|sleep|rescue|emergency|switch-root':
          {
            is: 'disrupt',
            why: 'takes the machine down',
            dryRun: { option: '--dry-run' },
          },
        disable: {
          is: 'write',
          why: 'keeps a service from starting by itself',
          rules: [{ when: { option: '--now' }, add: 'disrupt', why: 'and stops it at once' }],
        },
        mask: { is: ['write', 'disrupt'], why: 'keeps a service from being started at all' },
        clean: { is: 'destroy', why: 'deletes data, state or logs of a service' },
      },
      examples: [
        ['systemctl status postgresql', 'read'],
        ['systemctl list-units --failed', 'read'],
        ['systemctl --failed', 'read'],
        ['systemctl start nginx', 'write'],
        ['systemctl --user restart app.service', 'disrupt'],
        ['systemctl enable --now docker', 'write'],
        ['systemctl disable --now telnet.socket', 'write', 'disrupt'],
        ['systemctl disable cups', 'write'],
        ['systemctl mask firewalld', 'write', 'disrupt'],
        ['systemctl daemon-reload', 'write'],
        ['systemctl reboot', 'disrupt'],
        ['systemctl clean --what=state app', 'destroy'],
      ],
    },
    {
      names: ['journalctl'],
      is: 'read',
      why: 'shows logs',
      values:
        '-u --unit --user-unit -n --lines -o --output -p --priority -S --since -U --until -t --identifier -b --boot -c --cursor --after-cursor --cursor-file -D --directory --file --root -M --machine -g --grep --facility -F --field --output-fields --namespace --vacuum-size --vacuum-files --vacuum-time --verify-key --interval',
      flags:
        '-f --follow -r --reverse -x --catalog -k --dmesg -e --pager-end -a --all -q --quiet --no-pager --disk-usage --list-boots --verify --header --no-hostname --utc',
      rules: [
        { when: { option: '--vacuum-size --vacuum-files --vacuum-time' }, set: 'destroy', why: 'deletes old logs' },
        {
          when: {
            option: '--rotate --flush --relinquish-var --smart-relinquish-var --sync --update-catalog',
            without: '--vacuum-size --vacuum-files --vacuum-time',
          },
          set: 'write',
          why: 'begins new log files',
        },
        { when: { option: '--setup-keys' }, set: ['write', 'secret'], why: 'makes and prints a sealing key' },
      ],
      help: '-h',
      examples: [
        ['journalctl -u nginx --since "1 hour ago" --no-pager', 'read'],
        ['journalctl -xe', 'read'],
        ['journalctl --vacuum-time=7d', 'destroy'],
        ['journalctl --rotate', 'write'],
      ],
    },
    {
      names: ['service', 'rc-service', 'invoke-rc.d', 'sv', 'svc'],
      why: 'manages a service',
      is: 'none',
      rules: [{ when: { option: '--status-all -l --list' }, set: 'read', why: 'lists services' }],
      commands: {
        '* status|state|check|configtest|config|show|describe': { is: 'read', why: 'shows a service' },
        '* start|reload|force-reload|enable|zap|up|once': { is: 'write', why: 'starts a service' },
        '* stop|restart|condrestart|try-restart|full-restart|pause|down|kill|exit|force-stop|term|shutdown': {
          is: 'disrupt',
          why: 'stops or restarts a service',
        },
        status: { is: 'read', why: 'shows a service' },
        'start|up|reload|once': { is: 'write', why: 'starts a service' },
        'stop|restart|down|exit|force-stop|force-restart': { is: 'disrupt', why: 'stops or restarts a service' },
      },
      examples: [
        ['service nginx status', 'read'],
        ['service nginx restart', 'disrupt'],
        ['service nginx start', 'write'],
        ['rc-service sshd stop', 'disrupt'],
        ['service --status-all', 'read'],
      ],
    },
    {
      names: ['rc-update', 'update-rc.d', 'chkconfig', 'systemd-sysusers', 'systemd-sysv-install', 'insserv'],
      is: 'write',
      why: 'sets what starts with the machine',
      values: '--level',
      rules: [
        { when: { option: '--list -l' }, set: 'read', why: 'lists what starts with the machine' },
        { when: { first: /^show$/ }, set: 'read', why: 'lists what starts with the machine' },
        { when: { atMost: 0 }, set: 'read', why: 'lists what starts with the machine' },
      ],
      examples: [
        ['chkconfig nginx on', 'write'],
        ['chkconfig --list', 'read'],
        ['rc-update show', 'read'],
      ],
    },
    {
      names: [
        'rc-status',
        'systemd-analyze',
        'systemd-path',
        'systemd-escape',
        'systemd-id128',
        'needs-restarting',
        'checkrestart',
      ],
      is: 'read',
      why: 'shows services and how the machine started',
      examples: [['systemd-analyze blame', 'read']],
    },
    {
      names: ['openrc', 'init', 'telinit', 'shutdown', 'reboot', 'halt', 'poweroff', 'pm-suspend'],
      is: 'disrupt',
      why: 'takes the machine down',
      rules: [
        { when: { option: '-c' }, set: 'write', why: 'calls off a shutdown' },
        { when: { option: '--show -w --wtmp-only' }, set: 'read', why: 'takes nothing down' },
        { when: { first: /^[qQ]$/ }, set: 'write', why: 'has its settings read again' },
      ],
      examples: [
        ['shutdown -r +5 "kernel update"', 'disrupt'],
        ['shutdown -c', 'write'],
        ['reboot', 'disrupt'],
        ['init 6', 'disrupt'],
      ],
    },
    {
      names: ['initctl', 'start', 'stop', 'restart', 'reload'],
      why: 'manages an Upstart job',
      is: 'disrupt',
      operands: true,
      commands: {
        'list|status|version|check-config|show-config': { is: 'read', why: 'shows jobs' },
        'start|reload|emit|reload-configuration': { is: 'write', why: 'starts a job' },
        'stop|restart': { is: 'disrupt', why: 'stops or restarts a job' },
      },
      examples: [
        ['initctl list', 'read'],
        ['initctl restart app', 'disrupt'],
      ],
    },
    {
      names: ['supervisorctl', 'monit', 'pm2', 'forever', 'circusctl'],
      is: 'none',
      why: 'manages processes',
      values: '-c --configuration -s --serverurl -u --username -p --password -i -n --name --interpreter',
      commands: {
        'status|summary|list|ls|l|avail|pid|tail|maintail|logs|log|show|info|describe|monit|prettylist|jlist|env|report|validate':
          {
            is: 'read',
            why: 'shows processes',
          },
        'start|add|update|reread|reload-config|monitor|save|resurrect|startup|reset|scale|set|install|dump': {
          is: 'write',
          why: 'starts processes or sets them up',
        },
        'stop|stopall|restart|restartall|signal|shutdown|reload|unmonitor|quit|kill|gracefulReload|sendSignal|procexit':
          {
            is: 'disrupt',
            why: 'stops or restarts processes',
          },
        'remove|delete|del|flush|clear|unstartup|cleanlogs|cleardump': {
          is: 'destroy',
          why: 'removes a process or its logs',
        },
        'fg|open|attach': { is: 'none', why: 'opens a prompt' },
      },
      examples: [
        ['supervisorctl status', 'read'],
        ['supervisorctl restart all', 'disrupt'],
        ['pm2 delete api', 'destroy'],
      ],
    },
    {
      names: ['loginctl', 'machinectl'],
      is: 'read',
      why: 'lists sessions or machines',
      values: '-p --property -s --signal --kill-who --kill-whom -n --lines -o --output -H --host -M --machine',
      commands: {
        'list*|show*|session-status|user-status|seat-status|status|image-status|cat': {
          is: 'read',
          why: 'shows sessions or machines',
        },
        'activate|attach|flush-devices|lock-session|lock-sessions|unlock-session|unlock-sessions|start|enable|disable|set-limit|rename|clone|read-only|edit|bind':
          { is: 'write', why: 'changes sessions or machines' },
        'enable-linger|disable-linger': { is: 'write', why: 'lets services of a user run without a session, or not' },
        'terminate*|kill*|poweroff|reboot|stop': { is: 'disrupt', why: 'ends sessions or machines' },
        'remove|clean': { is: 'destroy', why: 'deletes images of machines' },
        'login|shell': { is: 'privilege', why: 'enters a machine' },
        'copy-to|copy-from|pull*|import*|export*': { is: 'write', why: 'copies files or images' },
      },
      examples: [
        ['loginctl list-sessions', 'read'],
        ['loginctl enable-linger deploy', 'write'],
        ['loginctl terminate-user mallory', 'disrupt'],
      ],
    },
    {
      names: ['timedatectl', 'hostnamectl', 'localectl', 'bootctl', 'networkctl', 'busctl', 'oomctl', 'portablectl'],
      is: 'read',
      why: 'shows settings of the machine',
      values: '-p --property -n --lines -H --host -M --machine',
      commands: {
        'status|show*|list*|timesync-status|is-installed|introspect|tree|monitor|get-property|cat|lldp|dump|inspect|is-attached':
          { is: 'read', why: 'shows settings' },
        'set-*|hostname|chassis|deployment|location|icon-name|install|update|reload|reconfigure|renew|up|edit|call|attach|ntp-servers|random-seed|mask|unmask|revert':
          {
            is: 'write',
            why: 'changes settings of the machine',
          },
        'down|forcerenew': { is: 'disrupt', why: 'takes a connection down' },
        'remove|delete|detach|unlink|cleanup': { is: 'destroy', why: 'removes' },
      },
      examples: [
        ['timedatectl', 'read'],
        ['timedatectl set-timezone Asia/Seoul', 'write'],
        ['hostnamectl set-hostname db2', 'write'],
        ['networkctl status', 'read'],
      ],
    },
    {
      names: ['resolvectl', 'systemd-resolve'],
      is: 'read',
      why: 'asks for names',
      values: '-i --interface -p --protocol -t --type -c --class --set-dns --set-domain',
      rules: [
        { when: { option: '--flush-caches --reset-statistics' }, set: 'destroy', why: 'empties the cache of names' },
        { when: { option: '--set-dns --set-domain --revert' }, set: 'write', why: 'changes where names are asked for' },
      ],
      operands: true,
      commands: {
        'query|status|statistics|service|openpgp|tlsa|monitor|show-cache|show-server-state': {
          is: 'read',
          why: 'asks for names',
        },
        'flush-caches|reset-statistics|reset-server-features': { is: 'destroy', why: 'empties the cache of names' },
        'dns|domain|default-route|llmnr|mdns|dnssec|dnsovertls|nta|revert|log-level': {
          is: 'read',
          why: 'shows where names are asked for',
          rules: [{ when: { atLeast: 2 }, set: 'write', why: 'changes where names are asked for' }],
        },
      },
      examples: [
        ['resolvectl query db1.example.com', 'read'],
        ['resolvectl flush-caches', 'destroy'],
        ['resolvectl dns eth0 1.1.1.1', 'write'],
      ],
    },
    {
      names: ['systemd-tmpfiles'],
      is: 'none',
      why: 'makes and removes files by its rules',
      values: '--prefix --exclude-prefix --root --image',
      rules: [
        { when: { option: '--create' }, set: 'write', why: 'makes files by its rules' },
        { when: { option: '--clean --remove --purge' }, set: 'destroy', why: 'removes files by its rules' },
        { when: { option: '--cat-config --dry-run' }, set: 'read', why: 'only shows' },
      ],
      examples: [
        ['systemd-tmpfiles --clean', 'destroy'],
        ['systemd-tmpfiles --create', 'write'],
      ],
    },
    {
      names: ['crontab'],
      is: 'write',
      why: 'sets what runs at a time',
      values: '-u -c',
      flags: '-l -r -e -i -n -T',
      special: 'crontab',
      examples: [
        ['crontab -l', 'read'],
        ['crontab -r', 'destroy'],
        ['crontab -e', 'write'],
        ['sudo crontab -u postgres -l', 'read', 'privilege'],
      ],
    },
    {
      names: ['at', 'batch'],
      is: 'none',
      why: 'has a command run later',
      values: '-f -q -t -c -d -r',
      rules: [
        { when: { option: '-l -c' }, set: 'read', why: 'shows what will run later' },
        { when: { option: '-d -r' }, set: 'destroy', why: 'removes what would run later' },
      ],
      version: '-V',
      carries: [
        { from: 'input', as: 'sh', when: { without: '-f -l -c -d -r' } },
        { from: { file: '-f' }, as: 'sh' },
      ],
      examples: [
        ['at -l', 'read'],
        ['at -d 7', 'destroy'],
        ['echo "rm -rf /data" | at now + 1 hour', 'destroy'],
      ],
    },
    {
      names: ['atq'],
      is: 'read',
      why: 'shows what will run later',
      examples: [['atq', 'read']],
    },
    {
      names: ['atrm'],
      is: 'destroy',
      why: 'removes what would run later',
      examples: [['atrm 7', 'destroy']],
    },
    {
      names: [
        'nginx',
        'apache2ctl',
        'apachectl',
        'httpd',
        'apache2',
        'haproxy',
        'caddy',
        'php-fpm',
        'sshd',
        'named-checkconf',
        'named-checkzone',
        'named',
        'keepalived',
        'envoy',
        'traefik',
      ],
      style: 'words',
      is: 'write',
      why: 'starts a server',
      values: '-c -s -k -g -p -f -e -C -L -x',
      rules: [
        { when: { option: '-t -T -v -V -S -M -l -tt -vv' }, set: 'read', why: 'only checks or shows settings' },
        {
          when: { option: '-s -k', value: /^(?:stop|quit|graceful-stop|restart)$/ },
          set: 'disrupt',
          why: 'stops a server',
        },
        {
          when: { option: '-s -k', value: /^(?:reload|reopen|graceful|start)$/ },
          set: 'write',
          why: 'has settings read again',
        },
        {
          when: { first: /^(?:configtest|status|fullstatus|validate|check|list-modules|adapt|fmt)$/ },
          set: 'read',
          why: 'only checks or shows settings',
        },
        {
          when: { first: /^(?:stop|restart|graceful-stop|abort)$/ },
          set: 'disrupt',
          why: 'stops or restarts a server',
        },
      ],
      version: '-v -V',
      help: '-h -?',
      examples: [
        ['nginx -t', 'read'],
        ['nginx -s reload', 'write'],
        ['nginx -s stop', 'disrupt'],
        ['apachectl configtest', 'read'],
        ['apachectl restart', 'disrupt'],
        ['sshd -t', 'read'],
      ],
    },
    {
      names: ['postfix', 'exim', 'exim4', 'rndc', 'unbound-control', 'squid'],
      style: 'words',
      is: 'write',
      why: 'manages a server',
      values: '-c -k -s -p -f -x -y',
      rules: [
        {
          when: { first: /^(?:status|check|stats\w*|logsummary|list\w*|dump_cache|dumpdb|zonestatus|secroots)$/ },
          set: 'read',
          why: 'shows a server',
        },
        { when: { first: /^(?:stop|abort|halt|restart)$/ }, set: 'disrupt', why: 'stops a server' },
        { when: { option: '-k', value: /^(?:shutdown|kill|restart)$/ }, set: 'disrupt', why: 'stops a server' },
        { when: { first: /^(?:flush|flushname|flushtree|flush_\w+)$/ }, set: 'destroy', why: 'empties a cache' },
        { when: { option: '-bp -bpc -bV' }, set: 'read', why: 'shows a server' },
      ],
      examples: [
        ['postfix reload', 'write'],
        ['postfix -v stop', 'disrupt'],
        ['rndc status', 'read'],
      ],
    },
    {
      names: [
        'a2enmod',
        'a2ensite',
        'a2dismod',
        'a2dissite',
        'a2enconf',
        'a2disconf',
        'update-alternatives',
        'alternatives',
        'update-ca-certificates',
        'update-ca-trust',
        'locale-gen',
        'dpkg-divert',
        'htpasswd',
        'newaliases',
        'postmap',
        'timeshift',
        'snapper',
        'etckeeper',
        'tuned-adm',
        'nscd',
        'sss_cache',
      ],
      is: 'write',
      why: 'changes settings of the machine',
      rules: [
        {
          when: { option: '--display --list --query --get-selections -l --list-snapshots' },
          set: 'read',
          why: 'shows settings',
        },
        { when: { first: /^(?:list|status|active|recommend|vcs|ls)$/ }, set: 'read', why: 'shows settings' },
        { when: { option: '--restore' }, set: ['destroy', 'disrupt'], why: 'puts an old state over the live one' },
        {
          when: { option: '--delete --delete-all -i --invalidate -E' },
          set: 'destroy',
          why: 'removes snapshots or caches',
        },
        {
          when: { first: /^(?:delete|undochange|rollback)$/ },
          set: 'destroy',
          why: 'removes snapshots or goes back to one',
        },
      ],
      examples: [
        ['a2ensite app', 'write'],
        ['update-alternatives --display java', 'read'],
        ['snapper delete 5', 'destroy'],
      ],
    },
    {
      names: ['logger', 'wall', 'notify-send', 'write', 'mesg'],
      is: 'write',
      why: 'writes a message to the log or to people',
      values: '-t --tag -p --priority -f --file -n --server -P --port -u --socket',
      examples: [['logger -t backup "done"', 'write']],
    },
    {
      names: ['chronyc', 'ntpq', 'ntpstat', 'ntpdate', 'ntpdc', 'sntp', 'hwclock', 'chronyd'],
      style: 'words',
      is: 'read',
      why: 'shows how well the clock is kept',
      values: '-h -p -f -c',
      rules: [
        {
          when: {
            first: /^(?:makestep|burst|online|offline|settime|trimrtc|add|delete|reload|rekey|shutdown|reset|refresh)$/,
          },
          set: 'write',
          why: 'sets the clock or where it asks',
        },
        { when: { option: '-w --systohc -s --hctosys --set --adjust' }, set: 'write', why: 'sets the clock' },
      ],
      examples: [
        ['chronyc tracking', 'read'],
        ['chronyc makestep', 'write'],
        ['hwclock --systohc', 'write'],
      ],
    },
  ],
};
