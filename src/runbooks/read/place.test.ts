import { expect, test } from 'vitest';
import { placeSaid } from './place.ts';

test.each([
  ['Run on the LLM node', 'LLM node'],
  ['On the node db7:', 'node db7'],
  ['Run this on server web-1.example, then wait', 'server web-1.example'],
  ['On the primary and wait', 'primary'],
  ['On the server within 15 minutes', 'server'],
  ['On host 10.0.0.7', 'host 10.0.0.7'],
  ['on db1:', 'db1'],
  ['운영자 머신에서 실행', '운영자 머신'],
  ['請在資料庫主機上執行', '資料庫主機'],
  ['Everything went on as before', undefined],
])('%s', (remark, place) => {
  expect(placeSaid(remark)).toBe(place);
});
