import { judgeRoutine } from './bodies.ts';
import { judgeCopy } from './copy.ts';
import { Found, type Known } from './found.ts';
import { words } from './labels.ts';
import { child, isOn, isTree, list, literal, options, text } from './nodes.ts';
import type { Tree } from './parser.ts';
import { showsSomething, walkQuery } from './query.ts';
import { isSecretSetting } from './secrets.ts';
import { definitions, plainStatements } from './statements.ts';
import type { Verdict } from './types.ts';

/** Judges one statement by its tree, everything in it included. */
export function judgeTree(statement: Tree, known: Known): Verdict {
  const found = new Found();
  judgeStatement(statement, found, known);
  return found.verdict();
}

function judgeStatement(statement: unknown, found: Found, known: Known): void {
  if (!isTree(statement)) return;
  const [kind, node] = Object.entries(statement)[0] ?? [];
  if (kind === undefined || !isTree(node)) return;
  const own = statements[kind];
  if (own !== undefined) {
    own(node, found, known);
    return;
  }
  const plain = plainStatements[kind];
  if (plain !== undefined) {
    found.add(words(plain[0]), plain[1]);
    credentials(kind, node, found);
    return;
  }
  const definition =
    definitions[kind] ?? (/^(Alter|Create|Define)/.test(kind) ? 'a definition is made or changed' : undefined);
  if (definition === undefined) {
    found.add(['unknown'], `${kind} is not known here`);
    return;
  }
  found.add(['write'], definition);
  credentials(kind, node, found);
  walkQuery(kind, node, found, known, { deferred: true });
}

type Judge = (node: Tree, found: Found, known: Known) => void;

/** Statements that must be looked into. */
const statements: Readonly<Record<string, Judge>> = {
  SelectStmt: (node, found, known) => {
    if (node.intoClause === undefined && showsSomething(node, known)) found.add(['read'], 'SELECT reads');
    walkQuery('SelectStmt', node, found, known, { shown: node.intoClause === undefined });
  },
  InsertStmt: (node, found, known) => walkQuery('InsertStmt', node, found, known, {}),
  UpdateStmt: (node, found, known) => walkQuery('UpdateStmt', node, found, known, {}),
  DeleteStmt: (node, found, known) => walkQuery('DeleteStmt', node, found, known, {}),
  MergeStmt: (node, found, known) => walkQuery('MergeStmt', node, found, known, {}),
  ReturnStmt: (node, found, known) => walkQuery('ReturnStmt', node, found, known, {}),
  CreateTableAsStmt: (node, found, known) => {
    found.add(['write'], 'CREATE ... AS makes a table and fills it');
    judgeInner(node.query, found, known);
  },
  CopyStmt: judgeCopy,
  ExplainStmt: (node, found, known) => {
    if (!isOn(options(node.options).get('analyze'))) {
      found.add(['read'], 'EXPLAIN shows a plan, nothing runs');
      return;
    }
    found.add([], 'EXPLAIN ANALYZE runs the statement');
    judgeStatement(node.query, found, known);
  },
  PrepareStmt: (node, found, known) => {
    const verdict = judgeTree(isTree(node.query) ? node.query : {}, known);
    known.prepared.set(text(node.name), verdict.effects);
    found.take(verdict);
  },
  ExecuteStmt: (node, found, known) => {
    const labels = known.prepared.get(text(node.name));
    found.add(
      labels ?? ['unknown'],
      labels === undefined ? 'EXECUTE of what was prepared elsewhere' : 'EXECUTE of what was prepared above',
    );
  },
  DeclareCursorStmt: (node, found, known) => judgeStatement(node.query, found, known),
  FetchStmt: (node, found) =>
    node.ismove === true ? found.add(['none'], 'MOVE shows nothing') : found.add(['read'], 'FETCH reads'),
  DoStmt: judgeRoutine,
  CreateFunctionStmt: judgeRoutine,
  RuleStmt: (node, found, known) => {
    found.add(['write'], 'CREATE RULE makes a rule');
    for (const action of list(node.actions)) judgeInner(action, found, known);
  },
  CreateSchemaStmt: (node, found, known) => {
    found.add(['write'], 'CREATE SCHEMA makes a schema');
    for (const element of list(node.schemaElts)) judgeStatement(element, found, known);
  },
  AlterTableStmt: (node, found, known) => {
    for (const item of list(node.cmds)) alterTable(child(item, 'AlterTableCmd') ?? {}, found);
    walkQuery('AlterTableStmt', node, found, known, { deferred: true });
  },
  AlterDatabaseStmt: (node, found) => {
    const set = options(node.options);
    const closes =
      set.get('allow_connections') === 'false' || set.get('connection_limit') === '0' || set.get('is_template') === '';
    if (closes) found.add(['write', 'disrupt'], 'ALTER DATABASE keeps new connections out');
    else found.add(['write'], 'ALTER DATABASE changes a database');
  },
  DropStmt: (node, found) => {
    const what = text(node.removeType).replace('OBJECT_', '').replaceAll('_', ' ');
    found.add(what === 'POLICY' ? ['privilege', 'destroy'] : ['destroy'], `DROP ${what} removes it`);
  },
  DropdbStmt: (node, found) => {
    found.add(['destroy'], 'DROP DATABASE removes the database');
    if (options(node.options).has('force')) found.add(['disrupt'], 'FORCE ends all sessions in it');
  },
  LockStmt: (node, found) =>
    Number(node.mode) >= 5
      ? found.add(['disrupt'], 'LOCK TABLE keeps writers out')
      : found.add(['none'], 'this lock keeps neither readers nor writers out'),
  VacuumStmt: (node, found) => {
    if (node.is_vacuumcmd !== true) {
      found.add(['write'], 'ANALYZE writes statistics');
      return;
    }
    if (isOn(options(node.options).get('full'))) {
      found.add(['write', 'disrupt'], 'VACUUM FULL rewrites the table and locks out everybody meanwhile');
      return;
    }
    found.add(['write'], 'VACUUM tidies the table');
  },
  ReindexStmt: (node, found) =>
    isOn(options(node.params).get('concurrently'))
      ? found.add(['write'], 'REINDEX CONCURRENTLY builds the index anew')
      : found.add(['write', 'disrupt'], 'REINDEX keeps writers out while it builds the index anew'),
  TransactionStmt: (node, found) => {
    const [labels, why] = transactions[text(node.kind)] ?? ['none', 'marks a transaction'];
    found.add(words(labels), why);
  },
  VariableSetStmt: (node, found) => {
    const acts = text(node.kind) === 'VAR_SET_VALUE' && /^(role|session_authorization)$/.test(text(node.name));
    if (acts && literal(list(node.args)[0]) !== 'none')
      found.add(['privilege'], 'SET ROLE takes the rights of another role');
    else found.add(['none'], 'SET changes only this session');
  },
  VariableShowStmt: (node, found) =>
    isSecretSetting(text(node.name))
      ? found.add(['read', 'secret'], `SHOW ${text(node.name)} shows a credential`)
      : found.add(['read'], 'SHOW reads a setting'),
};

const transactions: Readonly<Record<string, readonly [string, string]>> = {
  TRANS_STMT_PREPARE: ['write', 'PREPARE TRANSACTION keeps a transaction on disk'],
  TRANS_STMT_COMMIT_PREPARED: ['write', 'COMMIT PREPARED makes a kept transaction real'],
  TRANS_STMT_ROLLBACK_PREPARED: ['destroy', 'ROLLBACK PREPARED throws a kept transaction away'],
};

/** A query that is stored or copied: its own reading is not shown, only what else it does counts. */
function judgeInner(query: unknown, found: Found, known: Known): void {
  const select = child(query, 'SelectStmt');
  if (select === undefined) judgeStatement(query, found, known);
  else walkQuery('SelectStmt', select, found, known, {});
}

function alterTable(command: Tree, found: Found): void {
  const kind = text(command.subtype);
  if (kind === 'AT_DropColumn') found.add(['destroy'], `DROP COLUMN ${text(command.name)} removes the data in it`);
  else if (/^AT_(ChangeOwner|EnableRowSecurity|DisableRowSecurity|ForceRowSecurity|NoForceRowSecurity)$/.test(kind))
    found.add(['privilege', 'write'], 'ALTER TABLE changes who may see or change the rows');
  else found.add(['write'], 'ALTER changes the definition of an object');
}

/** A password written out in SQL stays in histories and logs. */
function credentials(kind: string, node: Tree, found: Found): void {
  if (!/Role|UserMapping|Subscription/.test(kind)) return;
  const given = options(node.options).get('password') ?? /password=(\S+)/.exec(text(node.conninfo))?.[1];
  if (given === undefined || given === 'true' || /^(md5[0-9a-f]{32}$|SCRAM-SHA-256\$)|^[\p{Co}\s]*$/u.test(given))
    return;
  found.findings.push({
    code: 'credential-in-sql',
    message:
      'A password is written out in this statement: it stays in the history of the client and in the log of the server.',
  });
}
