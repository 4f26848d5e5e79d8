/** One connection to Holdfast's own PostgreSQL, or a transaction on it. SQL is plain text with `$1` parameters. */
export interface Queryable {
  query<Row extends object = Record<string, unknown>>(
    sql: string,
    values?: readonly unknown[],
  ): Promise<readonly Row[]>;
}

/** Holdfast's own database: a private server in the data directory, or the team's by a URL. The same code for both. */
export interface Database extends Queryable {
  transaction<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result>;
}
