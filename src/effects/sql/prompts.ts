const psql = /^[ \t]*[\w@:./[\]<>~\p{Co}\p{L}-]+[=('"$*!^-]{1,2}[#>](?:[ \t]|$)/u;
const psqlFirst = /^[ \t]*[\w@:./[\]<>~\p{Co}\p{L}-]+=[*!^]?[#>](?:[ \t]|$)/u;
const mysql = /^[ \t]*(?:mysql|MariaDB \[[^\]]*\]|MySQL [^>\n]{0,80})>(?:[ \t]|$)/;
const mysqlNext = /^ {0,12}[-'"`/]\*?>(?:[ \t]|$)/;
const sqlite = /^sqlite>(?:[ \t]|$)/;
const sqliteNext = /^ {0,3}\.\.\.>(?:[ \t]|$)/;

const families = [
  { first: psqlFirst, any: [psql], mysql: false },
  { first: mysql, any: [mysql, mysqlNext], mysql: true },
  { first: sqlite, any: [sqlite, sqliteNext], mysql: false },
];

/**
 * Blanks the prompts of psql, mysql and sqlite3, and in such a transcript the lines of output between commands. The length
 * stays, so offsets do. `mysql` says whose prompts they were.
 */
export function withoutPrompts(text: string): { text: string; mysql: boolean } {
  if (!/[#>](?:[ \t]|$)/m.test(text)) return { text, mysql: false };
  const lines = text.split('\n');
  const family = families.find(({ first }) => lines.some((line) => first.test(line)));
  if (family === undefined) return { text, mysql: false };
  let complete = true;
  const cleaned = lines.map((line) => {
    const prompt = family.any.map((pattern) => pattern.exec(line)?.[0]).find((found) => found !== undefined);
    if (prompt === undefined && complete) return ' '.repeat(line.length);
    const rest = line.slice(prompt?.length ?? 0);
    if (rest.trim() !== '') complete = isComplete(rest);
    return ' '.repeat(prompt?.length ?? 0) + rest;
  });
  return { text: cleaned.join('\n'), mysql: family.mysql };
}

function isComplete(line: string): boolean {
  const command = line.replace(/--.*$/, '').trimEnd();
  return /;$|\\[gG]\w*(?:\s.*)?$|^\s*\\|^\s*(?:\.[a-z]+|use|source|exit|quit)\b/i.test(command);
}
