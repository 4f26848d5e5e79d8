/** A place in a JSON text: the path of the value that it lies in; empty outside of all values. */
export interface Place {
  readonly path: readonly string[];
  /** The text breaks right behind that value: a quote in it may have ended it early, or the sign that follows is wrong. */
  readonly behind: boolean;
  /** Characters from the beginning. */
  readonly at: number;
}

/**
 * Walks a JSON text and says in which value `offset` lies, or, when the text breaks before that, in which value it breaks.
 * Names of members and the signs between values count as the object or array around them.
 */
export function locate(text: string, offset = Number.POSITIVE_INFINITY): Place {
  const walker = new Walker(text, offset);
  try {
    walker.value([]);
    return { path: [], behind: false, at: Math.min(offset, walker.at) };
  } catch (stop) {
    if (stop instanceof Stop) return { path: stop.path, behind: stop.behind, at: Math.min(offset, walker.at) };
    throw stop;
  }
}

class Stop extends Error {
  readonly path: readonly string[];
  readonly behind: boolean;

  constructor(path: readonly string[], behind = false) {
    super('found');
    this.path = path;
    this.behind = behind;
  }
}

class Walker {
  readonly #text: string;
  readonly #offset: number;
  at = 0;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.#offset = offset;
  }

  value(path: readonly string[]): void {
    const sign = this.#text[this.at];
    if (sign === '{') this.#members(path, '}', true);
    else if (sign === '[') this.#members(path, ']', false);
    else this.#token(sign === '"' ? string : scalar, path);
  }

  #members(path: readonly string[], end: '}' | ']', named: boolean): void {
    this.#sign(path, this.#text[this.at] ?? '');
    let more = this.#text[this.at] !== end;
    for (let index = 0; more; index += 1) {
      const name = named ? this.#token(string, path) : String(index);
      if (named) this.#sign(path, ':');
      const inner = [...path, named ? nameOf(name) : name];
      this.value(inner);
      more = this.#text[this.at] !== end;
      if (more && this.#text[this.at] !== ',') throw new Stop(inner, true);
      if (more) this.#sign(path, ',');
    }
    this.#sign(path, end);
  }

  #sign(path: readonly string[], sign: string): void {
    if (this.#text[this.at] !== sign || this.at >= this.#offset) throw new Stop(path);
    this.at += 1;
  }

  #token(pattern: RegExp, path: readonly string[]): string {
    pattern.lastIndex = this.at;
    const [token] = pattern.exec(this.#text) ?? [];
    if (token === undefined || this.at + token.length > this.#offset) throw new Stop(path);
    this.at += token.length;
    return token;
  }
}

const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

function nameOf(token: string): string {
  const name: unknown = JSON.parse(token);
  return String(name);
}
