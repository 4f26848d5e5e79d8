import type { Family, Tool, Verb } from './types.ts';

const secretObject = /(?:^|,)secrets?(?:[,/.]|$)/;
const rightsObject = /^(?:[^/]*,)?(?:cluster)?role(?:binding)?s?(?:[,/.]|$)/;
const showsContents =
  /^(?:ya?ml|json$|(?:jsonpath|go-template|template|custom-columns).*(?:[.'"](?:data|stringData)|\*|range|items\}|\{\.\}|\{@\}))/;
const ran = { option: '--dry-run', value: /^(?:client|server|)$/ };

/** Verbs that kubectl and oc share. */
const verbs: Readonly<Record<string, Verb>> = {
  get: {
    is: 'read',
    why: 'shows objects',
    values:
      '-o --output -l --selector --field-selector -f --filename -L --label-columns --sort-by --template --raw --chunk-size --subresource -k --kustomize',
    rules: [
      {
        when: { operand: secretObject, option: '-o --output', value: showsContents },
        add: 'secret',
        why: 'prints the contents of secrets',
      },
      { when: { operand: secretObject, option: '--template' }, add: 'secret', why: 'prints the contents of secrets' },
      { when: { option: '--raw', value: /\/secrets(?:[/?]|$)/ }, add: 'secret', why: 'prints the contents of secrets' },
    ],
  },
  describe: { is: 'read', why: 'describes objects', values: '-l --selector -f --filename -k --kustomize --chunk-size' },
  'logs|log': {
    is: 'read',
    why: 'shows logs',
    values:
      '-c --container -l --selector --tail --since --since-time --limit-bytes --max-log-requests --pod-running-timeout',
  },
  'top|events|explain|api-resources|api-versions|version|diff|wait|options|kustomize|convert': {
    is: 'read',
    why: 'looks at the cluster',
    values:
      '-l --selector -f --filename -k --kustomize --for --timeout -o --output --sort-by --types --api-group --api-version --verbs --field-selector',
  },
  completion: { is: 'none', why: 'prints completion for a shell' },
  'cluster-info': { is: 'read', why: 'says where the cluster is' },
  'cluster-info dump': {
    is: 'read',
    why: 'dumps the state of the cluster',
    values: '--output-directory --namespaces -o --output --pod-running-timeout',
    rules: [{ when: { option: '--output-directory', value: /^[^-]/ }, add: 'write', why: 'writes the dump to files' }],
  },
  'auth can-i|whoami': { is: 'read', why: 'says what one may do', values: '-o --output --subresource' },
  'auth reconcile': {
    is: ['write', 'privilege'],
    why: 'makes roles and bindings',
    values: '-f --filename -k --kustomize -o --output',
    dryRun: ran,
  },
  'certificate approve': {
    is: 'privilege',
    why: 'signs a certificate that lets somebody in',
    values: '-f --filename -o --output -k --kustomize',
  },
  'certificate deny': {
    is: 'write',
    why: 'refuses a certificate request',
    values: '-f --filename -o --output -k --kustomize',
  },
  'config view': {
    is: 'read',
    why: 'shows the configuration with credentials left out',
    values: '-o --output --template',
    rules: [{ when: { option: '--raw' }, add: 'secret', why: '--raw prints the credentials too' }],
  },
  'config current-context|get-contexts|get-clusters|get-users': {
    is: 'read',
    why: 'shows the configuration',
    values: '-o --output',
  },
  'config use-context|use|set-context|set-cluster|set-credentials|set|unset|rename-context': {
    is: 'write',
    why: 'changes the configuration of this account',
    values:
      '--server --embed-certs --auth-provider --auth-provider-arg --exec-command --exec-arg --exec-env --exec-api-version --proxy-url',
  },
  'config delete-context|delete-cluster|delete-user': { is: 'destroy', why: 'removes an entry of the configuration' },
  create: {
    is: 'write',
    why: 'makes objects',
    values:
      '-f --filename -o --output --image --from --from-literal --from-file --from-env-file --type --schedule --field-manager -k --kustomize --raw --class --rule --hard --port --replicas --tcp --clusterip --node-port --external-name --min-available --max-unavailable --selector -l --restart --template',
    special: 'kubectl-apply',
    dryRun: ran,
  },
  'create deployment|deploy|job|cronjob|cj|configmap|cm|namespace|ns|service|svc|ingress|ing|quota|priorityclass|pc|poddisruptionbudget|pdb':
    {
      is: 'write',
      why: 'makes an object',
      operands: true,
      values:
        '--image --from --from-literal --from-file --from-env-file --schedule -r --replicas --port --tcp --clusterip --node-port --external-name --class --rule --annotation --default-backend --hard --scopes --value --description --preemption-policy --min-available --max-unavailable --selector --restart -o --output --field-manager --template',
      dryRun: ran,
    },
  'create secret': {
    is: 'write',
    why: 'stores a secret in the cluster',
    operands: true,
    values:
      '--from-literal --from-file --from-env-file --type --cert --key --docker-server --docker-username --docker-password --docker-email -o --output --field-manager',
    credentials: '--docker-password',
    dryRun: ran,
  },
  'create serviceaccount|sa': {
    is: 'write',
    why: 'makes an account for a workload',
    values: '-o --output',
    dryRun: ran,
  },
  'create role|clusterrole|rolebinding|clusterrolebinding': {
    is: ['write', 'privilege'],
    why: 'gives rights',
    values:
      '--verb --resource --resource-name --non-resource-url --aggregation-rule --role --clusterrole --user --group --serviceaccount -o --output --field-manager',
    dryRun: ran,
  },
  'create token': {
    is: ['read', 'secret'],
    why: 'prints a new token of a service account',
    values: '--audience --duration --bound-object-kind --bound-object-name --bound-object-uid -o --output',
  },
  apply: {
    is: 'write',
    why: 'makes or changes objects',
    values:
      '-f --filename -k --kustomize -l --selector -o --output --field-manager --prune-allowlist --prune-whitelist --timeout --grace-period --applyset',
    rules: [
      { when: { option: '--prune' }, add: 'destroy', why: '--prune deletes objects that are not in the files' },
      {
        when: { option: '--force', without: '--server-side' },
        add: ['destroy', 'disrupt'],
        why: '--force deletes an object that cannot be changed and makes it anew',
      },
    ],
    special: 'kubectl-apply',
    dryRun: ran,
  },
  'apply view-last-applied': {
    is: 'read',
    why: 'shows what was applied last',
    values: '-f --filename -o --output -l --selector',
  },
  'apply edit-last-applied|set-last-applied': {
    is: 'write',
    why: 'changes the note of what was applied last',
    values: '-f --filename -o --output',
    dryRun: ran,
  },
  replace: {
    is: 'write',
    why: 'replaces objects',
    values: '-f --filename -k --kustomize -o --output --timeout --grace-period --field-manager --raw --subresource',
    rules: [
      {
        when: { option: '--force' },
        set: ['destroy', 'write', 'disrupt'],
        why: '--force deletes the object and makes it anew',
      },
    ],
    dryRun: ran,
  },
  'edit|annotate|label|expose|autoscale': {
    is: 'write',
    why: 'changes objects',
    values:
      '-f --filename -k --kustomize -l --selector -o --output --field-selector --field-manager --port --target-port --type --name --protocol --external-ip --load-balancer-ip --overrides --cluster-ip --session-affinity --min --max --cpu-percent --cpu --memory --resource-version --subresource',
    rules: [
      { when: { option: '--list' }, set: 'read', why: 'shows the labels' },
      { when: { first: rightsObject }, add: 'privilege', why: 'changes an object that holds rights' },
    ],
    dryRun: ran,
  },
  patch: {
    is: 'write',
    why: 'changes an object',
    values: '-p --patch --patch-file --type -f --filename -k --kustomize -o --output --field-manager --subresource',
    rules: [
      {
        when: { option: '-p --patch', value: /"?replicas"?\s*:\s*0\b/ },
        set: 'disrupt',
        why: 'stops a workload: no replica is left',
      },
      {
        when: { option: '-p --patch', value: /"?suspend"?\s*:\s*true/ },
        set: 'write',
        why: 'suspends a job',
      },
      {
        when: { option: '-p --patch', value: /restartedAt/ },
        set: 'disrupt',
        why: 'restarts a workload by an annotation',
      },
      {
        when: { option: '-p --patch', value: /"?finalizers"?\s*:\s*(?:null|\[\s*\])|\/metadata\/finalizers/ },
        set: 'destroy',
        why: 'without its finalizers an object goes at once, and what it held may be orphaned',
      },
      {
        when: { option: '-p --patch', value: /"?(?:un)?schedulable"?\s*:\s*true/, first: /^nodes?(?:\/|$)/ },
        set: 'disrupt',
        why: 'closes a node to new pods',
      },
      { when: { first: rightsObject }, add: 'privilege', why: 'changes an object that holds rights' },
    ],
    dryRun: ran,
  },
  'set image|resources|selector|env|serviceaccount|sa': {
    is: 'write',
    why: 'changes a workload',
    values:
      '-f --filename -k --kustomize -l --selector -o --output -c --containers -e --env --from --keys --prefix --limits --requests --resource-version --field-manager',
    rules: [{ when: { option: '--list' }, set: 'read', why: 'lists variables' }],
    dryRun: ran,
  },
  'set subject': {
    is: ['write', 'privilege'],
    why: 'gives rights',
    values: '-f --filename -k --kustomize -l --selector -o --output --user --group --serviceaccount',
    dryRun: ran,
  },
  delete: {
    is: 'destroy',
    why: 'deletes objects',
    values:
      '-f --filename -k --kustomize -l --selector --field-selector -o --output --grace-period --timeout --cascade --raw',
    rules: [
      { when: { first: /^(?:po|pods?)(?:[,/.]|$)/ }, add: 'disrupt', why: 'stops a pod' },
      { when: { operand: rightsObject }, add: 'privilege', why: 'takes rights away' },
    ],
    dryRun: ran,
  },
  scale: {
    is: 'write',
    why: 'changes the number of replicas',
    values:
      '--replicas --current-replicas --resource-version --timeout -f --filename -k --kustomize -l --selector -o --output',
    rules: [
      { when: { option: '--replicas', value: /^0+$/ }, set: 'disrupt', why: 'stops a workload: no replica is left' },
    ],
    special: 'kubectl-scale',
    dryRun: ran,
  },
  'rollout status|history': {
    is: 'read',
    why: 'shows a rollout',
    values: '-f --filename -k --kustomize -l --selector --timeout --revision -o --output',
  },
  'rollout restart': {
    is: 'disrupt',
    why: 'restarts a workload',
    values: '-f --filename -k --kustomize -l --selector -o --output --field-manager',
  },
  'rollout undo': {
    is: 'write',
    why: 'goes back to an earlier revision, restarting its pods',
    values: '-f --filename -k --kustomize -l --selector -o --output --to-revision',
    dryRun: ran,
  },
  'rollout pause|resume': {
    is: 'write',
    why: 'holds or continues a rollout',
    values: '-f --filename -k --kustomize -l --selector -o --output',
  },
  run: {
    is: 'write',
    why: 'starts a pod',
    values:
      '--image -e --env -l --labels --overrides --override-type --port --restart --image-pull-policy --pod-running-timeout --annotations -o --output --field-manager -c --cascade --grace-period --timeout -f --filename',
    rules: [
      {
        when: {
          option: '--overrides',
          value: /"?(?:privileged|hostPID|hostNetwork|hostIPC)"?\s*:\s*true|"?hostPath"?/,
        },
        add: 'privilege',
        why: 'the pod can reach its node',
      },
      { when: { option: '--privileged' }, add: 'privilege', why: 'the pod can reach its node' },
    ],
    carries: [{ from: 'after--', as: 'command', place: 'pod' }],
    dryRun: ran,
  },
  exec: {
    is: 'none',
    why: 'runs a command in a pod',
    values: '-c --container -f --filename --pod-running-timeout',
    carries: [{ from: 'rest', as: 'command', skip: 1, place: 'pod' }],
    special: 'kubectl-exec',
  },
  attach: { is: 'none', why: 'joins the terminal of a pod', values: '-c --container --pod-running-timeout' },
  debug: {
    is: 'write',
    why: 'adds a container for debugging',
    values:
      '-c --container --image --copy-to --target --env --profile --set-image --image-pull-policy --custom -f --filename',
    rules: [
      { when: { first: /^nodes?\// }, set: 'privilege', why: 'opens the file system of a node' },
      { when: { option: '--profile', value: /^sysadmin$/ }, add: 'privilege', why: 'a privileged container' },
    ],
    carries: [{ from: 'after--', as: 'command', place: 'pod' }],
  },
  'port-forward|proxy': {
    is: 'none',
    why: 'opens a tunnel',
    values:
      '--address -p --port --pod-running-timeout --accept-hosts --accept-paths --api-prefix --reject-paths -w --www -u --unix-socket',
  },
  cp: { is: 'write', why: 'copies files to or from a pod', values: '-c --container --retries', special: 'copy' },
  cordon: { is: 'disrupt', why: 'closes a node to new pods', values: '-l --selector', dryRun: ran },
  uncordon: { is: 'write', why: 'opens a node again', values: '-l --selector', dryRun: ran },
  drain: {
    is: 'disrupt',
    why: 'moves all pods off a node',
    values: '-l --selector --pod-selector --grace-period --timeout --chunk-size --skip-wait-for-delete-timeout',
    rules: [
      {
        when: { option: '--delete-emptydir-data --delete-local-data' },
        add: 'destroy',
        why: 'loses the data of emptyDir volumes',
      },
      { when: { option: '--force' }, add: 'destroy', why: '--force deletes pods that nothing brings back' },
    ],
    dryRun: ran,
  },
  taint: {
    is: 'write',
    why: 'marks a node',
    values: '-l --selector -o --output',
    rules: [{ when: { operand: /:NoExecute$/ }, add: 'disrupt', why: 'NoExecute evicts pods' }],
    dryRun: ran,
  },
  'plugin list': { is: 'read', why: 'lists plugins' },
};

const globals =
  '-n --namespace --context --kubeconfig --cluster --user --as --as-group --as-uid -s --server --token --certificate-authority --client-certificate --client-key --request-timeout --cache-dir --tls-server-name --username --password -v --v --vmodule --profile-output';

const kubectl: Tool = {
  names: ['kubectl', 'k', 'k3s-kubectl', 'microk8s.kubectl', 'kubecolor'],
  style: 'pflag',
  values: globals,
  help: '-h',
  commands: {
    ...verbs,
    'ctx|ns': {
      is: 'read',
      why: 'shows contexts or namespaces',
      rules: [
        { when: { atLeast: 1 }, set: 'write', why: 'switches the context or the namespace' },
        { when: { option: '-d' }, set: 'destroy', why: 'removes a context' },
      ],
    },
    'tree|neat|get-all|who-can|access-matrix|resource-capacity|df-pv|view-allocations|outdated|rbac-lookup|deprecations|lineage|images|node-resource|whoami|tail|stern|view-cert|sniff|graph|score|popeye|explore|pod-lens|custom-cols|unused-volumes|rolesum|pv-info':
      { is: 'read', why: 'a plugin that looks at the cluster' },
    'view-secret|modify-secret': {
      is: ['read', 'secret'],
      why: 'prints the contents of a secret',
      values: '-o --output',
    },
    'node-shell|enter|exec-as|ssh|nsenter': { is: 'privilege', why: 'a shell on a node' },
    'krew list|search|info|version': { is: 'read', why: 'lists plugins' },
    'krew install|update|upgrade|index': { is: 'write', why: 'installs plugins' },
    'krew uninstall|remove': { is: 'destroy', why: 'removes plugins' },
    'cnpg status|logs|report|fio': { is: 'read', why: 'shows a PostgreSQL cluster' },
    'cnpg backup': {
      is: 'write',
      why: 'backs up or changes a PostgreSQL cluster',
      values: '--backup-name -m --method',
    },
    'cnpg hibernate|fencing off': { is: 'write', why: 'lets a PostgreSQL cluster run again' },
    'cnpg hibernate|fencing on': { is: 'disrupt', why: 'stops a PostgreSQL cluster' },
    'cnpg restart|promote|maintenance': {
      is: 'disrupt',
      why: 'restarts, fails over or stops a PostgreSQL cluster',
    },
    'cnpg destroy': { is: 'destroy', why: 'deletes an instance and its volume' },
    'cnpg psql': { is: 'unknown', why: 'SQL in a database of the cluster' },
    'argo rollouts|rollout get|list|status|history|dashboard|version|lint': { is: 'read', why: 'shows a rollout' },
    'argo rollouts|rollout promote|abort|undo|retry|set|pause|create': { is: 'write', why: 'steers a rollout' },
    'argo rollouts|rollout restart|terminate': { is: 'disrupt', why: 'restarts a rollout' },
  },
  examples: [
    ['kubectl get pods -A -o wide', 'read'],
    ['kubectl get secret db -o yaml', 'read', 'secret'],
    ["kubectl get secret db -o jsonpath='{.data.password}'", 'read', 'secret'],
    ['kubectl -n prod get secrets', 'read'],
    ["kubectl get secret db -o jsonpath='{.metadata.name}'", 'read'],
    ['kubectl get --raw /api/v1/namespaces/prod/secrets/db', 'read', 'secret'],
    ['kubectl config view --raw', 'read', 'secret'],
    ['kubectl config view', 'read'],
    ['kubectl config use-context prod', 'write'],
    ['kubectl config delete-context old', 'destroy'],
    ['kubectl -n prod delete pvc data-0', 'destroy'],
    ['kubectl delete pod web-0 --grace-period=0 --force', 'destroy', 'disrupt'],
    ['kubectl delete ns staging --dry-run=client', 'read'],
    ['kubectl delete ns staging --dry-run=none', 'destroy'],
    ['kubectl delete clusterrolebinding admin', 'destroy', 'privilege'],
    ['kubectl create clusterrolebinding x --clusterrole=cluster-admin --user=eve', 'write', 'privilege'],
    ['kubectl create token backup', 'read', 'secret'],
    ['kubectl create job --from=cronjob/backup backup-now', 'write'],
    ['kubectl create secret generic db --from-file=pw.txt --dry-run=client -o yaml', 'read'],
    ['kubectl drain node1 --ignore-daemonsets', 'disrupt'],
    ['kubectl drain node1 --ignore-daemonsets --delete-emptydir-data', 'disrupt', 'destroy'],
    ['kubectl cordon node1', 'disrupt'],
    ['kubectl uncordon node1', 'write'],
    ['kubectl scale deploy/web --replicas=0', 'disrupt'],
    ['kubectl scale --replicas 3 deployment web', 'write'],
    ['kubectl rollout restart deployment/web', 'disrupt'],
    ['kubectl rollout status sts/db --timeout=5m', 'read'],
    ['kubectl exec -n prod -it db-0 -c pg -- rm -rf /var/lib/postgresql/data', 'destroy'],
    ['kubectl exec -it web-0 -- bash', 'none'],
    ['kubectl debug node/worker1 -it --image=busybox', 'privilege'],
    ['kubectl replace --force -f pod.yaml', 'destroy', 'write', 'disrupt'],
    ['kubectl patch pvc data -p \'{"metadata":{"finalizers":null}}\'', 'destroy'],
    ['kubectl patch deploy web -p \'{"spec":{"replicas":0}}\'', 'disrupt'],
    ['kubectl port-forward svc/db 5432', 'none'],
    ['kubectl auth can-i delete pods --as=dev', 'read'],
    ['kubectl certificate approve csr-1', 'privilege'],
    ['kubectl taint nodes n1 down=yes:NoExecute', 'write', 'disrupt'],
    ['kubectl cluster-info dump --output-directory=/tmp/dump', 'read', 'write'],
    ['kubectl view-secret db', 'read', 'secret'],
    ['kubectl cnpg promote pg pg-2', 'disrupt'],
  ],
};

const oc: Tool = {
  names: ['oc'],
  style: 'pflag',
  values: globals,
  help: '-h',
  commands: {
    ...verbs,
    'login|logout': { is: 'write', why: 'stores or drops a sign-in', values: '-u -p' },
    whoami: {
      is: 'read',
      why: 'says who one is',
      rules: [{ when: { option: '-t --show-token' }, add: 'secret', why: 'prints the token' }],
    },
    'projects|status|process|observe': {
      is: 'read',
      why: 'looks at the cluster',
      values: '-o --output -p --param -f --filename --param-file --role --tail --since -l --selector --dest-dir --path',
    },
    project: {
      is: 'read',
      why: 'says which project is in use',
      rules: [{ when: { atLeast: 1 }, set: 'write', why: 'switches the project' }],
    },
    'adm top|node-logs|inspect|release': {
      is: 'read',
      why: 'looks at the cluster',
      operands: true,
      values: '-o --output --role --tail --since -l --selector --dest-dir --path',
    },
    'adm new-project|must-gather': {
      is: 'write',
      why: 'makes a project or gathers facts into files',
      values: '--dest-dir --image --admin',
    },
    'new-app|new-build|new-project|start-build|import-image|tag|idle': {
      is: 'write',
      why: 'makes or changes objects',
      values: '--name -e --env -l --labels --display-name --description --from-dir --from-file --image --dest-dir',
    },
    'adm upgrade': {
      is: 'read',
      why: 'shows what can be upgraded to',
      values: '--to --to-image --to-latest',
      rules: [
        {
          when: { option: '--to --to-image --to-latest' },
          set: ['write', 'disrupt'],
          why: 'upgrades the cluster, restarting its nodes',
        },
      ],
    },
    'rollout latest|retry|cancel': { is: 'write', why: 'steers builds and rollouts' },
    'adm policy add-*|remove-*': {
      is: 'privilege',
      why: 'gives or takes rights',
      values: '-z --serviceaccount --rolebinding-name --role-namespace',
    },
    'policy add-*|remove-*|scc-*': {
      is: 'privilege',
      why: 'gives or takes rights',
      values: '-z --serviceaccount',
    },
    'adm policy who-can|scc-subject-review|scc-review': { is: 'read', why: 'says who may do what' },
    'adm cordon': { is: 'disrupt', why: 'closes a node to new pods', values: '-l --selector', dryRun: ran },
    'adm uncordon': { is: 'write', why: 'opens a node again', values: '-l --selector', dryRun: ran },
    'adm drain': verbs.drain ?? {},
    'adm prune': {
      is: 'destroy',
      why: 'deletes old builds, images or groups',
      operands: true,
      values: '--keep-complete --keep-failed --keep-tag-revisions --keep-younger-than --registry-url',
      rules: [
        { when: { without: '--confirm' }, set: 'read', why: 'says what it would delete: --confirm is not given' },
      ],
    },
    'adm certificate approve': { is: 'privilege', why: 'signs a certificate that lets somebody in' },
    'secrets link|unlink': { is: 'write', why: 'lets an account use a secret', values: '--for' },
    'set volume|volumes|triggers|probe|data|deployment-hook|route-backends|build-secret': {
      is: 'write',
      why: 'changes a workload',
      values: '--name -t --type --mount-path --claim-name --claim-size --from-literal',
    },
    extract: {
      is: 'write',
      why: 'writes the contents of a config map to files',
      values: '--to --keys --filename -f',
      rules: [
        { when: { option: '--to', value: /^-$/ }, set: 'read', why: 'prints the contents' },
        { when: { operand: /^secrets?\// }, add: ['read', 'secret'], why: 'shows the contents of a secret' },
      ],
    },
    rsh: {
      is: 'none',
      why: 'runs a command in a pod',
      values: '-c --container --shell --timeout -f --filename',
      carries: [{ from: 'rest', as: 'command', skip: 1, place: 'pod' }],
    },
    rsync: {
      is: 'write',
      why: 'copies files to or from a pod',
      values: '-c --container --strategy --include --exclude',
    },
    'image mirror|append': {
      is: 'egress',
      why: 'sends images to a registry',
      values: '-f --filename -a --registry-config --from --to',
    },
    'image info': { is: 'read', why: 'shows an image', values: '-o --output' },
    'image extract': { is: 'write', why: 'writes files of an image', values: '--path --file -a' },
    'sa get-token|new-token': { is: ['read', 'secret'], why: 'prints a token' },
  },
  examples: [
    ['oc get routes', 'read'],
    ['oc whoami -t', 'read', 'secret'],
    ['oc extract secret/db --to=-', 'read', 'secret'],
    ['oc adm policy add-cluster-role-to-user cluster-admin eve', 'privilege'],
    ['oc adm drain node1 --ignore-daemonsets', 'disrupt'],
    ['oc adm prune images --confirm', 'destroy'],
    ['oc adm prune images', 'read'],
    ['oc rsh db-0 rm -rf /data', 'destroy'],
    ['oc delete project staging', 'destroy'],
  ],
};

/** Kubernetes: kubectl, oc and the small tools about their configuration. */
export const kubernetes: Family = {
  name: 'kubernetes',
  title: 'Kubernetes and OpenShift',
  tools: [
    kubectl,
    oc,
    {
      names: ['kubectx', 'kubens'],
      style: 'pflag',
      is: 'read',
      why: 'shows contexts or namespaces',
      flags: '-c --current -u --unset -h',
      help: '-h',
      rules: [
        { when: { atLeast: 1 }, set: 'write', why: 'switches the context or the namespace' },
        { when: { option: '-d' }, set: 'destroy', why: 'removes a context' },
        { when: { option: '-u --unset' }, set: 'write', why: 'leaves the context' },
      ],
      examples: [
        ['kubectx prod', 'write'],
        ['kubens', 'read'],
        ['kubectx -d old', 'destroy'],
      ],
    },
    {
      names: ['k9s'],
      style: 'pflag',
      is: 'none',
      why: 'an interactive view of the cluster',
      values: '-n --namespace -c --command --context --kubeconfig -r --refresh -l --logLevel',
      examples: [['k9s -n prod', 'none']],
    },
    {
      names: ['stern', 'kail', 'kubetail'],
      style: 'pflag',
      is: 'read',
      why: 'follows the logs of pods',
      values: '-n --namespace -c --container -l --selector --since --tail --context -o --output -t --template',
      examples: [['stern -n prod web --since 10m', 'read']],
    },
    {
      names: ['kubeconform', 'kubeval', 'kube-score', 'kube-linter', 'popeye', 'pluto', 'conftest', 'kubescape'],
      style: 'pflag',
      is: 'read',
      why: 'checks manifests',
      operands: true,
      examples: [['kubeconform -strict deploy.yaml', 'read']],
    },
  ],
};
