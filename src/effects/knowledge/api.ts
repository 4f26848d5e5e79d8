import { backup } from './backup.ts';
import { clusterTools } from './cluster-tools.ts';
import { containers } from './containers.ts';
import { coreutils } from './coreutils.ts';
import { dataServices } from './data-services.ts';
import { databases } from './databases.ts';
import { git } from './git.ts';
import { kubernetes } from './kubernetes.ts';
import { postgresql } from './postgresql.ts';
import type { Family } from './types.ts';

/** Every family, one line each: the only place that names them. A test holds the files of this folder equal to this list. */
export const families: readonly Family[] = [
  backup,
  clusterTools,
  containers,
  coreutils,
  dataServices,
  databases,
  git,
  kubernetes,
  postgresql,
];
