import { describe, expect, test } from 'vitest';
import { sentence } from '../words/index.ts';
import { annotationsWithin, commentAnnotations, fenceAnnotations, settingsAnnotations } from './annotations.ts';

describe('what an author says of a step', () => {
  test('in a comment, with commas, quotes and words after a number', () => {
    expect(
      commentAnnotations(
        '<!-- holdfast: id=stop, target=db1, approve=2 of dba|security, when="TIER == cold", rollback=#start, retry=3 every 10s -->',
      ),
    ).toEqual({
      annotations: {
        id: 'stop',
        target: 'db1',
        approve: { need: 2, roles: ['dba', 'security'] },
        when: 'TIER == cold',
        rollback: '#start',
        retry: { times: 3, delayMs: 10_000 },
      },
      problems: [],
    });
  });

  test('behind a fence, parted by blanks', () => {
    expect(fenceAnnotations('{target=db1 timeout=1m30s capture=SNAP:/id=(\\w+)/ expect="3 rows"}').annotations).toEqual(
      {
        target: 'db1',
        timeout: 90_000,
        capture: { name: 'SNAP', regex: 'id=(\\w+)' },
        expect: { text: '3 rows' },
      },
    );
  });

  test.each([
    ['expect=exit:3', { exit: 3 }],
    ['expect=/^ok$/', { regex: '^ok$' }],
    ['expect=1..5', { range: { min: 1, max: 5 } }],
    ['expect=..0.5', { range: { max: 0.5 } }],
    ['expect="$.status == "ok""', { json: { path: '$.status', equals: 'ok' } }],
    ['expect=$.count == 3', { json: { path: '$.count', equals: 3 } }],
    ['expect-exit=0, expect-text=done', { exit: 0, text: 'done' }],
  ])('%s', (text, expected) => {
    expect(commentAnnotations(`<!-- holdfast: ${text} -->`)).toEqual({
      annotations: { expect: expected },
      problems: [],
    });
  });

  test('in the settings of the document, for every step', () => {
    expect(settingsAnnotations({ target: 'db1', id: 'no', when: 'no', 'holdfast.when': 'A == b' }).annotations).toEqual(
      {
        target: 'db1',
        when: 'A == b',
      },
    );
  });

  test('in the words of an item', () => {
    expect(annotationsWithin('Restart it <!-- a remark --> <!-- holdfast: target=web -->').annotations).toEqual({
      target: 'web',
    });
  });
});

describe('a mistake', () => {
  test('in a name is told with what was meant', () => {
    expect(commentAnnotations('<!-- holdfast: tagret=db1 -->')?.problems).toEqual([
      sentence('unknown-annotation-near', { key: 'tagret', near: 'target' }),
    ]);
  });

  test.each([
    'timeout=soon',
    'retry=often',
    'approve=0 of dba',
    'capture=2x',
    'expect-regex=(',
    'expect-exit=no',
    'id=a b',
    'target=',
  ])('in a value is told: %s', (text) => {
    const read = commentAnnotations(`<!-- holdfast: ${text} -->`);
    expect(read?.annotations).toEqual({});
    expect(read?.problems).toHaveLength(1);
  });

  test('is not what other tools say', () => {
    for (const meta of [
      'title="x.sh"',
      '{1,3}',
      '{ "name": "a=b" }',
      '{.bash filename="a" linenums="1"}',
      'showLineNumbers=true',
    ])
      expect(fenceAnnotations(meta)).toEqual({ annotations: {}, problems: [] });
    expect(commentAnnotations('<!-- target=db1 -->')).toBeUndefined();
  });
});
