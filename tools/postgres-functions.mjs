// Writes src/effects/sql/builtin-functions.ts: the names of PostgreSQL's own functions that change nothing (immutable and stable
// ones, from pg_proc of the PostgreSQL given). Functions of which any overload is volatile are left to the list made by hand.
// `node tools/postgres-functions.mjs [DIRECTORY OF initdb AND postgres]`, as an ordinary user: PostgreSQL refuses root.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './node.mjs';

const bin = process.argv[2] ?? '/usr/lib/postgresql/15/bin';
const directory = mkdtempSync(join(tmpdir(), 'holdfast-functions-'));

// Functions that take or give `internal` and the ones that carry a type in and out are never called by name in a query.
const query = `select string_agg(name, ' ' order by name collate "C") as names from (
  select proname as name from pg_proc p where pronamespace = 'pg_catalog'::regnamespace
  and proname !~ '^(binary_upgrade_|RI_|.*(sel|joinsel|handler|validator|send|recv|typmodin|typmodout)$)'
  group by proname
  having bool_and(provolatile in ('i', 's') or proargtypes[0] = 'internal'::regtype)
  and bool_or(prorettype not in ('internal'::regtype, 'cstring'::regtype, 'trigger'::regtype, 'event_trigger'::regtype)
    and not 'internal'::regtype = any (proargtypes::oid[]) and not 'cstring'::regtype = any (proargtypes::oid[]))
  and not bool_or(oid in (select oprcode from pg_operator) and proname ~ '[0-9]|_(eq|ne|lt|le|gt|ge)$|^(text|bp|name|oid|bool|byte)')
  and not bool_or(oid in (select amproc from pg_amproc))
) s`.replaceAll('\n', ' ');

try {
  execFileSync(join(bin, 'initdb'), ['-D', join(directory, 'cluster'), '-A', 'trust', '--no-sync', '-U', 'postgres']);
  const answer = execFileSync(join(bin, 'postgres'), ['--single', '-D', join(directory, 'cluster'), 'postgres'], {
    input: `${query};\n`,
    encoding: 'utf8',
  });
  const names = /names = "([^"]*)"/.exec(answer)?.[1];
  if (names === undefined) throw new Error(`No list in the answer:\n${answer}`);
  const lines = names.match(/.{1,112}(?: |$)/g) ?? [];
  writeFileSync(
    process.argv[3] ?? join(root, 'src/effects/sql/builtin-functions.ts'),
    [
      '/** Functions of pg_catalog that change nothing: written by tools/postgres-functions.mjs from PostgreSQL 15. */',
      'export const builtinFunctions: ReadonlySet<string> = new Set(',
      '  `',
      ...lines.map((line) => `  ${line.trimEnd()}`),
      '`.trim().split(/\\s+/),',
      ');',
      '',
    ].join('\n'),
  );
} finally {
  rmSync(directory, { recursive: true, force: true });
}
