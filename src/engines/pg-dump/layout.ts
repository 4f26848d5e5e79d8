/** What a dump consists of, within the directory it is captured into. */
export const layout = {
  /** pg_dump's directory format: toc.dat and one file a table. */
  dump: 'dump',
  /** Its table of contents, without which it is nothing. */
  contents: 'dump/toc.dat',
  /** Roles and what they are members of. */
  globals: 'globals.sql',
  /** Hashes of the files above, as `sha256sum --check` reads them. */
  sums: 'SHA256SUMS',
} as const;
