import { maskShapes } from './secret-shapes.ts';

export const mask = '[redacted]';

/** Removes secrets from text that will be shown, logged, recorded or sent. */
export interface Redact {
  (text: string): string;
  /** Known secrets that hold line breaks: text that comes in parts must not be cut within them. */
  readonly spanning?: readonly string[];
  /** Length of the longest known secret, as written. */
  readonly longest?: number;
}

/**
 * A redactor that knows the secrets in use, also when they were written in base64, hexadecimal, percent
 * encoding or with JSON escapes.
 * Secrets under four characters are left alone: masking them would shred ordinary text.
 */
export function redactor(secrets: Iterable<string>): Redact {
  const known = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < 4) continue;
    for (const form of writings(secret)) known.add(form);
    // A program that complains about one line of a key shows that line alone.
    for (const line of secret.split(/\r?\n/)) if (line.trim().length >= 8) known.add(line.trim());
  }
  const longestFirst = [...known].sort((a, b) => b.length - a.length);
  const redact = (text: string): string => {
    let clean = text;
    for (const secret of longestFirst) if (clean.includes(secret)) clean = clean.replaceAll(secret, mask);
    return maskShapes(clean, mask);
  };
  return Object.assign(redact, {
    spanning: longestFirst.filter((form) => form.includes('\n')),
    longest: longestFirst[0]?.length ?? 0,
  });
}

/** A redactor that is always as the one that `current` gives: for secrets that become known by and by. */
export function following(current: () => Redact): Redact {
  const redact = (text: string): string => current()(text);
  return Object.defineProperties(redact, {
    spanning: { get: () => current().spanning },
    longest: { get: () => current().longest },
  });
}

function writings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const base64 = bytes.toString('base64');
  return [
    secret,
    // As a terminal or another system ends lines.
    secret.replaceAll(/\r?\n/g, '\r\n'),
    secret.replaceAll('\r\n', '\n'),
    base64,
    base64.replace(/=+$/, ''),
    bytes.toString('base64url'),
    ...wrapped(base64),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
  ];
}

/** The lines of a base64 text that a program breaks: after 76 columns as base64 and MIME do, after 64 as OpenSSL does. */
function wrapped(base64: string): string[] {
  return [64, 76].flatMap((columns) => {
    if (base64.length <= columns) return [];
    const lines: string[] = [];
    for (let at = 0; at < base64.length; at += columns) lines.push(base64.slice(at, at + columns));
    return lines.filter((line) => line.length >= 8);
  });
}
