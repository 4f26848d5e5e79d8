import type { Family, Verb } from './types.ts';

const secret: Verb = { is: ['read', 'secret'], why: 'prints a credential' };
const makesSecret: Verb = { is: ['write', 'secret'], why: 'makes a credential' };
const write: Verb = { is: 'write', why: 'changes what is there' };
const destroy: Verb = { is: 'destroy', why: 'deletes what is there' };
const disrupt: Verb = { is: 'disrupt', why: 'stops or restarts what runs' };
const rights: Verb = { is: ['write', 'privilege'], why: 'changes who may do what' };
const overwritten: Verb = { is: ['destroy', 'disrupt'], why: 'restores over live data' };

const toBucket = /^gs:\/\//;
const local = /^(?!gs:\/\/)/;

const gcloudVerbs: Readonly<Record<string, Verb>> = {
  'list|describe|list-*|get-*|read|search|search-*|lookup|check|check-*|validate|validate-*|diff|info|status|explain|analyze-*|query|test-*|wait|ls|cat|du|hash|tail|print-*|export-logs|diagnose|get|troubleshoot-*|preview':
    { is: 'read', why: 'looks at what is there', operands: true },
  'create|create-*|update|update-*|add|add-*|set|set-*|unset|enable|start|resume|copy|clone|import|export|deploy|submit|patch|apply|attach-*|move|resize|register|run|execute|call|publish|upgrade|rollback|simulate-*|undelete|insert|activate|activate-*|configure-*|connect|label|promote|replace|rotate|renew|acknowledge|ack|pull|push|sign|encrypt|verify|bulk|recreate-*|perform-*|install|mirror|bind|snapshot|expand-*|upload|download|generate-*|rename|mb':
    { ...write, operands: true },
  'delete|delete-*|destroy|purge|remove|remove-*|flush|clear|abandon-*|seek|unregister|revoke': {
    ...destroy,
    operands: true,
  },
  'stop|stop-*|restart|reset|suspend|failover|switchover|drain|pause|cancel|abort|disable|detach-*|kill|reboot|promote-replica|deactivate|invalidate-cdn-cache':
    { ...disrupt, operands: true },
  'add-iam-policy-binding|set-iam-policy|remove-iam-policy-binding': rights,
};

const azVerbs: Readonly<Record<string, Verb>> = {
  'show|list|list-*|show-*|get|get-*|check|check-*|exists|wait|query|validate|what-if|find|version|metrics|history|logs|tail|export|browse|test|diff|lint':
    { is: 'read', why: 'looks at what is there', operands: true },
  'create|update|add|set|start|upgrade|assign|attach|import|copy|resize|move|enable|enable-*|deploy|upload|register|generalize|capture|convert|grant-access|sync|up|resume|renew|renew-*|generate|generate-*|config|configure|invoke|trigger|apply|approve|link|run|scale|rotate|rotate-*|restore|recover|undelete|open-port|download|publish|regenerate|backup|auto-shutdown|run-command|lock|unlock|append|associate|join|install|build|init|clone|refresh|detach|replace|rename|swap|extend|patch|merge|simulate|migrate|snapshot|remove|unassign|disassociate|unlink|revoke-access|identity':
    { ...write, operands: true },
  'delete|purge|delete-*|destroy|unregister|down|clear|delete-batch': { ...destroy, operands: true },
  'stop|restart|deallocate|failover|failover-*|redeploy|power-off|reimage|suspend|pause|cancel|disable|disable-*|reset|reboot|hibernate|drain|terminate|force-reboot|reapply|perform-maintenance':
    { ...disrupt, operands: true },
};

const bucketCopy: Verb = {
  is: 'read',
  why: 'fetches files',
  rules: [
    { when: { last: toBucket, first: local }, set: 'egress', why: 'sends files to a bucket' },
    { when: { first: toBucket, last: local }, set: 'read', why: 'a plain download' },
    { when: { first: toBucket, last: toBucket }, set: 'write', why: 'copies objects' },
  ],
};
const bucketRemove: Verb = { is: 'remote-delete', why: 'deletes in a bucket', operands: true };

/** Google Cloud and Azure. */
export const cloud: Family = {
  name: 'cloud',
  title: 'Google Cloud and Azure',
  tools: [
    {
      names: ['gcloud'],
      style: 'pflag',
      values:
        '--project --account --configuration --format --filter --zone --region --location --impersonate-service-account --billing-project --verbosity --flags-file --limit --sort-by --page-size --cluster --instance --database --user --host --role --member --condition --size --num-nodes --secret --ssh-flag --ssh-key-file --port -s -i',
      commands: {
        ...deep(gcloudVerbs, 5),
        'info|version|feedback|cheat-sheet|survey': { is: 'read', why: 'says how it is set up', operands: true },
        help: { is: 'none', why: 'prints its help', operands: true },
        'init|docker': { is: 'write', why: 'sets the tool up' },
        'auth login|activate-service-account|configure-docker|revoke': {
          is: 'write',
          why: 'signs in or out',
          operands: true,
        },
        'auth print-access-token|print-identity-token|print-refresh-token': secret,
        'auth application-default print-access-token': secret,
        'auth application-default login|revoke|set-quota-project': { is: 'write', why: 'signs in or out' },
        'config get-value|get|list': { is: 'read', why: 'shows settings', operands: true },
        'config set|unset': { is: 'write', why: 'changes settings', operands: true },
        'components install|update|remove|reinstall': { is: 'write', why: 'changes the tool', operands: true },
        'secrets versions access': secret,
        'secrets versions destroy': destroy,
        'secrets versions disable': disrupt,
        'kms decrypt|asymmetric-decrypt': { is: ['read', 'secret'], why: 'decrypts' },
        'kms keys versions destroy': { is: 'destroy', why: 'without the key nothing that it encrypts can be read' },
        'iam service-accounts keys create': makesSecret,
        'iam service-accounts|roles create|delete|enable|disable|undelete|update|copy': rights,
        'iam service-accounts add-iam-policy-binding|set-iam-policy|remove-iam-policy-binding': rights,
        'projects|organizations|storage|run|functions|pubsub|kms|secrets add-iam-policy-binding|set-iam-policy|remove-iam-policy-binding':
          rights,
        'compute reset-windows-password': makesSecret,
        'compute ssh|connect-to-serial-port|start-iap-tunnel': {
          is: 'none',
          why: 'opens a session',
          operands: true,
          carries: [
            { from: { option: '--command' }, as: 'sh', place: 'host' },
            { from: 'after--', as: 'sh', place: 'host' },
          ],
        },
        'compute scp': {
          is: 'write',
          why: 'copies files',
          rules: [{ when: { last: /^[\w@.-]+:/ }, set: 'egress', why: 'copies files to another host' }],
        },
        'compute instance-groups managed resize': {
          is: 'write',
          why: 'changes how many machines there are',
          rules: [
            {
              when: { option: '--size', value: /^0$/ },
              set: ['destroy', 'disrupt'],
              why: 'ends all machines of the group',
            },
          ],
        },
        'compute instance-groups managed rolling-action restart|replace|start-update|stop-proactive-update': disrupt,
        'container clusters get-credentials': { is: 'write', why: 'stores how the cluster is reached' },
        'container clusters resize': {
          is: 'write',
          why: 'changes how many nodes there are',
          rules: [{ when: { option: '--num-nodes --size', value: /^0$/ }, set: 'disrupt', why: 'no node is left' }],
        },
        'container clusters upgrade': { is: ['write', 'disrupt'], why: 'replaces nodes' },
        'sql connect': { is: 'none', why: 'an interactive session' },
        'sql backups restore': overwritten,
        'sql backups delete': { is: 'remote-delete', why: 'deletes a backup' },
        'sql instances restore-backup': overwritten,
        'sql instances restart|failover|promote-replica|switchover': disrupt,
        'sql import sql|csv|bak': { is: 'write', why: 'loads a file into a database' },
        'sql export sql|csv|bak': { is: ['read', 'write'], why: 'writes a database to a bucket' },
        'sql generate-login-token': secret,
        'sql users create|set-password': rights,
        'sql users delete': { is: ['destroy', 'privilege'], why: 'deletes a user' },
        'services disable': disrupt,
        'projects delete': { is: ['destroy', 'disrupt'], why: 'shuts a project down, with all that is in it' },
        'storage ls|cat|du|hash': { is: 'read', why: 'looks at buckets', operands: true },
        'storage cp': bucketCopy,
        'storage mv': {
          is: ['write', 'remote-delete'],
          why: 'moves objects',
          rules: [
            { when: { first: local, last: toBucket }, set: ['egress', 'destroy'], why: 'moves files to a bucket' },
          ],
        },
        'storage rsync': {
          ...bucketCopy,
          rules: [
            ...(bucketCopy.rules ?? []),
            {
              when: { option: '--delete-unmatched-destination-objects', last: toBucket },
              add: 'remote-delete',
              why: 'deletes what the source has not',
            },
            {
              when: { option: '--delete-unmatched-destination-objects', last: local },
              add: 'destroy',
              why: 'deletes what the source has not',
            },
          ],
          dryRun: { option: '--dry-run' },
        },
        'storage rm': bucketRemove,
        'storage buckets|objects|folders|managed-folders delete': bucketRemove,
        'storage sign-url': secret,
      },
      examples: [
        ['gcloud compute instances list', 'read'],
        ['gcloud compute instances delete web --zone z', 'destroy'],
        ['gcloud --project p compute instances stop web', 'disrupt'],
        ['gcloud compute disks snapshot data --zone z', 'write'],
        ['gcloud beta compute snapshots delete old', 'destroy'],
        ['gcloud secrets versions access latest --secret=db', 'read', 'secret'],
        ['gcloud auth print-access-token', 'read', 'secret'],
        ['gcloud config set project prod', 'write'],
        ['gcloud config get-value project', 'read'],
        ['gcloud container clusters get-credentials prod', 'write'],
        ['gcloud projects add-iam-policy-binding p --member=user:eve --role=roles/owner', 'write', 'privilege'],
        ['gcloud sql backups restore 42 --restore-instance=prod', 'destroy', 'disrupt'],
        ['gcloud sql instances failover prod', 'disrupt'],
        ['gcloud storage rm -r gs://backups', 'remote-delete'],
        ['gcloud storage cp b.tar gs://backups', 'egress'],
        ['gcloud iam service-accounts keys create k.json --iam-account=a', 'write', 'secret'],
        ["gcloud compute ssh web --command='rm -rf /srv/old'", 'destroy'],
      ],
    },
    {
      names: ['gsutil'],
      style: 'gnu',
      values: '-o -h -i -u',
      commands: {
        'ls|cat|du|stat|hash|version|test|perfdiag': {
          is: 'read',
          why: 'looks at buckets',
          operands: true,
          flags: '-h',
        },
        help: { is: 'none', why: 'prints its help', operands: true },
        cp: bucketCopy,
        mv: {
          is: ['write', 'remote-delete'],
          why: 'moves objects',
          rules: [
            { when: { first: local, last: toBucket }, set: ['egress', 'destroy'], why: 'moves files to a bucket' },
          ],
        },
        rsync: {
          ...bucketCopy,
          values: '-x -y',
          rules: [
            ...(bucketCopy.rules ?? []),
            { when: { option: '-d', last: toBucket }, add: 'remote-delete', why: '-d deletes what the source has not' },
            { when: { option: '-d', last: local }, add: 'destroy', why: '-d deletes what the source has not' },
          ],
          dryRun: { option: '-n' },
        },
        'rm|rb': bucketRemove,
        'mb|setmeta|rewrite|compose|label|lifecycle|versioning|logging|notification|retention|config|cors|web|defstorageclass|kms|ubla|pap|autoclass|rpo|bucketpolicyonly|hmac|update':
          {
            is: 'write',
            why: 'changes a bucket',
            operands: true,
            rules: [{ when: { first: /^(?:get|list)$/ }, set: 'read', why: 'shows settings' }],
          },
        'iam|acl|defacl': {
          ...rights,
          operands: true,
          rules: [{ when: { first: /^get$/ }, set: 'read', why: 'shows rights' }],
        },
        signurl: secret,
      },
      examples: [
        ['gsutil ls gs://backups', 'read'],
        ['gsutil -m rm -r gs://backups/old', 'remote-delete'],
        ['gsutil rsync -d -r /srv gs://backups', 'egress', 'remote-delete'],
        ['gsutil rsync -n -d -r /srv gs://backups', 'read'],
        ['gsutil cp gs://backups/b.tar .', 'read'],
        ['gsutil cp gs://backups/a gs://cold/a', 'write'],
      ],
    },
    {
      names: ['bq'],
      style: 'go',
      values: '-project_id -location -format -dataset_id -destination_table -max_rows -n -job_id',
      commands: {
        'ls|show|head|version|info|wait|get-iam-policy': { is: 'read', why: 'looks at tables', operands: true },
        query: {
          is: 'none',
          why: 'runs SQL',
          carries: [{ from: { operand: 0 }, as: 'sql', dialect: 'other', place: 'database' }],
          dryRun: { option: '-dry_run' },
        },
        'mk|cp|update|load|insert|undelete|partition|init|truncate': {
          is: 'write',
          why: 'makes or fills tables',
          operands: true,
        },
        extract: { is: 'egress', why: 'writes a table to a bucket' },
        truncate: { is: 'destroy', why: 'empties a table' },
        rm: { is: 'destroy', why: 'deletes a table or a data set' },
        cancel: { is: 'disrupt', why: 'stops a job' },
        'add-iam-policy-binding|set-iam-policy|remove-iam-policy-binding': rights,
      },
      examples: [
        ['bq rm -r -f prod', 'destroy'],
        ['bq ls', 'read'],
        ["bq query 'SELECT 1'", 'read'],
      ],
    },
    {
      names: ['az'],
      style: 'pflag',
      values:
        '-g --resource-group -n --name -o --output --query --subscription --ids -l --location --vault-name --account-name --container-name -c --file -f -s --source -d --destination --vm-name --server --database --node-count --scripts --command --command-id --method --uri --url -m -u --body --role --assignee --scope -p --password --nodepool-name --cluster-name',
      credentials: '-p --password',
      commands: {
        ...deep(azVerbs, 4),
        'version|find|feedback|survey': { is: 'read', why: 'says how it is set up', operands: true },
        'login|logout|configure|init|upgrade': { is: 'write', why: 'signs in or out, or changes settings' },
        interactive: { is: 'none', why: 'an interactive session' },
        'account get-access-token': secret,
        'account set|clear': { is: 'write', why: 'changes the sign-in' },
        'keyvault secret show|download|backup': secret,
        'keyvault key|certificate download|backup': secret,
        'keyvault key decrypt': secret,
        'keyvault set-policy|delete-policy': rights,
        'keyvault secret set': { is: 'write', why: 'stores a secret', values: '--value', credentials: '--value' },
        'storage account keys list|renew': secret,
        'storage account show-connection-string|generate-sas': secret,
        'storage blob|container|share|file|account generate-sas|url': secret,
        'storage blob|file|fs upload|upload-batch|sync|update': {
          is: 'egress',
          why: 'sends files to a store',
          operands: true,
        },
        'storage blob sync': {
          is: 'egress',
          why: 'makes a store the same as a directory',
          rules: [
            {
              when: { option: '--delete-destination', value: /^(?!false)/ },
              add: 'remote-delete',
              why: 'deletes what the source has not',
            },
          ],
          values: '--delete-destination',
        },
        'storage blob|file|fs download|download-batch': { is: 'read', why: 'fetches files' },
        'storage blob|container|share|file|directory|fs|account|queue|table|entity delete|delete-batch|purge':
          bucketRemove,
        'storage copy|remove': { is: ['write', 'egress'], why: 'copies files', operands: true },
        'storage remove': bucketRemove,
        'acr credential show|renew': secret,
        'acr login': { is: 'write', why: 'signs docker in' },
        'acr repository delete|untag': bucketRemove,
        'acr import|build': { is: 'write', why: 'makes an image in the registry', operands: true },
        'aks get-credentials': { is: 'write', why: 'stores how the cluster is reached' },
        'aks stop|rotate-certs': disrupt,
        'aks command invoke': {
          is: 'none',
          why: 'runs a command in the cluster',
          carries: [{ from: { option: '-c --command' }, as: 'sh', place: 'pod' }],
        },
        'aks scale': {
          is: 'write',
          why: 'changes how many nodes there are',
          values: '--node-count',
          rules: [{ when: { option: '-c --node-count', value: /^0$/ }, set: 'disrupt', why: 'no node is left' }],
        },
        'cosmosdb keys list|regenerate': secret,
        'redis list-keys|regenerate-keys': secret,
        'redis flush': destroy,
        'redis force-reboot': disrupt,
        'functionapp|webapp keys|config|deployment list-publishing-credentials|list-publishing-profiles|list': secret,
        'ad sp create-for-rbac': {
          is: ['write', 'secret', 'privilege'],
          why: 'makes an account with rights and prints its password',
        },
        'ad sp|app credential reset': makesSecret,
        'ad user|group|sp|app create|update|delete': rights,
        'ad group member add|remove': rights,
        'role assignment|definition create|update': rights,
        'role assignment|definition delete': { is: ['destroy', 'privilege'], why: 'takes rights away' },
        'vm run-command invoke': {
          is: 'privilege',
          why: 'runs a command on a machine as root',
          carries: [{ from: { option: '--scripts' }, as: 'sh', place: 'host' }],
        },
        'vm user update|delete|reset-ssh': rights,
        'vmss delete-instances': { is: ['destroy', 'disrupt'], why: 'ends machines' },
        'ssh vm|arc': { is: 'none', why: 'opens a session' },
        'backup protection disable': {
          is: ['write', 'disrupt'],
          why: 'ends the protection',
          rules: [
            {
              when: { option: '--delete-backup-data', value: /^(?:true|)$/ },
              add: 'remote-delete',
              why: 'deletes the backups',
            },
          ],
        },
        'backup vault|policy|container|protection delete|unregister': {
          is: 'remote-delete',
          why: 'deletes what holds backups',
        },
        'snapshot|disk revoke-access': write,
        'snapshot|disk grant-access': secret,
        'group delete': { is: 'destroy', why: 'deletes a group with all that is in it' },
        'lock delete': { is: 'destroy', why: 'lets locked resources be deleted' },
        'deployment group|sub|mg|tenant create': {
          is: 'write',
          why: 'makes what a template says',
          values: '--mode',
          rules: [
            {
              when: { option: '--mode', value: /^complete$/i },
              add: 'destroy',
              why: 'deletes what the template does not name',
            },
          ],
        },
        'sql|postgres|mysql db|flexible-server|server|instance execute': {
          is: 'none',
          why: 'runs SQL',
          carries: [{ from: { option: '-q --querytext' }, as: 'sql', dialect: 'other', place: 'database' }],
        },
        rest: {
          is: 'read',
          why: 'asks the API',
          values: '--headers --uri-parameters --resource',
          rules: [
            {
              when: { option: '-m --method', value: /^(?:post|put|patch)$/i },
              set: 'write',
              why: 'changes something by the API',
            },
            {
              when: { option: '-m --method', value: /^delete$/i },
              set: 'remote-delete',
              why: 'deletes something by the API',
            },
          ],
        },
      },
      examples: [
        ['az vm list -o table', 'read'],
        ['az vm deallocate -g rg -n web', 'disrupt'],
        ['az vm delete -g rg -n web --yes', 'destroy'],
        ['az group delete -n prod --yes', 'destroy'],
        ['az keyvault secret show --vault-name v --name db', 'read', 'secret'],
        ['az keyvault secret list --vault-name v', 'read'],
        ['az storage blob delete -c backups -n b.tar', 'remote-delete'],
        ['az storage account keys list -n acct', 'read', 'secret'],
        ['az aks get-credentials -g rg -n prod', 'write'],
        ['az role assignment create --assignee eve --role Owner', 'write', 'privilege'],
        ['az ad sp create-for-rbac', 'write', 'secret', 'privilege'],
        ['az postgres flexible-server restart -g rg -n db', 'disrupt'],
        ['az sql db delete -g rg -s srv -n db', 'destroy'],
        ['az backup protection disable --delete-backup-data true', 'write', 'disrupt', 'remote-delete'],
        ['az rest --method delete --uri https://management.azure.com/x', 'remote-delete'],
        ['az account set --subscription s', 'write'],
      ],
    },
    {
      names: ['azcopy'],
      style: 'pflag',
      values:
        '--include-pattern --exclude-pattern --from-to --log-level --delete-destination --cap-mbps --blob-type --overwrite --include-path --exclude-path',
      dryRun: { option: '--dry-run' },
      commands: {
        'list|jobs|env|doc': { is: 'read', why: 'looks at a store', operands: true },
        'jobs resume|cancel|clean|remove': { is: 'write', why: 'steers copies', operands: true },
        'copy|cp|c': {
          is: 'read',
          why: 'fetches files',
          rules: [{ when: { last: /^https?:\/\// }, set: 'egress', why: 'sends files to a store' }],
        },
        sync: {
          is: 'write',
          why: 'makes a directory the same as a store',
          rules: [
            { when: { last: /^https?:\/\// }, set: 'egress', why: 'makes a store the same as a directory' },
            {
              when: { option: '--delete-destination', value: /^(?:true|prompt)$/, last: /^https?:\/\// },
              add: 'remote-delete',
              why: 'deletes what the source has not',
            },
            {
              when: { option: '--delete-destination', value: /^(?:true|prompt)$/, last: /^(?!https?:\/\/)/ },
              add: 'destroy',
              why: 'deletes what the source has not',
            },
          ],
        },
        'remove|rm|r': { is: 'remote-delete', why: 'deletes in a store' },
        'login|logout|make|mk|set-properties|set-props|benchmark': {
          is: 'write',
          why: 'changes a store or the sign-in',
          operands: true,
        },
      },
      examples: [
        ['azcopy sync /srv https://a.blob.core.windows.net/c --delete-destination=true', 'egress', 'remote-delete'],
        ['azcopy rm https://a.blob.core.windows.net/c/old --recursive', 'remote-delete'],
      ],
    },
  ],
};

/** The same verbs at the end of one group, of two, and so on: `compute instances delete`, `sql backups delete`. */
function deep(verbs: Readonly<Record<string, Verb>>, depth: number): Readonly<Record<string, Verb>> {
  const all: Record<string, Verb> = {};
  for (let groups = 1; groups <= depth; groups++) {
    for (const [words, verb] of Object.entries(verbs)) all[`${'* '.repeat(groups)}${words}`] = verb;
  }
  return all;
}
