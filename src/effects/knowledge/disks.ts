import { deviceFile } from './paths.ts';
import type { Family } from './types.ts';

/** Disks and partitions. */
export const disks: Family = {
  name: 'disks',
  title: 'Disks and partitions',
  tools: [
    {
      names: ['mkswap'],
      is: 'destroy',
      why: 'makes swap space over what is there',
      values: '-L --label -p --pagesize -U --uuid -v --swapversion -e --endianness -o --offset -s --size',
      version: '-V',
      examples: [['mkswap /dev/sdb2', 'destroy']],
    },
    {
      names: ['fdisk', 'cfdisk', 'gdisk', 'cgdisk', 'fixparts', 'testdisk', 'pdisk', 'gpart'],
      is: 'destroy',
      why: 'writes a partition table',
      values:
        '-b --sector-size -c --compatibility -C --cylinders -H --heads -S --sectors -t --type -o --output -u --units -w --wipe -W --wipe-partitions -X --label -Y --label-nested -N --partno -O --backup-file',
      rules: [
        {
          when: {
            option:
              '-l --list -s --getsz --show-size -d --dump -J --json -g --show-geometry -G --show-pt-geometry -F --list-free -V --verify -T --list-types -x --list-details',
          },
          set: 'read',
          why: 'shows partitions',
        },
        {
          when: { option: '--part-uuid --part-label --part-type --part-attrs --disk-id', atMost: 2 },
          set: 'read',
          why: 'shows partitions',
        },
        { when: { option: '--delete' }, set: 'destroy', why: 'deletes partitions' },
      ],
      help: '-h',
      version: '-v',
      examples: [
        ['fdisk -l /dev/sda', 'read'],
        ['fdisk /dev/sda', 'destroy'],
      ],
    },
    {
      names: ['sfdisk'],
      is: 'destroy',
      why: 'writes a partition table',
      values:
        '-o --output -w --wipe -W --wipe-partitions -X --label -Y --label-nested -N --partno -O --backup-file --sector-size',
      rules: [
        {
          when: {
            option:
              '-l --list -s --show-size -d --dump -J --json -g --show-geometry -G --show-pt-geometry -F --list-free -V --verify -T --list-types',
          },
          set: 'read',
          why: 'shows partitions',
        },
        {
          when: { option: '--part-uuid --part-label --part-type --part-attrs --disk-id', atMost: 2 },
          set: 'read',
          why: 'shows partitions',
        },
      ],
      dryRun: { option: '-n --no-act' },
      help: '-h',
      version: '-v',
      examples: [
        ['sfdisk -d /dev/sda', 'read'],
        ['sfdisk /dev/sdb < table.txt', 'destroy'],
        ['sfdisk --delete /dev/sdb 1', 'destroy'],
      ],
    },
    {
      names: ['sgdisk'],
      is: 'destroy',
      why: 'writes a partition table',
      values:
        '-b --backup -l --load-backup -n --new -d --delete -t --typecode -c --change-name -i --info -R --replicate -a --set-alignment -u --partition-guid -U --disk-guid -A --attributes -r --transpose -m --gpttombr -h --hybrid',
      rules: [
        {
          when: {
            option:
              '-p --print -i --info -v --verify -L --list-types -F --first-in-largest -f --first-aligned-in-largest -E --end-of-largest -O --print-mbr',
            without:
              '-Z -z -o -d -n -g -l -R -G -t -c -U --zap --zap-all --clear --delete --new --mbrtogpt --load-backup --replicate --randomize-guids',
          },
          set: 'read',
          why: 'shows partitions',
        },
        {
          when: {
            option: '-b --backup',
            without:
              '-Z -z -o -d -n -g -l -R -G -t -c -U --zap --zap-all --clear --delete --new --mbrtogpt --load-backup --replicate --randomize-guids',
          },
          set: 'write',
          why: 'saves the partition table to a file',
        },
        {
          when: {
            option: '-n --new -t --typecode -c --change-name -u -U -A',
            without:
              '-Z -z -o -d -g -l -R -G --zap --zap-all --clear --delete --mbrtogpt --load-backup --replicate --randomize-guids',
          },
          set: 'write',
          why: 'adds or names a partition',
        },
      ],
      dryRun: { option: '-P --pretend' },
      version: '-V',
      examples: [
        ['sgdisk -p /dev/sda', 'read'],
        ['sgdisk --zap-all /dev/sdb', 'destroy'],
        ['sgdisk -b table.bin /dev/sda', 'write'],
        ['sgdisk -R /dev/sdb /dev/sda', 'destroy'],
      ],
    },
    {
      names: ['parted'],
      is: 'destroy',
      why: 'changes partitions',
      values: '-a --align',
      flags: '-l --list -m --machine -s --script -f --fix -j --json',
      rules: [
        { when: { option: '-l --list' }, set: 'read', why: 'shows partitions' },
        {
          when: {
            operand: /^(?:print|p|unit|align-check|help)$/,
            noOperand: /^(?:mklabel|mktable|mkpart|rm|resizepart|rescue|set|toggle|name|disk_set|disk_toggle|type)$/,
          },
          set: 'read',
          why: 'shows partitions',
        },
        {
          when: {
            operand: /^(?:mkpart|rescue|set|toggle|name|disk_set|disk_toggle|type)$/,
            noOperand: /^(?:mklabel|mktable|rm|resizepart)$/,
          },
          set: 'write',
          why: 'adds or names a partition',
        },
      ],
      help: '-h',
      version: '-v',
      examples: [
        ['parted -l', 'read'],
        ['parted /dev/sda print', 'read'],
        ['parted -s /dev/sdb mklabel gpt', 'destroy'],
        ['parted /dev/sdb mkpart primary ext4 1MiB 100%', 'write'],
        ['parted /dev/sdb rm 1', 'destroy'],
      ],
    },
    {
      names: ['wipefs'],
      is: 'read',
      why: 'shows signatures of file systems',
      values: '-o --offset -O --output -t --types',
      flags: '-a --all -b --backup -f --force -n --no-act -i --noheadings -p --parsable -q --quiet',
      rules: [
        {
          when: { option: '-a --all -o --offset' },
          set: 'destroy',
          why: 'wipes signatures, so that what is there is no longer found',
        },
      ],
      dryRun: { option: '-n --no-act' },
      help: '-h',
      version: '-V',
      examples: [
        ['wipefs -a /dev/sdb', 'destroy'],
        ['wipefs /dev/sdb', 'read'],
        ['wipefs -n -a /dev/sdb', 'read'],
      ],
    },
    {
      names: ['blkdiscard'],
      is: 'destroy',
      why: 'discards all blocks of a device',
      values: '-o --offset -l --length -p --step',
      version: '-V',
      help: '-h',
      examples: [['blkdiscard -f /dev/nvme0n1', 'destroy']],
    },
    {
      names: [
        'lsblk',
        'blkid',
        'findmnt',
        'mountpoint',
        'findfs',
        'dumpe2fs',
        'xfs_info',
        'xfs_bmap',
        'xfs_metadump',
        'xfs_ncheck',
        'xfs_logprint',
        'e2freefrag',
        'filefrag',
        'showmount',
        'repquota',
        'quota',
        'ntfsinfo',
        'hdsentinel',
        'blktrace',
      ],
      is: 'read',
      why: 'shows disks and file systems',
      values: '-o --output -t -s -n -O -c --command -L -U',
      examples: [
        ['lsblk -f', 'read'],
        ['findmnt /srv', 'read'],
        ['blkid /dev/sda1', 'read'],
      ],
    },
    {
      names: ['badblocks'],
      is: 'read',
      why: 'looks for bad blocks',
      values: '-b -c -e -d -i -o -p -t',
      rules: [
        { when: { option: '-w' }, set: 'destroy', why: 'overwrites every block to test it' },
        { when: { option: '-n' }, set: 'write', why: 'writes every block back to test it' },
      ],
      examples: [
        ['badblocks -sv /dev/sdb', 'read'],
        ['badblocks -wsv /dev/sdb', 'destroy'],
      ],
    },
    {
      names: ['smartctl', 'smartd'],
      is: 'read',
      why: 'shows the health of a disk',
      values:
        '-d --device -l --log -t --test -s --smart -S --saveauto -o --offlineauto -n --nocheck -T --tolerance -F --firmwarebug -g --get -v --vendorattribute -q --quietmode -b',
      flags: '-a --all -x --xall -H --health -i --info -A --attributes -c --capabilities -j --json --scan --scan-open',
      rules: [
        { when: { option: '-t --test -X --abort' }, set: 'write', why: 'starts a test of a disk' },
        {
          when: { option: '-s --smart -S --saveauto -o --offlineauto --set' },
          set: 'write',
          why: 'changes settings of a disk',
        },
      ],
      help: '-h',
      version: '-V',
      examples: [
        ['smartctl -a /dev/sda', 'read'],
        ['smartctl -t long /dev/sda', 'write'],
      ],
    },
    {
      names: ['hdparm', 'sdparm', 'sg_scan', 'sg_inq', 'blktool'],
      is: 'read',
      why: 'shows settings of a disk',
      values:
        '--security-erase --security-erase-enhanced --security-set-pass --security-unlock --security-disable --user-master --read-sector --write-sector --fwdownload --set --get -B -S -M -a -A -W -X -m -c -d -K -D -s -p',
      rules: [
        {
          when: { option: '-B -S -M -a -A -W -X -m -c -d -K -D -s -p', value: /^\d/ },
          set: 'write',
          why: 'changes settings of a disk',
        },
        {
          when: { option: '--set --security-set-pass --security-disable --security-unlock --fwdownload' },
          set: 'write',
          why: 'changes settings of a disk',
        },
        { when: { option: '-y -Y --offline' }, set: 'disrupt', why: 'puts a disk to sleep' },
        {
          when: {
            option:
              '--security-erase --security-erase-enhanced --write-sector --make-bad-sector --trim-sector-ranges --trim-sector-ranges-stdin --repair-sector --sanitize-block-erase --sanitize-crypto-scramble --sanitize-overwrite --format --overwrite --block --crypto',
          },
          set: 'destroy',
          why: 'erases a disk',
        },
      ],
      version: '-V',
      examples: [
        ['hdparm -I /dev/sda', 'read'],
        ['hdparm --user-master u --security-erase p /dev/sdb', 'destroy'],
        ['hdparm -W 0 /dev/sda', 'write'],
      ],
    },
    {
      names: ['sg_format', 'sg_sanitize'],
      is: 'destroy',
      why: 'erases a disk',
      dryRun: { option: '--dry-run -d' },
      version: '-V',
      help: '-h',
      examples: [['sg_format --format /dev/sg2', 'destroy']],
    },
    {
      names: ['nvme'],
      style: 'pflag',
      is: 'none',
      why: 'manages NVMe disks',
      values:
        '-n --namespace-id -l --lbaf -s --ses -f --feature-id -v --value -b --block-size -o --output-format -a --sanact -d --data',
      help: '-h',
      commands: {
        'list*|id-ctrl|id-ns|smart-log|error-log|fw-log|get-*|show-*|telemetry-log|effects-log|endurance-log|self-test-log|sanitize-log|read|compare|verify|discover|gen-hostnqn|version|ana-log|changed-ns-list-log|intel*|wdc*':
          {
            is: 'read',
            why: 'shows a disk',
          },
        'set-feature|create-ns|attach-ns|fw-download|fw-commit|fw-activate|device-self-test|connect|connect-all|resv-*|set-property|ns-rescan|write|security-send|dir-send':
          {
            is: 'write',
            why: 'changes settings of a disk',
          },
        'format|sanitize|delete-ns|write-zeroes|write-uncor|dsm': { is: 'destroy', why: 'erases a disk' },
        'reset|subsystem-reset|detach-ns|disconnect|disconnect-all': {
          is: 'disrupt',
          why: 'takes a disk away for a time',
        },
      },
      examples: [
        ['nvme list', 'read'],
        ['nvme smart-log /dev/nvme0', 'read'],
        ['nvme format /dev/nvme0n1 -s 1', 'destroy'],
      ],
    },
    {
      names: ['losetup'],
      is: 'write',
      why: 'makes a device of a file',
      values: '-j --associated -o --offset --sizelimit -b --sector-size -O --output',
      rules: [
        {
          when: { option: '-a --all -l --list -j --associated -J --json' },
          set: 'read',
          why: 'lists devices made of files',
        },
        { when: { option: '-f --find', atMost: 0 }, set: 'read', why: 'finds a free device' },
        {
          when: { atMost: 0, without: '-d --detach -D --detach-all -f --find -c --set-capacity' },
          set: 'read',
          why: 'lists devices made of files',
        },
        { when: { option: '-d --detach -D --detach-all' }, set: 'disrupt', why: 'takes a device away' },
      ],
      help: '-h',
      version: '-V',
      examples: [
        ['losetup -a', 'read'],
        ['losetup -fP disk.img', 'write'],
        ['losetup -d /dev/loop0', 'disrupt'],
      ],
    },
    {
      names: [
        'ddrescue',
        'partclone.ext4',
        'partclone.xfs',
        'partimage',
        'clonezilla',
        'ntfsclone',
        'dcfldd',
        'dc3dd',
        'safecopy',
        'qemu-nbd',
        'nbd-client',
        'photorec',
      ],
      is: 'write',
      why: 'copies a disk',
      values: '-b -s --source -o --output -O --overwrite -B -i -c --connect -d --disconnect -f -L --logfile',
      rules: [
        { when: { last: deviceFile, atLeast: 2 }, set: 'destroy', why: 'overwrites a device' },
        {
          when: { option: '-f --force', operand: deviceFile, atLeast: 2 },
          set: 'destroy',
          why: 'may overwrite a device',
        },
        { when: { operand: /^of=\/dev\/(?!null$)/ }, set: 'destroy', why: 'overwrites a device' },
        {
          when: { option: '-o --output -O --overwrite', value: deviceFile },
          set: 'destroy',
          why: 'overwrites a device',
        },
        { when: { option: '-d --disconnect' }, set: 'disrupt', why: 'takes a device away' },
      ],
      examples: [
        ['ddrescue /dev/sda rescue.img rescue.map', 'write'],
        ['ddrescue -f /dev/sda /dev/sdb rescue.map', 'destroy'],
      ],
    },
    {
      names: ['eject'],
      is: 'disrupt',
      why: 'takes a medium out',
      version: '-V',
      help: '-h',
      examples: [['eject /dev/sr0', 'disrupt']],
    },
    {
      names: ['udisksctl'],
      is: 'none',
      why: 'manages disks',
      values: '-b --block-device -p --object-path -t -o --options -f --file --key-file',
      commands: {
        'status|info|monitor|dump|help': { is: 'read', why: 'shows disks' },
        'mount|unlock|loop-setup|smart-simulate': { is: 'write', why: 'attaches a disk' },
        'unmount|lock|loop-delete|power-off': { is: 'disrupt', why: 'detaches a disk' },
      },
      examples: [['udisksctl power-off -b /dev/sdb', 'disrupt']],
    },
    {
      names: ['multipath', 'multipathd', 'rescan-scsi-bus.sh'],
      is: 'write',
      why: 'sets up paths to disks',
      rules: [
        { when: { option: '-l -ll -t -d -c -C' }, set: 'read', why: 'shows paths to disks' },
        { when: { first: /^show$/ }, set: 'read', why: 'shows paths to disks' },
        { when: { option: '-f -F' }, set: 'disrupt', why: 'takes paths to disks away' },
      ],
      examples: [
        ['multipath -ll', 'read'],
        ['multipath -F', 'disrupt'],
      ],
    },
    {
      names: ['iscsiadm'],
      is: 'read',
      why: 'shows disks over the network',
      values:
        '-m --mode -t --type -p --portal -T --targetname -o --op -n --name -v --value -I --interface -P --print -r --sid',
      rules: [
        {
          when: { option: '-l --login -L --loginall -R --rescan -s --stats' },
          set: 'write',
          why: 'attaches disks over the network',
        },
        { when: { option: '-s --stats' }, set: 'read', why: 'shows disks over the network' },
        {
          when: { option: '-o --op', value: /^(?:new|update)$/ },
          set: 'write',
          why: 'changes settings of disks over the network',
        },
        { when: { option: '-u --logout -U --logoutall' }, set: 'disrupt', why: 'detaches disks over the network' },
        {
          when: { option: '-o --op', value: /^delete$/ },
          set: 'destroy',
          why: 'deletes the record of a disk over the network',
        },
      ],
      examples: [
        ['iscsiadm -m session', 'read'],
        ['iscsiadm -m node --logoutall=all', 'disrupt'],
      ],
    },
    {
      names: ['drbdadm', 'drbdsetup'],
      is: 'none',
      why: 'manages mirrored disks',
      commands: {
        'status|cstate|dstate|role|dump|show|show-gi|get-gi|events2|sh-*': { is: 'read', why: 'shows mirrored disks' },
        'up|attach|connect|adjust|resume-io|resume-sync|verify|primary|resize|apply-al|new-current-uuid': {
          is: 'write',
          why: 'attaches a mirrored disk',
          rules: [
            {
              when: { option: '--force --overwrite-data-of-peer' },
              add: 'destroy',
              why: 'declares this side the good one, over the other',
            },
          ],
        },
        'down|detach|disconnect|secondary|suspend-io|pause-sync|outdate': {
          is: 'disrupt',
          why: 'detaches a mirrored disk',
        },
        'create-md|wipe-md|invalidate|invalidate-remote': { is: 'destroy', why: 'throws a side of the mirror away' },
      },
      examples: [
        ['drbdadm status', 'read'],
        ['drbdadm primary r0 --force', 'write', 'destroy'],
        ['drbdadm invalidate r0', 'destroy'],
      ],
    },
    {
      names: [
        'storcli',
        'storcli64',
        'perccli',
        'perccli64',
        'megacli',
        'MegaCli64',
        'ssacli',
        'hpssacli',
        'arcconf',
        'tw_cli',
        'sas3ircu',
        'omreport',
      ],
      style: 'plain',
      is: 'unknown',
      why: 'manages a disk controller',
      rules: [
        {
          when: {
            operand: /^(?:show|getconfig|display|list|status)\b/i,
            noOperand: /^(?:set|add|del|delete|start|stop|erase|insert|flush|init|create|modify)\b/i,
          },
          set: 'read',
          why: 'shows a disk controller',
        },
        { when: { operand: /^(?:del|delete|erase|init|clear)\b/i }, set: 'destroy', why: 'deletes an array' },
      ],
      examples: [
        ['storcli /c0 show', 'read'],
        ['storcli /c0/v1 del force', 'destroy'],
      ],
    },
  ],
};
