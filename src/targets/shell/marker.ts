import { createHash } from 'node:crypto';

/** File systems take names of 255 bytes. */
const longest = 120;

/** `<run>/<step>` as two words that are names of directories on any file system, and never the same for two markers. */
export function markerWords(marker: string): readonly [run: string, step: string] {
  const slash = marker.indexOf('/');
  if (slash < 1 || slash === marker.length - 1) throw new TypeError(`a marker is <run>/<step>, not ${marker}`);
  return [directoryName(marker.slice(0, slash)), directoryName(marker.slice(slash + 1))];
}

export function directoryName(text: string): string {
  const name = Buffer.from(text)
    .toString('latin1')
    .replaceAll(/[^A-Za-z0-9._+@#~-]|^[.~-]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
  if (name.length <= longest) return name;
  // `=` is in no short name, so that no short one equals a long one.
  return `${name.slice(0, longest - 33)}=${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}
