import type { Session } from '../session.ts';
import type { SharedSnapshot } from '../shared-snapshot.ts';
import { relations } from './relations.ts';
import { routines } from './routines.ts';
import { whole } from './whole.ts';

/** Between what a line is about and what it says. A tab in a name is written as a blank. */
const separator = '\t';

/** Everything that a schema is, as sorted lines without object ids: the same schema gives the same lines on any server. */
export async function schemaLines(snapshot: SharedSnapshot): Promise<string[]> {
  const lines: string[] = [];
  await snapshot.each([...whole, ...relations, ...routines], async (question, session) => {
    lines.push(...(await ask(question, session)));
  });
  return lines.sort();
}

async function ask(question: string, session: Session): Promise<string[]> {
  const rows = await session.query('reading the schema', question);
  return rows.map(({ kind, name, says }) => `${kind} ${name?.replaceAll(separator, ' ')}${separator}${says ?? ''}`);
}

export interface SchemaDifference {
  readonly what: 'missing' | 'added' | 'changed';
  /** As `index public.entries_pkey`; never what the object says, which may hold data. */
  readonly object: string;
}

/**
 * How a restored schema differs from the recorded one. Roles that are there besides are no difference: a server has its own
 * superuser. PostgreSQL writes some expressions with other casts and brackets after a restore (`x IN (…)` on varchar is one), so
 * those are left out where two lines are not equal as they are.
 */
export function compareSchema(recorded: readonly string[], restored: readonly string[]): SchemaDifference[] {
  const before = group(recorded);
  const after = group(restored);
  const differences: SchemaDifference[] = [];
  for (const [object, says] of before) {
    const found = after.get(object);
    if (found === undefined) differences.push({ what: 'missing', object });
    else if (!same(says, found)) differences.push({ what: 'changed', object });
  }
  for (const object of after.keys()) {
    if (!before.has(object) && !object.startsWith('role ')) differences.push({ what: 'added', object });
  }
  return differences;
}

function group(lines: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const line of lines) {
    const at = line.indexOf(separator);
    const object = line.slice(0, at);
    groups.set(object, [...(groups.get(object) ?? []), line.slice(at + 1)]);
  }
  return groups;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  return a.every((text, index) => text === b[index] || loose(text) === loose(b[index] ?? ''));
}

function loose(text: string): string {
  return text
    .replaceAll(
      /::(?:"[^"]*"|[a-z_][\w.]*)(?: varying| precision| with(?:out)? time zone)?(?:\(\d+(?:,\s*\d+)?\))?(?:\[\])*/gi,
      '',
    )
    .replaceAll(/[()\s]/g, '');
}
