import type { Family } from './types.ts';

/** Packet filters. Opening or closing is a write; what lets all through or cuts all off disrupts too. */
export const firewall: Family = {
  name: 'firewall',
  title: 'iptables, nft, ufw and other firewalls',
  tools: [
    {
      names: [
        'iptables',
        'ip6tables',
        'iptables-legacy',
        'ip6tables-legacy',
        'iptables-nft',
        'ip6tables-nft',
        'ebtables',
        'arptables',
      ],
      is: 'write',
      why: 'changes rules of the firewall',
      values:
        '-A --append -I --insert -D --delete -R --replace -C --check -P --policy -N --new-chain -E --rename-chain -t --table -p --protocol -s --source -d --destination -j --jump -g --goto -i --in-interface -o --out-interface -m --match --dport --sport --dports --sports --state --ctstate --limit --limit-burst --comment --to-destination --to-source --to-ports --reject-with --icmp-type --log-prefix --log-level --uid-owner --gid-owner --mac-source --set-mark --match-set -w --wait -W --wait-interval --modprobe',
      rules: [
        {
          when: { option: '-L --list -S --list-rules -C --check', without: '-F -X -A -I -D -R -P -N -Z' },
          set: 'read',
          why: 'shows rules of the firewall',
        },
        {
          when: { option: '-P --policy', operand: /^(?:DROP|REJECT)$/ },
          set: ['write', 'disrupt'],
          why: 'cuts off all that no rule allows',
        },
        {
          when: {
            option: '-j --jump',
            value: /^(?:DROP|REJECT)$/,
            also: '-A --append -I --insert',
            without:
              '-s --source --src -p --protocol --proto -m --match -i --in-interface -o --out-interface -d --destination --dst -D --delete -C --check',
          },
          set: ['write', 'disrupt'],
          why: 'cuts everything off',
        },
        { when: { option: '-X --delete-chain' }, set: 'destroy', why: 'deletes chains of the firewall' },
        { when: { option: '-F --flush' }, set: 'disrupt', why: 'removes all rules of the firewall' },
        { when: { option: '-V' }, set: 'read', why: 'prints its version' },
      ],
      special: 'iptables',
      examples: [
        ['iptables -L -n -v', 'read'],
        ['iptables -vnL INPUT', 'read'],
        ['iptables -t nat -S', 'read'],
        ['iptables -F', 'disrupt'],
        ['iptables -A INPUT -s 203.0.113.9 -j DROP', 'write'],
        ['iptables -P INPUT DROP', 'write', 'disrupt'],
        ['iptables -X OLD', 'destroy'],
        ['iptables -D INPUT 3', 'write'],
      ],
    },
    {
      names: [
        'iptables-save',
        'ip6tables-save',
        'iptables-legacy-save',
        'iptables-nft-save',
        'iptables-xml',
        'iptables-translate',
        'ip6tables-translate',
        'ebtables-save',
        'arptables-save',
      ],
      is: 'read',
      why: 'shows rules of the firewall',
      values: '-t --table -f --file -M --modprobe',
      rules: [{ when: { option: '-f --file' }, add: 'write', why: 'writes the rules to a file' }],
      version: '-V',
      examples: [['iptables-save', 'read']],
    },
    {
      names: [
        'iptables-restore',
        'ip6tables-restore',
        'iptables-apply',
        'iptables-legacy-restore',
        'iptables-nft-restore',
        'ebtables-restore',
        'arptables-restore',
      ],
      is: ['write', 'disrupt'],
      why: 'puts saved rules in the place of all that are there',
      values: '-T --table -w --wait -M --modprobe',
      rules: [{ when: { option: '-t --test' }, set: 'read', why: 'only checks the rules' }],
      version: '-V',
      examples: [
        ['iptables-restore < /etc/iptables/rules.v4', 'write', 'disrupt'],
        ['iptables-restore --test rules.v4', 'read'],
      ],
    },
    {
      names: ['netfilter-persistent', 'iptables-persistent'],
      is: 'none',
      why: 'saves and loads rules of the firewall',
      commands: {
        save: { is: 'write', why: 'saves the rules of the firewall' },
        'start|restart|reload|force-reload': { is: ['write', 'disrupt'], why: 'loads saved rules' },
        'flush|stop': { is: 'disrupt', why: 'removes all rules of the firewall' },
      },
      examples: [
        ['netfilter-persistent save', 'write'],
        ['netfilter-persistent flush', 'disrupt'],
      ],
    },
    {
      names: ['nft'],
      is: 'none',
      why: 'manages nftables',
      values: '-f --file -D --define -I --includepath -d --debug',
      dryRun: { option: '-c --check' },
      help: '-h',
      version: '-v -V',
      rules: [{ when: { option: '-f --file' }, set: ['write', 'disrupt'], why: 'loads rules from a file' }],
      commands: {
        'list|describe|monitor|get|export': { is: 'read', why: 'shows rules' },
        'add|insert|create|replace|rename|import': { is: 'write', why: 'adds rules' },
        delete: {
          is: 'write',
          why: 'removes rules',
          rules: [
            {
              when: { first: /^table$|^chain$/ },
              set: 'destroy',
              why: 'removes a table or a chain with its rules',
            },
          ],
        },
        destroy: { is: 'destroy', why: 'removes a table or a chain with its rules' },
        'flush|reset': { is: 'disrupt', why: 'removes all rules of a table or a chain' },
      },
      examples: [
        ['nft list ruleset', 'read'],
        ['nft flush ruleset', 'disrupt'],
        ['nft add rule inet filter input tcp dport 22 accept', 'write'],
        ['nft delete table inet filter', 'destroy'],
        ['nft -c -f rules.nft', 'read'],
        ['nft -f /etc/nftables.conf', 'write', 'disrupt'],
      ],
    },
    {
      names: ['ufw'],
      is: 'none',
      why: 'manages the firewall',
      dryRun: { option: '--dry-run' },
      commands: {
        'status|show|version|app': { is: 'read', why: 'shows rules' },
        'allow|deny|reject|limit|insert|prepend|route|rule|logging|default|reload|delete': {
          is: 'write',
          why: 'changes rules of the firewall',
        },
        'app list|info': { is: 'read', why: 'shows profiles' },
        'app update|default': { is: 'write', why: 'changes profiles' },
        enable: { is: ['write', 'disrupt'], why: 'switches the firewall on; open connections may break' },
        disable: { is: ['write', 'disrupt'], why: 'switches the firewall off' },
        reset: { is: ['destroy', 'disrupt'], why: 'deletes all rules and switches the firewall off' },
      },
      examples: [
        ['ufw status verbose', 'read'],
        ['ufw allow 22/tcp', 'write'],
        ['ufw --force enable', 'write', 'disrupt'],
        ['ufw disable', 'write', 'disrupt'],
        ['ufw --force reset', 'destroy', 'disrupt'],
        ['ufw --dry-run allow http', 'read'],
      ],
    },
    {
      names: ['firewall-cmd', 'firewall-offline-cmd'],
      is: 'write',
      why: 'changes rules of the firewall',
      values: '--zone --policy --ipset --service --timeout --helper --icmptype',
      flags: '--permanent --runtime-to-permanent --reload',
      rules: [
        {
          when: {
            option:
              '--state --list-all --list-all-zones --list-all-policies --list-services --list-ports --list-rich-rules --list-interfaces --list-sources --list-protocols --list-forward-ports --list-icmp-blocks --list-source-ports --list-lockdown-whitelist-commands --get-default-zone --get-active-zones --get-zones --get-services --get-icmptypes --get-zone-of-interface --get-zone-of-source --get-ipsets --get-entries --get-log-denied --get-policies --get-active-policies --get-target --get-helpers --get-all-rules --get-all-chains --get-rules --get-chains --info-zone --info-service --info-ipset --info-policy --info-icmptype --query-service --query-port --query-masquerade --query-rich-rule --query-interface --query-source --query-panic --query-icmp-block --query-forward-port --query-lockdown --path-zone --path-service --check-config',
          },
          set: 'read',
          why: 'shows rules of the firewall',
        },
        { when: { option: '--complete-reload --panic-on' }, set: 'disrupt', why: 'cuts connections off' },
        {
          when: {
            option: '--delete-zone --delete-service --delete-ipset --delete-policy --delete-icmptype --delete-helper',
          },
          set: 'destroy',
          why: 'deletes a named part of the firewall',
        },
        { when: { option: '--reset-to-defaults' }, set: ['destroy', 'disrupt'], why: 'deletes all rules' },
      ],
      help: '-h',
      version: '-V',
      examples: [
        ['firewall-cmd --list-all', 'read'],
        ['firewall-cmd --permanent --add-port=443/tcp', 'write'],
        ['firewall-cmd --reload', 'write'],
        ['firewall-cmd --panic-on', 'disrupt'],
      ],
    },
    {
      names: ['ipset'],
      style: 'words',
      is: 'none',
      why: 'manages sets of addresses',
      values: '-f -file -o -output',
      operands: true,
      rules: [
        { when: { option: '-L --list -S --save -T --test' }, set: 'read', why: 'shows sets' },
        {
          when: { option: '-N --create -A --add -D --del -E --rename -W --swap -R --restore' },
          set: 'write',
          why: 'changes sets',
        },
        { when: { option: '-X --destroy' }, set: 'destroy', why: 'deletes sets' },
        { when: { option: '-F --flush' }, set: 'disrupt', why: 'empties sets' },
      ],
      commands: {
        'list|save|test|version|help': { is: 'read', why: 'shows sets' },
        'create|n|new|add|del|rename|e|swap|w|restore': { is: 'write', why: 'changes sets' },
        'destroy|x': { is: 'destroy', why: 'deletes sets' },
        flush: { is: 'disrupt', why: 'empties sets' },
      },
      examples: [
        ['ipset list', 'read'],
        ['ipset add blocked 203.0.113.9', 'write'],
        ['ipset destroy', 'destroy'],
        ['ipset flush blocked', 'disrupt'],
      ],
    },
    {
      names: ['fail2ban-client'],
      is: 'none',
      why: 'manages bans of addresses',
      values: '-s -p -c',
      commands: {
        'status|get|ping|version|banned|echo': { is: 'read', why: 'shows bans' },
        'set|start|add|reload|unban|flushlogs': {
          is: 'write',
          why: 'changes bans',
        },
        'stop|restart': { is: 'disrupt', why: 'stops banning' },
      },
      help: '-h',
      version: '-V',
      examples: [
        ['fail2ban-client status sshd', 'read'],
        ['fail2ban-client set sshd banip 203.0.113.9', 'write'],
        ['fail2ban-client stop', 'disrupt'],
      ],
    },
    {
      names: ['pfctl'],
      is: 'write',
      why: 'changes rules of the firewall',
      values: '-a -D -f -F -i -K -k -o -p -s -T -t -x',
      rules: [
        { when: { option: '-s' }, set: 'read', why: 'shows rules' },
        {
          when: { option: '-f', without: '-n' },
          set: ['write', 'disrupt'],
          why: 'loads rules in the place of those that are there',
        },
        { when: { option: '-d' }, set: 'disrupt', why: 'switches the firewall off' },
        { when: { option: '-F -k -K' }, set: 'disrupt', why: 'removes rules or cuts connections off' },
        { when: { option: '-T', value: /^(?:show|test)$/ }, set: 'read', why: 'shows a table' },
      ],
      dryRun: { option: '-n', without: '-F -d -k -K' },
      examples: [
        ['pfctl -s rules', 'read'],
        ['pfctl -F all', 'disrupt'],
        ['pfctl -nf /etc/pf.conf', 'read'],
      ],
    },
    {
      names: ['conntrack'],
      is: 'read',
      why: 'shows connections',
      values:
        '-s --src --orig-src -d --dst --orig-dst -p --proto --dport --sport -f --family -m --mark -o --output -e --event-mask',
      rules: [
        { when: { option: '-D --delete -F --flush' }, set: 'disrupt', why: 'cuts connections off' },
        { when: { option: '-U --update -I --create' }, set: 'write', why: 'changes connections' },
      ],
      help: '-h',
      version: '-V',
      examples: [
        ['conntrack -L', 'read'],
        ['conntrack -D -s 203.0.113.9', 'disrupt'],
      ],
    },
    {
      names: ['ipvsadm'],
      is: 'read',
      why: 'shows the load balancer of the kernel',
      values:
        '-t --tcp-service -u --udp-service -f --fwmark-service -r --real-server -s --scheduler -w --weight -p --persistent',
      rules: [
        {
          when: {
            option: '-A --add-service -E --edit-service -a --add-server -e --edit-server -R --restore --set -Z --zero',
          },
          set: 'write',
          why: 'changes the load balancer',
        },
        {
          when: { option: '-D --delete-service -d --delete-server -C --clear' },
          set: 'disrupt',
          why: 'takes servers out of the load balancer',
        },
      ],
      examples: [
        ['ipvsadm -Ln', 'read'],
        ['ipvsadm -C', 'disrupt'],
      ],
    },
  ],
};
