import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { explain, prepareEffects } from '../../src/effects/explain.ts';
import { type Effects, type Label, labels } from '../../src/effects/types.ts';
import { labelledCommands } from './labelled.ts';

const set = labelledCommands();
const unlisted = 'some-unlisted-tool-xyz';
const quiet: readonly Label[] = ['none', 'read', 'not-shell'];

/** Shell that stays what it is when a line is added: no prose, SQL or crontab, no transcript whose other lines are output. */
const shell = set.filter(
  ({ command, effects }) =>
    !effects.includes('not-shell') &&
    !/^(\$ |\S+=# |@reboot |[\d*]+ [\d*]+ |(select|update|drop|truncate)\b(?!=))/i.test(command),
);

beforeAll(prepareEffects);

describe('any text', () => {
  it('is judged without an exception, whatever its characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => expectSound(text)),
      { numRuns: 1000 },
    );
  });

  it('is judged without an exception, made of what shells and SQL care about', () => {
    const piece = fc.constantFrom(
      ...[
        '"',
        "'",
        '`',
        '$(',
        '${',
        '$((',
        '))',
        '}',
        ')',
        '(',
        '{ ',
        '<<EOF',
        'EOF',
        '\n',
        '<<<',
        '<(',
        '>',
        '>>',
        '&>',
      ],
      ...[
        '|',
        '||',
        '&&',
        ';',
        ';;',
        '&',
        '\\',
        '#',
        '!',
        '*',
        '?',
        '[[',
        ']]',
        '=',
        '$',
        '$$',
        '{{',
        '}}',
        '<pod>',
        '&lt;',
      ],
      ...[
        'if ',
        'then ',
        'fi',
        'for i in ',
        'do ',
        'done',
        'case x in',
        'esac',
        'while ',
        'function f',
        '()',
        'coproc ',
      ],
      ...[
        'sudo ',
        'sh -c ',
        'xargs ',
        'rm -rf ',
        'psql -c ',
        'DROP TABLE ',
        '$x$',
        '--',
        '/*',
        'EXPLAIN ',
        'kubectl exec ',
      ],
      ...['\r', '\u00a0', '\ufeff', '\u0000', '\u2028', '가', '删', '👩‍💻', '\ud800', '\ue000', '\uf8ff'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => expectSound(pieces.join(''))),
      { numRuns: 2000 },
    );
  });

  it('is judged without an exception, made from real commands by damage', () => {
    const damage = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.integer({ min: 0, max: 12 }),
      insert: fc.oneof(
        fc.string({ unit: 'binary', maxLength: 3 }),
        fc.constantFrom('"', "'", '`', '$(', ')', '\n', '<<', '|', ';', '\\', '--', '>', '&'),
      ),
    });
    fc.assert(
      fc.property(fc.constantFrom(...set), fc.array(damage, { minLength: 1, maxLength: 5 }), ({ command }, all) => {
        let text = command;
        for (const { at, length, insert } of all) {
          const from = Math.floor(at * text.length);
          text = text.slice(0, from) + insert + text.slice(from + length);
        }
        expectSound(text);
      }),
      { numRuns: 3000 },
    );
  });

  it('is judged the same the second time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...set), fc.constantFrom(...set), ({ command }, { command: other }) => {
        const first = explain(command);
        explain(other);
        expect(explain(command)).toEqual(first);
      }),
      { numRuns: 500 },
    );
  });
});

describe('unknown', () => {
  it('is added to any command by an unlisted tool on a line of its own, and takes no label away', () => {
    expect(shell.filter(({ command }) => !isKept(command, `${command}\n${unlisted}`))).toEqual([]);
  });

  it('is added to any one-line command by an unlisted tool behind a semicolon, and takes no label away', () => {
    const oneLine = shell.filter(({ command }) => !/[\n#]|&\s*$/.test(command));
    expect(oneLine.filter(({ command }) => !isKept(command, `${command}; ${unlisted}`))).toEqual([]);
  });

  it('is added to any command by an unlisted tool before it, and takes no label away', () => {
    const unmarked = shell.filter(({ command }) => !command.startsWith('\ufeff'));
    expect(unmarked.filter(({ command }) => !isKept(command, `${unlisted} --all\n${command}`))).toEqual([]);
  });

  it('stays when the tool is wrapped', () => {
    const wrappers = [
      'sudo',
      'env A=b',
      'timeout 5',
      'nohup',
      'nice -n 5',
      'xargs',
      'ssh db1',
      'docker exec web',
      'time',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...wrappers), { maxLength: 6 }), (wrapped) => {
        expect(explain([...wrapped, unlisted].join(' ')).effects).toContain('unknown');
      }),
      { numRuns: 300 },
    );
  });
});

describe('a danger', () => {
  it('is not hidden by quoting a one-line command into bash -c', () => {
    for (const { command } of shell.filter((one) => !/[\n\r]|&lt;|\{\{|<[^ ]+>/.test(one.command))) {
      const direct = explain(command).effects.filter((label) => label !== 'none');
      const quoted = explain(`bash -c '${command.replaceAll("'", "'\\''")}'`).effects;
      for (const label of direct) {
        if (!quoted.includes(label)) expect(quoted, `bash -c of ${command}`).toContain('unknown');
      }
    }
  });

  it('is not hidden by a document in a heredoc before or behind it', () => {
    const decoys = [
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app',
      'FROM alpine\nRUN apk add curl\nCMD ["sh"]',
      'services:\n  web:\n    image: nginx',
      '[Unit]\nDescription=app\n[Service]\nExecStart=/bin/true',
      '# Title\n\nSome words.\n\n```sh\nls\n```\n',
      '0 3 * * * /bin/true\n30 4 * * 0 /bin/true',
      'SELECT 1;\nSELECT 2;',
      'The backup is finished. Nobody has to do anything. 백업이 끝났습니다.',
      '{"a": [1, 2, {"b": "c"}]}',
    ].map((text) => `cat > /dev/null <<'DECOY'\n${text}\nDECOY`);
    const hidden = (command: string, longer: string): boolean => {
      const { effects } = explain(longer);
      return explain(command).effects.some((label) => !quiet.includes(label) && !effects.includes(label));
    };
    const unmarked = shell.filter(({ command }) => !command.startsWith('\ufeff'));
    for (const decoy of decoys) {
      expect(unmarked.filter(({ command }) => hidden(command, `${decoy}\n${command}`))).toEqual([]);
      expect(unmarked.filter(({ command }) => hidden(command, `${command}\n${decoy}`))).toEqual([]);
    }
  });
});

describe('hostile sizes', () => {
  const deep = 20_000;
  const nested: Readonly<Record<string, (depth: number) => string>> = {
    'command substitutions': (depth) => `${'$('.repeat(depth)}rm -rf /x${')'.repeat(depth)}`,
    'substitutions in quotes': (depth) => `${'echo "$('.repeat(depth)}rm -rf /x${')"'.repeat(depth)}`,
    'open substitutions': (depth) => '$('.repeat(depth),
    'open quoted substitutions': (depth) => '"$('.repeat(depth),
    subshells: (depth) => `${'('.repeat(depth)}rm -rf /x${')'.repeat(depth)}`,
    groups: (depth) => `${'{ '.repeat(depth)}rm -rf /x${'; }'.repeat(depth)}`,
    conditions: (depth) => `${'if true; then '.repeat(depth)}rm -rf /x${'; fi'.repeat(depth)}`,
    'open conditions': (depth) => 'if '.repeat(depth),
    loops: (depth) => `${'while true; do '.repeat(depth)}rm -rf /x${'; done'.repeat(depth)}`,
    backquotes: (depth) => '`'.repeat(depth),
    braces: (depth) => `echo ${'{a,'.repeat(depth)}b${'}'.repeat(depth)}`,
    'brace expansions side by side': (depth) => `echo ${'{a,b}'.repeat(depth)}`,
    'parameter expansions': (depth) => `echo ${'${a:-'.repeat(depth)}b${'}'.repeat(depth)}`,
    arithmetic: (depth) => `echo $((${'('.repeat(depth)}1${')'.repeat(depth)}))`,
    'process substitutions': (depth) => `cat ${'<(cat '.repeat(depth)}x${')'.repeat(depth)}`,
    sudo: (depth) => `${'sudo '.repeat(depth)}rm -rf /x`,
    'sh -c': (depth) => `${'sh -c '.repeat(depth)}rm`,
    eval: (depth) => `${'eval '.repeat(depth)}rm -rf /x`,
    'find -exec': (depth) => `${'find . -exec '.repeat(depth)}rm {} +`,
    functions: (depth) =>
      `${Array.from({ length: depth }, (_, index) => `f${index}() { f${index + 1}; f${index + 1}; }`).join('\n')}\nf0`,
    'a function that calls itself': (depth) => `${'f() { f; f; }; '.repeat(depth)}f`,
    'aliases of aliases': (depth) =>
      `${Array.from({ length: depth }, (_, index) => `alias a${index}='a${index + 1} '`).join('\n')}\na0`,
    'variables that double': (depth) =>
      `a0=x\n${Array.from({ length: depth }, (_, index) => `a${index + 1}="$a${index}$a${index}"`).join('\n')}\nrm "$a${depth}"`,
    'parentheses of SQL': (depth) => `psql -c "SELECT ${'('.repeat(depth)}1${')'.repeat(depth)}"`,
    'bare parentheses of SQL': (depth) => `SELECT ${'('.repeat(depth)}1${')'.repeat(depth)};`,
    'nested JSON': (depth) => `${'{"a":['.repeat(depth)}${']}'.repeat(depth)}`,
    'nested YAML': (depth) => `apiVersion: v1\nkind: ConfigMap\ndata: ${'[{a: '.repeat(depth)}${'}]'.repeat(depth)}\n`,
    quotations: (depth) => `${'> '.repeat(depth)}rm -rf /x`,
  };
  for (const [name, make] of Object.entries(nested)) {
    it(`${name}, ${deep} deep, are judged`, () => expectSound(make(deep)));
  }

  const wide: Readonly<Record<string, (size: number) => string>> = {
    'one word': (size) => 'a'.repeat(size),
    'words of one command': (size) => `rm ${'a '.repeat(size / 2)}`,
    'options of one command': (size) => `rm ${'-r '.repeat(size / 3)}`,
    'a pipeline': (size) => `ls${' | cat'.repeat(size / 6)}`,
    'a list': (size) => 'ls;'.repeat(size / 3),
    'spaces before a command': (size) => `${' '.repeat(size)}rm -rf /x`,
    'quoted text': (size) => `echo "${'rm -rf '.repeat(size / 7)}"`,
    'text without its closing quote': (size) => `echo "${'rm -rf '.repeat(size / 7)}`,
    'quotes and nothing else': (size) => '"'.repeat(size + 1),
    'less-than signs': (size) => '<'.repeat(size),
    'open placeholders': (size) => '<a '.repeat(size / 3),
    'placeholders side by side': (size) => `ls ${'<pod> '.repeat(size / 6)}`,
    'open double braces': (size) => '{{'.repeat(size / 2),
    ampersands: (size) => '&lt;'.repeat(size / 4),
    backslashes: (size) => '\\'.repeat(size),
    'equals signs': (size) => 'a='.repeat(size / 2),
    dollars: (size) => '$'.repeat(size),
    hashes: (size) => '#'.repeat(size),
    'Korean prose': (size) => '백업을 확인합니다. '.repeat(size / 11),
    'SQL in one line': (size) => `psql -c "SELECT ${'1,'.repeat(size / 2)}1"`,
    'bare SQL statements': (size) => 'SELECT 1;'.repeat(size / 9),
    'a heredoc without its end': (size) => `cat <<EOF\n${'rm -rf /\n'.repeat(size / 9)}`,
    'heredocs without their ends': (size) => 'cat <<EOF\n'.repeat(size / 10),
    'code fences': (size) => '```\n'.repeat(size / 4),
    prompts: (size) => '$ ls\nout\n'.repeat(size / 9),
  };
  for (const [name, make] of Object.entries(wide)) {
    it(`${name}, a megabyte of it, is judged in time that grows with its size`, () => {
      expectSound(make(1_000_000));
      expectLinear(make, 120_000);
    });
  }

  it('200,000 lines are judged, each of them', () => {
    const { effects, commands } = explain('rm -rf /x\n'.repeat(200_000));
    expect(effects).toEqual(['destroy']);
    expect(commands).toHaveLength(200_000);
    expect(commands.at(-1)?.span.line).toBe(200_000);
  });

  it('200,000 lines are judged in time that grows with their number', () => {
    const lines = set.map(({ command }) => command).filter((command) => !/[\n<'"`]/.test(command));
    expectLinear((size) => Array.from({ length: size }, (_, index) => lines[index % lines.length]).join('\n'), 5000);
  });
});

/** Whether the longer text has all labels of the command, and `unknown`, and so is never merely quiet. */
function isKept(command: string, longer: string): boolean {
  const alone = explain(command).effects.filter((label) => label !== 'none');
  const { effects } = explain(longer);
  return [...alone, 'unknown' as const].every((label) => effects.includes(label));
}

/** What holds of every judgement: a set of labels, the union of its commands, spans inside the text. */
function expectSound(text: string): void {
  const judged: Effects = explain(text);
  const { effects, commands, findings } = judged;
  expect(effects.length).toBeGreaterThan(0);
  expect(effects).toEqual(labels.filter((label) => effects.includes(label)));
  for (const alone of ['none', 'not-shell'] as const) {
    if (effects.includes(alone)) expect(effects).toEqual([alone]);
  }
  const union = new Set(commands.flatMap((command) => command.effects));
  for (const label of union) if (!quiet.includes(label)) expect(effects).toContain(label);
  for (const { span } of [...commands, ...findings]) {
    if (!(span.start >= 0 && span.start <= span.end && span.end <= text.length && span.line >= 1 && span.column >= 1)) {
      expect.fail(`a span outside of the text: ${JSON.stringify(span)} of ${text.length}`);
    }
  }
}

/** Four times the size may take four times as long, not sixteen; measured in processor time, the best of some, with room for noise. */
function expectLinear(make: (size: number) => string, size: number): void {
  const small = make(size);
  const large = make(size * 4);
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 5 && best > 9; attempt += 1) {
    best = Math.min(best, processorTime(large) / Math.max(processorTime(small), 2000));
  }
  expect(best).toBeLessThan(9);
}

/** Microseconds of this process. */
function processorTime(text: string): number {
  const from = process.cpuUsage();
  explain(text);
  const { user, system } = process.cpuUsage(from);
  return user + system;
}
