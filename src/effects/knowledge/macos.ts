import type { Family } from './types.ts';

/** What macOS has of its own. */
export const macos: Family = {
  name: 'macos',
  title: 'security, diskutil, launchctl and other macOS tools',
  tools: [
    {
      names: ['security'],
      style: 'words',
      is: 'none',
      why: 'manages keys and passwords of macOS',
      values: '-a -s -l -c -C -D -G -j -k -p -P -t -T -r -d -u -f -o -e',
      credentials: '-p -P -w',
      commands: {
        'find-generic-password|find-internet-password': {
          is: 'read',
          why: 'shows that a password is there',
          flags: '-a -c -C -d -D -G -j -l -p -P -r -s -t',
          rules: [{ when: { option: '-w -g -gs -gw -wg -ga' }, add: 'secret', why: 'prints a password' }],
        },
        'find-certificate|find-identity|list-keychains|default-keychain|login-keychain|show-keychain-info|get-identity-preference|verify-cert|leaks|error|cms|list-smartcards|dump-trust-settings|trust-settings-export|find-key|authorizationdb|help|requirement-evaluate|smartcards|filevault':
          {
            is: 'read',
            why: 'shows keys and certificates',
            rules: [
              { when: { first: /^(?:write|remove)$/ }, set: ['write', 'privilege'], why: 'changes who may do what' },
            ],
          },
        'dump-keychain': {
          is: 'read',
          why: 'lists what a keychain holds',
          rules: [{ when: { option: '-d' }, add: 'secret', why: 'prints passwords' }],
        },
        export: {
          is: ['read', 'secret'],
          why: 'writes keys out',
          rules: [{ when: { option: '-o' }, add: 'write', why: 'writes keys to a file' }],
        },
        'add-generic-password|add-internet-password|add-certificates|import|create-keychain|set-keychain-settings|set-keychain-password|install-mds|create-keypair|create-filevaultmaster-keychain|set-identity-preference|set-generic-password-partition-list|set-internet-password-partition-list|set-key-partition-list|translocate-create|update':
          { is: 'write', why: 'stores keys or passwords', values: '-w' },
        'unlock-keychain': { is: 'none', why: 'unlocks a keychain' },
        'lock-keychain': { is: 'none', why: 'locks a keychain' },
        'add-trusted-cert|trust-settings-import|user-trust-settings-enable': {
          is: ['write', 'privilege'],
          why: 'trusts a certificate',
        },
        'remove-trusted-cert': { is: ['destroy', 'privilege'], why: 'no longer trusts a certificate' },
        'delete-generic-password|delete-internet-password|delete-certificate|delete-identity|delete-keychain': {
          is: 'destroy',
          why: 'deletes keys or passwords',
        },
        'execute-with-privileges': { is: 'privilege', why: 'runs as root', carries: [{ from: 'rest', as: 'command' }] },
      },
      examples: [
        ['security find-generic-password -s restic -w', 'read', 'secret'],
        ['security find-generic-password -s restic', 'read'],
        ['security add-generic-password -s restic -a ops -w', 'write'],
        ['security delete-generic-password -s restic', 'destroy'],
        ['security dump-keychain -d login.keychain', 'read', 'secret'],
        ['security list-keychains', 'read'],
      ],
    },
    {
      names: ['diskutil'],
      style: 'words',
      is: 'none',
      why: 'manages disks of macOS',
      values: '-format -passphrase -role -user',
      commands: {
        'list|info|information|activity|listFilesystems|verifyVolume|verifyDisk|listClients': {
          is: 'read',
          why: 'shows disks',
        },
        'mount|mountDisk|enableOwnership|disableOwnership|rename|renameVolume|enableJournal|disableJournal|repairVolume|repairDisk|addPartition|resetUserPermissions|resizeVolume|splitPartition|mergePartitions|moveJournal':
          {
            is: 'write',
            why: 'changes disks',
          },
        'unmount|unmountDisk|umount|umountDisk|eject': { is: 'disrupt', why: 'detaches disks' },
        'eraseDisk|eraseVolume|reformat|eraseOptical|zeroDisk|randomDisk|secureErase|partitionDisk|splitPartition|mergePartitions|mergePartition':
          {
            is: 'destroy',
            why: 'erases disks',
          },
        'apfs|ap list|listCryptoUsers|listUsers|listSnapshots|listVolumeGroups': { is: 'read', why: 'shows volumes' },
        'apfs|ap create|createContainer|addVolume|encryptVolume|decryptVolume|unlockVolume|resizeContainer|changeVolumeRole|changePassphrase|setPassphraseHint|updatePreboot|defragment|convert|hfsconvert':
          {
            is: 'write',
            why: 'changes volumes',
          },
        'apfs|ap deleteVolume|deleteContainer|deleteSnapshot|eraseVolume|deleteVolumeGroup': {
          is: 'destroy',
          why: 'deletes volumes',
        },
        'apfs|ap lockVolume': { is: 'disrupt', why: 'locks a volume' },
        'appleRAID|ar|coreStorage|cs list|info|listUsers': { is: 'read', why: 'shows arrays' },
        'appleRAID|ar|coreStorage|cs add|update|enable|repairMirror|convert|unlockVolume|encryptVolume|resizeVolume': {
          is: 'write',
          why: 'changes arrays',
        },
        'appleRAID|ar|coreStorage|cs create|delete|remove|deleteVolume|createVolume|revert': {
          is: 'destroy',
          why: 'makes or deletes arrays over what is there',
        },
      },
      examples: [
        ['diskutil list', 'read'],
        ['diskutil eraseDisk APFS Backup disk4', 'destroy'],
        ['diskutil unmountDisk /dev/disk4', 'disrupt'],
        ['diskutil apfs deleteVolume disk3s2', 'destroy'],
        ['diskutil apfs list', 'read'],
      ],
    },
    {
      names: ['launchctl'],
      is: 'none',
      why: 'manages services of macOS',
      values: '-s',
      commands: {
        'list|print|print-cache|print-disabled|blame|dumpstate|hostinfo|manageruid|managerpid|managername|procinfo|resolveport|error|version|variant|plist|getenv|help|examine':
          {
            is: 'read',
            why: 'shows services',
          },
        'load|bootstrap|enable|start|setenv|unsetenv|config|submit|limit|debug|attach|asuser|bsexec': {
          is: 'write',
          why: 'starts or sets up a service',
        },
        kickstart: {
          is: 'write',
          why: 'starts a service',
          rules: [{ when: { option: '-k' }, set: 'disrupt', why: 'restarts a service' }],
        },
        'unload|bootout|stop|kill|reboot': { is: 'disrupt', why: 'stops a service' },
        disable: { is: 'write', why: 'keeps a service from starting' },
        remove: { is: ['destroy', 'disrupt'], why: 'removes a service' },
      },
      examples: [
        ['launchctl list', 'read'],
        ['launchctl print system/com.example.backup', 'read'],
        ['launchctl bootstrap system /Library/LaunchDaemons/com.example.backup.plist', 'write'],
        ['launchctl bootout system/com.example.backup', 'disrupt'],
        ['launchctl kickstart -k system/com.example.backup', 'disrupt'],
        ['launchctl load -w ~/Library/LaunchAgents/com.example.plist', 'write'],
      ],
    },
    {
      names: ['defaults'],
      style: 'words',
      is: 'none',
      why: 'manages settings of macOS',
      values: '-host',
      commands: {
        'read|read-type|domains|find|help': { is: 'read', why: 'shows settings' },
        export: { is: 'write', why: 'writes settings to a file' },
        'write|rename|import': { is: 'write', why: 'changes settings' },
        'delete|delete-all': {
          is: 'write',
          why: 'removes a setting',
          rules: [{ when: { atMost: 1 }, set: 'destroy', why: 'deletes all settings of a program' }],
        },
      },
      examples: [
        ['defaults read com.apple.TimeMachine', 'read'],
        ['defaults write com.example app -bool true', 'write'],
        ['defaults delete com.example', 'destroy'],
      ],
    },
    {
      names: ['PlistBuddy'],
      is: 'read',
      why: 'shows settings in a file',
      values: '-c',
      rules: [
        {
          when: { option: '-c', value: /^(?:set|add|copy|import|merge)\b/i },
          set: 'write',
          why: 'changes settings in a file',
        },
        { when: { option: '-c', value: /^delete\b/i }, set: 'write', why: 'removes a setting' },
        { when: { option: '-c', value: /^clear\b/i }, set: 'destroy', why: 'removes all settings' },
        { when: { without: '-c' }, set: 'write', why: 'changes settings in a file' },
      ],
      examples: [["PlistBuddy -c 'Print :Label' a.plist", 'read']],
    },
    {
      names: [
        'scutil',
        'systemsetup',
        'networksetup',
        'nvram',
        'bless',
        'fdesetup',
        'plutil',
        'systemstats',
        'kextstat',
        'kmutil',
        'profiles',
        'sysadminctl',
        'xattr',
        'kextload',
        'kextunload',
      ],
      style: 'words',
      is: 'read',
      why: 'shows settings of macOS',
      operands: true,
      commands: {
        'list|status|show|validate|haspersonalrecoverykey|hasinstitutionalrecoverykey|isactive|supportsauthrestart|showloaded|inspect|find':
          { is: 'read', why: 'shows settings' },
        'enable|add|authrestart|install|load|import|sync|create|renew': {
          is: 'write',
          why: 'changes settings of macOS',
        },
        'disable|remove|unload': { is: ['write', 'disrupt'], why: 'switches a protection off' },
        changerecovery: { is: ['write', 'secret'], why: 'makes and prints a recovery key' },
      },
      rules: [
        {
          when: {
            option:
              '--set -set -setdnsservers -setmanual -setdhcp -setsearchdomains -setairportnetwork -setcomputername -setremotelogin -settimezone -setusingnetworktime -setnetworktimeserver -setnetworkserviceenabled -setairportpower -setv6off -setwebproxy -setwebproxystate -ordernetworkservices -setsleep -setrestartfreeze -setcomputersleep -c -w -insert -replace -convert --mount -addUser -resetPasswordFor -secureTokenOn -I --install',
          },
          set: 'write',
          why: 'changes settings of macOS',
        },
        { when: { option: '-d -remove -deleteUser --delete' }, set: 'destroy', why: 'removes settings' },
        { when: { operand: /^[\w-]+=/ }, set: 'write', why: 'changes settings of macOS' },
        {
          when: { option: '-addUser -resetPasswordFor -secureTokenOn -deleteUser' },
          add: 'privilege',
          why: 'changes who may use the machine',
        },
      ],
      examples: [
        ['scutil --get ComputerName', 'read'],
        ['scutil --set ComputerName db1', 'write'],
        ['networksetup -setdnsservers Wi-Fi 1.1.1.1', 'write'],
        ['nvram -d boot-args', 'destroy'],
        ['fdesetup status', 'read'],
        ['fdesetup disable', 'write', 'disrupt'],
      ],
    },
    {
      names: ['dscl', 'dseditgroup', 'dscacheutil', 'dsenableroot', 'createhomedir', 'pwpolicy'],
      style: 'plain',
      is: ['write', 'privilege'],
      why: 'changes who may use the machine',
      rules: [
        {
          when: {
            operand:
              /^-?(?:read\w*|list\w*|search|diff|-o=read|q|cachedump|configuration|statistics|checkmember|getaccountpolicies|authentication-allowed)$/i,
          },
          set: 'read',
          why: 'shows who may use the machine',
        },
        {
          when: { operand: /^-?(?:delete\w*)$/i },
          set: ['destroy', 'privilege'],
          why: 'deletes an account, or a part of it',
        },
        { when: { operand: /^-flushcache$/ }, set: 'destroy', why: 'empties the cache' },
      ],
      examples: [
        ['dscl . -list /Users', 'read'],
        ['dscl . -create /Users/ops', 'write', 'privilege'],
        ['dscl . -delete /Users/mallory', 'destroy', 'privilege'],
        ['dscacheutil -flushcache', 'destroy'],
      ],
    },
    {
      names: ['pmset'],
      style: 'plain',
      is: 'write',
      why: 'changes power settings',
      rules: [
        { when: { atMost: 0 }, set: 'read', why: 'shows power settings' },
        { when: { first: /^-g$/ }, set: 'read', why: 'shows power settings' },
        { when: { first: /^(?:sleepnow|displaysleepnow|boot)$/ }, set: 'disrupt', why: 'puts the machine to sleep' },
      ],
      examples: [
        ['pmset -g', 'read'],
        ['pmset -a sleep 0', 'write'],
        ['pmset sleepnow', 'disrupt'],
      ],
    },
    {
      names: ['tmutil'],
      style: 'words',
      is: 'none',
      why: 'manages Time Machine',
      values: '-d -t -c',
      commands: {
        'listbackups|listlocalsnapshots|listlocalsnapshotdates|latestbackup|status|destinationinfo|machinedirectory|compare|uniquesize|calculatedrift|isexcluded|currentphase|verifychecksums|version|help':
          {
            is: 'read',
            why: 'shows backups',
          },
        'startbackup|snapshot|localsnapshot|enable|setdestination|addexclusion|removeexclusion|inheritbackup|associatedisk|setquota':
          { is: 'write', why: 'starts or sets up backups' },
        disable: { is: 'write', why: 'switches backups off' },
        stopbackup: { is: 'disrupt', why: 'stops a backup' },
        restore: { is: ['destroy', 'disrupt'], why: 'puts a backup over what is there' },
        'delete|deletelocalsnapshots|deleteinprogress|thinlocalsnapshots|removedestination': {
          is: 'destroy',
          why: 'deletes backups',
        },
      },
      examples: [
        ['tmutil listbackups', 'read'],
        ['tmutil startbackup --block', 'write'],
        ['tmutil deletelocalsnapshots 2026-11-20-101112', 'destroy'],
        ['tmutil disable', 'write'],
      ],
    },
    {
      names: ['softwareupdate', 'installer', 'xcode-select', 'mas', 'pkgutil'],
      style: 'words',
      is: 'write',
      why: 'installs software',
      values: '-pkg -target',
      rules: [
        {
          when: {
            option:
              '-l --list --history --list-full-installers -pkginfo -dominfo -volinfo -p --print-path --pkgs --pkg-info --files --pkg-info-plist --volumes --file-info --check-signature --payload-files',
          },
          set: 'read',
          why: 'shows software',
        },
        {
          when: { option: '-R --restart', also: '-i --install' },
          set: ['write', 'disrupt'],
          why: 'installs software and restarts',
        },
        { when: { first: /^(?:list|search|outdated|info|account)$/ }, set: 'read', why: 'shows software' },
        { when: { first: /^uninstall$/ }, set: 'destroy', why: 'removes software' },
        { when: { option: '--forget' }, set: 'destroy', why: 'forgets what was installed' },
      ],
      examples: [
        ['softwareupdate -l', 'read'],
        ['softwareupdate -i -a', 'write'],
        ['softwareupdate -i -a -R', 'write', 'disrupt'],
        ['installer -pkg agent.pkg -target /', 'write'],
      ],
    },
    {
      names: ['spctl', 'csrutil', 'tccutil', 'SetFile', 'chflags'],
      style: 'words',
      is: ['write', 'privilege'],
      why: 'changes what the system lets programs do',
      rules: [
        {
          when: { option: '--status --assess -a --list --verify' },
          set: 'read',
          why: 'shows what the system lets programs do',
        },
        { when: { first: /^(?:status|report)$/ }, set: 'read', why: 'shows what the system lets programs do' },
      ],
      examples: [
        ['csrutil status', 'read'],
        ['csrutil disable', 'write', 'privilege'],
        ['spctl --master-disable', 'write', 'privilege'],
        ['spctl --status', 'read'],
      ],
    },
    {
      names: ['hdiutil', 'asr'],
      style: 'words',
      is: 'none',
      why: 'manages disk images',
      values: '-source -target -o -format -size -volname -fs -mountpoint -srcfolder -encryption -segmentSize -file',
      commands: {
        'info|imageinfo|verify|checksum|pmap|plugins|isencrypted|fsid|help|imagescan': {
          is: 'read',
          why: 'shows disk images',
        },
        'create|attach|mount|convert|compact|resize|segment|makehybrid|chpass|udifrez|flatten|unflatten|mountvol|internet-enable|burn':
          { is: 'write', why: 'makes or attaches disk images' },
        'detach|eject|unmount': { is: 'disrupt', why: 'detaches a disk image' },
        erasekeys: { is: 'destroy', why: 'makes an encrypted image unreadable' },
        restore: { is: ['destroy', 'disrupt'], why: 'puts an image over a disk' },
      },
      examples: [
        ['hdiutil attach backup.dmg', 'write'],
        ['hdiutil detach /dev/disk4', 'disrupt'],
        ['asr restore --source a.dmg --target /dev/disk4 --erase', 'destroy', 'disrupt'],
      ],
    },
    {
      names: ['ditto', 'sips', 'textutil', 'stapler', 'screencapture', 'CpMac'],
      is: 'write',
      why: 'copies or converts files',
      examples: [['ditto /srv/app /backup/app', 'write']],
    },
    {
      names: ['open', 'say', 'afplay'],
      is: 'none',
      why: 'shows something to the person in front of the machine',
      examples: [['open https://example.com', 'none']],
    },
    {
      names: [
        'log',
        'sysdiagnose',
        'system_profiler',
        'ioreg',
        'codesign',
        'mdls',
        'mdutil',
        'fs_usage',
        'spindump',
        'sample',
        'heap',
        'vm_stat',
        'otool',
        'dtruss',
      ],
      is: 'read',
      why: 'shows what the system does',
      operands: true,
      values: '--predicate --last --start --end --style --level -s --sign --entitlements -o',
      rules: [{ when: { option: '-s --sign -E -i' }, set: 'write', why: 'changes what is there' }],
      commands: {
        'show|stream|stats|help': { is: 'read', why: 'shows logs' },
        'collect|config': { is: 'write', why: 'collects logs' },
        erase: { is: 'destroy', why: 'deletes logs' },
      },
      examples: [
        ['log show --last 1h', 'read'],
        ['log erase --all', 'destroy'],
        ['system_profiler SPHardwareDataType', 'read'],
      ],
    },
  ],
};
