import { expect, test } from 'vitest';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import { textWidth } from '../../lib/width.ts';
import { showError } from './show-error.ts';
import { styleFor } from './style.ts';

function shown(gate: string, open: string): string[] {
  const facts = { step: 's1', reason: 'it is closed', gate, target: 'target db1', open };
  return showError(new HoldfastError('gate-closed', facts), styleFor(false), (text) => text, false).split('\n');
}

test('a command to paste is never broken, and what is around it ends at a hundred columns', () => {
  const long = `holdfast gate open ${'host.destroy '.repeat(8)}--for 8h --reason "why"`;
  const lines = shown('host.destroy', long);
  expect(lines.find((line) => line.includes(`\`${long}\`.`))?.trim()).toBe(`\`${long}\`.`);
  for (const line of lines.filter((one) => !one.includes(long))) expect(textWidth(line)).toBeLessThanOrEqual(100);
  const short = shown('host.read', 'holdfast gate open host.read --for 8h --reason "why"').join('\n');
  expect(short).toContain('`holdfast gate list`');
});

test('nothing of a text is lost, whatever backticks are in it', () => {
  const lines = shown('a ` b ``` c', 'x').join(' ').replaceAll(/\s+/g, ' ');
  expect(lines).toContain('here a ` b ``` c, for target db1');
});

test('Korean and Chinese take two columns', () => {
  const lines = shown('서울 병원 데이터베이스 資料庫 '.repeat(12).trim(), 'holdfast gate list');
  for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(100);
});
