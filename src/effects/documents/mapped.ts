import type { Language, Place, Snippet } from '../types.ts';

/** A text, and for each of its characters and its end the offset in the document where it comes from. */
export interface Mapped {
  readonly text: string;
  /** One more than `text` has UTF-16 units; never falls. */
  readonly offsets: readonly number[];
}

/** Puts a text together from pieces of a document and from characters that do not stand in it. */
export interface Cutter {
  /** As it stands in the document. */
  copy(from: number, to: number): void;
  /** Characters that stand for what is at `at`: quotes that were added, an entity that was decoded. */
  put(text: string, at: number): void;
  /** A text that was cut before. */
  add(piece: Mapped): void;
  /** The text so far; `end` is the offset in the document where it ends, by default right after its last character. */
  done(end?: number): Mapped;
}

export function cutter(document: string): Cutter {
  const parts: string[] = [];
  const offsets: number[] = [];
  let end = 0;
  return {
    copy(from, to) {
      if (to <= from) return;
      parts.push(document.slice(from, to));
      for (let offset = from; offset < to; offset += 1) offsets.push(offset);
      end = to;
    },
    put(text, at) {
      parts.push(text);
      for (let index = 0; index < text.length; index += 1) offsets.push(at);
      end = at;
    },
    add(piece) {
      parts.push(piece.text);
      for (let index = 0; index < piece.text.length; index += 1) offsets.push(piece.offsets[index] ?? end);
      end = piece.offsets[piece.text.length] ?? end;
    },
    done: (at = end) => ({ text: parts.join(''), offsets: [...offsets, at] }),
  };
}

/** A piece of the document as it stands. */
export function piece(document: string, from: number, to: number): Mapped {
  const cut = cutter(document);
  cut.copy(from, to);
  return cut.done(to);
}

/** A part of a mapped text. */
export function part({ text, offsets }: Mapped, from: number, to: number): Mapped {
  return { text: text.slice(from, to), offsets: offsets.slice(from, to + 1) };
}

/** A text cut out of a text that was itself cut out of a document. */
export function through(outer: Mapped, inner: Mapped): Mapped {
  const last = outer.offsets.at(-1) ?? 0;
  return { text: inner.text, offsets: inner.offsets.map((offset) => outer.offsets[offset] ?? last) };
}

export interface About {
  readonly place: Place;
  readonly name?: string;
  readonly around?: NonNullable<Snippet['around']>;
}

/** A mapped text as a snippet; where nothing was cut out or put in, without a table of offsets. */
export function snippetOf(language: Language, { text, offsets }: Mapped, { place, name, around }: About): Snippet {
  const start = offsets[0] ?? 0;
  const straight = offsets.every((offset, index) => offset === start + index);
  return {
    language,
    text,
    start,
    place,
    ...(straight ? {} : { offsets: Uint32Array.from(offsets) }),
    ...(name === undefined ? {} : { name }),
    ...(around === undefined ? {} : { around }),
  };
}

/** A snippet that was found in a text which was itself cut out of a document: its offsets in that document. */
export function relocate(snippet: Snippet, outer: Mapped): Snippet {
  const offsets = Array.from(
    { length: snippet.text.length + 1 },
    (_, index) => outer.offsets[snippet.offsets?.[index] ?? snippet.start + index] ?? outer.offsets.at(-1) ?? 0,
  );
  return snippetOf(snippet.language, { text: snippet.text, offsets }, snippet);
}
