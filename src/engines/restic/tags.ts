/** The host written on every snapshot, so that grouping and filters never depend on the machine's name of the day. */
export const snapshotHost = 'holdfast';

/** `key=value` as restic keeps tags. Commas join tags on its command line, so they are percent-encoded, as is the percent sign. */
export function encodeTags(tags: Readonly<Record<string, string>>): string[] {
  return Object.entries(tags).map(([key, value]) => `${percentEncode(key)}=${percentEncode(value)}`);
}

/** Reads tags back; those that are no `key=value` are not ours and are left out. */
export function decodeTags(tags: readonly string[]): Record<string, string> {
  const pairs: [string, string][] = [];
  for (const tag of tags) {
    const at = tag.indexOf('=');
    if (at > 0) pairs.push([percentDecode(tag.slice(0, at)), percentDecode(tag.slice(at + 1))]);
  }
  return Object.fromEntries(pairs);
}

/** One `--tag` that asks for all of them together; none for an empty filter. */
export function tagFilter(filter: Readonly<Record<string, string>>): string[] {
  const tags = encodeTags(filter);
  return tags.length === 0 ? [] : [`--tag=${tags.join(',')}`];
}

function percentEncode(text: string): string {
  return text.replaceAll(/[%,]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function percentDecode(text: string): string {
  return text.replaceAll(/%(25|2C)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
