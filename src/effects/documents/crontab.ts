import type { Snippet } from '../types.ts';
import { linesOf } from './lines.ts';
import { cutter, snippetOf } from './mapped.ts';

const field = String.raw`(?:[\d*][\d*,/-]*|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)[\w,-]*|\?|[LWH](?:\([\d,/-]*\))?)`;
const when = new RegExp(
  String.raw`^\s*(?:${field}[ \t]+){5}|^\s*@(?:reboot|yearly|annually|monthly|weekly|daily|midnight|hourly)[ \t]+`,
  'i',
);
const users =
  /^(?:root|postgres|mysql|nobody|daemon|backup|www-data|nginx|apache|git|redis|ubuntu|admin|deploy|operator|_\w+)[ \t]+(?=\S)/;
const anyUser = /^[a-z_][\w-]*\$?[ \t]+(?=\S)/;

/** Whether a line says when and what: five fields or a nickname, then a command. */
export function isCronLine(line: string): boolean {
  const found = when.exec(line.slice(0, 300));
  return found !== null && line.slice(found[0].length).trim() !== '';
}

/** The commands of a crontab: what they do, they will do. In a system's crontab a user stands before the command. */
export function findInCrontab(text: string, fileName?: string): Snippet[] {
  const found: Snippet[] = [];
  const system =
    fileName !== undefined && /(?:^|\/)(?:etc\/crontab|etc\/cron\.d\/[^/]+|cron\.d\/[^/]+)$/.test(fileName);
  for (const line of linesOf(text)) {
    const said = /^\s*#/.test(line.text) ? null : when.exec(line.text.slice(0, 300));
    if (said === null) continue;
    const rest = line.text.slice(said[0].length);
    const user = (system ? anyUser : users).exec(rest.slice(0, 100))?.[0].length ?? 0;
    const cut = cutter(text);
    let done = line.start + said[0].length + user;
    // An unescaped % ends the command: what follows is its standard input.
    for (const percent of text.slice(done, line.end).matchAll(/\\?%/g)) {
      const at = line.start + said[0].length + user + percent.index;
      cut.copy(done, at);
      done = percent[0] === '%' ? line.end : at + 1;
      if (done === line.end) break;
    }
    cut.copy(done, line.end);
    const command = cut.done();
    if (command.text.trim() !== '') found.push(snippetOf('sh', command, { place: 'here' }));
  }
  return found;
}
