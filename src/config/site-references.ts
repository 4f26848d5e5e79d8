import { suggest } from '../lib/suggest.ts';

/** Something wrong at a place of the site file. */
export interface SiteProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** The key at `path` is wrong, whatever its value. */
  readonly key?: boolean;
}

/**
 * What a schema cannot say: names that must exist elsewhere in the file, orders that go in a circle, time zones, places
 * used twice. Takes the file as it was read and passes over what has the wrong shape, so that these mistakes are listed
 * together with the others.
 */
export function referenceProblems(site: unknown): SiteProblem[] {
  const stores = record(field(site, 'stores'));
  const assets = record(field(site, 'assets'));
  const problems = [...timezoneProblems(field(site, 'timezone')), ...sharedPlaces(stores)];
  for (const [name, asset] of Object.entries(assets)) {
    problems.push(...unknownNames(['assets', name, 'copies'], field(asset, 'copies'), 'store', Object.keys(stores)));
    problems.push(...unknownNames(['assets', name, 'after'], field(asset, 'after'), 'asset', Object.keys(assets)));
  }
  const targets = ['local', ...Object.keys(record(field(site, 'targets')))];
  for (const [name, group] of Object.entries(record(field(site, 'groups')))) {
    problems.push(...unknownNames(['groups', name, 'targets'], field(group, 'targets'), 'target', targets));
  }
  return [...problems, ...cycles(assets)];
}

function timezoneProblems(timezone: unknown): SiteProblem[] {
  if (typeof timezone !== 'string') return [];
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
    return [];
  } catch {
    const near = suggest(timezone, Intl.supportedValuesOf('timeZone'));
    const hint = near === undefined ? 'write one like Asia/Seoul or UTC' : `did you mean ${near}?`;
    return [{ path: ['timezone'], message: `there is no time zone "${timezone}"; ${hint}` }];
  }
}

/** Two stores in one place are one copy, whatever the file says. */
function sharedPlaces(stores: Readonly<Record<string, unknown>>): SiteProblem[] {
  const problems: SiteProblem[] = [];
  const owners = new Map<string, string>();
  for (const [name, store] of Object.entries(stores)) {
    for (const key of ['path', 'sftp']) {
      const value = field(store, key);
      if (typeof value !== 'string') continue;
      const place = `${key}:${value.replace(/\/+$/, '')}`;
      const owner = owners.get(place);
      if (owner === undefined) owners.set(place, name);
      else
        problems.push({
          path: ['stores', name, key],
          message: `store "${owner}" lies in the same place: that is one copy, not two`,
        });
    }
  }
  return problems;
}

function unknownNames(
  path: readonly string[],
  value: unknown,
  kind: 'store' | 'asset' | 'target',
  known: readonly string[],
): SiteProblem[] {
  if (!Array.isArray(value)) return [];
  const problems: SiteProblem[] = [];
  for (const [index, name] of value.entries()) {
    if (typeof name !== 'string') continue;
    const at = [...path, index];
    if (value.indexOf(name) !== index) problems.push({ path: at, message: `"${name}" is listed twice` });
    else if (!known.includes(name)) {
      const near = suggest(name, known);
      const hint = near === undefined ? `${kind}s are ${known.join(', ') || 'none'}` : `did you mean ${near}?`;
      problems.push({ path: at, message: `there is no ${kind} "${name}"; ${hint}` });
    }
  }
  return problems;
}

/** Each circle of `after` once, named from its first member in the file. */
function cycles(assets: Readonly<Record<string, unknown>>): SiteProblem[] {
  const problems: SiteProblem[] = [];
  const finished = new Set<string>();
  const trail: string[] = [];

  function visit(name: string): void {
    if (finished.has(name)) return;
    trail.push(name);
    const after = field(assets[name], 'after');
    for (const [index, next] of (Array.isArray(after) ? after : []).entries()) {
      if (typeof next !== 'string' || !Object.hasOwn(assets, next)) continue;
      const start = trail.indexOf(next);
      if (start === -1) visit(next);
      else
        problems.push({
          path: ['assets', name, 'after', index],
          message: `assets wait for each other in a circle: ${[...trail.slice(start), next].join(' after ')}`,
        });
    }
    trail.pop();
    finished.add(name);
  }

  for (const name of Object.keys(assets)) visit(name);
  return problems;
}

function field(value: unknown, key: string): unknown {
  return Object.hasOwn(record(value), key) ? record(value)[key] : undefined;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
