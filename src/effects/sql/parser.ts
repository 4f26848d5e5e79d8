/** Any JSON that the grammar gives: trees are walked by key, never trusted to have a shape. */
export type Tree = { readonly [key: string]: unknown };

export type Parsed =
  | { readonly ok: true; readonly statements: readonly Tree[] }
  | { readonly ok: false; readonly message: string };

interface Grammar {
  lengthBytesUTF8(text: string): number;
  stringToUTF8(text: string, pointer: number, size: number): void;
  UTF8ToString(pointer: number): string;
  getValue(pointer: number, type: string): number;
  _malloc(size: number): number;
  _free(pointer: number): void;
  _wasm_parse_query_raw(text: number): number;
  _wasm_free_parse_result(result: number): void;
  _wasm_parse_plpgsql(text: number): number;
  _wasm_free_string(text: number): void;
}

/** A trap leaves a little of the grammar's own stack behind; after so many a fresh instance must take its place. */
const trapsBorne = 8;

let grammar: Grammar | undefined;
let loading: Promise<void> | undefined;
let traps = 0;

/**
 * Loads PostgreSQL's grammar, 1.7 MB of WebAssembly from the package itself: once, about 20 ms. Must have been awaited before
 * anything here is asked; without it every statement counts as one that does not parse.
 */
export function prepareParser(): Promise<void> {
  if (grammar !== undefined && traps === 0) return Promise.resolve();
  loading ??= load().finally(() => {
    loading = undefined;
  });
  return loading;
}

/** Parses one text. Never throws: a syntax error, a trap of the WebAssembly and an absent grammar are all an answer. */
export function parse(text: string): Parsed {
  return guarded((instance) => {
    const result = withText(instance, text, (pointer) => instance._wasm_parse_query_raw(pointer));
    try {
      const error = instance.getValue(result + 8, 'i32');
      if (error !== 0) return { ok: false, message: instance.UTF8ToString(instance.getValue(error, 'i32')) };
      const tree = JSON.parse(instance.UTF8ToString(instance.getValue(result, 'i32'))) as { stmts?: { stmt?: Tree }[] };
      return { ok: true, statements: (tree.stmts ?? []).flatMap(({ stmt }) => (stmt === undefined ? [] : [stmt])) };
    } finally {
      instance._wasm_free_parse_result(result);
    }
  });
}

/** Parses the body of a `CREATE FUNCTION` or `DO` in PL/pgSQL, given the whole statement. Never throws. */
export function parseProcedural(text: string): Parsed {
  return guarded((instance) => {
    const result = withText(instance, text, (pointer) => instance._wasm_parse_plpgsql(pointer));
    try {
      const answer = instance.UTF8ToString(result);
      if (!answer.startsWith('{')) return { ok: false, message: answer };
      const { plpgsql_funcs: functions } = JSON.parse(answer) as { plpgsql_funcs?: Tree[] };
      return { ok: true, statements: functions ?? [] };
    } finally {
      instance._wasm_free_string(result);
    }
  });
}

async function load(): Promise<void> {
  const { default: create } = await import('libpg-query/wasm/libpg-query.js');
  grammar = (await create()) as Grammar;
  traps = 0;
}

function guarded(ask: (instance: Grammar) => Parsed): Parsed {
  if (grammar === undefined) return { ok: false, message: 'the grammar is not loaded' };
  try {
    return ask(grammar);
  } catch {
    // Too deep for the stack, or out of memory. The instance is replaced behind our back; until then it is used with care.
    traps += 1;
    if (traps >= trapsBorne) grammar = undefined;
    prepareParser().catch(() => undefined);
    return { ok: false, message: 'too deeply nested to be parsed' };
  }
}

/** C strings end at NUL: one inside the text would hide all that follows, so callers have replaced it. */
function withText(instance: Grammar, text: string, ask: (pointer: number) => number): number {
  const size = instance.lengthBytesUTF8(text) + 1;
  const pointer = instance._malloc(size);
  try {
    instance.stringToUTF8(text, pointer, size);
    return ask(pointer);
  } finally {
    instance._free(pointer);
  }
}
