import { looksLikeCommand, looksLikeProse } from '../../effects/documents/prose.ts';
import { toldStep } from './collect-text.ts';
import type { TableNode } from './nodes.ts';
import { plain } from './plain.ts';
import { toldCommands } from './told-command.ts';
import type { Walk } from './walk.ts';

const counting =
  /^(?:#|no\.?|steps?|order|seq(?:uence)?|순서|단계|번호|步骤|步驟|顺序|順序|序号|序號|手順|順番|番号)$/i;
const commanding = /^(?:commands?|명령어?|커맨드|命令|指令|コマンド)$/i;
const expecting =
  /^(?:expected.{0,20}|results?|outputs?|예상.{0,10}|결과|预期.{0,10}|預期.{0,10}|期待.{0,10}|結果|结果|出力)$/i;

/** The commands of a table that counts steps: `Step | Command | Expected`. Another table with commands is there to be looked up. */
export function collectTableSteps(walk: Walk, { header, rows, rowLines }: TableNode): void {
  const cells = header.map(plain);
  const column = cells.findIndex((cell) => commanding.test(cell));
  if (column < 0 || !cells.some((cell) => counting.test(cell)) || !walk.forPeople() || walk.reference()) return;
  for (const [index, row] of rows.entries()) {
    const line = rowLines[index] ?? 1;
    const cell = row[column] ?? '';
    const bare = !cell.includes('`') && looksLikeCommand(cell) && !looksLikeProse(cell);
    const told = bare ? [{ text: plain(cell), language: 'sh' as const }] : toldCommands(cell, true);
    const about = row
      .filter((_, at) => at !== column && !counting.test(cells[at] ?? '') && !expecting.test(cells[at] ?? ''))
      .map(plain);
    const title = about.filter((text) => text !== '').join(' · ');
    for (const one of told)
      walk.add(toldStep(walk, one, title === '' ? plain(cell) : title, { line, endLine: line }), walk.take());
  }
}
