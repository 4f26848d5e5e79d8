import type { Carries, Family, Rule, Tool, Verb } from './types.ts';

const runValues =
  '--add-host --annotation -a --attach --blkio-weight --blkio-weight-device --cap-add --cap-drop --cgroup-parent --cgroupns --cidfile --cpu-count --cpu-percent --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime -c --cpu-shares --cpus --cpuset-cpus --cpuset-mems --detach-keys --device --device-cgroup-rule --device-read-bps --device-read-iops --device-write-bps --device-write-iops --dns --dns-option --dns-search --domainname --entrypoint -e --env --env-file --expose --gpus --group-add --health-cmd --health-interval --health-retries --health-start-interval --health-start-period --health-timeout -h --hostname --ip --ip6 --ipc --isolation --kernel-memory -l --label --label-file --link --link-local-ip --log-driver --log-opt --mac-address -m --memory --memory-reservation --memory-swap --memory-swappiness --mount --name --network --net --network-alias --oom-score-adj --pid --pids-limit --platform -p --publish --pull --restart --runtime --security-opt --shm-size --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --ulimit -u --user --userns --uts -v --volume --volume-driver --volumes-from -w --workdir --pod --authfile --creds --secret --systemd --tz --umask --uidmap --gidmap';

const reachesHost: readonly Rule[] = [
  { when: { option: '--privileged' }, add: 'privilege', why: 'a privileged container can reach its host' },
  {
    when: { option: '--pid --userns --ipc --uts', value: /^host$/ },
    add: 'privilege',
    why: "shares the host's namespace",
  },
  {
    when: { option: '--cap-add', value: /^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE|DAC_READ_SEARCH)$/i },
    add: 'privilege',
    why: 'gives capabilities over the host',
  },
  {
    when: {
      option: '-v --volume',
      value: /^\/(?:etc|root|boot|dev|proc|sys|var\/run\/docker\.sock|run\/docker\.sock)?\/?:/,
    },
    add: 'privilege',
    why: 'the container can reach the file system of its host',
  },
  {
    when: {
      option: '--mount',
      value: /(?:source|src)=\/(?:etc|root|boot|dev|proc|sys|var\/run\/docker\.sock|run\/docker\.sock)?\/?(?:,|$)/,
    },
    add: 'privilege',
    why: 'the container can reach the file system of its host',
  },
];

const inContainer: readonly Carries[] = [{ from: 'rest', as: 'command', skip: 1, place: 'container' }];

const build: Verb = {
  is: 'write',
  why: 'builds an image',
  values:
    '--add-host --allow --annotation --attest --build-arg --build-context --builder --cache-from --cache-to --cgroup-parent --cpu-period --cpu-quota -c --cpu-shares --cpuset-cpus --cpuset-mems -f --file --iidfile --isolation --label --layers -m --memory --memory-swap --metadata-file --network --no-cache-filter -o --output --platform --progress --provenance --sbom --secret --security-opt --shm-size --ssh -t --tag --target --ulimit -v --volume --creds --authfile --format --ignorefile --jobs',
  rules: [{ when: { option: '--push' }, add: 'egress', why: 'sends the image to a registry' }],
};
const removeContainer: Verb = {
  is: 'destroy',
  why: 'removes containers',
  values: '--filter --cidfile -t --time --depend',
  rules: [{ when: { option: '-f --force' }, add: 'disrupt', why: '--force stops running containers first' }],
};
const listed = { is: 'read', why: 'lists', values: '-f --filter --format -n --last --sort --pod' } as const;
const inspect: Verb = {
  is: 'read',
  why: 'shows the details of an object',
  values: '-f --format --type',
  rules: [
    { when: { option: '-f --format', value: /\.Env\b/ }, add: 'secret', why: 'prints the environment of a container' },
  ],
};
const exec: Verb = {
  is: 'none',
  why: 'runs a command in a container',
  values: '--detach-keys -e --env --env-file -u --user -w --workdir --preserve-fds --cidfile',
  rules: [{ when: { option: '--privileged' }, add: 'privilege', why: 'a privileged command can reach the host' }],
  carries: [{ from: 'rest', as: 'command', skip: 1, place: 'container' }],
};
const stops = {
  is: 'disrupt',
  why: 'stops or restarts containers',
  values: '-t --time --timeout -s --signal --filter --cidfile',
} as const;
const prunes = {
  is: 'destroy',
  why: 'removes what is not in use',
  values: '--filter --keep-storage --max-used-space --reserved-space --min-free-space',
} as const;

/** Verbs about one container: at the top and under `container`. */
const containerVerbs: Readonly<Record<string, Verb>> = {
  run: {
    is: 'write',
    why: 'starts a container',
    values: runValues,
    rules: reachesHost,
    carries: inContainer,
    special: 'docker-run',
  },
  create: { is: 'write', why: 'makes a container', values: runValues, rules: reachesHost, carries: inContainer },
  exec,
  'logs|top|stats|port|diff|events|wait|history': {
    is: 'read',
    why: 'looks at a container',
    values: '-n --tail --since --until -f --filter --format --condition -i --interval',
    flags: '-f --follow',
  },
  'ps|list|ls': listed,
  inspect,
  attach: { is: 'none', why: 'joins the terminal of a container', values: '--detach-keys' },
  'start|unpause|init': {
    is: 'write',
    why: 'starts containers',
    values: '--detach-keys --checkpoint --checkpoint-dir --filter',
  },
  'stop|restart|kill|pause': stops,
  rm: removeContainer,
  prune: prunes,
  commit: {
    is: 'write',
    why: 'makes an image of a container',
    values: '-a --author -c --change -m --message -f --format',
  },
  cp: { is: 'write', why: 'copies files to or from a container', special: 'copy' },
  export: {
    is: 'read',
    why: 'writes the files of a container to its output',
    values: '-o --output',
    rules: [{ when: { option: '-o --output' }, add: 'write', why: 'writes a file' }],
  },
  'rename|update': {
    is: 'write',
    why: 'changes a container',
    values:
      '--blkio-weight --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime -c --cpu-shares --cpus --cpuset-cpus --cpuset-mems -m --memory --memory-reservation --memory-swap --pids-limit --restart',
  },
  checkpoint: { is: ['write', 'disrupt'], why: 'stops a container and keeps its state', values: '-e --export' },
  restore: { is: 'write', why: 'starts a container from a kept state', values: '-i --import -n --name' },
};

/** Verbs about images. */
const imageVerbs: Readonly<Record<string, Verb>> = {
  'ls|list|history|inspect|tree|exists|search|diff': {
    is: 'read',
    why: 'looks at images',
    values: '-f --filter --format --platform --limit --sort',
  },
  'rm|remove': { is: 'destroy', why: 'removes images', values: '--platform' },
  prune: prunes,
  'pull|load|import|tag|mount|unmount|umount|convert|untag|sign|trust|scp': {
    is: 'write',
    why: 'stores images',
    values: '-i --input --platform -c --change -m --message --authfile --creds --tls-verify',
  },
  push: { is: 'egress', why: 'sends an image to a registry', values: '--platform --authfile --creds --format -f' },
  save: {
    is: 'read',
    why: 'writes an image to its output',
    values: '-o --output --platform --format',
    rules: [{ when: { option: '-o --output' }, add: 'write', why: 'writes a file' }],
  },
  build,
};

/** Objects that hold other things: volumes, networks, secrets and the rest. */
const objectVerbs: Readonly<Record<string, Verb>> = {
  'volume|network ls|list|inspect|exists': {
    is: 'read',
    why: 'looks at volumes or networks',
    values: '-f --filter --format',
  },
  'volume create|update|import|mount|unmount|reload': {
    is: 'write',
    why: 'makes or fills a volume',
    values: '--availability -d --driver --label --name -o --opt --scope --type --sharing',
  },
  'volume export': {
    is: 'read',
    why: 'writes a volume to its output',
    values: '-o --output',
    rules: [{ when: { option: '-o --output' }, add: 'write', why: 'writes a file' }],
  },
  'volume rm|remove': { is: 'destroy', why: 'deletes volumes and their data' },
  'volume prune': { ...prunes, why: 'deletes volumes that no container uses, and their data' },
  'network create|connect|update|reload': {
    is: 'write',
    why: 'makes or joins a network',
    values:
      '--aux-address --config-from -d --driver --gateway --ip --ip6 --ip-range --ipam-driver --ipam-opt --label -o --opt --scope --subnet --alias --link --link-local-ip --driver-opt',
  },
  'network disconnect': { is: 'disrupt', why: 'cuts a container off a network' },
  'network rm|remove': { is: 'destroy', why: 'removes networks' },
  'network prune': prunes,
  'image|images': listed,
  ...under('image', imageVerbs),
  ...under('container', containerVerbs),
  'system df|events|info|check': {
    is: 'read',
    why: 'looks at the engine',
    values: '-f --filter --format --since --until',
  },
  'system prune': { ...prunes, why: 'removes containers, networks, images, and volumes with --volumes' },
  'secret create|update': { is: 'write', why: 'stores a secret', values: '-d --driver -l --label --template-driver' },
  'secret ls|list|exists': listed,
  'secret inspect': {
    is: 'read',
    why: 'shows what is known of a secret',
    values: '-f --format',
    rules: [{ when: { option: '--showsecret' }, add: 'secret', why: 'prints the secret' }],
  },
  'secret rm|remove': { is: 'destroy', why: 'removes secrets' },
  'manifest inspect': { is: 'read', why: 'shows a manifest' },
  'manifest create|annotate|add|remove': {
    is: 'write',
    why: 'changes a manifest',
    values: '-a --amend --arch --os --variant',
  },
  'manifest rm': { is: 'destroy', why: 'removes a manifest' },
  'manifest push': { is: 'egress', why: 'sends a manifest to a registry' },
};

/** What every engine of containers understands at its top. */
const engineVerbs: Readonly<Record<string, Verb>> = {
  ...containerVerbs,
  ...objectVerbs,
  images: listed,
  'info|version|search|healthcheck|debug': {
    is: 'read',
    why: 'looks at the engine',
    values: '-f --format --filter --limit',
  },
  'pull|load|import|tag': {
    is: 'write',
    why: 'stores images',
    values: '-i --input --platform -c --change -m --message --authfile --creds',
  },
  push: imageVerbs.push ?? {},
  save: imageVerbs.save ?? {},
  rmi: { is: 'destroy', why: 'removes images', values: '--platform' },
  build,
  'builder|buildx build|bake': build,
  'buildx imagetools inspect': { is: 'read', why: 'shows an image' },
  'buildx imagetools create': {
    is: ['write', 'egress'],
    why: 'makes an image in a registry',
    values: '-t --tag -f --file',
  },
  'buildx ls|inspect|du|version|history': {
    is: 'read',
    why: 'looks at builders',
    values: '--builder --filter --format',
  },
  'buildx create|use': {
    is: 'write',
    why: 'makes a builder or an image',
    values: '--name --driver --platform -t --tag -f --file',
  },
  'buildx rm|stop': { is: 'destroy', why: 'removes a builder' },
  'builder|buildx prune': prunes,
  login: {
    is: 'write',
    why: 'stores a sign-in for a registry',
    values: '-u --username -p --password --authfile',
    credentials: '-p',
  },
  logout: { is: 'write', why: 'drops a sign-in', values: '--authfile' },
};

const composeGlobals =
  '-f --file -p --project-name --profile --env-file --project-directory --ansi --parallel --progress';
const composeRan = { option: '--dry-run' };

const composeVerbs: Readonly<Record<string, Verb>> = {
  up: {
    is: 'write',
    why: 'makes and starts services',
    values: '-t --timeout --scale --exit-code-from --attach --no-attach --pull --wait-timeout',
    rules: [
      { when: { option: '--force-recreate' }, add: 'disrupt', why: 'recreates running containers' },
      {
        when: { option: '--remove-orphans' },
        add: 'destroy',
        why: 'removes containers of services that are no longer defined',
      },
      { when: { option: '-V --renew-anon-volumes' }, add: 'destroy', why: 'drops the data of anonymous volumes' },
      { when: { option: '--scale', value: /=0$/ }, add: 'disrupt', why: 'stops a service: no container is left' },
    ],
    dryRun: composeRan,
  },
  down: {
    is: ['destroy', 'disrupt'],
    why: 'stops and removes containers and networks; with -v volumes and their data',
    values: '-t --timeout --rmi',
    dryRun: composeRan,
  },
  'stop|restart|kill|pause': {
    is: 'disrupt',
    why: 'stops or restarts services',
    values: '-t --timeout -s --signal',
    dryRun: composeRan,
  },
  'start|unpause|create|build|pull|watch|commit|bridge': {
    is: 'write',
    why: 'makes or starts services',
    values: '-m --memory --build-arg --builder --scale --policy --ssh',
    dryRun: composeRan,
  },
  scale: {
    is: 'write',
    why: 'changes the number of containers',
    rules: [{ when: { operand: /=0$/ }, set: 'disrupt', why: 'stops a service: no container is left' }],
    dryRun: composeRan,
  },
  rm: {
    is: 'destroy',
    why: 'removes stopped containers',
    rules: [
      { when: { option: '-s --stop' }, add: 'disrupt', why: 'stops them first' },
      // Before the subcommand -f names a file, after it -f is --force: in `-fsv` the letters stand where a file would.
      { when: { option: '-f', value: /^v?sv?$/ }, add: 'disrupt', why: 'stops them first' },
    ],
    dryRun: composeRan,
  },
  'ps|ls|logs|top|images|port|events|config|convert|version|wait|stats|volumes|attach': {
    is: 'read',
    why: 'looks at services',
    values: '-n --tail --since --until --format --filter --status --index --protocol --hash --orphans',
    flags: '-f --follow',
  },
  cp: { is: 'write', why: 'copies files to or from a service', values: '--index', special: 'copy', dryRun: composeRan },
  export: { is: 'write', why: 'writes the files of a service to an archive', values: '-o --output --index' },
  push: { is: 'egress', why: 'sends images to a registry', dryRun: composeRan },
  publish: { is: 'egress', why: 'sends the project to a registry' },
  exec: {
    is: 'none',
    why: 'runs a command in a service',
    values: '-e --env --index -u --user -w --workdir',
    rules: [{ when: { option: '--privileged' }, add: 'privilege', why: 'a privileged command can reach the host' }],
    carries: [{ from: 'rest', as: 'command', skip: 1, place: 'container' }],
  },
  run: {
    is: 'write',
    why: 'starts a container of a service',
    values:
      '--cap-add --cap-drop --entrypoint -e --env --env-from-file -l --label --name -p --publish --pull -u --user -v --volume -w --workdir',
    rules: reachesHost,
    carries: [{ from: 'rest', as: 'command', skip: 1, place: 'container' }],
  },
};

const docker: Tool = {
  names: ['docker'],
  style: 'pflag',
  values: '-H --host --context --config --log-level --tlscacert --tlscert --tlskey',
  commands: {
    ...engineVerbs,
    compose: { values: composeGlobals },
    ...under('compose', composeVerbs),
    'swarm init|join|update|ca|unlock': {
      is: 'write',
      why: 'makes, joins or changes a swarm',
      values:
        '--advertise-addr --availability --cert-expiry --data-path-addr --data-path-port --default-addr-pool --default-addr-pool-mask-length --dispatcher-heartbeat --external-ca --listen-addr --max-snapshots --snapshot-interval --task-history-limit --token --ca-cert --ca-key',
    },
    'swarm leave': { is: 'disrupt', why: 'takes this node out of the swarm, with what runs on it' },
    'swarm join-token|unlock-key': {
      is: ['read', 'secret'],
      why: 'prints a key of the swarm',
      rules: [{ when: { option: '--rotate' }, add: 'write', why: 'makes a new key' }],
    },
    'node ls|ps|inspect': { is: 'read', why: 'looks at the nodes of the swarm', values: '-f --filter --format' },
    'node update': {
      is: 'write',
      why: 'changes a node',
      values: '--availability --label-add --label-rm --role',
      rules: [
        {
          when: { option: '--availability', value: /^(?:drain|pause)$/ },
          set: 'disrupt',
          why: 'moves the work off a node',
        },
        { when: { option: '--role', value: /^manager$/ }, add: 'privilege', why: 'lets a node govern the swarm' },
      ],
    },
    'node promote|demote': { is: ['write', 'privilege'], why: 'changes which nodes govern the swarm' },
    'node rm': { is: 'destroy', why: 'removes a node from the swarm' },
    'service ls|ps|inspect|logs': {
      is: 'read',
      why: 'looks at services',
      values: '--filter --format -n --tail --since',
    },
    'service create|update': {
      is: 'write',
      why: 'makes or changes a service',
      values:
        '--args --cap-add --cap-drop --config --config-add --config-rm --constraint --constraint-add --constraint-rm --dns --endpoint-mode --entrypoint -e --env --env-add --env-rm --env-file --group --health-cmd --hostname --image --isolation -l --label --label-add --label-rm --limit-cpu --limit-memory --log-driver --log-opt --mode --mount --mount-add --mount-rm --name --network --network-add --network-rm --placement-pref -p --publish --publish-add --publish-rm --replicas --reserve-cpu --reserve-memory --restart-condition --restart-delay --restart-max-attempts --secret --secret-add --secret-rm --stop-grace-period --update-delay --update-parallelism -u --user -w --workdir',
      rules: [
        { when: { option: '--force' }, add: 'disrupt', why: '--force restarts the tasks of the service' },
        { when: { option: '--replicas', value: /^0$/ }, add: 'disrupt', why: 'stops the service: no replica is left' },
      ],
    },
    'service scale': {
      is: 'write',
      why: 'changes the number of replicas',
      rules: [{ when: { operand: /=0$/ }, set: 'disrupt', why: 'stops a service: no replica is left' }],
    },
    'service rollback': { is: ['write', 'disrupt'], why: 'goes back to an earlier definition, restarting its tasks' },
    'service|stack rm|remove|down': { is: ['destroy', 'disrupt'], why: 'removes services and stops what they run' },
    'stack deploy|up': {
      is: 'write',
      why: 'makes or changes a stack',
      values: '-c --compose-file --resolve-image',
      rules: [
        { when: { option: '--prune' }, add: 'destroy', why: '--prune removes services that are no longer defined' },
      ],
    },
    'stack ls|ps|services|config': {
      is: 'read',
      why: 'looks at stacks',
      values: '--filter --format -c --compose-file',
    },
    'config ls|inspect': { is: 'read', why: 'looks at configs', values: '-f --filter --format' },
    'config create': { is: 'write', why: 'stores a config', values: '-l --label --template-driver' },
    'config rm': { is: 'destroy', why: 'removes configs' },
    'context ls|list|inspect|show': { is: 'read', why: 'looks at contexts', values: '-f --format' },
    'context use|create|update|import|export': {
      is: 'write',
      why: 'changes contexts',
      values: '--description --docker --from',
    },
    'context rm': { is: 'destroy', why: 'removes contexts' },
    'plugin ls|inspect': { is: 'read', why: 'looks at plugins', values: '-f --filter --format' },
    'plugin install|enable|create|set|upgrade': {
      is: 'write',
      why: 'installs or changes plugins',
      values: '--alias --timeout',
    },
    'plugin disable': { is: 'disrupt', why: 'stops a plugin' },
    'plugin rm': { is: 'destroy', why: 'removes plugins' },
    'plugin push': { is: 'egress', why: 'sends a plugin to a registry' },
    'trust inspect': { is: 'read', why: 'shows signatures' },
    'trust sign|key|signer': { is: ['write', 'egress'], why: 'signs an image and sends the signature', operands: true },
    'trust revoke': { is: 'remote-delete', why: 'takes a signature back' },
    'checkpoint create': {
      is: ['write', 'disrupt'],
      why: 'stops a container and keeps its state',
      values: '--checkpoint-dir',
    },
    'checkpoint ls': { is: 'read', why: 'lists kept states', values: '--checkpoint-dir' },
    'checkpoint rm': { is: 'destroy', why: 'removes kept states', values: '--checkpoint-dir' },
    'scout cves|quickview|recommendations|compare|sbom': {
      is: 'read',
      why: 'looks for flaws in images',
      values: '--format -o --output',
    },
  },
  examples: [
    ['docker ps -a --filter name=web', 'read'],
    ['docker logs -f --tail 100 web', 'read'],
    ["docker inspect -f '{{.Config.Env}}' web", 'read', 'secret'],
    ['docker rm --help', 'none'],
    ['docker rm old', 'destroy'],
    ['docker rm -f web', 'destroy', 'disrupt'],
    ['docker rmi app:1', 'destroy'],
    ['docker volume rm pgdata', 'destroy'],
    ['docker volume prune -f', 'destroy'],
    ['docker system prune -af --volumes', 'destroy'],
    ['docker system df', 'read'],
    ['docker image prune -a', 'destroy'],
    ['docker stop -t 30 web', 'disrupt'],
    ['docker restart web', 'disrupt'],
    ['docker start web', 'write'],
    ['docker exec -u postgres -it db rm -rf /var/lib/postgresql/data', 'destroy'],
    ['docker exec -it db bash', 'none'],
    ['docker run -d --privileged --name x alpine', 'write', 'privilege'],
    ['docker push registry.example.com/app:1', 'egress'],
    ['docker pull alpine', 'write'],
    ['docker save app:1 -o app.tar', 'read', 'write'],
    ['docker network disconnect front web', 'disrupt'],
    ['docker compose -f prod.yaml up -d', 'write'],
    ['docker compose down -v', 'destroy', 'disrupt'],
    ['docker compose logs -f web', 'read'],
    ['docker compose exec -T db psql -c "DROP TABLE users"', 'destroy'],
    ['docker compose --dry-run down', 'read'],
    ['docker swarm join-token worker', 'read', 'secret'],
    ['docker node update --availability drain n1', 'disrupt'],
    ['docker service scale web=0', 'disrupt'],
    ['docker service update --force web', 'write', 'disrupt'],
    ['docker stack rm app', 'destroy', 'disrupt'],
    ['docker secret rm db', 'destroy'],
    ['docker context use prod', 'write'],
  ],
};

const podman: Tool = {
  names: ['podman'],
  style: 'pflag',
  values:
    '--url --connection --log-level --root --runroot --storage-driver --storage-opt --cgroup-manager --runtime --identity',
  commands: {
    ...engineVerbs,
    'pod ps|ls|list|inspect|logs|stats|top|exists': {
      is: 'read',
      why: 'looks at pods',
      values: '-f --filter --format',
    },
    'pod create|start|unpause|clone': {
      is: 'write',
      why: 'makes or starts pods',
      values: '--name -n -p --publish --network --label -l --infra-image',
    },
    'pod stop|restart|kill|pause': stops,
    'pod rm': removeContainer,
    'pod prune': prunes,
    'generate systemd|kube|spec': { is: 'read', why: 'prints a description', values: '-f --filename --restart-policy' },
    'kube generate': { is: 'read', why: 'prints a description', values: '-f --filename' },
    'play|kube kube|play|apply': {
      is: 'write',
      why: 'starts what a manifest describes',
      values: '--configmap --network --seccomp-profile-root --log-driver -f --file',
      rules: [
        { when: { option: '--down' }, set: ['destroy', 'disrupt'], why: 'stops and removes what a manifest describes' },
        {
          when: { option: '--replace' },
          add: ['destroy', 'disrupt'],
          why: 'removes running pods of the same name first',
        },
      ],
    },
    'kube down': { is: ['destroy', 'disrupt'], why: 'stops and removes what a manifest describes' },
    'auto-update': {
      is: ['write', 'disrupt'],
      why: 'updates and restarts containers',
      dryRun: { option: '--dry-run' },
    },
    'system reset': { is: ['destroy', 'disrupt'], why: 'removes all pods, containers, images, networks and volumes' },
    'system migrate|renumber|service|connection': { is: 'write', why: 'changes the engine', operands: true },
    'machine list|ls|info|inspect': { is: 'read', why: 'looks at machines' },
    'machine init|start|set': {
      is: 'write',
      why: 'makes or starts a machine',
      values: '--cpus --memory -m --disk-size',
    },
    'machine stop': { is: 'disrupt', why: 'stops a machine' },
    'machine rm|reset': { is: 'destroy', why: 'removes a machine' },
    'machine ssh': {
      is: 'none',
      why: 'a shell on a machine',
      carries: [{ from: 'rest', as: 'sh', skip: 1, place: 'host' }],
    },
    'mount|umount|unmount': { is: 'write', why: 'mounts the files of a container' },
    unshare: { is: 'none', why: 'runs a command in the user namespace', carries: [{ from: 'rest', as: 'command' }] },
    compose: { values: composeGlobals },
    ...under('compose', composeVerbs),
  },
  examples: [
    ['podman ps --all', 'read'],
    ['podman system reset --force', 'destroy', 'disrupt'],
    ['podman pod rm -f web', 'destroy', 'disrupt'],
    ['podman secret inspect --showsecret db', 'read', 'secret'],
    ['podman kube play --down app.yaml', 'destroy', 'disrupt'],
    ['podman auto-update --dry-run', 'read'],
    ['podman volume export data -o data.tar', 'read', 'write'],
    ['podman exec db cat /etc/shadow', 'read', 'secret'],
  ],
};

/** Docker, Podman and the tools about containers and images. */
export const containers: Family = {
  name: 'containers',
  title: 'Containers',
  tools: [
    docker,
    {
      names: ['docker-compose', 'podman-compose'],
      style: 'pflag',
      values: `${composeGlobals} -H --host`,
      commands: composeVerbs,
      examples: [
        ['docker-compose stop web', 'disrupt'],
        ['docker-compose --project-name x down --volumes', 'destroy', 'disrupt'],
        ['docker-compose ps', 'read'],
        ['docker-compose rm -fsv web', 'destroy', 'disrupt'],
        ['docker-compose run --rm web rm -rf /srv/app', 'write', 'destroy'],
      ],
    },
    podman,
    {
      names: ['nerdctl'],
      style: 'pflag',
      values:
        '-a --address -n --namespace --snapshotter --data-root --cgroup-manager --host --host-gateway-ip --cni-path',
      commands: {
        ...engineVerbs,
        'namespace ls|inspect': { is: 'read', why: 'looks at namespaces' },
        'namespace create|update': { is: 'write', why: 'makes a namespace', values: '-l --label' },
        'namespace remove|rm': { is: 'destroy', why: 'removes a namespace' },
        compose: { values: composeGlobals },
        ...under('compose', composeVerbs),
      },
      examples: [
        ['nerdctl -n k8s.io images', 'read'],
        ['nerdctl system prune -a', 'destroy'],
      ],
    },
    {
      names: ['buildah'],
      style: 'pflag',
      values: '--root --runroot --storage-driver --log-level --registries-conf',
      commands: {
        'manifest inspect': { is: 'read', why: 'shows a manifest' },
        'manifest create|add': { is: 'write', why: 'changes a manifest' },
        'manifest push': { is: 'egress', why: 'sends a manifest to a registry' },
        'manifest rm': { is: 'destroy', why: 'removes a manifest' },
        'images|containers|inspect|info|version': { is: 'read', why: 'looks at images' },
        'build|bud|from|add|copy|commit|config|mount|umount|pull|rename|tag|login|logout': {
          is: 'write',
          why: 'builds an image',
          values:
            '-f --file -t --tag --build-arg --label -l --from --name --format --authfile --creds -e --env --entrypoint --cmd --author -u --user -p --port',
        },
        run: {
          is: 'write',
          why: 'runs a command while an image is built',
          values: '-v --volume --user -e --env --workingdir --network --mount',
          rules: reachesHost,
          carries: [{ from: 'rest', as: 'command', skip: 1, place: 'container' }],
        },
        unshare: {
          is: 'none',
          why: 'runs a command in the user namespace',
          carries: [{ from: 'rest', as: 'command' }],
        },
        push: {
          is: 'egress',
          why: 'sends an image to a registry',
          values: '--authfile --creds --format',
        },
        'rm|rmi|prune': { is: 'destroy', why: 'removes images or containers' },
      },
      examples: [
        ['buildah bud -t app .', 'write'],
        ['buildah rmi --all', 'destroy'],
        ['buildah push app docker://registry.example.com/app', 'egress'],
      ],
    },
    {
      names: ['skopeo'],
      style: 'pflag',
      values: '--authfile --creds --src-creds --dest-creds --format -f --policy --command-timeout --tls-verify',
      commands: {
        'inspect|list-tags|manifest-digest|standalone-verify': { is: 'read', why: 'looks at an image' },
        copy: {
          is: 'write',
          why: 'copies an image',
          values: '-a --additional-tag --encryption-key --sign-by',
          rules: [{ when: { last: /^docker:\/\// }, set: 'egress', why: 'sends an image to a registry' }],
        },
        sync: {
          is: 'write',
          why: 'copies images',
          values: '-s --src -d --dest',
          rules: [
            { when: { option: '-d --dest', value: /^docker$/ }, set: 'egress', why: 'sends images to a registry' },
          ],
          dryRun: { option: '--dry-run' },
        },
        delete: { is: 'remote-delete', why: 'deletes an image in a registry' },
        'login|logout|standalone-sign': {
          is: 'write',
          why: 'stores a sign-in or a signature',
          values: '-u --username -p --password -o --output',
          credentials: '-p',
        },
      },
      examples: [
        ['skopeo inspect docker://alpine', 'read'],
        ['skopeo copy docker://alpine dir:alpine', 'write'],
        ['skopeo copy dir:alpine docker://registry.example.com/alpine', 'egress'],
        ['skopeo delete docker://registry.example.com/app:1', 'remote-delete'],
      ],
    },
    {
      names: ['crane', 'regctl', 'oras'],
      style: 'pflag',
      values: '--platform -o --output --format',
      commands: {
        'ls|digest|manifest|config|catalog|validate|version|blob|discover': {
          is: 'read',
          why: 'looks at a registry',
          operands: true,
        },
        'image|tag|repo|manifest ls|digest|manifest|inspect|get|head': { is: 'read', why: 'looks at a registry' },
        'image copy|import': { is: 'egress', why: 'sends images to a registry' },
        'image export': { is: 'write', why: 'writes an image to a file' },
        'pull|export|auth|login|logout': { is: 'write', why: 'fetches images', operands: true },
        'push|copy|cp|append|tag|attach': {
          is: 'egress',
          why: 'sends images to a registry',
          operands: true,
        },
        'image|tag|manifest delete|rm': { is: 'remote-delete', why: 'deletes an image in a registry' },
        delete: {
          is: 'remote-delete',
          why: 'deletes an image in a registry',
        },
      },
      examples: [
        ['crane delete registry.example.com/app@sha256:aa', 'remote-delete'],
        ['crane ls registry.example.com/app', 'read'],
      ],
    },
    {
      names: ['crictl'],
      style: 'pflag',
      values: '-r --runtime-endpoint -i --image-endpoint -c --config -t --timeout',
      commands: {
        'ps|pods|images|img|image|logs|inspect|inspectp|inspecti|stats|statsp|info|version|imagefsinfo|events|metricsp|runtime-config|config':
          {
            is: 'read',
            why: 'looks at the container runtime',
            values: '-o --output -s --state --name --label --tail --since --pod -p --image',
            flags: '-f --follow',
          },
        'pull|create|run|runp|start|update|checkpoint': {
          is: 'write',
          why: 'starts containers or stores images',
          values: '--creds --auth',
        },
        'stop|stopp': { is: 'disrupt', why: 'stops containers', values: '-t --timeout' },
        'rm|rmp|rmi': {
          is: 'destroy',
          why: 'removes containers, pods or images',
          rules: [{ when: { option: '-f --force' }, add: 'disrupt', why: 'stops what runs first' }],
        },
        exec: {
          is: 'none',
          why: 'runs a command in a container',
          values: '--timeout',
          carries: [{ from: 'rest', as: 'command', skip: 1, place: 'container' }],
        },
        'attach|port-forward': { is: 'none', why: 'joins a container' },
      },
      examples: [
        ['crictl ps -a', 'read'],
        ['crictl stopp 3f1', 'disrupt'],
        ['crictl rmi --prune', 'destroy'],
        ['crictl exec -it 3f1 sh', 'none'],
      ],
    },
    {
      names: ['ctr'],
      style: 'pflag',
      values: '-n --namespace -a --address --timeout',
      commands: {
        'images|image|i ls|list|check': { is: 'read', why: 'looks at images' },
        'images|image|i pull|import|tag|mount|unmount|label|convert': {
          is: 'write',
          why: 'stores images',
          values: '--platform -u --user',
        },
        'images|image|i push': { is: 'egress', why: 'sends an image to a registry', values: '-u --user' },
        'images|image|i export': { is: 'write', why: 'writes images to a file', values: '--platform' },
        'images|image|i rm|remove|delete|del|prune': { is: 'destroy', why: 'removes images' },
        'containers|container|c ls|list|info': { is: 'read', why: 'looks at containers' },
        'containers|container|c create|label|checkpoint|restore': { is: 'write', why: 'changes containers' },
        'containers|container|c rm|remove|delete|del': { is: 'destroy', why: 'removes containers' },
        'tasks|task|t ls|list|ps|metrics|metric': { is: 'read', why: 'looks at tasks' },
        'tasks|task|t start|resume|attach|checkpoint': { is: 'write', why: 'starts tasks' },
        'tasks|task|t kill|pause|rm|remove|delete': {
          is: 'disrupt',
          why: 'stops tasks',
          values: '-s --signal --exec-id',
        },
        'tasks|task|t exec': {
          is: 'none',
          why: 'runs a command in a container',
          values: '--exec-id --cwd --user',
          carries: [{ from: 'rest', as: 'command', skip: 1, place: 'container' }],
        },
        run: {
          is: 'write',
          why: 'starts a container',
          values: '--mount --env --user --cwd --runtime --snapshotter',
          rules: reachesHost,
        },
        'snapshots|snapshot ls|list|info|tree|usage|diff': { is: 'read', why: 'looks at snapshots' },
        'snapshots|snapshot rm|remove|delete': { is: 'destroy', why: 'removes snapshots' },
        'namespaces|namespace|ns ls|list': { is: 'read', why: 'lists namespaces' },
        'namespaces|namespace|ns create|c|label': { is: 'write', why: 'makes a namespace' },
        'namespaces|namespace|ns rm|remove': { is: 'destroy', why: 'removes a namespace' },
        'content ls|list|get': { is: 'read', why: 'looks at stored content' },
        'content rm|remove|delete|prune': { is: 'destroy', why: 'removes stored content' },
        'plugins ls': { is: 'read', why: 'lists plugins' },
        'events|version|info': { is: 'read', why: 'looks at containerd' },
      },
      examples: [
        ['ctr -n k8s.io images import app.tar', 'write'],
        ['ctr -n k8s.io images rm app:1', 'destroy'],
        ['ctr -n k8s.io tasks kill web', 'disrupt'],
        ['ctr containers ls', 'read'],
      ],
    },
  ],
};

function under(group: string, verbs: Readonly<Record<string, Verb>>): Readonly<Record<string, Verb>> {
  return Object.fromEntries(Object.entries(verbs).map(([path, verb]) => [`${group} ${path}`, verb]));
}
