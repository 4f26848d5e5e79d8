const mask = '[redacted]';

const word = `(?:password|passwd|passphrase|secret|token|api[-_]?key|access[-_]?key)["']?\\s{0,8}[=:]\\s{0,8}`;

/** Shapes that are a secret whoever wrote them. Narrow on purpose: a pattern that eats ordinary text hides what went wrong. */
const shapes: readonly RegExp[] = [
  // user:password@ in a URL: keeps scheme, user and host. Web addresses hold @ in their paths too; in the others, passwords
  // that were not percent-encoded may hold / and @.
  /(?<=\bhttps?:\/\/[^\s:/@]*:)[^\s/@]+(?=@)/gi,
  /(?<=\b(?!https?:)[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)(?!\[redacted\]@)[^\s"'<>]+(?=@)/gi,
  // password=..., PGPASSWORD=..., token: "..." and the like, quoted or bare.
  new RegExp(`(?<=${word}")(?!\\[redacted\\])(?:[^"\\\\\\n]|\\\\.)+`, 'gi'),
  new RegExp(`(?<=${word}')(?!\\[redacted\\])(?:[^'\\\\\\n]|\\\\.)+`, 'gi'),
  new RegExp(`(?<=${word}["']?)(?!\\[redacted\\])[^\\s"',;}{)(]+`, 'gi'),
  /(?<=\bAuthorization:\s*(?:Bearer|Basic)\s+)\S+/gi,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g,
  /\bAGE-SECRET-KEY-1[A-Z0-9]+\b/g,
  /\bAKIA[0-9A-Z]{16}\b/g,
];

/** Removes secrets from text that will be shown, logged, recorded or sent. */
export type Redact = (text: string) => string;

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
  return (text) => {
    let clean = text;
    for (const secret of longestFirst) clean = clean.replaceAll(secret, mask);
    for (const shape of shapes) clean = clean.replace(shape, mask);
    return clean;
  };
}

function writings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    bytes.toString('base64'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
  ];
}
