import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMap } from 'yaml';
import { languages, type Snippet } from '../types.ts';
import { findSnippets } from './index.ts';
import { sniff } from './sniff.ts';
import { readYaml, scalarText } from './yaml-source.ts';

const pieces = [
  '```',
  '```sh\n',
  '~~~',
  '> ',
  '- ',
  '1. ',
  '\t',
  '    ',
  '\n',
  '\r\n',
  '\r',
  '# ',
  '---\n',
  '<!--',
  '-->',
  '<Tabs>',
  '</Tabs>',
  '<pre>',
  '</pre>',
  '| a | b |',
  'apiVersion: v1\n',
  'kind: Pod\n',
  'kind: ConfigMap\n',
  'data:\n',
  '  a.sh: |\n',
  'spec:\n',
  '  containers:\n',
  '  - name: a\n',
  '    command: [sh, -c, "',
  '    args:\n',
  '>-\n',
  '|2\n',
  '&a ',
  '*a',
  '{{',
  '}}',
  '{{- if x }}',
  '${{',
  '"',
  "'",
  '\\',
  '[',
  ']',
  '{',
  '}',
  ': ',
  ',',
  'services:\n',
  'jobs:\n',
  'steps:\n',
  '- run: |\n',
  'FROM x\n',
  'RUN ',
  '<<EOF',
  'EOF\n',
  'CMD ["',
  '[Service]\n',
  'ExecStart=',
  '%i',
  '* * * * * ',
  '@daily ',
  '%',
  '$ ',
  'ls -l',
  'rm -rf /x',
  '삭제',
  '還原',
  '\ud83d\ude00',
  '\ud800',
  '\0',
  '\ufeff',
  '\u00a0',
  '&lt;',
  '<x>',
  '`',
  '$(',
  'SELECT 1;',
  'if x; then',
  'the ',
  'is ',
] as const;
const documents = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 60 })
  .map((parts) => parts.join(''));

function problems(document: string, { text, start, offsets }: Snippet): string[] {
  // A line break may be shown as another, or as the blank that it is folded to.
  const plain = (piece: string) => piece.replaceAll(/\s/g, ' ');
  if (offsets === undefined) {
    return plain(document.slice(start, start + text.length)) === plain(text) ? [] : ['is not what stands there'];
  }
  const found: string[] = [];
  if (offsets.length !== text.length + 1) found.push(`${offsets.length} offsets for ${text.length}`);
  if (offsets[0] !== start) found.push('begins elsewhere');
  for (const [index, offset] of offsets.entries()) {
    if (offset > document.length) found.push(`${offset} is outside`);
    if (offset < (offsets[index - 1] ?? 0)) found.push(`${offset} is before ${offsets[index - 1]}`);
  }
  return found;
}

describe('any text', () => {
  it('is read without an error, in every language, to snippets that lie in it in order', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(documents, fc.constantFrom(undefined, ...languages), (document, language) => {
        const found = findSnippets(document, language === undefined ? {} : { language });
        expect(found.length).toBeGreaterThan(0);
        for (const snippet of found) expect(problems(document, snippet)).toEqual([]);
        expect(found).toEqual(findSnippets(document, language === undefined ? {} : { language }));
      }),
      { numRuns: 1500 },
    );
  });

  it('has every scalar of YAML with the text that the parser finds in it', { timeout: 60_000 }, () => {
    const styles = ['|', '|-', '>', '>-', '"', "'", ''] as const;
    const words = fc.array(fc.constantFrom('rm', '-rf', "it's", 'a:b', '삭제', '', ' x', '$(y)', '\\n', '#no', '"q"'), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.constantFrom(...styles), words, fc.constantFrom('\n', '\r\n'), (style, lines, newline) => {
        const block = /[|>]/.test(style);
        const quote = block ? '' : style;
        const text = `a: ${style}${block ? newline : ''}${lines.map((line) => `${block || line !== lines[0] ? '   ' : ''}${line}`).join(newline)}${quote}${newline}b: 1${newline}`;
        const source = readYaml(text);
        const [document] = source?.documents ?? [];
        if (source === undefined || document === undefined || document.errors.length > 0 || !isMap(document.contents))
          return;
        const node = document.contents.items[0]?.value;
        const value = (node as { value?: unknown } | null)?.value;
        if (typeof value === 'string') expect(scalarText(node, source)?.text.trimEnd()).toBe(value.trimEnd());
      }),
      { numRuns: 2000 },
    );
  });
});

const large = 20_000;
const hostile: readonly (readonly [string, string])[] = [
  ['open brackets', '['.repeat(large)],
  ['open braces with keys', '{a: '.repeat(large)],
  ['nested lists on one line', '- '.repeat(large)],
  ['nested lists in steps', Array.from({ length: 600 }, (_, index) => `${' '.repeat(index * 2)}- a`).join('\n')],
  ['quotes', '>'.repeat(large)],
  ['emphasis', '*a_ '.repeat(large)],
  ['backticks', '`'.repeat(large)],
  ['templates', '{{ '.repeat(large)],
  ['templates a line', '{{ x }}\n'.repeat(large)],
  ['here-documents', 'RUN cat <<EOF\n'.repeat(large)],
  ['comments', '<!-- '.repeat(large)],
  ['comment after comment', '<!-- a -->\n'.repeat(large)],
  ['pre', '<pre>'.repeat(large)],
  ['spaces', ' '.repeat(500_000)],
  ['spaces between', `a${' '.repeat(200_000)}b`.repeat(3)],
  ['empty lines', '\n'.repeat(200_000)],
  ['one line', 'x'.repeat(1_000_000)],
  ['words in one line', 'the data is '.repeat(80_000)],
  ['lines of shell', 'rm -rf /x\n'.repeat(50_000)],
  ['dashes', '-'.repeat(large)],
  ['SQL comments', '-- x\n'.repeat(large)],
  ['SQL comment signs', '/*'.repeat(large)],
  ['backslashes', '\\\n'.repeat(large)],
  ['percent signs', `* * * * * ${'%'.repeat(large)}`],
  ['variables of cron', '* * * * *\n'.repeat(large)],
  ['aliases', `a: &a [x]\n${'b: [*a, *a]\n'.repeat(2000)}`],
  ['objects', 'apiVersion: v1\nkind: Pod\n---\n'.repeat(2000)],
  ['quoted quotes', `a: '${"''".repeat(large)}'\n`],
  ['equal signs', 'a='.repeat(large)],
];

describe('a hostile text', () => {
  it.each(hostile)('is read in good time: %s', { timeout: 60_000 }, (_, text) => {
    for (const language of [undefined, 'markdown', 'kubernetes', 'dockerfile', 'crontab', 'systemd'] as const) {
      const begun = performance.now();
      findSnippets(text, language === undefined ? {} : { language });
      // Two shared cores: a bound that only growth beyond the linear would break.
      expect(performance.now() - begun, String(language)).toBeLessThan(15_000);
    }
    expect(languages).toContain(sniff(text));
  });
});
