import type { Family } from './types.ts';

/** Packing and unpacking. */
export const archive: Family = {
  name: 'archive',
  title: 'tar, gzip, zip and other archivers',
  tools: [
    {
      names: ['tar', 'gtar', 'bsdtar', 'star'],
      style: 'bsd',
      is: 'read',
      why: 'reads an archive',
      values:
        '-f --file -C --directory -T --files-from -X --exclude-from --exclude -b --blocking-factor -H --format -I --use-compress-program -g --listed-incremental -K --starting-file -N --newer --after-date --newer-mtime -V --label -L --tape-length -F --info-script --new-volume-script --strip-components --transform --xform --owner --group --mode --mtime --sort --to-command --suffix --checkpoint-action --rsh-command --one-top-level --warning --level --record-size --index-file',
      flags:
        '--create --extract --get --list --append --update --delete --concatenate --catenate --diff --compare --gzip --bzip2 --xz --zstd --remove-files --preserve-permissions --same-owner --no-same-owner --verbose --to-stdout --keep-old-files --overwrite --unlink-first --recursive-unlink --wildcards --acls --xattrs --selinux --numeric-owner --checkpoint --totals --auto-compress --dereference --ignore-failed-read --incremental',
      special: 'tar',
      examples: [
        ['tar tzf backup.tgz', 'read'],
        ['tar -tvf backup.tar', 'read'],
        ['tar czf backup.tgz /srv/app', 'write'],
        ['tar -xzf backup.tgz -C /srv/restore', 'write'],
        ['tar -czf logs.tgz --remove-files /var/log/app', 'write', 'destroy'],
      ],
    },
    {
      names: [
        'gzip',
        'gunzip',
        'pigz',
        'unpigz',
        'bzip2',
        'bunzip2',
        'pbzip2',
        'lbzip2',
        'xz',
        'unxz',
        'lzma',
        'unlzma',
        'pixz',
        'lzip',
        'lzop',
        'compress',
        'uncompress',
        'brotli',
        'lz4',
        'unlz4',
      ],
      is: 'write',
      why: 'packs or unpacks a file in place',
      values:
        '-S --suffix -T --threads -M --memlimit -C --check --block-size -p --processes -b --blocksize -o --output',
      flags: '-c --stdout --to-stdout -d --decompress --uncompress -k --keep -t --test -l --list -f --force',
      rules: [
        {
          when: { atMost: 0, without: '-o --output' },
          set: 'read',
          why: 'passes on what it reads, packed or unpacked',
        },
        { when: { option: '-c --stdout --to-stdout -t --test -l --list' }, set: 'read', why: 'shows what is packed' },
        { when: { first: /^-$/ }, set: 'read', why: 'passes on what it reads, packed or unpacked' },
      ],
      help: '-h',
      version: '-V',
      examples: [
        ['gzip -9 dump.sql', 'write'],
        ['gzip -dc dump.sql.gz', 'read'],
        ['gzip -t dump.sql.gz', 'read'],
        ['xz -T0 image.raw', 'write'],
        ['pg_dumpall | pigz -p 4', 'read', 'secret'],
      ],
    },
    {
      names: ['zstd', 'unzstd', 'zstdmt', 'pzstd'],
      is: 'write',
      why: 'packs or unpacks a file',
      values: '-o -D -M --memory --threads --output-dir-flat --output-dir-mirror --filelist --patch-from --train',
      flags: '-d --decompress -t --test -l --list -c --stdout -k --keep -f --force --rm --ultra --long',
      rules: [
        { when: { atMost: 0, without: '-o' }, set: 'read', why: 'passes on what it reads, packed or unpacked' },
        { when: { option: '-c --stdout -t --test -l --list' }, set: 'read', why: 'shows what is packed' },
        { when: { option: '-o', value: /^\/dev\/(?!null$|stdout$)/ }, set: 'destroy', why: 'overwrites a device' },
        {
          when: { option: '--rm', without: '-t --test -l --list -c --stdout' },
          add: 'destroy',
          why: 'removes the source file',
        },
      ],
      help: '-h -H',
      version: '-V',
      examples: [
        ['zstd -T0 -19 dump.sql', 'write'],
        ['zstd -t dump.sql.zst', 'read'],
        ['zstd --rm dump.sql', 'write', 'destroy'],
      ],
    },
    {
      names: ['zip'],
      is: 'write',
      why: 'makes or changes an archive',
      values:
        '-b --temp-path -i --include -n --suffixes -P --password -s --split-size -t --from-date -tt --before-date -x --exclude -O --output-file -UN',
      credentials: '-P --password',
      rules: [
        { when: { option: '-d --delete' }, set: 'destroy', why: 'deletes entries of an archive' },
        { when: { option: '-m --move' }, add: 'destroy', why: 'deletes the files once they are in the archive' },
        { when: { option: '-T --test', atMost: 1 }, set: 'read', why: 'tests an archive' },
        { when: { option: '-sf --show-files' }, set: 'read', why: 'shows what it would pack' },
      ],
      help: '-h',
      examples: [
        ['zip -r site.zip /srv/www', 'write'],
        ["zip -d site.zip '*.log'", 'destroy'],
        ['zip -rm old.zip /var/log/old', 'write', 'destroy'],
      ],
    },
    {
      names: ['unzip', 'unrar-free'],
      is: 'write',
      why: 'unpacks an archive',
      values: '-d -P -x -O -I',
      credentials: '-P',
      rules: [{ when: { option: '-l -t -v -Z -p -c -z' }, set: 'read', why: 'shows what is packed' }],
      examples: [
        ['unzip -l site.zip', 'read'],
        ['unzip -o site.zip -d /srv/www', 'write'],
        ['unzip -p site.zip index.html', 'read'],
      ],
    },
    {
      names: [
        'zipinfo',
        'rpm2cpio',
        'funzip',
        'lsar',
        'lzcat',
        'lz4cat',
        'zipgrep',
        'xzless',
        'xzmore',
        'zmore',
        'bzless',
        'bzmore',
      ],
      is: 'read',
      why: 'shows what is packed',
      examples: [['zipinfo -1 site.zip', 'read']],
    },
    {
      names: ['7z', '7za', '7zr', '7zz', 'p7zip'],
      style: 'words',
      why: 'works on an archive',
      commands: {
        'l|t|i|h|b': { is: 'read', why: 'lists or tests an archive' },
        'a|u|rn|x|e': {
          is: 'write',
          why: 'packs or unpacks',
          rules: [
            { when: { option: '-sdel' }, add: 'destroy', why: 'deletes the files once they are packed' },
            { when: { option: '-so' }, set: 'read', why: 'shows what is packed' },
          ],
        },
        d: { is: 'destroy', why: 'deletes entries of an archive' },
      },
      examples: [
        ['7z a backup.7z /srv', 'write'],
        ['7z l backup.7z', 'read'],
        ['7z x backup.7z -o/srv/restore', 'write'],
        ['7z d backup.7z secret.txt', 'destroy'],
      ],
    },
    {
      names: ['unrar', 'rar'],
      style: 'words',
      why: 'works on an archive',
      commands: {
        'l*|v*|t|p': { is: 'read', why: 'lists or tests an archive' },
        'a|u|f|x|e|c|rr|rv|s*|k': { is: 'write', why: 'packs or unpacks' },
        'd|m*': { is: 'destroy', why: 'deletes what is packed, or the files once they are packed' },
      },
      examples: [
        ['unrar x old.rar /srv/restore/', 'write'],
        ['unrar l old.rar', 'read'],
      ],
    },
    {
      names: ['cpio'],
      is: 'write',
      why: 'unpacks or copies files',
      values:
        '-F --file -E --pattern-file -H --format -I -O -R --owner -D --directory -C --io-size -M --message --rsh-command',
      flags: '-i --extract -o --create -p --pass-through -t --list -u --unconditional -d --make-directories -v -0',
      rules: [
        {
          when: { option: '-o --create', without: '-O -F --file' },
          set: 'read',
          why: 'writes an archive to its output',
        },
        { when: { option: '-t --list' }, set: 'read', why: 'lists an archive' },
        { when: { option: '--to-stdout' }, set: 'read', why: 'shows what is packed' },
      ],
      examples: [
        ['cpio -itv < initrd.img', 'read'],
        ['cpio -idmv < backup.cpio', 'write'],
        ['find . -depth | cpio -o', 'read'],
      ],
    },
    {
      names: ['pax', 'mksquashfs', 'unsquashfs', 'genisoimage', 'mkisofs', 'xorriso', 'shar', 'unar'],
      style: 'words',
      is: 'write',
      why: 'packs or unpacks',
      rules: [{ when: { option: '-l -ll -s -stat -lls' }, set: 'read', why: 'lists an archive' }],
      examples: [
        ['mksquashfs /srv srv.squashfs', 'write'],
        ['unsquashfs -l srv.squashfs', 'read'],
      ],
    },
    {
      names: ['ar'],
      style: 'plain',
      is: 'write',
      why: 'makes or unpacks an archive',
      rules: [
        { when: { first: /^-?[tp]/ }, set: 'read', why: 'lists an archive' },
        { when: { first: /^-?d/ }, set: 'destroy', why: 'deletes entries of an archive' },
      ],
      examples: [
        ['ar t libx.a', 'read'],
        ['ar x package.deb', 'write'],
      ],
    },
  ],
};
