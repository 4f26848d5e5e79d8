import { following, type Redact, redactor } from '../lib/redact.ts';

/** Every secret read so far, and the redactor that knows them. One for each process. */
export class SecretMemory {
  readonly #secrets = new Set<string>();
  #redact: Redact = redactor([]);

  /** Removes every remembered secret from a text, and what looks like one. Bound: may be handed on by itself. */
  readonly redact: Redact = following(() => this.#redact);

  /** Of a URL, the password in it is remembered too, as written and percent-decoded. */
  remember(secret: string): void {
    const before = this.#secrets.size;
    for (const form of [secret, ...passwordsIn(secret)]) this.#secrets.add(form);
    if (this.#secrets.size > before) this.#redact = redactor(this.#secrets);
  }
}

function passwordsIn(secret: string): string[] {
  const written = /^[a-z][a-z0-9+.-]*:\/\/[^:/?#@]*:([^/?#]*)@/i.exec(secret)?.[1];
  if (written === undefined || written === '') return [];
  try {
    return [written, decodeURIComponent(written)];
  } catch {
    return [written];
  }
}
