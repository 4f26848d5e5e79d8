import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import { currentAccount } from '../../src/process/account.ts';
import { removeDirectory, temporaryDirectory } from '../services/programs.ts';
import { keepsTheContract } from './contract.ts';

describe('this machine', () => {
  keepsTheContract(async () => {
    const directory = temporaryDirectory('hflt-');
    const room = join(directory, 'room');
    mkdirSync(room);
    chmodSync(room, 0o777);
    const before = process.env.XDG_STATE_HOME;
    process.env.XDG_STATE_HOME = directory;
    // Root's own steps: what this account may do is all that is different for another.
    const account = currentAccount().name;
    return {
      target: { name: 'local', kind: 'local', identity: {}, live: true, address: { kind: 'local', account } },
      room,
      runs: join(directory, 'holdfast', 'runs'),
      async stop() {
        if (before === undefined) delete process.env.XDG_STATE_HOME;
        else process.env.XDG_STATE_HOME = before;
        removeDirectory(directory);
      },
    };
  });
});
