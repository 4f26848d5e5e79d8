import { resolvePath } from '../config/paths.ts';
import type { Site, TargetConfig } from '../config/site.ts';
import type { Identity, Target } from './types.ts';

/** The targets of a site by name; `local` is always among them. Paths of files are relative to `directory`, the site file's. */
export function targetsOf(site: Pick<Site, 'targets'>, directory: string): ReadonlyMap<string, Target> {
  const targets = new Map<string, Target>();
  for (const [name, config] of Object.entries(site.targets)) targets.set(name, targetOf(name, config, directory));
  if (!targets.has('local')) {
    targets.set('local', { name: 'local', kind: 'local', identity: {}, live: true, address: { kind: 'local' } });
  }
  return targets;
}

function targetOf(name: string, config: TargetConfig, directory: string): Target {
  const address = addressOf(config, directory);
  return {
    name,
    kind: address.kind,
    ...(config.directory === undefined ? {} : { directory: config.directory }),
    identity: config.identity as Identity,
    live: config.live,
    address,
  };
}

function addressOf(config: TargetConfig, directory: string): Target['address'] {
  if ('local' in config) return defined({ kind: 'local' as const, account: config.account });
  if ('docker' in config) return { kind: 'docker', container: config.docker, program: config.program };
  if ('kubernetes' in config) {
    const { context, namespace, pod, container } = config.kubernetes;
    return defined({ kind: 'kubernetes' as const, context, namespace, pod, container });
  }
  const file = (path: string | undefined) => (path === undefined ? undefined : resolvePath(path, directory));
  return defined({
    kind: 'ssh' as const,
    destination: config.ssh,
    port: config.port,
    config: file(config.config),
    identityFile: file(config.key),
    jump: config.jump,
    knownHosts: file(config['known-hosts']),
  });
}

/** Without the fields that are undefined, which the types tell from those that are absent. */
function defined<Fields extends Target['address']>(
  fields: { [Name in keyof Fields]: Fields[Name] | undefined },
): Fields;
function defined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
