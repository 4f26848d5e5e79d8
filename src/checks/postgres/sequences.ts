import type { PostgresFacts } from '../facts.ts';
import type { Session } from './session.ts';
import { quote } from './tables.ts';

export type SequenceFacts = PostgresFacts['sequences'][number];

/** `last_value`, and whether it was given out already: `41` or `1 unused`. */
type Value = string;

const listing = `
  select n.nspname as schema, c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'S' and c.relpersistence <> 't'
     and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
     and not exists (select from pg_depend d
                      where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
   order by n.nspname collate "C", c.relname collate "C"`;

/** Many names in one statement, yet not so many that the statement becomes too deep. */
const atOnce = 200;

/** Where every sequence stands now: sequences belong to no snapshot. */
export async function readSequences(session: Session): Promise<SequenceFacts[]> {
  const names = await session.query('listing sequences', listing);
  const facts: SequenceFacts[] = [];
  for (let from = 0; from < names.length; from += atOnce) {
    const some = names.slice(from, from + atOnce);
    const rows = await session.query(
      'reading sequences',
      `${some.map(selectValue).join(' union all ')} order by place`,
    );
    for (const [index, { schema, name }] of some.entries()) {
      const row = rows[index];
      facts.push({ schema: schema ?? '', name: name ?? '', value: text(row?.last_value, row?.is_called) });
    }
  }
  return facts;
}

/**
 * What a dump taken between two readings may hold: one value where nothing moved, else a range `41..57`. A sequence that came
 * or went in between is left out.
 */
export function between(before: readonly SequenceFacts[], after: readonly SequenceFacts[]): SequenceFacts[] {
  const later = new Map(after.map((sequence) => [keyOf(sequence), sequence.value]));
  return before.flatMap((sequence) => {
    const value = later.get(keyOf(sequence));
    if (value === undefined) return [];
    return [value === sequence.value ? sequence : { ...sequence, value: `${sequence.value}..${value}` }];
  });
}

/** True when a restored value is one that the dump may have held. */
export function isWithin(recorded: string, restored: Value): boolean {
  if (recorded === restored) return true;
  const [first, last] = recorded.split('..');
  if (first === undefined || last === undefined) return false;
  if (restored === first || restored === last) return true;
  const [a, b, found] = [number(first), number(last), number(restored)];
  return (a <= found && found <= b) || (b <= found && found <= a);
}

export function keyOf(sequence: { readonly schema: string; readonly name: string }): string {
  return `${quote(sequence.schema)}.${quote(sequence.name)}`;
}

function selectValue(row: Record<string, string | null>, index: number): string {
  return `select ${index} as place, last_value, is_called from ${quote(row.schema ?? '')}.${quote(row.name ?? '')}`;
}

function text(value: string | null | undefined, called: string | null | undefined): Value {
  return called === 't' ? `${value}` : `${value} unused`;
}

function number(value: Value): bigint {
  return BigInt(value.replace(' unused', ''));
}
