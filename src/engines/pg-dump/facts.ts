import type { EngineFacts } from '../types.ts';

export const facts: EngineFacts = {
  name: 'pg-dump',
  title: 'pg_dump',
  family: 'source',
  assets: ['postgres'],
  programs: ['postgres'],
  can: { parallelRestore: true, pointInTime: false, verifyContent: true, expireDryRun: false },
  caveats: [
    'A recovery point is one moment; what was written since the last one is lost.',
    'Rows of foreign tables and of extensions themselves are not in a dump; materialized views are computed anew.',
    'Tablespaces are not kept: everything comes back in the default one.',
    'Passwords of roles are in the dump only when the user is a superuser; otherwise they must be set anew.',
    'The dump is not compressed: the store compresses it, and finds what did not change since the last one.',
  ],
};
