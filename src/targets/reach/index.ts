import type { Opening } from '../shell/link.ts';
import type { Target } from '../types.ts';
import { reachDocker, reachKubernetes } from './containers.ts';
import { reachLocal } from './local.ts';
import { reachSsh } from './ssh.ts';

/** The program that gives us a shell on a target. Every kind of target is only that. */
export async function reach({ address }: Target, timeoutMs: number): Promise<Opening> {
  switch (address.kind) {
    case 'local':
      return await reachLocal(address);
    case 'ssh':
      return reachSsh(address, timeoutMs);
    case 'docker':
      return reachDocker(address);
    case 'kubernetes':
      return reachKubernetes(address);
  }
}
