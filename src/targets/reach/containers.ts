import { currentAccount } from '../../process/account.ts';
import type { Command } from '../../process/types.ts';
import type { Opening } from '../shell/link.ts';
import type { Target } from '../types.ts';
import { ownVariables } from './variables.ts';

type Docker = Extract<Target['address'], { kind: 'docker' }>;
type Kubernetes = Extract<Target['address'], { kind: 'kubernetes' }>;

/** A shell in a running container. */
export function reachDocker({ program, container }: Docker): Opening {
  return { command: asUser(program, ['exec', '-i', '--', container, 'sh']) };
}

/** Prints the id of a container. */
export function dockerId({ program, container }: Docker): Command {
  return asUser(program, ['inspect', '--type=container', '--format={{.Id}}', '--', container]);
}

/** A shell in a pod. */
export function reachKubernetes(address: Kubernetes): Opening {
  const { pod, container } = address;
  const chosen = container === undefined ? [] : [`--container=${container}`];
  return { command: kubectl(address, ['exec', '--stdin', ...chosen, pod, '--', 'sh']) };
}

/** Prints the uid of the namespace kube-system, which stands for the cluster. */
export function clusterId(address: Kubernetes): Command {
  return kubectl(address, ['get', 'namespace', 'kube-system', '--output=jsonpath={.metadata.uid}']);
}

/** Prints the context that kubectl uses by itself. */
export function currentContext(): Command {
  return asUser('kubectl', ['config', 'current-context']);
}

function kubectl({ context, namespace }: Kubernetes, args: readonly string[]): Command {
  const place = [
    ...(context === undefined ? [] : [`--context=${context}`]),
    ...(namespace === undefined ? [] : [`--namespace=${namespace}`]),
  ];
  return asUser('kubectl', [...place, ...args]);
}

/** Their configuration is that of the account that runs Holdfast. */
function asUser(program: string, args: readonly string[]): Command {
  return { program, args, account: currentAccount(), env: ownVariables() };
}
