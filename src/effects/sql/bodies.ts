import type { Label } from '../types.ts';
import { Found, type Known } from './found.ts';
import { child, isTree, list, literal, names, options, text } from './nodes.ts';
import { parse, parseProcedural, type Tree } from './parser.ts';
import { walkQuery } from './query.ts';

/** `DO` and `CREATE FUNCTION | PROCEDURE`: what the body does. A function is remembered, so that a call below has its labels. */
export function judgeRoutine(node: Tree, found: Found, known: Known): void {
  const given = node.args !== undefined && node.funcname === undefined ? node.args : node.options;
  const language = (options(given).get('language') || 'plpgsql').toLowerCase();
  const defines = node.funcname !== undefined;
  const body = new Found();
  if (isTree(node.sql_body)) standardBody(node.sql_body, body, known);
  else
    judgeBody(
      defines ? options(given).get('language')?.toLowerCase() || 'sql' : language,
      bodyOf(given),
      body,
      known,
      defines,
    );
  const verdict = body.verdict();
  if (!defines) {
    found.take(verdict);
    return;
  }
  const name = names(node.funcname).join('.').toLowerCase();
  known.routines.set(name, verdict.effects);
  const kind = node.is_procedure === true ? 'PROCEDURE' : 'FUNCTION';
  found.add(['write'], `CREATE ${kind} ${name} defines code`);
  const acts = verdict.effects.filter((label) => label !== 'read' && label !== 'none');
  if (acts.length > 0) found.take({ ...verdict, why: `its body: ${verdict.why}` }, acts);
}

function bodyOf(given: unknown): string {
  for (const item of list(given)) {
    const option = child(item, 'DefElem');
    if (option?.defname !== 'as') continue;
    const parts = child(option.arg, 'List');
    return parts === undefined ? text(child(option.arg, 'String')?.sval) : (names(parts.items)[0] ?? '');
  }
  return '';
}

function judgeBody(language: string, body: string, found: Found, known: Known, defines: boolean): void {
  if (language === 'sql') {
    found.take(known.judgeText(body));
    return;
  }
  if (language === 'plpgsql') {
    procedural(body, found, known, defines);
    return;
  }
  found.add(['unknown'], `its body is ${language}, which is not read here`);
}

/** `BEGIN ATOMIC ... END` and `RETURN expression`. */
function standardBody(body: Tree, found: Found, known: Known): void {
  const [kind, node] = Object.entries(body)[0] ?? [];
  if (kind !== undefined && isTree(node)) walkQuery(kind, node, found, known, {});
}

function procedural(body: string, found: Found, known: Known, defines: boolean): void {
  const tag = body.includes('$hf$') ? '$holdfast_body$' : '$hf$';
  const attempts = [
    ...(known.source === undefined ? [] : [known.source]),
    ...(defines ? [`CREATE FUNCTION f() RETURNS SETOF record AS ${tag}${body}${tag} LANGUAGE plpgsql`] : []),
    ...(defines ? [`CREATE FUNCTION f() RETURNS trigger AS ${tag}${body}${tag} LANGUAGE plpgsql`] : []),
    `DO ${tag}${body}${tag}`,
  ];
  for (const attempt of attempts) {
    const parsed = parseProcedural(attempt);
    if (!parsed.ok) continue;
    for (const statement of parsed.statements) walkBody(statement, found, known);
    return;
  }
  found.add(['unknown'], 'its body does not parse');
  found.take(known.judgeText(body));
}

/** Every expression and statement that the body holds; `EXECUTE` runs text that is put together there. */
function walkBody(root: Tree, found: Found, known: Known): void {
  const stack: { readonly value: unknown; readonly dynamic: boolean }[] = [{ value: root, dynamic: false }];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    if (Array.isArray(item.value)) {
      for (const value of item.value) stack.push({ value, dynamic: false });
      continue;
    }
    if (!isTree(item.value)) continue;
    const expression = child(item.value, 'PLpgSQL_expr');
    if (expression !== undefined) {
      if (item.dynamic) dynamic(text(expression.query), found, known);
      else embedded(text(expression.query), Number(expression.parseMode ?? 0), found, known);
      continue;
    }
    for (const [kind, value] of Object.entries(item.value)) {
      if (!isTree(value)) {
        stack.push({ value, dynamic: false });
        continue;
      }
      const runsText = kind === 'PLpgSQL_stmt_dynexecute' || kind === 'PLpgSQL_stmt_dynfors';
      for (const [key, inner] of Object.entries(value)) {
        stack.push({ value: inner, dynamic: key === 'dynquery' || (runsText && key === 'query') });
      }
      if (child(value, 'PLpgSQL_expr') !== undefined) stack.push({ value, dynamic: kind === 'dynquery' });
    }
  }
}

/** Modes of the grammar: 0 a statement, 2 an expression, 3 and above an assignment. */
function embedded(query: string, mode: number, found: Found, known: Known): void {
  if (mode === 0) {
    found.take(known.judgeText(query));
    return;
  }
  const expression = mode === 2 ? query : query.replace(/^[^=]*?:?=/, '');
  const parsed = parse(`SELECT ${expression}`);
  const select = parsed.ok ? child(parsed.statements[0], 'SelectStmt') : undefined;
  if (select === undefined) found.add(['unknown'], 'an expression of its body does not parse');
  else walkQuery('SelectStmt', select, found, known, {});
}

function dynamic(query: string, found: Found, known: Known): void {
  const parsed = parse(`SELECT ${query}`);
  const select = parsed.ok ? child(parsed.statements[0], 'SelectStmt') : undefined;
  if (select === undefined) {
    found.add(['unknown'], 'EXECUTE runs text that is put together at run time');
    return;
  }
  walkQuery('SelectStmt', select, found, known, {});
  const value = child(list(select.targetList)[0], 'ResTarget')?.val;
  const whole = literal(value);
  if (whole !== undefined) {
    found.take(known.judgeText(whole));
    return;
  }
  const skeleton = assemble(value);
  found.add(['unknown'], 'EXECUTE runs text that is put together at run time');
  if (!/^\s*[a-z]{2,}/i.test(skeleton)) return;
  const verdict = known.judgeText(skeleton);
  found.add(verdict.effects satisfies readonly Label[], verdict.why);
}

/** The text that `||`, `format` and `concat` would give, a name standing for each part that is not known. */
function assemble(value: unknown, depth = 0): string {
  const given = literal(value);
  if (given !== undefined) return given;
  if (depth > 200) return ' x ';
  const operation = child(value, 'A_Expr');
  if (operation !== undefined && names(operation.name)[0] === '||')
    return assemble(operation.lexpr, depth + 1) + assemble(operation.rexpr, depth + 1);
  const call = child(value, 'FuncCall');
  const name = names(call?.funcname).at(-1);
  if (name === 'format')
    return assemble(list(call?.args)[0], depth + 1)
      .replace(/%(?:\d+\$)?-?\d*[ILs]/g, 'x')
      .replaceAll('%%', '%');
  if (name === 'concat')
    return list(call?.args)
      .map((argument) => assemble(argument, depth + 1))
      .join('');
  return 'x';
}
