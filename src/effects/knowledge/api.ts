import { archive } from './archive.ts';
import { aws } from './aws.ts';
import { backup } from './backup.ts';
import { builtins } from './builtins.ts';
import { cloud } from './cloud.ts';
import { clusterTools } from './cluster-tools.ts';
import { containers } from './containers.ts';
import { coreutils } from './coreutils.ts';
import { dataServices } from './data-services.ts';
import { databases } from './databases.ts';
import { disks } from './disks.ts';
import { filesystems } from './filesystems.ts';
import { findutils } from './findutils.ts';
import { firewall } from './firewall.ts';
import { git } from './git.ts';
import { infrastructure } from './infrastructure.ts';
import { interpreters } from './interpreters.ts';
import { kubernetes } from './kubernetes.ts';
import { macos } from './macos.ts';
import { modules } from './modules.ts';
import { network } from './network.ts';
import { observability } from './observability.ts';
import { packages } from './packages.ts';
import { postgresql } from './postgresql.ts';
import { processes } from './processes.ts';
import { secrets } from './secrets.ts';
import { services } from './services.ts';
import { text } from './text.ts';
import { transfer } from './transfer.ts';
import type { Family } from './types.ts';
import { users } from './users.ts';
import { volumes } from './volumes.ts';
import { wrappers } from './wrappers.ts';

/** Every family, one line each: the only place that names them. A test holds the files of this folder equal to this list. */
export const families: readonly Family[] = [
  archive,
  aws,
  backup,
  builtins,
  cloud,
  clusterTools,
  containers,
  coreutils,
  dataServices,
  databases,
  disks,
  filesystems,
  findutils,
  firewall,
  git,
  infrastructure,
  interpreters,
  kubernetes,
  macos,
  modules,
  network,
  observability,
  packages,
  postgresql,
  processes,
  secrets,
  services,
  text,
  transfer,
  users,
  volumes,
  wrappers,
];
