import type { Found, Known } from './found.ts';
import { child, isTree, names, text } from './nodes.ts';
import type { Tree } from './parser.ts';
import { walkQuery } from './query.ts';
import { isSecretCatalog, isSecretName } from './secrets.ts';

/** `COPY`: rows go in or out, to the client, to a file of the server's host, or through a program that runs there. */
export function judgeCopy(node: Tree, found: Found, known: Known): void {
  const file = text(node.filename);
  const program = node.is_program === true;
  if (program) {
    found.place = 'host';
    found.commands.push({ text: file, place: 'host' });
  }
  if (node.is_from === true) {
    found.add(
      ['write'],
      program ? 'COPY FROM PROGRAM runs a command on the server and fills the table' : 'COPY FROM fills the table',
    );
    return;
  }
  found.add(['read'], program ? 'COPY TO PROGRAM runs a command on the server and gives it the rows' : 'COPY TO reads');
  if (file !== '' && !program) {
    found.place = 'host';
    found.add(['write'], `COPY TO writes the file ${file} on the server`);
  }
  secretColumns(node, found);
  const select = child(node.query, 'SelectStmt');
  if (select !== undefined) {
    walkQuery('SelectStmt', select, found, known, { shown: true });
    return;
  }
  const [kind, query] = isTree(node.query) ? (Object.entries(node.query)[0] ?? []) : [];
  if (kind !== undefined && isTree(query)) walkQuery(kind, query, found, known, { shown: true });
}

function secretColumns(node: Tree, found: Found): void {
  const relation = isTree(node.relation) ? node.relation : undefined;
  if (relation === undefined) return;
  const columns = names(node.attlist);
  const table = text(relation.relname);
  const shown = columns.length > 0 ? columns.some(isSecretName) : isSecretName(table);
  if (shown || isSecretCatalog(text(relation.schemaname), table))
    found.add(['read', 'secret'], `COPY shows credentials of ${table}`);
}
