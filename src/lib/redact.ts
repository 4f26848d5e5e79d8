const mask = '[redacted]';

/** Shapes that are a secret whoever wrote them. Narrow on purpose: a pattern that eats ordinary text hides what went wrong. */
const shapes: readonly RegExp[] = [
  // user:password@ in a URL: keeps scheme, user and host.
  /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s/@]+(?=@)/gi,
  // password=..., token: ... and the like, quoted or bare.
  /(?<=\b(?:password|passwd|passphrase|secret|token|api[-_]?key|access[-_]?key)["']?\s*[=:]\s*["']?)(?!\[redacted\])[^\s"',;}{)(]+/gi,
  /(?<=\bAuthorization:\s*(?:Bearer|Basic)\s+)\S+/gi,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g,
  /\bAGE-SECRET-KEY-1[A-Z0-9]+\b/g,
  /\bAKIA[0-9A-Z]{16}\b/g,
];

/** Removes secrets from text that will be shown, logged, recorded or sent. */
export type Redact = (text: string) => string;

/**
 * A redactor that knows the secrets in use, also when they were written in base64, percent encoding or with JSON escapes.
 * Secrets under four characters are left alone: masking them would shred ordinary text.
 */
export function redactor(secrets: Iterable<string>): Redact {
  const known = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < 4) continue;
    known.add(secret);
    known.add(Buffer.from(secret).toString('base64'));
    known.add(encodeURIComponent(secret));
    known.add(JSON.stringify(secret).slice(1, -1));
  }
  const longestFirst = [...known].sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const secret of longestFirst) clean = clean.replaceAll(secret, mask);
    for (const shape of shapes) clean = clean.replace(shape, mask);
    return clean;
  };
}
