import { describe, expect, it } from 'vitest';
import { capture } from './capture.ts';
import { judgeOutput } from './expect.ts';
import { reasonsIn } from './reasons/index.ts';

const printed = (stdout: string, exitCode = 0) => ({ exitCode, stdout, stderr: '' });
const status = '{"status":"ok","nodes":[{"name":"db 1","up":true},{"name":"db2","up":false}],"a.b":{"\u{1f600}":1.5}}';

const said = (...[expectation, output]: Parameters<typeof judgeOutput>) =>
  reasonsIn('en', judgeOutput(expectation, output));

describe('judgeOutput', () => {
  it.each([
    [{}, printed('anything')],
    [{ exit: 3 }, printed('', 3)],
    [{ text: 'two\nthree' }, printed('one\r\ntwo\r\nthree\r\n')],
    [{ regex: '^rows: \\d+$' }, printed('x\nrows: 12\n')],
    [{ regex: '^\\p{Script=Hangul}+$' }, printed('\u{bcf5}\u{ad6c}\n')],
    [{ json: { path: '$.status', equals: 'ok' } }, printed(status)],
    [{ json: { path: "$.nodes[0]['name']", equals: 'db 1' } }, printed(status)],
    [{ json: { path: '$["nodes"][-1].up', equals: false } }, printed(status)],
    [{ json: { path: '$["a.b"]["\\ud83d\\ude00"]', equals: 1.5 } }, printed(status)],
    [{ json: { path: '$', equals: [1, { b: 2, a: 1 }] } }, printed('\ufeff[1, {"a":1,"b":2}]\n')],
    [{ range: { min: 1_000_000 } }, printed(' 1,204,882 rows of 41 tables')],
    [{ range: { min: -2.5, max: -2.5 } }, printed('offset -2.5e0 s')],
    [{ range: { max: 7 } }, printed('db2 has 7')],
    [{ exit: 0, text: 'a', regex: 'b', range: { min: 1 } }, printed('ab 1')],
  ])('holds: %j', (expectation, output) => {
    expect(judgeOutput(expectation, output)).toEqual([]);
  });

  it.each([
    [{}, printed('', 1), 'exit status 1'],
    [{ exit: 3 }, printed(''), 'exit status 0, expected 3'],
    [{ text: 'done' }, printed('failed'), 'the output does not hold "done"'],
    [{ regex: '^ok$' }, printed('not ok'), 'the output does not match "^ok$"'],
    [{ regex: '(' }, printed('('), '"(" is no regular expression'],
    [{ json: { path: '$.status', equals: 'ok' } }, printed('status: ok'), 'the output is no JSON'],
    [
      { json: { path: '$.nodes[*].up', equals: true } },
      printed(status),
      '"$.nodes[*].up" is no path to one value (RFC 9535)',
    ],
    [{ json: { path: '$.nodes[2]', equals: 1 } }, printed(status), 'the output has nothing at $.nodes[2]'],
    [{ json: { path: '$.constructor', equals: 1 } }, printed(status), 'the output has nothing at $.constructor'],
    [{ json: { path: '$.status', equals: 'down' } }, printed(status), '$.status is "ok", expected "down"'],
    [{ range: { min: 10 } }, printed('9 rows'), '9 is less than 10'],
    [{ range: { max: 10 } }, printed('1,000'), '1,000 is more than 10'],
    [{ range: { max: 10 } }, printed('none'), 'the output holds no number'],
    [{ text: 'a', range: { max: 1 } }, printed('a 2'), '2 is more than 1'],
  ])('does not hold: %j', (expectation, output, why) => {
    expect(said(expectation, output)).toBe(why);
  });

  it('gives up on a pattern that would never end, and says so', () => {
    const begun = performance.now();
    expect(said({ regex: '^(a+)+$' }, printed(`${'a'.repeat(60)}!`))).toMatch(/takes too long/);
    expect(performance.now() - begun).toBeLessThan(3000);
  });

  it('says that it looked at the first 4 MB alone', () => {
    const why = said({ text: 'the end' }, printed('x'.repeat(4 * 1024 * 1024)));
    expect(why).toMatch(/only the first 4 MB/);
  });
});

describe('capture', () => {
  it.each([
    [{}, ' snapshot-1\r\n', 'snapshot-1'],
    [{ regex: 'id=(\\w+)' }, 'a\nid=42 id=43', '42'],
    [{ regex: '^\\d+$' }, 'a\n42\n', '42'],
    [{ regex: 'id=(\\w+)' }, 'none', undefined],
    [{ regex: 'id=(\\w*)' }, 'id=', undefined],
    [{}, ' \n', undefined],
    [{ regex: '^(a+)+$' }, `${'a'.repeat(60)}!`, undefined],
    [{ regex: '(' }, 'x', undefined],
  ])('%j of %j', (wanted, stdout, value) => {
    expect(capture(wanted, stdout)).toBe(value);
  });
});
