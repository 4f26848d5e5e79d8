import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Secrets that occur nowhere else in the world, by what they are for. */
export type Planted = Readonly<Record<string, string>>;

/** A secret with the characters that URLs, JSON and shells write differently. */
export function plant(name: string): string {
  return `${name}/${randomBytes(9).toString('hex')}@"ß+%`;
}

/** Every way in which a secret may have been written down, by the name of the way. */
export function formsOf(secret: string): ReadonlyMap<string, Buffer> {
  const bytes = Buffer.from(secret);
  // Within a longer text base64 has three alignments; what depends on the neighbours is cut off.
  const aligned = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(shift === 0 ? 0 : 4, text.length - 2);
  });
  return new Map(
    Object.entries({
      'as it is': bytes,
      'its middle': bytes.subarray(-24, -6),
      'in UTF-16': Buffer.from(secret, 'utf16le'),
      'in hexadecimal': Buffer.from(bytes.toString('hex')),
      'in HEXADECIMAL': Buffer.from(bytes.toString('hex').toUpperCase()),
      'in base64': Buffer.from(aligned[0] ?? ''),
      'in base64, shifted by one': Buffer.from(aligned[1] ?? ''),
      'in base64, shifted by two': Buffer.from(aligned[2] ?? ''),
      'percent-encoded': Buffer.from(encodeURIComponent(secret)),
      'in JSON': Buffer.from(JSON.stringify(secret).slice(1, -1)),
    }),
  );
}

/** Where any of the secrets is found in `content`, as `<place>: <secret> <form>`. */
export function findPlanted(planted: Planted, place: string, content: Buffer | string): string[] {
  const buffer = typeof content === 'string' ? Buffer.from(content) : content;
  const found: string[] = [];
  for (const [name, secret] of Object.entries(planted)) {
    for (const [form, bytes] of formsOf(secret)) {
      if (buffer.includes(bytes)) found.push(`${place}: ${name} ${form}`);
    }
  }
  return found;
}

/** The same for every file below a directory. */
export function findPlantedBelow(planted: Planted, directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((path) => findPlanted(planted, path, readFileSync(path)));
}

/** Looks at the command line of every process of this machine again and again until it is stopped. */
export function watchCommandLines(planted: Planted): { stop(): string[] } {
  const found = new Set<string>();
  const seen = new Set<string>();
  const look = (): void => {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
      const content = commandOf(name);
      const key = `${name} ${content}`;
      if (content === '' || seen.has(key)) continue;
      seen.add(key);
      for (const one of findPlanted(planted, `command line ${content.slice(0, 60)}`, content)) found.add(one);
    }
  };
  const timer = setInterval(look, 10);
  return {
    stop() {
      clearInterval(timer);
      return [...found];
    },
  };
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
