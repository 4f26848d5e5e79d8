import type { EngineFacts } from '../types.ts';

export const facts: EngineFacts = {
  name: 'restic',
  title: 'restic',
  family: 'store',
  assets: ['files'],
  programs: ['restic'],
  can: { parallelRestore: true, pointInTime: false, verifyContent: true, expireDryRun: true },
  caveats: [
    'The password is the only key: without it nobody reads the repository.',
    'Checking without reading the data passes a changed byte; only reading all data, or a restore, finds it.',
    'Stores over sftp use the OpenSSH configuration and keys of the account that Holdfast runs its programs as.',
    'Files are given back to their owners only when Holdfast runs as root.',
    'Sockets are not kept.',
    'restic before 0.16 does not say how far a restore is.',
  ],
};
