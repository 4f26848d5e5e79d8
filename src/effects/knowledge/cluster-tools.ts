import type { Family, Verb } from './types.ts';

const kube = '-n --namespace --kubeconfig --kube-context --context';
/** helm: `--dry-run`, `--dry-run=client`, `=server`, `=true`. */
const helmRan = { option: '--dry-run', value: /^(?:client|server|true|)$/ };
const chart =
  '-f --values --set --set-string --set-file --set-json --set-literal --version --timeout --description --repo --username --password --ca-file --cert-file --key-file --keyring --post-renderer --post-renderer-args --history-max --labels -l';

const getsAndDescribes: Verb = {
  is: 'read',
  why: 'looks at what is there',
  operands: true,
  values: '-o --output -l --selector',
};

/** What is run about a Kubernetes cluster beside kubectl. */
export const clusterTools: Family = {
  name: 'cluster-tools',
  title: 'Tools about Kubernetes clusters',
  tools: [
    {
      names: ['helm', 'helm3'],
      style: 'pflag',
      values: `${kube} --kube-apiserver --kube-as-group --kube-as-user --kube-ca-file --kube-token --registry-config --repository-cache --repository-config --burst-limit --qps`,
      help: '-h',
      commands: {
        'list|ls|status|history|hist|env|version|lint|template|search|show|inspect|verify|diff': {
          is: 'read',
          why: 'looks at charts or releases',
          operands: true,
          values: `${chart} -o --output --revision --max -m --filter --output-dir --api-versions --kube-version -s --show-only --show-resources`,
          rules: [{ when: { option: '--output-dir' }, add: 'write', why: 'writes manifests to files' }],
        },
        'get all|hooks|manifest|metadata|notes|values': {
          is: 'read',
          why: 'shows a release',
          values: '--revision -o --output --template',
        },
        'install|upgrade': {
          is: 'write',
          why: 'installs or upgrades a release',
          values: chart,
          rules: [
            {
              when: { option: '--force --force-replace --recreate-pods' },
              add: ['destroy', 'disrupt'],
              why: '--force deletes objects and makes them anew',
            },
            {
              when: { option: '--set', value: /replica(?:s|Count)=0(?:,|$)/i },
              add: 'disrupt',
              why: 'stops a workload: no replica is left',
            },
          ],
          dryRun: helmRan,
        },
        'uninstall|delete|del|un': {
          is: 'destroy',
          why: 'deletes a release and its objects',
          values: '--timeout --description --cascade',
          dryRun: helmRan,
        },
        rollback: {
          is: 'write',
          why: 'goes back to an earlier revision, restarting what differs',
          values: '--timeout --history-max',
          dryRun: helmRan,
        },
        test: { is: 'write', why: 'runs the tests of a release in the cluster', values: '--timeout --filter' },
        'repo list|ls': { is: 'read', why: 'lists repositories', values: '-o --output' },
        'repo add|update|up|index': {
          is: 'write',
          why: 'changes repositories',
          values: '--username --password --ca-file --url --merge --timeout',
        },
        'repo remove|rm': { is: 'destroy', why: 'removes repositories' },
        'pull|fetch|create|package|dependency|dep': {
          is: 'write',
          why: 'fetches or makes a chart',
          operands: true,
          values: `${chart} -d --destination --untardir -p --starter --app-version --key`,
        },
        'dependency|dep list|ls': { is: 'read', why: 'lists dependencies' },
        'dependency|dep update|up|build': { is: 'write', why: 'fetches dependencies' },
        'push|cm-push': {
          is: 'egress',
          why: 'sends a chart to a registry',
          values: '--ca-file --cert-file --key-file --username --password',
        },
        'registry login|logout': {
          is: 'write',
          why: 'stores or drops a sign-in',
          values: '-u --username -p --password --ca-file',
          credentials: '-p',
        },
        'plugin list|ls': { is: 'read', why: 'lists plugins' },
        'plugin install|update|up': { is: 'write', why: 'installs plugins', values: '--version' },
        'plugin uninstall|remove|rm': { is: 'destroy', why: 'removes plugins' },
        'secrets view|decrypt|dec|edit': { is: ['read', 'secret'], why: 'shows encrypted values' },
        'secrets encrypt|enc': { is: 'write', why: 'encrypts values' },
        completion: { is: 'none', why: 'prints completion for a shell' },
        mapkubeapis: { is: 'write', why: 'changes the records of a release', dryRun: { option: '--dry-run' } },
      },
      examples: [
        ['helm list -A', 'read'],
        ['helm get values web -n prod', 'read'],
        ['helm upgrade --install web ./chart -f prod.yaml', 'write'],
        ['helm upgrade web ./chart --dry-run', 'read'],
        ['helm upgrade web ./chart --force', 'write', 'destroy', 'disrupt'],
        ['helm uninstall web -n prod', 'destroy'],
        ['helm uninstall web --dry-run', 'read'],
        ['helm rollback web 3', 'write'],
        ['helm template web ./chart', 'read'],
        ['helm repo remove old', 'destroy'],
        ['helm push web-1.tgz oci://registry.example.com/charts', 'egress'],
      ],
    },
    {
      names: ['helmfile'],
      style: 'pflag',
      values:
        '-f --file -e --environment -l --selector -n --namespace --state-values-set --state-values-file --kube-context --log-level --args --set --values --concurrency',
      commands: {
        'list|diff|lint|template|status|build|write-values|show-dag|version|fetch': {
          is: 'read',
          why: 'looks at releases',
        },
        'apply|sync|charts|deps|repos|init|cache|test|print-env': {
          is: 'write',
          why: 'installs or upgrades releases',
          operands: true,
        },
        'destroy|delete': { is: 'destroy', why: 'deletes releases' },
      },
      examples: [
        ['helmfile -e prod destroy', 'destroy'],
        ['helmfile diff', 'read'],
        ['helmfile apply', 'write'],
      ],
    },
    {
      names: ['velero', 'ark'],
      style: 'pflag',
      values: `${kube} --kubecontext -o --output -l --selector --features`,
      commands: {
        'backup|restore|schedule|backup-location|snapshot-location|repo|plugin get|describe|logs': {
          is: 'read',
          why: 'looks at backups',
          values: '--colorized',
        },
        'get|describe': { is: 'read', why: 'looks at backups', operands: true },
        'version|client': { is: 'read', why: 'says its version or settings', operands: true },
        'backup create': {
          is: 'write',
          why: 'backs the cluster up',
          values:
            '--include-namespaces --exclude-namespaces --include-resources --exclude-resources --ttl --storage-location --volume-snapshot-locations --from-schedule --labels --ordered-resources --or-selector --include-cluster-scoped-resources',
        },
        'backup download': { is: 'read', why: 'a plain download' },
        'backup delete': { is: 'remote-delete', why: 'deletes a backup and what it stored' },
        'create backup': {
          is: 'write',
          why: 'backs the cluster up',
          values: '--include-namespaces --exclude-namespaces --ttl --from-schedule',
        },
        'restore create': {
          is: 'write',
          why: 'restores objects that are missing',
          values:
            '--from-backup --from-schedule --include-namespaces --exclude-namespaces --include-resources --exclude-resources --namespace-mappings --restore-volumes --existing-resource-policy --resource-modifier-configmap --labels --item-operation-timeout',
          rules: [
            {
              when: { option: '--existing-resource-policy', value: /^update$/ },
              set: ['destroy', 'disrupt'],
              why: 'replaces objects that are there',
            },
          ],
        },
        'create restore': {
          is: 'write',
          why: 'restores objects that are missing',
          values: '--from-backup --from-schedule --include-namespaces --namespace-mappings --existing-resource-policy',
          rules: [
            {
              when: { option: '--existing-resource-policy', value: /^update$/ },
              set: ['destroy', 'disrupt'],
              why: 'replaces objects that are there',
            },
          ],
        },
        'create schedule|backup-location|snapshot-location': {
          is: 'write',
          why: 'makes an object',
          values: '--schedule --provider --bucket --config --ttl --credential',
        },
        'schedule create|pause|unpause': {
          is: 'write',
          why: 'plans backups',
          values: '--schedule --ttl --include-namespaces --storage-location',
        },
        'backup-location|snapshot-location create|set': {
          is: 'write',
          why: 'says where backups lie',
          values: '--provider --bucket --prefix --config --credential --access-mode --default --cacert',
        },
        'restore|schedule|backup-location|snapshot-location|repo delete': { is: 'destroy', why: 'deletes a record' },
        delete: { is: 'remote-delete', why: 'deletes a backup and what it stored', operands: true },
        'plugin add|remove|set': { is: 'write', why: 'changes plugins' },
        'install|debug': {
          is: 'write',
          why: 'installs velero or gathers facts',
          values:
            '--provider --bucket --plugins --secret-file --backup-location-config --snapshot-location-config --image --prefix --output --backup --restore',
          dryRun: { option: '--dry-run' },
        },
        uninstall: { is: 'destroy', why: 'removes velero' },
        completion: { is: 'none', why: 'prints completion for a shell' },
      },
      examples: [
        ['velero backup get', 'read'],
        ['velero backup create nightly --include-namespaces prod', 'write'],
        ['velero backup delete old --confirm', 'remote-delete'],
        ['velero restore create --from-backup nightly', 'write'],
        ['velero restore create --from-backup nightly --existing-resource-policy=update', 'destroy', 'disrupt'],
        ['velero schedule delete nightly', 'destroy'],
        ['velero restore logs nightly-1', 'read'],
      ],
    },
    {
      names: ['kustomize'],
      style: 'pflag',
      values: '-o --output --load-restrictor --stack-trace',
      commands: {
        build: {
          is: 'read',
          why: 'prints manifests',
          rules: [{ when: { option: '-o --output' }, add: 'write', why: 'writes a file' }],
        },
        'version|cfg': { is: 'read', why: 'looks at manifests', operands: true },
        'edit|create|localize': { is: 'write', why: 'changes files', operands: true },
      },
      examples: [['kustomize build overlays/prod', 'read']],
    },
    {
      names: ['argocd'],
      style: 'pflag',
      values:
        '--server --auth-token --grpc-web-root-path --core -o --output --config --header -H --argocd-context --port-forward-namespace',
      commands: {
        'app get|list|history|diff|logs|manifests|resources|wait|get-resource': {
          is: 'read',
          why: 'looks at applications',
          values: '--revision -l --selector -p --project -c --container --tail --timeout',
        },
        'app create|set|unset|edit|patch|add-source|remove-source': {
          is: 'write',
          why: 'changes an application',
          values:
            '--repo --path --dest-server --dest-namespace --revision -p --parameter --project --sync-policy --values --patch --type',
        },
        'app sync': {
          is: 'write',
          why: 'brings an application to what its repository says',
          values: '--revision --resource --timeout -l --selector --label --retry-limit --strategy',
          rules: [
            {
              when: { option: '--prune' },
              add: 'destroy',
              why: '--prune deletes objects that are not in the repository',
            },
            {
              when: { option: '--force --replace' },
              add: ['destroy', 'disrupt'],
              why: 'deletes objects and makes them anew',
            },
          ],
          dryRun: { option: '--dry-run' },
        },
        'app rollback': { is: 'write', why: 'goes back to an earlier state', values: '--timeout' },
        'app terminate-op': { is: 'disrupt', why: 'stops a sync that runs' },
        'app delete|delete-resource': {
          is: 'destroy',
          why: 'deletes an application and its objects',
          values: '--kind --resource-name --namespace --propagation-policy -p',
        },
        'app actions list': { is: 'read', why: 'lists actions' },
        'app actions run': {
          is: ['write', 'disrupt'],
          why: 'runs an action, as restart',
          values: '--kind --resource-name',
        },
        'proj|cluster|repo|repocreds|appset|account|cert|gpg|context get|list|can-i|get-user-info|windows':
          getsAndDescribes,
        'context|version': { is: 'read', why: 'looks at contexts', operands: true },
        'proj|repo|repocreds|appset|cert|gpg create|add|set|edit|update|add-ssh|add-tls|generate': {
          is: 'write',
          why: 'makes or changes an object',
          operands: true,
        },
        'proj role|add-*|remove-*|allow-*|deny-*': {
          is: ['write', 'privilege'],
          why: 'changes what a project may do',
          operands: true,
        },
        'cluster add|set|rotate-auth': { is: ['write', 'privilege'], why: 'lets Argo CD govern a cluster' },
        'account update-password|generate-token|delete-token': {
          is: ['write', 'privilege', 'secret'],
          why: 'changes a sign-in',
          values: '--current-password --new-password --account --expires-in --id',
        },
        'proj|cluster|repo|repocreds|appset|cert|gpg delete|rm': { is: 'destroy', why: 'deletes an object' },
        'login|logout|relogin': { is: 'write', why: 'stores or drops a sign-in', values: '--username --password' },
        'admin initial-password': { is: ['read', 'secret'], why: 'prints the first password', operands: true },
        'admin export': {
          is: ['read', 'secret'],
          why: 'prints all objects, secrets among them',
          values: '-n --namespace',
        },
        'admin import': {
          is: ['write', 'destroy'],
          why: 'replaces objects',
          values: '-n --namespace',
          dryRun: { option: '--dry-run' },
        },
      },
      examples: [
        ['argocd app list', 'read'],
        ['argocd app sync web', 'write'],
        ['argocd app sync web --prune', 'write', 'destroy'],
        ['argocd app sync web --dry-run', 'read'],
        ['argocd app delete web', 'destroy'],
        ['argocd admin initial-password -n argocd', 'read', 'secret'],
      ],
    },
    {
      names: ['flux'],
      style: 'pflag',
      values: `${kube} --timeout --context`,
      commands: {
        'get|logs|events|stats|tree|trace|check|version|diff|export|debug|build|envsubst': {
          is: 'read',
          why: 'looks at what flux governs',
          operands: true,
          values: '-l --kind --path --name -o --tail',
        },
        'reconcile|create|pull|resume|bootstrap|install|tag|migrate': {
          is: 'write',
          why: 'makes or changes what flux governs',
          operands: true,
          values:
            '--url --branch --path --interval --source --owner --repository --components --version --hostname --export',
        },
        push: { is: 'egress', why: 'sends an artifact to a registry', operands: true },
        suspend: { is: ['write', 'disrupt'], why: 'stops flux from governing an object', operands: true },
        delete: { is: 'destroy', why: 'deletes an object', operands: true },
        uninstall: { is: 'destroy', why: 'removes flux', dryRun: { option: '--dry-run' } },
      },
      examples: [
        ['flux get all -A', 'read'],
        ['flux suspend kustomization app', 'write', 'disrupt'],
        ['flux delete kustomization app', 'destroy'],
        ['flux reconcile source git app', 'write'],
      ],
    },
    {
      names: ['istioctl', 'linkerd', 'cilium'],
      style: 'pflag',
      values: `${kube} -c --context -i --istioNamespace -o --output -f --filename -s --set --revision -l`,
      commands: {
        'version|analyze|proxy-status|ps|proxy-config|pc|describe|x|experimental|validate|verify-install|dashboard|check|viz|stat|tap|edges|diagnostics|status|connectivity|bug-report|sysdump|hubble|kube-inject|profile|manifest|inject|remote-clusters|ztunnel-config|waypoint|config':
          { is: 'read', why: 'looks at the mesh', operands: true },
        'install|upgrade|operator|tag|clustermesh|encryption|create-remote-secret': {
          is: 'write',
          why: 'changes the mesh',
          operands: true,
          dryRun: { option: '--dry-run' },
        },
        'uninstall|prune': { is: ['destroy', 'disrupt'], why: 'removes the mesh', dryRun: { option: '--dry-run' } },
      },
      examples: [
        ['istioctl analyze -n prod', 'read'],
        ['istioctl uninstall --purge', 'destroy', 'disrupt'],
      ],
    },
    {
      names: ['kubeadm'],
      style: 'pflag',
      values:
        '--config --kubeconfig --token --discovery-token-ca-cert-hash --apiserver-advertise-address --pod-network-cidr --certificate-key --control-plane-endpoint --cert-dir --cri-socket --kubernetes-version --node-name --ttl --description --rootfs -v --v',
      commands: {
        'init|join': {
          is: ['write', 'privilege'],
          why: 'makes this machine a node',
          operands: true,
          dryRun: { option: '--dry-run' },
        },
        'init phase': {
          is: ['write', 'privilege'],
          why: 'sets up a part of a node',
          operands: true,
          dryRun: { option: '--dry-run' },
        },
        reset: {
          is: ['destroy', 'disrupt'],
          why: 'takes this machine out of the cluster and deletes its state',
          dryRun: { option: '--dry-run' },
        },
        'upgrade plan|diff': { is: 'read', why: 'says what can be upgraded to' },
        'upgrade apply|node': {
          is: ['write', 'disrupt'],
          why: 'upgrades the control plane',
          operands: true,
          dryRun: { option: '--dry-run' },
        },
        'token list': { is: ['read', 'secret'], why: 'prints the tokens that let a node join' },
        'token create|generate': { is: ['write', 'secret'], why: 'makes a token that lets a node join, and prints it' },
        'token delete': { is: 'destroy', why: 'deletes a token' },
        'certs check-expiration': { is: 'read', why: 'says when certificates expire' },
        'certs renew|generate-csr': { is: 'write', why: 'makes certificates anew', operands: true },
        'certs certificate-key': { is: ['read', 'secret'], why: 'prints a key' },
        'config print|validate|images': { is: 'read', why: 'looks at settings', operands: true },
        'config migrate': { is: 'write', why: 'writes settings anew', values: '--old-config --new-config' },
        'config images pull': { is: 'write', why: 'fetches images' },
        'config images list': { is: 'read', why: 'lists images' },
        'kubeconfig user': {
          is: ['write', 'secret'],
          why: 'makes credentials and prints them',
          values: '--client-name --org',
        },
        version: { is: 'read', why: 'prints its version', values: '-o' },
      },
      examples: [
        ['kubeadm reset -f', 'destroy', 'disrupt'],
        ['kubeadm token create --print-join-command', 'write', 'secret'],
        ['kubeadm certs check-expiration', 'read'],
        ['kubeadm certs renew all', 'write'],
        ['kubeadm upgrade plan', 'read'],
      ],
    },
    {
      names: ['kind', 'minikube', 'k3d', 'eksctl'],
      style: 'pflag',
      values: '--name -p --profile -f --config-file --config --cluster -c --region -r --image',
      commands: {
        'get|status|list|logs|ip|version|export|describe|info|node|profile': {
          is: 'read',
          why: 'looks at clusters',
          operands: true,
        },
        'create|start|load|image|addons|config|upgrade|update|scale|enable|import|mount|cp|registry|build|set|associate|utils|kubeconfig|cluster|nodegroup':
          {
            is: 'write',
            why: 'makes or changes a cluster',
            operands: true,
          },
        'stop|pause|drain': { is: 'disrupt', why: 'stops a cluster', operands: true },
        delete: { is: ['destroy', 'disrupt'], why: 'deletes a cluster', operands: true },
        'cluster delete': { is: ['destroy', 'disrupt'], why: 'deletes a cluster' },
        'cluster stop': { is: 'disrupt', why: 'stops a cluster' },
        'cluster list': { is: 'read', why: 'lists clusters' },
        'ssh|tunnel|dashboard|kubectl|service': { is: 'none', why: 'opens a way in', operands: true },
      },
      examples: [
        ['kind delete cluster --name drill', 'destroy', 'disrupt'],
        ['minikube status', 'read'],
        ['eksctl delete nodegroup --cluster c --name n', 'destroy', 'disrupt'],
      ],
    },
    {
      names: ['talosctl'],
      style: 'pflag',
      values: '-n --nodes -e --endpoints --talosconfig --context -c --cluster -f --file -m --mode -p --patch',
      commands: {
        'get|list|ls|read|dmesg|logs|health|service|services|stats|version|memory|processes|containers|dashboard|disks|members|netstat|time|usage|inspect|validate|events|mounts|config':
          { is: 'read', why: 'looks at a node', operands: true },
        'apply-config|apply|patch|edit|bootstrap|gen|image|copy|cp|pcap|support|meta|rotate-ca': {
          is: 'write',
          why: 'changes a node',
          operands: true,
        },
        'reboot|shutdown|restart|upgrade|upgrade-k8s|rollback': {
          is: 'disrupt',
          why: 'restarts a node',
          operands: true,
        },
        'reset|wipe': { is: ['destroy', 'disrupt'], why: 'wipes a node', operands: true },
        kubeconfig: { is: ['write', 'secret'], why: 'fetches credentials' },
        'etcd members|status|alarm': { is: 'read', why: 'looks at etcd', operands: true },
        'etcd snapshot': { is: ['read', 'write'], why: 'writes a snapshot to a file' },
        'etcd remove-member|leave': { is: ['destroy', 'disrupt'], why: 'removes a member' },
        'etcd forfeit-leadership|defrag': { is: 'disrupt', why: 'interrupts etcd' },
      },
      examples: [
        ['talosctl -n 10.0.0.1 reset', 'destroy', 'disrupt'],
        ['talosctl etcd snapshot db.snapshot', 'read', 'write'],
      ],
    },
  ],
};
