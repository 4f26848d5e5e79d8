import { expect, test } from 'vitest';
import { visibleText } from './plain-text.ts';

test.each([
  ['rm -rf /srv/a\r/tmp/b', 'rm -rf /srv/a[U+000D]/tmp/b'],
  ['echo \u001b[8m; rm -rf /\u001b[0m', 'echo [U+001B][8m; rm -rf /[U+001B][0m'],
  ['/srv/\u202edlo/\u200b\u2060\ufeff\u00ad', '/srv/[U+202E]dlo/[U+200B][U+2060][U+FEFF][U+00AD]'],
  ['a\u200db \u{e0041} \u3164', 'a[U+200D]b [U+E0041] [U+3164]'],
])('what cannot be seen in %j is shown', (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

test.each(['복구 절차\n\t還原程序', 'هذا עברית', '👩\u200d👧 ⚠\ufe0f', "café 'x' \u{20000}"])(
  'what can be seen stays as it is: %s',
  (text) => {
    expect(visibleText(text)).toBe(text);
  },
);
