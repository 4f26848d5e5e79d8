import type { Label } from '../types.ts';
import type { Found, Known } from './found.ts';
import { effectsOfFunction, runsItsArgument } from './functions.ts';
import { child, isTree, list, literal, names, text } from './nodes.ts';
import type { Tree } from './parser.ts';
import { isSecretCatalog, isSecretFile, isSecretName, isSecretSetting } from './secrets.ts';

interface Context {
  /** What stands here ends in the answer. */
  readonly shown?: boolean;
  /** Kept in a definition: it runs some other day. Functions that are not listed then say nothing. */
  readonly deferred?: boolean;
}

interface Visit extends Context {
  readonly kind: string;
  readonly node: Tree;
}

/**
 * Walks a query and everything under it (subqueries, CTEs, expressions) and adds what it does apart from reading. Own stack, no
 * recursion: a tree is as deep as whoever wrote it liked.
 */
export function walkQuery(kind: string, node: Tree, found: Found, known: Known, context: Context): void {
  const stack: Visit[] = [{ kind, node, ...context }];
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    visitors[visit.kind]?.(visit.node, found, known, visit);
    const shown = visit.shown === true && !isHiding(visit.kind, visit.node);
    for (const [key, value] of Object.entries(visit.node)) {
      if (typeof value !== 'object' || value === null) continue;
      push(stack, keyKinds[key] ?? '', value, {
        shown: (shown && !hidden.has(key)) || /^returning/.test(key),
        deferred: visit.deferred === true,
      });
    }
  }
}

/**
 * Whether a SELECT shows anything but the answer of functions that were called for what they do:
 * `SELECT pg_terminate_backend(pid) FROM pg_stat_activity` is no inspection.
 */
export function showsSomething(select: Tree, known: Known): boolean {
  if (isTree(select.larg))
    return showsSomething(select.larg, known) || showsSomething(isTree(select.rarg) ? select.rarg : {}, known);
  const targets = list(select.targetList);
  if (targets.length === 0) return true;
  return !targets.every((target) => {
    const value = child(target, 'ResTarget')?.val;
    if (isStar(value))
      return list(select.fromClause).length > 0 && list(select.fromClause).every((item) => isActingSource(item, known));
    return isActingCall(value, known);
  });
}

/** Fields that hold a node without naming its kind. */
const keyKinds: Readonly<Record<string, string>> = {
  relation: 'RangeVar',
  larg: 'SelectStmt',
  rarg: 'SelectStmt',
};

/** Parts of a query that decide about rows and are not shown. */
const hidden: ReadonlySet<string> = new Set(
  (
    'whereClause quals havingClause groupClause sortClause windowClause limitCount limitOffset distinctClause joinCondition ' +
    'onConflictClause testexpr agg_filter agg_order over usingClause'
  ).split(' '),
);

const comparisons = new Set([
  '=',
  '<>',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  '~',
  '~*',
  '!~',
  '!~*',
  '~~',
  '!~~',
  '@>',
  '<@',
  '?',
  '&&',
]);
const hidingFunctions =
  /^(count|length|char_length|octet_length|bool_and|bool_or|every|pg_column_size|has_.*_privilege)$/;

function isHiding(kind: string, node: Tree): boolean {
  if (kind === 'NullTest' || kind === 'BooleanTest') return true;
  if (kind === 'SubLink')
    return text(node.subLinkType) === 'EXISTS_SUBLINK' || text(node.subLinkType) === 'ANY_SUBLINK';
  if (kind === 'A_Expr')
    return text(node.kind) !== 'AEXPR_OP'
      ? text(node.kind) !== 'AEXPR_NULLIF'
      : comparisons.has(names(node.name)[0] ?? '');
  if (kind === 'FuncCall') return hidingFunctions.test(names(node.funcname).at(-1) ?? '');
  return kind === 'InsertStmt' || kind === 'UpdateStmt' || kind === 'DeleteStmt' || kind === 'MergeStmt';
}

function push(stack: Visit[], kind: string, value: object, context: Context): void {
  if (Array.isArray(value)) {
    for (let index = value.length - 1; index >= 0; index -= 1)
      if (isObject(value[index])) push(stack, '', value[index], context);
    return;
  }
  const node = value as Tree;
  if (kind !== '') {
    stack.push({ kind, node, ...context });
    return;
  }
  // A wrapper has one key, which begins with a capital letter; anything else is a plain record of fields.
  const keys = Object.keys(node);
  const only = keys.length === 1 ? keys[0] : undefined;
  const inner = only !== undefined && /^[A-Z]/.test(only) ? node[only] : undefined;
  if (only !== undefined && isTree(inner)) stack.push({ kind: only, node: inner, ...context });
  else stack.push({ kind: '', node, ...context });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

type Visitor = (node: Tree, found: Found, known: Known, context: Context) => void;

const visitors: Readonly<Record<string, Visitor>> = {
  InsertStmt: (_, found) => found.add(['write'], 'INSERT adds rows'),
  UpdateStmt: (node, found) => {
    found.add(['write'], 'UPDATE changes rows');
    if (node.whereClause === undefined)
      warn(found, 'update-without-where', `UPDATE without WHERE changes every row of ${target(node)}.`);
  },
  DeleteStmt: (node, found) => {
    found.add(['destroy'], 'DELETE removes rows');
    if (node.whereClause === undefined)
      warn(found, 'delete-without-where', `DELETE without WHERE removes every row of ${target(node)}.`);
  },
  MergeStmt: (node, found) => {
    for (const item of list(node.mergeWhenClauses)) {
      const command = text(child(item, 'MergeWhenClause')?.commandType);
      if (command === 'CMD_DELETE') found.add(['destroy'], 'MERGE removes rows');
      else if (command !== 'CMD_NOTHING') found.add(['write'], 'MERGE adds or changes rows');
    }
  },
  SelectStmt: (node, found, _known, context) => {
    if (node.intoClause !== undefined) found.add(['write'], 'SELECT INTO makes a table');
    if (context.shown !== true || !list(node.targetList).some((item) => isStar(child(item, 'ResTarget')?.val))) return;
    const tables = list(node.fromClause).map((item) => child(item, 'RangeVar'));
    const table = tables.find((each) => isSecretName(text(each?.relname)));
    if (table !== undefined)
      found.add(['read', 'secret'], `all of ${text(table.relname)} is shown, a table named for credentials`);
  },
  RangeVar: (node, found, _known, context) => {
    const name = text(node.relname);
    if (context.deferred === true || !isSecretCatalog(text(node.schemaname), name)) return;
    found.add(['read', 'secret'], `${name} holds password hashes or connection strings`);
  },
  ColumnRef: (node, found, _known, context) => {
    const name = names(node.fields).at(-1);
    if (context.shown !== true || name === undefined || !isSecretName(name)) return;
    found.add(['read', 'secret'], `the column ${name} is shown, named for a credential`);
  },
  A_Expr: (node, found, _known, context) => {
    const key = literal(node.rexpr);
    if (context.shown !== true || key === undefined || !/^->/.test(names(node.name)[0] ?? '') || !isSecretName(key))
      return;
    found.add(['read', 'secret'], `the field ${key} is shown, named for a credential`);
  },
  FuncCall: visitCall,
};

function visitCall(node: Tree, found: Found, known: Known, context: Context): void {
  const name = names(node.funcname).join('.');
  const effects = lookUp(name, known);
  const short = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (effects === undefined) {
    if (context.deferred !== true) found.add(['unknown'], `${name}() is defined elsewhere`);
    return;
  }
  const acts = effects.filter((label) => label !== 'none' && (label !== 'read' || effects.length > 1));
  if (acts.length > 0)
    found.add(context.deferred === true ? acts.filter((label) => label !== 'read') : acts, `${name}() is called`);
  const first = literal(list(node.args)[0]);
  if (/^(pg_read_|load_file|lo_import)/.test(short) && first !== undefined && isSecretFile(first))
    found.add(['read', 'secret'], `${first} holds a credential`);
  if (short === 'current_setting' && first !== undefined && isSecretSetting(first))
    found.add(['read', 'secret'], `${first} is a credential`);
  if (runsItsArgument.has(short) || runsItsArgument.has(name.toLowerCase())) judgeArguments(name, node, found, known);
}

/** SQL handed over as text: what it does elsewhere, or some other day, counts too. */
function judgeArguments(name: string, node: Tree, found: Found, known: Known): void {
  const texts = list(node.args).map(literal);
  const sql = texts.findLast(
    (each) => each !== undefined && /^\s*[(]?\s*[a-z]+\s/i.test(each) && !/^\s*\w+\s*=/.test(each),
  );
  if (sql === undefined) found.add(['unknown'], `${name}() runs SQL that is put together elsewhere`);
  else found.take(known.judgeText(sql));
}

function lookUp(name: string, known: Known): readonly Label[] | undefined {
  return known.routines.get(name.toLowerCase()) ?? effectsOfFunction(name);
}

function isActingCall(value: unknown, known: Known): boolean {
  let node = value;
  for (;;) {
    const wrapped = child(node, 'TypeCast') ?? child(node, 'A_Indirection');
    if (wrapped === undefined) break;
    node = wrapped.arg;
  }
  const call = child(node, 'FuncCall');
  if (call === undefined) return false;
  return lookUp(names(call.funcname).join('.'), known)?.includes('read') !== true;
}

function isActingSource(item: unknown, known: Known): boolean {
  const functions = list(child(item, 'RangeFunction')?.functions);
  return functions.length > 0 && functions.every((each) => isActingCall(list(child(each, 'List')?.items)[0], known));
}

function isStar(value: unknown): boolean {
  return list(child(value, 'ColumnRef')?.fields).some((field) => child(field, 'A_Star') !== undefined);
}

function target(node: Tree): string {
  return isTree(node.relation) ? text(node.relation.relname) : 'the table';
}

function warn(found: Found, code: string, message: string): void {
  found.findings.push({ code, message });
}
