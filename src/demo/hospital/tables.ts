import { accounts } from './accounts.ts';
import { care } from './care.ts';
import { people } from './people.ts';

/** The rows of one table, ready for COPY, in an order that is the same each time. */
export interface TableRows {
  readonly table: string;
  readonly columns: readonly string[];
  /** Made as they are read: they can be read once. */
  readonly lines: Iterable<string>;
}

/** How much of everything there is. */
export interface Census {
  readonly patients: number;
  readonly visits: number;
  readonly documents: number;
  readonly beds: number;
}

/** A visit is the unit of the hospital's work; each brings about eleven rows with it. */
export function censusFor(rows: number): Census {
  const visits = Math.max(20, Math.ceil(rows / 11.1));
  return { visits, patients: Math.ceil(visits / 3), documents: Math.ceil(visits / 14), beds: 240 };
}

/** The hospital's whole history: the same tables, columns, rows and order for the same seed and size, on every machine. */
export function hospitalTables(seed: string, census: Census): readonly TableRows[] {
  const treated = care(seed, census);
  return [...people(seed, census), ...treated.tables, ...accounts(seed, treated.visits)];
}
