import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveStep } from '../../src/runbooks/resolve.ts';
import { unprivileged } from '../services/programs.ts';

/** Commands that print what they were given, and what they print for a value. */
const templates: readonly (readonly [template: string, printed: (value: string) => string])[] = [
  ['printf %s <x>', (value) => value],
  ["printf %s '<x>'", (value) => value],
  ['printf %s "<x>"', (value) => value],
  ['printf %s \'a\'<x>"b"', (value) => `a${value}b`],
  ['printf %s pre-<x>.sql', (value) => `pre-${value}.sql`],
  ['printf %s "it is <x>, yes"', (value) => `it is ${value}, yes`],
  ["printf %s 'it is <x>, yes'", (value) => `it is ${value}, yes`],
  ['printf %s "\\"<x>\\""', (value) => `"${value}"`],
  ['printf "%s|" <x> b <x>', (value) => `${value}|b|${value}|`],
  ['X=<x>; printf %s "$X"', (value) => value],
  ['X="<x>"; printf %s "$X"', (value) => value],
  ['for i in <x> b; do printf "%s|" "$i"; done', (value) => `${value}|b|`],
  ['case <x> in nothing) ;; *) printf %s <x>;; esac', (value) => value],
  ['if true; then printf %s "<x>"; fi', (value) => value],
  ['printf %s <x> # of <x>', (value) => value],
  ['# of <x>\nprintf %s <x>', (value) => value],
  ['(printf %s <x>) | cat', (value) => value],
  ['printf %s "$(printf %s. <x>)"', (value) => `${value}.`],
  ['printf %s {{x}}', (value) => value],
  ['printf %s "{x}"', (value) => value],
  ['cat <<EOF\n<x>\nEOF', (value) => `${value}\n`],
  ["cat <<'EOF'\n<x>!\nEOF", (value) => `${value}!\n`],
];

/** The same with commands that read their words again: plain values arrive, and others are refused. */
const nested: readonly (readonly [template: string, printed: (value: string) => string])[] = [
  ['sh -c "printf %s <x>"', (value) => value],
  ['sh -c \'printf %s "<x>"\'', (value) => value],
  ['eval "printf %s <x>"', (value) => value],
  ["echo 'printf %s <x>' | sh", (value) => value],
  ['sh <<EOF\nprintf %s <x>\nEOF', (value) => value],
  ['C="printf %s <x>"; sh -c "$C"', (value) => value],
  ['printf %s `printf %s <x>`', (value) => value],
  ['printf %s $((<x> + 0))', (value) => value],
];

/** Shell variables: they come by the environment. */
const variables: readonly string[] = [
  'printf %s "$X"',
  'printf %s $X',
  'sh -c "printf %s $X"',
  'Y=$X; eval "printf %s $Y"',
];

/** Words that were chosen to do harm, and any others. */
const attempts = [
  '; touch /tmp/owned',
  '$(touch /tmp/owned)',
  '`touch /tmp/owned`',
  "' ; touch /tmp/owned ; '",
  '" ; touch /tmp/owned ; "',
  '\\" ; touch /tmp/owned #',
  "\\' ; touch /tmp/owned #",
  'a\ntouch /tmp/owned\n',
  '&& touch /tmp/owned',
  '| touch /tmp/owned',
  '> /tmp/owned',
  '$HOME',
  '${HOME}',
  '~',
  '*',
  '?',
  '[a-z]',
  '{a,b}',
  '!',
  '!!',
  '#',
  'EOF',
  'EOF\ntouch /tmp/owned',
  'a b',
  ' a',
  'a ',
  '\t',
  '\\',
  '\\\\',
  "'",
  '"',
  '%s %d',
  'if',
  'done',
  '2',
  'x=1',
  '<y>',
  '{{y}}',
  '복구 대상',
  '資料庫 備份',
  '\u2028',
  '-rf',
  '--help',
  '',
];
const nasty = fc
  .oneof(
    fc.constantFrom(...attempts),
    fc.string({ unit: 'grapheme', maxLength: 24 }),
    fc.string({ unit: fc.constantFrom(...'\'"`$\\;&|<>(){}[]*?!#~ \n\tab=-%'), maxLength: 12 }),
  )
  // dash itself loses a byte of a here-document's line that begins like its end and goes on with a letter outside of ASCII.
  .filter((value) => !value.includes('\0') && value.isWellFormed() && !/^E[^\0-\x7f]/m.test(value));

describe.each(['sh', 'bash'])('a value put into a command, as %s reads it', (shell) => {
  test('arrives as it was, whatever it is, and nothing else runs', () => {
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 20, maxLength: 30 }), (values) => {
        const run: { readonly command: string; readonly expected: string }[] = [];
        for (const value of values) {
          for (const [text, printed] of templates) {
            const { command, problems, missing } = resolveStep({ text, language: 'sh' }, new Map([['x', value]]));
            expect(missing).toEqual([]);
            if (problems.length === 0) run.push({ command, expected: printed(value) });
            else expect([text, value, mayBeRefused(text, value)]).toEqual([text, value, true]);
          }
        }
        const script = `${run.map(({ command }) => `${command}\nprintf '\\0'\n`).join('')}ls /tmp\n`;
        const printed = inSandbox(shell, script).split('\0');
        expect(printed.slice(0, -1)).toEqual(run.map(({ expected }) => expected));
        // Its /tmp was empty when it began.
        expect(printed.at(-1)).toBe('');
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  test('arrives as it was or is refused where a command reads it again', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(nasty, plain), { minLength: 20, maxLength: 30 }), (values) => {
        const run: { readonly command: string; readonly expected: string }[] = [];
        for (const value of values) {
          for (const [text, printed] of nested) {
            const { command, problems } = resolveStep({ text, language: 'sh' }, new Map([['x', value]]));
            if (problems.length === 0) run.push({ command, expected: printed(value) });
            else if (!text.includes('((')) expect(value).not.toMatch(/^[a-z][a-z0-9.-]*$/);
          }
          for (const text of variables) {
            const { command, env, problems } = resolveStep({ text, language: 'sh' }, new Map([['X', value]]));
            expect({ command, env }).toEqual({ command: text, env: { X: value } });
            if (problems.length > 0) continue;
            const given = `X='${value.replaceAll("'", `'\\''`)}'; export X; `;
            run.push({ command: `${given}${command}`, expected: value });
          }
        }
        const script = `${run.map(({ command }) => `(${command}\n)\nprintf '\\0'\n`).join('')}ls /tmp\n`;
        const printed = inSandbox(shell, script).split('\0');
        expect(printed.slice(0, -1)).toEqual(run.map(({ expected }) => expected));
        expect(printed.at(-1)).toBe('');
      }),
      { numRuns: 8 },
    );
  }, 120_000);
});

const plain = fc.stringMatching(/^[A-Za-z0-9_@%+=:,./-]{1,16}$/);

/** What cannot be put in without a risk: an empty word, an option, a line break that ends a heredoc. */
function mayBeRefused(template: string, value: string): boolean {
  if (value === '' || value.startsWith('-')) return true;
  return template.startsWith('cat <<') && (/[\r\n]/.test(value) || value === 'EOF');
}

/** Runs a script without network, on a read-only system with an empty /tmp of its own. */
function inSandbox(shell: string, script: string): string {
  const box = [
    '--ro-bind',
    '/',
    '/',
    '--dev',
    '/dev',
    '--proc',
    '/proc',
    '--tmpfs',
    '/tmp',
    '--unshare-all',
    '--die-with-parent',
    '--new-session',
  ];
  const { program, args } = unprivileged('bwrap', [...box, '--', shell]);
  const { stdout, stderr, status } = spawnSync(program, args, {
    input: script,
    encoding: 'utf8',
    timeout: 60_000,
    cwd: '/',
    env: { PATH: process.env.PATH ?? '', HOME: '/', LC_ALL: 'C.UTF-8' },
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout;
}
