import { describe } from 'vitest';
import { remoteShells, startSshd } from '../services/sshd.ts';
import { keepsTheContract } from './contract.ts';

// Real OpenSSH, client and server.
describe.each(remoteShells)('a host whose sh is %s', (shell) => {
  keepsTheContract(async () => {
    const sshd = await startSshd({ shell });
    const [host] = sshd.hosts;
    if (host === undefined) throw new Error('no host');
    return { target: host.target, room: host.room, runs: host.runs, stop: sshd.stop };
  });
});
