import { describe, expect, test } from 'vitest';
import { partsOf } from './script.ts';

describe('the parts of a script', () => {
  test('are told apart by numbered comments, also without a blank line between', () => {
    expect(parts('# 1. look\ndf -h\n# 2. start\nsystemctl start web\n')).toEqual([
      ['command', 'look', 'df -h'],
      ['command', 'start', 'systemctl start web'],
    ]);
  });

  test('are told apart by a comment after a blank line, not by one after a command', () => {
    expect(parts('# look\ndf -h\n# 90 % is too much\n\n# start\nsystemctl start web\n')).toEqual([
      ['command', 'look', 'df -h\n# 90 % is too much'],
      ['command', 'start', 'systemctl start web'],
    ]);
  });

  test.each([
    ['a variable', '# 1. a\nN=web\n\n# 2. b\necho $N\n'],
    ['a variable in braces', '# 1. a\nfor N in 1 2; do true; done\n\n# 2. b\necho "${N}"\n'],
    ['a variable that was read', '# 1. a\nread -r N\n\n# 2. b\necho $N\n'],
    ['an exported variable', '# 1. a\nexport PGPASSWORD=x\n\n# 2. b\npsql -c "select 1"\n'],
    ['a function', '# 1. a\nlook() { df; }\n\n# 2. b\nlook\n'],
    ['a directory', '# 1. a\ncd /srv\n\n# 2. b\nls\n'],
    ['a setting', '# 1. a\nset -e\n\n# 2. b\nls\n'],
    ['a file that was read in', '# 1. a\n. ./env\n\n# 2. b\nls\n'],
    ['a login', '# 1. a\nssh db1\n\n# 2. b\nls\n'],
    ['a shell in a container', '# 1. a\nkubectl exec -it web -- bash\n\n# 2. b\nls\n'],
    ["a database's shell", '# 1. a\npsql -U app\n\n# 2. b\nls\n'],
    ['an exit', '# 1. a\nls\n\n# 2. b\nif [ $? -ne 0 ]; then echo no; fi\n'],
  ])('stay together when they share %s', (_, script) => {
    expect(parts(script)).toEqual([['command', 'a', script.trim()]]);
  });

  test('are parted when a variable is not used later, and when a command only looks like a login', () => {
    const script = '# 1. a\nN=1 ls\nssh db1 uptime\npsql -c "select 1"\nredis-cli --bigkeys\n\n# 2. b\ndf\n';
    expect(parts(script)).toHaveLength(2);
  });

  test('do not begin in a here-document, in quotes or in a loop', () => {
    const script =
      'cat > x <<EOF\n# 1. no\n\n# 2. no\nEOF\npsql -c "\n# 3. no\n"\nfor i in 1; do\n\n# 4. no\necho $i\ndone\n';
    expect(parts(script)).toEqual([['command', '', script.trim()]]);
  });

  test('without a command are things to do, with all that is said', () => {
    expect(parts('# 1. Call the bank\n# Ask for Kim\n\n# 2. Write down the time\n')).toEqual([
      ['manual', 'Call the bank · Ask for Kim', 'Call the bank\nAsk for Kim'],
      ['manual', 'Write down the time', 'Write down the time'],
    ]);
  });

  test('that a person does between commands that need each other come before them', () => {
    expect(parts('# 1. a\nN=1\n\n# 2. call\n\n# 3. b\necho $N\n').map(([kind]) => kind)).toEqual(['manual', 'command']);
  });

  test('that are manifests are things to apply', () => {
    expect(parts('# a\nkubectl apply -f x.yaml\n\n# b\napiVersion: v1\nkind: Pod\n').map(([kind]) => kind)).toEqual([
      'command',
      'manual',
    ]);
  });

  test('say that they stand for the part before them', () => {
    for (const word of ['or', 'Or:', '또는', '或', '或者', 'または', 'Alternatively'])
      expect(partsOf(`# one\nls\n\n# ${word} from the disk\ndf\n`).map((part) => part.or)).toEqual([false, true]);
    expect(partsOf('# one\nls\n\n# orders of the day\ndf\n').map((part) => part.or)).toEqual([false, false]);
  });

  test('hold their place in the script', () => {
    const script = '\n# 1. look\ndf -h\n\n# 2. call\n';
    expect(partsOf(script).map(({ start, end }) => script.slice(start, end))).toEqual(['df -h', '# 2. call']);
  });
});

function parts(script: string): string[][] {
  return partsOf(script).map(({ kind, title, text }) => [kind, title, text]);
}
