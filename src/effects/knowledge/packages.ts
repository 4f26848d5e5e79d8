import type { Family } from './types.ts';

/** Packages of operating systems. */
export const packages: Family = {
  name: 'packages',
  title: 'apt, dnf, brew and other package managers of systems',
  tools: [
    {
      names: ['apt-get', 'apt', 'aptitude', 'nala'],
      is: 'none',
      why: 'manages packages',
      values: '-o --option -c --config-file -t --target-release --default-release -a --host-architecture',
      flags:
        '-y --yes --assume-yes -s --simulate --just-print --dry-run --recon --no-act -f --fix-broken -m --fix-missing --purge --no-install-recommends --only-upgrade --reinstall --allow-downgrades --allow-unauthenticated --force-yes -d --download-only --print-uris --auto-remove --installed --upgradable --all-versions --quiet',
      dryRun: { option: '-s --simulate --just-print --dry-run --recon --no-act --print-uris' },
      help: '-h',
      commands: {
        'list|search|show|showsrc|policy|depends|rdepends|changelog|check|indextargets|why|why-not|versions|history|madison':
          {
            is: 'read',
            why: 'shows packages',
          },
        download: { is: 'read', why: 'downloads a package file' },
        'install|reinstall|upgrade|full-upgrade|dist-upgrade|safe-upgrade|build-dep|satisfy|dselect-upgrade|update|source|edit-sources|hold|unhold|markauto|unmarkauto|modernize-sources':
          {
            is: 'write',
            why: 'installs packages',
            rules: [
              {
                when: { option: '--purge --auto-remove --autoremove' },
                add: 'destroy',
                why: 'and removes packages with their settings',
              },
              {
                when: { operand: /^[a-z0-9][a-z0-9+.:-]*[a-z0-9.]-$/ },
                add: 'destroy',
                why: 'a name that ends in - is removed',
              },
            ],
          },
        'remove|purge|autoremove|autopurge|auto-remove': { is: 'destroy', why: 'removes packages' },
        'clean|autoclean|auto-clean|distclean|forget-new': { is: 'destroy', why: 'removes downloaded packages' },
      },
      examples: [
        ['apt-get update', 'write'],
        ['apt-get install -y postgresql-15', 'write'],
        ['apt-get -s upgrade', 'read'],
        ['apt list --upgradable', 'read'],
        ['apt remove --purge nginx', 'destroy'],
        ['apt-get autoremove -y', 'destroy'],
        ['apt-get clean', 'destroy'],
        ['apt-get install --dry-run nginx', 'read'],
      ],
    },
    {
      names: [
        'apt-cache',
        'apt-file',
        'apt-config',
        'dpkg-query',
        'debsums',
        'apt-show-versions',
        'deborphan',
        'apt-listchanges',
        'popularity-contest',
        'dpkg-architecture',
        'dlocate',
      ],
      is: 'read',
      why: 'shows packages',
      values: '-o --option -c --config-file -f --showformat',
      rules: [{ when: { first: /^(?:gencaches|update)$/ }, set: 'write', why: 'writes the list of packages' }],
      examples: [
        ['apt-cache policy nginx', 'read'],
        ['dpkg-query -W', 'read'],
      ],
    },
    {
      names: [
        'apt-mark',
        'apt-key',
        'add-apt-repository',
        'apt-add-repository',
        'dpkg-reconfigure',
        'debconf-set-selections',
        'apt-ftparchive',
        'apt-cdrom',
      ],
      is: 'write',
      why: 'changes how packages are kept or where they come from',
      values: '-f --file --keyring --keyserver --recv-keys -p --priority --frontend -S --sourceslist -P --ppa',
      rules: [
        {
          when: { first: /^(?:show\w*|list|finger|export|exportall|fingerprint)$/ },
          set: 'read',
          why: 'shows what is kept',
        },
        { when: { option: '-l --list' }, set: 'read', why: 'shows where packages come from' },
        { when: { first: /^(?:del|rm)$/ }, set: 'destroy', why: 'removes a key' },
        { when: { option: '-r --remove' }, set: 'destroy', why: 'removes a source of packages' },
      ],
      examples: [
        ['apt-mark hold postgresql-15', 'write'],
        ['apt-mark showhold', 'read'],
        ['add-apt-repository --remove ppa:x/y', 'destroy'],
      ],
    },
    {
      names: ['dpkg', 'dpkg-deb'],
      is: 'read',
      why: 'shows packages',
      values: '--root --admindir --instdir --log -D --debug --status-fd --force --refuse --ignore-depends -Z -z -S',
      flags:
        '-l --list -L --listfiles -s --status -p --print-avail -c --contents -I --info -f --field -V --verify -C --audit --compare-versions --print-architecture --get-selections --search --validate-pkgname --assert-multi-arch',
      dryRun: { option: '--dry-run --no-act --simulate' },
      rules: [
        {
          when: {
            option:
              '-i --install -A --record-avail --unpack --configure --set-selections --clear-selections --add-architecture --remove-architecture --update-avail --merge-avail --clear-avail --forget-old-unavail --triggers-only -x --extract -X --vextract -e --control -b --build -R --raw-extract',
          },
          set: 'write',
          why: 'installs or unpacks packages',
        },
        { when: { option: '-r --remove -P --purge' }, set: 'destroy', why: 'removes packages' },
      ],
      help: '-?',
      examples: [
        ['dpkg -l', 'read'],
        ['dpkg -S /usr/bin/psql', 'read'],
        ['dpkg -i agent.deb', 'write'],
        ['dpkg --configure -a', 'write'],
        ['dpkg -r --force-depends nginx', 'destroy'],
        ['dpkg --purge nginx', 'destroy'],
      ],
    },
    {
      names: [
        'unattended-upgrade',
        'unattended-upgrades',
        'needrestart',
        'debootstrap',
        'do-release-upgrade',
        'dselect',
        'tasksel',
        'alien',
      ],
      is: 'write',
      why: 'installs packages',
      values: '-r -m -u',
      dryRun: { option: '--dry-run --check-dist-upgrade-only' },
      rules: [
        { when: { option: '-b' }, set: 'read', why: 'lists what should be restarted' },
        { when: { option: '-r', value: /^l$/ }, set: 'read', why: 'lists what should be restarted' },
        { when: { option: '-r', value: /^a$/ }, set: 'disrupt', why: 'restarts services' },
      ],
      examples: [
        ['unattended-upgrade --dry-run', 'read'],
        ['needrestart -r a', 'disrupt'],
        ['do-release-upgrade', 'write'],
      ],
    },
    {
      names: ['dnf', 'yum', 'microdnf', 'dnf5', 'tdnf', 'dnf-3', 'yum-config-manager', 'yumdownloader', 'repoquery'],
      is: 'none',
      why: 'manages packages',
      values:
        '-c --config -d --debuglevel -e --errorlevel -x --exclude --enablerepo --disablerepo --repo --repoid --installroot --releasever --setopt --advisory --bz --cve --sec-severity --forcearch --comment --color --downloaddir --destdir --add-repo',
      flags:
        '-y --assumeyes --assumeno --nogpgcheck --refresh --allowerasing --best --nobest -q --quiet -v --verbose --downloadonly --security --bugfix --installed --available --updates --showduplicates -C --cacheonly --skip-broken',
      help: '-h',
      operands: true,
      rules: [
        {
          when: { option: '--add-repo --enable --disable --save' },
          set: 'write',
          why: 'changes where packages come from',
        },
      ],
      commands: {
        'list|info|search|provides|whatprovides|repoquery|repolist|repoinfo|check-update|check-upgrade|check|deplist|updateinfo|needs-restarting|leaves|advisory':
          {
            is: 'read',
            why: 'shows packages',
          },
        'group|groups|module list|info|summary|provides|hidden': { is: 'read', why: 'shows packages' },
        'group|groups|module install|upgrade|update|enable|disable|reset|switch-to|mark*': {
          is: 'write',
          why: 'installs packages',
        },
        'group|groups|module remove|erase': { is: 'destroy', why: 'removes packages' },
        'history list|info|userinstalled|store': { is: 'read', why: 'shows what was installed' },
        'history undo|rollback': { is: ['destroy', 'write'], why: 'takes back what was installed' },
        'history redo|replay': { is: 'write', why: 'installs again' },
        history: { is: 'read', why: 'shows what was installed' },
        'install|localinstall|upgrade|update|update-minimal|upgrade-minimal|reinstall|downgrade|distro-sync|swap|builddep|mark|versionlock|config-manager|copr|offline-upgrade|system-upgrade|groupinstall|groupupdate|automatic|shell':
          {
            is: 'write',
            why: 'installs packages',
            dryRun: { option: '--assumeno' },
          },
        'remove|erase|autoremove|groupremove': {
          is: 'destroy',
          why: 'removes packages',
          dryRun: { option: '--assumeno' },
        },
        makecache: { is: 'write', why: 'fetches the list of packages' },
        clean: { is: 'destroy', why: 'removes downloaded packages and lists' },
        download: { is: 'read', why: 'downloads package files' },
      },
      examples: [
        ['dnf install -y postgresql15-server', 'write'],
        ['yum remove httpd', 'destroy'],
        ['dnf check-update', 'read'],
        ['dnf clean all', 'destroy'],
        ['yum history undo 12', 'destroy', 'write'],
        ['dnf --assumeno upgrade', 'read'],
      ],
    },
    {
      names: ['rpm', 'rpmquery', 'rpmverify', 'rpmkeys', 'rpmdb'],
      is: 'read',
      why: 'shows packages',
      values: '--root --dbpath --queryformat --qf --prefix --relocate --excludepath -r --define -D --eval -E',
      flags:
        '-q --query -a --all -l --list -f --file -p --package -V --verify -K --checksig --changelog --scripts --provides --requires',
      dryRun: { option: '--test' },
      rules: [
        {
          when: {
            option:
              '-i --install -U --upgrade -F --freshen --reinstall --import --rebuilddb --initdb --restore --setperms --setugids',
            without: '-q --query',
          },
          set: 'write',
          why: 'installs packages',
        },
        { when: { option: '-e --erase --delete', without: '-q --query' }, set: 'destroy', why: 'removes packages' },
      ],
      help: '-?',
      examples: [
        ['rpm -qa', 'read'],
        ['rpm -qi bash', 'read'],
        ['rpm -Uvh agent.rpm', 'write'],
        ['rpm -e agent', 'destroy'],
        ['rpm --import key.asc', 'write'],
      ],
    },
    {
      names: ['zypper'],
      is: 'none',
      why: 'manages packages',
      values: '-c --config -R --root --reposd-dir -t --type -r --repo --from -p --priority',
      dryRun: { option: '-D --dry-run' },
      help: '-h',
      commands: {
        'se|search|if|info|lr|repos|ls|services|lu|list-updates|lp|list-patches|pchk|patch-check|pa|packages|pt|patterns|pd|products|wp|what-provides|ps|ve|verify|locks|ll|licenses|targetos|vcmp|versioncmp|needs-rebooting':
          { is: 'read', why: 'shows packages' },
        'in|install|up|update|dup|dist-upgrade|patch|ref|refresh|ar|addrepo|mr|modifyrepo|nr|renamerepo|al|addlock|rl|removelock|si|source-install|inr|install-new-recommends|as|addservice|ms|modifyservice|refs|refresh-services':
          {
            is: 'write',
            why: 'installs packages',
          },
        'rm|remove|rr|removerepo|rs|removeservice|cl|cleanlocks|cc|clean|purge-kernels': {
          is: 'destroy',
          why: 'removes packages',
        },
        'download|source-download': { is: 'read', why: 'downloads package files' },
      },
      examples: [
        ['zypper --non-interactive in nginx', 'write'],
        ['zypper lu', 'read'],
        ['zypper rm nginx', 'destroy'],
      ],
    },
    {
      names: ['apk'],
      is: 'none',
      why: 'manages packages',
      values: '-p --root -X --repository -t --virtual --arch --cache-dir --keys-dir --repositories-file --wait',
      dryRun: { option: '-s --simulate' },
      help: '-h',
      version: '-V',
      commands: {
        'info|search|list|policy|stats|dot|version|manifest|verify|audit|fetch|query': {
          is: 'read',
          why: 'shows packages',
        },
        'add|update|upgrade|fix|index|mkndx|adbsign': { is: 'write', why: 'installs packages' },
        'del|purge': { is: 'destroy', why: 'removes packages' },
        'cache clean|purge': { is: 'destroy', why: 'removes downloaded packages' },
        'cache download|sync': { is: 'write', why: 'downloads packages into the cache' },
      },
      examples: [
        ['apk add --no-cache curl', 'write'],
        ['apk del curl', 'destroy'],
        ['apk info -vv', 'read'],
      ],
    },
    {
      names: ['brew'],
      style: 'pflag',
      is: 'none',
      why: 'manages packages',
      commands: {
        'list|ls|info|abv|search|deps|uses|outdated|config|doctor|dr|leaves|home|desc|cat|log|missing|which-formula|options|formulae|casks|commands|livecheck|readall|shellenv|analytics':
          {
            is: 'read',
            why: 'shows packages',
          },
        'install|reinstall|upgrade|update|up|tap|pin|unpin|link|ln|unlink|migrate|postinstall|create|edit|extract|bottle|developer|completions|tap-new':
          {
            is: 'write',
            why: 'installs packages',
            dryRun: { option: '-n --dry-run' },
          },
        fetch: { is: 'read', why: 'downloads packages' },
        'uninstall|remove|rm|untap|cleanup|autoremove': {
          is: 'destroy',
          why: 'removes packages',
          dryRun: { option: '-n --dry-run' },
        },
        services: { is: 'read', why: 'lists services' },
        'services list|ls|info|i': { is: 'read', why: 'lists services' },
        'services start|run|launch|load|l': { is: 'write', why: 'starts a service' },
        'services stop|restart|relaunch|reload|r|kill|k|unload|terminate|term|t|u': {
          is: 'disrupt',
          why: 'stops or restarts a service',
        },
        'services cleanup|clean|cl|rm': { is: 'destroy', why: 'removes unused services' },
        bundle: { is: 'write', why: 'installs packages' },
        'bundle install|upgrade|dump|add': { is: 'write', why: 'installs packages' },
        'bundle list|check': { is: 'read', why: 'shows packages' },
        'bundle cleanup': {
          is: 'read',
          why: 'lists what it would remove',
          rules: [{ when: { option: '-f --force' }, set: 'destroy', why: 'removes packages that are not listed' }],
        },
        'bundle remove': { is: 'destroy', why: 'removes packages' },
        '--prefix|--cellar|--repository|--cache|--caskroom|--version': { is: 'read', why: 'shows paths' },
      },
      rules: [
        {
          when: { option: '--prefix --cellar --repository --cache --caskroom --config --env' },
          set: 'read',
          why: 'shows paths',
        },
      ],
      examples: [
        ['brew install postgresql@15', 'write'],
        ['brew services restart postgresql@15', 'disrupt'],
        ['brew services list', 'read'],
        ['brew uninstall --force node', 'destroy'],
        ['brew cleanup -n', 'read'],
        ['brew bundle cleanup --force', 'destroy'],
      ],
    },
    {
      names: ['snap'],
      style: 'pflag',
      is: 'none',
      why: 'manages snaps',
      values: '--channel --revision -n --name',
      help: '-h',
      commands: {
        'list|info|find|search|changes|tasks|services|logs|connections|interfaces|interface|get|saved|known|version|warnings|whoami|aliases|model|validate|download|watch|debug|check-snapshot':
          { is: 'read', why: 'shows snaps' },
        'install|refresh|revert|enable|connect|set|unset|alias|unalias|prefer|start|try|switch|import-snapshot|save|ack|okay|wait|create-cohort|recovery|set-quota':
          {
            is: 'write',
            why: 'installs or sets up snaps',
          },
        'export-snapshot': { is: 'write', why: 'writes a snapshot to a file' },
        'remove|forget|remove-quota': { is: 'destroy', why: 'removes snaps or their data' },
        'stop|restart|disable|disconnect|reboot': { is: 'disrupt', why: 'stops services of a snap' },
        restore: { is: ['destroy', 'disrupt'], why: 'puts saved data over the live data' },
        run: { is: 'unknown', why: 'runs a program of a snap' },
        'login|logout': { is: 'write', why: 'signs in or out' },
      },
      examples: [
        ['snap list', 'read'],
        ['snap remove --purge lxd', 'destroy'],
        ['snap restart lxd', 'disrupt'],
      ],
    },
    {
      names: ['flatpak'],
      style: 'pflag',
      is: 'none',
      why: 'manages flatpaks',
      commands: {
        'list|info|search|history|remotes|remote-ls|remote-info|ps|permissions|permission-show|documents|config': {
          is: 'read',
          why: 'shows flatpaks',
        },
        'install|update|upgrade|override|remote-add|remote-modify|mask|pin|make-current|repair|permission-set': {
          is: 'write',
          why: 'installs flatpaks',
        },
        'uninstall|remove|remote-delete|permission-remove|permission-reset': { is: 'destroy', why: 'removes flatpaks' },
        kill: { is: 'disrupt', why: 'stops a flatpak' },
        'run|enter': { is: 'unknown', why: 'runs a program' },
      },
      examples: [
        ['flatpak list', 'read'],
        ['flatpak uninstall --unused', 'destroy'],
      ],
    },
    {
      names: ['pacman', 'yay', 'paru', 'pamac'],
      is: 'read',
      why: 'shows packages',
      values: '-b --dbpath -r --root --config --cachedir --arch --ignore --color --assume-installed',
      flags: '-i --info -s --search -l --list -q --quiet -Q --query -o --owns -k --check --noconfirm --needed',
      rules: [
        {
          when: { option: '-S --sync', without: '-s --search -i --info -l --list -p --print -c --clean' },
          set: 'write',
          why: 'installs packages',
        },
        { when: { option: '-S --sync', also: '-c --clean' }, set: 'destroy', why: 'removes downloaded packages' },
        { when: { option: '-U --upgrade -D --database' }, set: 'write', why: 'installs packages' },
        { when: { option: '-R --remove', without: '-p --print' }, set: 'destroy', why: 'removes packages' },
      ],
      version: '-V',
      help: '-h',
      examples: [
        ['pacman -Syu --noconfirm', 'write'],
        ['pacman -Ss nginx', 'read'],
        ['pacman -Rns nginx', 'destroy'],
        ['pacman -Scc', 'destroy'],
      ],
    },
  ],
};
