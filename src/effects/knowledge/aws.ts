import { awsReads, awsWrites } from './aws-exceptions.ts';
import type { Family, Verb } from './types.ts';

const read: Verb = { is: 'read', why: 'shows what is there' };
const write: Verb = { is: 'write', why: 'changes what is there' };
const secret: Verb = { is: ['read', 'secret'], why: 'prints a credential' };
const makesSecret: Verb = { is: ['write', 'secret'], why: 'makes a credential and prints it' };
const rights: Verb = { is: ['write', 'privilege'], why: 'changes who may do what' };
const losesRights: Verb = { is: ['destroy', 'privilege'], why: 'deletes what holds rights' };
const destroy: Verb = { is: 'destroy', why: 'deletes what is there' };
const disrupt: Verb = { is: 'disrupt', why: 'stops or restarts what runs' };
const end: Verb = { is: ['destroy', 'disrupt'], why: 'ends what runs, for good' };
const remoteDelete: Verb = { is: 'remote-delete', why: 'deletes stored data' };
const ran = { option: '--dry-run' };

const toS3 = /^s3:\/\//;
const local = /^(?!s3:\/\/)/;
const s3Values =
  '--exclude --include --acl --storage-class --sse --sse-c --sse-c-key --sse-kms-key-id --content-type --cache-control --content-disposition --content-encoding --expires --metadata --metadata-directive --source-region --grants --expected-size --page-size --request-payer --copy-props --checksum-algorithm --website-redirect';

/** The high-level commands for S3; `--dryrun` is honoured by those that copy and delete. */
const s3: Readonly<Record<string, Verb>> = {
  's3 ls': read,
  's3 cp': {
    is: 'read',
    why: 'fetches files',
    values: s3Values,
    rules: [
      { when: { first: local, last: toS3 }, set: 'egress', why: 'sends files to a bucket' },
      { when: { first: toS3, last: local }, set: 'read', why: 'a plain download' },
      { when: { first: toS3, last: toS3 }, set: 'write', why: 'copies objects' },
    ],
    dryRun: { option: '--dryrun' },
  },
  's3 mv': {
    is: ['write', 'remote-delete'],
    why: 'moves files, deleting them in the bucket',
    values: s3Values,
    rules: [
      {
        when: { first: local, last: toS3 },
        set: ['egress', 'destroy'],
        why: 'moves files to a bucket, deleting them here',
      },
    ],
    dryRun: { option: '--dryrun' },
  },
  's3 sync': {
    is: 'read',
    why: 'fetches files',
    values: s3Values,
    rules: [
      { when: { first: toS3, last: toS3 }, set: 'write', why: 'copies objects' },
      { when: { first: local, last: toS3 }, set: 'egress', why: 'sends files to a bucket' },
      { when: { first: toS3, last: toS3 }, set: 'write', why: 'copies within object stores' },
      {
        when: { option: '--delete', last: toS3 },
        add: 'remote-delete',
        why: '--delete removes what the bucket has and the source has not',
      },
      {
        when: { option: '--delete', last: local },
        set: ['write', 'destroy'],
        why: '--delete removes what is here and not in the bucket',
      },
    ],
    dryRun: { option: '--dryrun' },
  },
  's3 rm': {
    is: 'remote-delete',
    why: 'deletes objects of a bucket',
    values: s3Values,
    dryRun: { option: '--dryrun' },
  },
  's3 rb': { is: 'remote-delete', why: 'deletes a bucket' },
  's3 mb': { is: 'write', why: 'makes a bucket' },
  's3 website': { is: 'write', why: 'makes a bucket a web site', values: '--index-document --error-document' },
  's3 presign': { is: ['read', 'secret'], why: 'prints an address that lets anybody in', values: '--expires-in' },
};

/** By verb, for every service. Exact commands win over these. */
const byVerb: Readonly<Record<string, Verb>> = {
  '* describe-*|list-*|get-*|search-*|lookup-*|view-*|query|query-*|select-*|detect-*|check-*|count-*|download-*|evaluate-*|calculate-*|discover-*|scan|preview-*|render-*|infer-*|analyze-*|validate-*|translate-*|read-*|estimate-*|simulate-*|compare-*|is-*|batch-get-*|batch-describe-*|batch-check-*|batch-detect-*|batch-list-*|batch-read-*|admin-get-*|admin-list-*|wait|help':
    { ...read, operands: true },
  '* create-*|put-*|update-*|modify-*|add-*|set-*|attach-*|associate-*|enable-*|start-*|run-*|copy-*|import-*|restore-*|register-*|tag-*|untag-*|upload-*|send-*|publish|publish-*|invoke|invoke-*|allocate-*|assign-*|unassign-*|apply-*|accept-*|activate-*|complete-*|confirm-*|deploy|deploy-*|execute-*|initiate-*|install-*|issue-*|merge-*|post-*|provision-*|request-*|resume-*|rotate-*|submit-*|sync-*|test-*|transact-*|batch-put-*|batch-update-*|batch-create-*|batch-write-*|batch-execute-*|change-*|cancel-*|detach-*|disassociate-*|disable-*|remove-*|reject-*|replace-*|reset-*|revoke-*|authorize-*|continue-*|export-*|generate-*|increase-*|decrease-*|move-*|notify-*|promote-*|record-*|refresh-*|renew-*|resize-*|respond-*|retry-*|share-*|sign|sign-*|subscribe|subscribe-*|unsubscribe|unsubscribe-*|switch-*|signal-*|transfer-*|upgrade-*|verify|verify-*|withdraw-*|encrypt|re-encrypt|admin-*|bundle-*|acknowledge-*|archive-*|unarchive-*|lock-*|unlock-*|monitor-*|unmonitor-*|optimize-*|push-*|rebuild-*|reserve-*|purchase-*|retrieve-*|swap-*|undeploy-*|unpublish-*|opt-*|define-*|build-*|report-*|receive-*|poll-*|retire-*|wipe-*|rollback-*':
    write,
  '* delete-*|batch-delete-*|destroy-*|purge-*|deregister-*|release-*|discard-*|forget-*|admin-delete-*|clear-*|flush-*|wipe-*':
    destroy,
  '* terminate-*': end,
  '* stop-*|reboot-*|restart-*|failover-*|abort-*|deactivate-*|suspend-*|pause-*|isolate-*|drain-*|admin-disable-*|quarantine-*':
    disrupt,
};

const exceptions: Readonly<Record<string, Verb>> = {
  ...Object.fromEntries(awsWrites.map((command) => [command, write])),
  ...Object.fromEntries(awsReads.map((command) => [command, read])),
};

const decrypting: Verb = {
  is: 'read',
  why: 'shows parameters',
  values: '--name --names --path --max-items',
  rules: [{ when: { option: '--with-decryption' }, add: 'secret', why: 'prints them decrypted' }],
};
const dry: Verb = { ...write, dryRun: ran };

/** What access levels do not say: secrets, destruction, interruption, rights. */
const byHand: Readonly<Record<string, Verb>> = {
  'secretsmanager get-secret-value|batch-get-secret-value': secret,
  'secretsmanager put-secret-value|create-secret|update-secret': {
    is: 'write',
    why: 'stores a secret',
    values: '--secret-string --secret-id --name',
    credentials: '--secret-string',
  },
  'secretsmanager put-resource-policy': rights,
  'ssm get-parameter|get-parameters|get-parameters-by-path|get-parameter-history': decrypting,
  'ssm send-command': {
    is: 'unknown',
    why: 'runs a document on machines',
    values: '--document-name --parameters --targets --instance-ids',
  },
  'ssm start-session|resume-session': { is: 'none', why: 'opens a session' },
  'ecs execute-command': {
    is: 'none',
    why: 'runs a command in a container',
    values: '--cluster --task --container',
    carries: [{ from: { option: '--command' }, as: 'sh', place: 'container' }],
  },
  'kms decrypt|generate-data-key|generate-data-key-pair|get-parameters-for-import|derive-shared-secret': secret,
  'kms schedule-key-deletion|delete-imported-key-material|delete-custom-key-store': {
    is: 'destroy',
    why: 'without the key nothing that it encrypts can be read',
  },
  'kms disable-key|disconnect-custom-key-store': { is: 'disrupt', why: 'stops all that needs the key' },
  'kms put-key-policy|create-grant': rights,
  'kms revoke-grant|retire-grant': rights,
  'sts assume-role|assume-role-with-saml|assume-role-with-web-identity|assume-root|get-session-token|get-federation-token|get-web-identity-token':
    secret,
  'iam create-access-key|create-service-specific-credential|reset-service-specific-credential': makesSecret,
  'iam delete-user|delete-role|delete-group|delete-policy|delete-role-policy|delete-user-policy|delete-group-policy|delete-instance-profile|delete-access-key|delete-login-profile|delete-virtual-mfa-device|delete-policy-version|delete-open-id-connect-provider|delete-saml-provider':
    losesRights,
  'iam create-user|create-role|create-group|create-policy|create-policy-version|create-login-profile|update-login-profile|create-instance-profile|create-service-linked-role|create-open-id-connect-provider|create-saml-provider|attach-*|detach-*|put-*|update-*|add-*|remove-*|set-*|deactivate-mfa-device|enable-mfa-device|change-password|upload-*':
    rights,
  'iam create-virtual-mfa-device': makesSecret,
  'organizations attach-policy|detach-policy|enable-policy-type|disable-policy-type|create-policy|update-policy|remove-account-from-organization|leave-organization|close-account':
    rights,
  'sso-admin create-account-assignment|attach-managed-policy-to-permission-set|put-inline-policy-to-permission-set|create-permission-set':
    rights,
  'sso-admin delete-account-assignment|delete-permission-set': losesRights,
  'sso get-role-credentials': secret,
  'sso login|logout': { is: 'write', why: 'signs in or out' },
  'cognito-identity get-credentials-for-identity|get-open-id-token|get-open-id-token-for-developer-identity': secret,
  'ecr|ecr-public get-login-password|get-authorization-token|get-login': secret,
  'ecr batch-delete-image': { is: 'remote-delete', why: 'deletes images in the registry' },
  'ecr|ecr-public set-repository-policy': rights,
  'codeartifact get-authorization-token': secret,
  'codeartifact login': { is: 'write', why: 'signs a tool in', values: '--tool --domain --repository' },
  'eks get-token': secret,
  'eks update-kubeconfig': {
    is: 'write',
    why: 'stores how the cluster is reached',
    values: '--name --alias --kubeconfig',
    dryRun: ran,
  },
  'eks create-access-entry|associate-access-policy': rights,
  'eks delete-cluster|delete-nodegroup|delete-fargate-profile': end,
  'eks update-nodegroup-config|update-nodegroup-version|update-cluster-version': {
    is: ['write', 'disrupt'],
    why: 'replaces nodes',
  },
  'rds generate-db-auth-token': secret,
  'redshift get-cluster-credentials|get-cluster-credentials-with-iam': secret,
  'redshift-serverless get-credentials': secret,
  'lightsail get-relational-database-master-user-password|get-instance-access-details|download-default-key-pair':
    secret,
  'emr get-cluster-session-credentials': secret,
  'acm export-certificate': secret,
  'iot create-keys-and-certificate|create-provisioning-claim': makesSecret,
  'apigateway get-api-key|get-api-keys': {
    is: 'read',
    why: 'shows API keys',
    rules: [{ when: { option: '--include-value --include-values' }, add: 'secret', why: 'prints them' }],
  },
  'cognito-idp describe-user-pool-client': secret,
  'configure list|list-profiles': { is: 'read', why: 'shows settings' },
  'configure get': {
    is: 'read',
    why: 'shows a setting',
    rules: [{ when: { first: /secret|token|aws_access_key_id/ }, add: 'secret', why: 'prints a credential' }],
  },
  'configure export-credentials': { ...secret, values: '--format' },
  'configure set|import|add-model|sso|sso-session': { is: 'write', why: 'changes settings', operands: true },
  configure: { is: 'write', why: 'changes settings' },
  'login|logout': { is: 'write', why: 'signs in or out' },
  help: { is: 'none', why: 'prints its help', operands: true },
  'logs tail': { is: 'read', why: 'shows logs', values: '--since --format --filter-pattern --log-stream-names' },
  'logs filter-log-events': read,

  'ec2 describe-*|get-*|search-*': { ...read, dryRun: ran },
  'ec2 get-password-data': secret,
  'ec2 create-key-pair': { ...makesSecret, dryRun: ran },
  'ec2 terminate-instances': { ...end, dryRun: ran },
  'ec2 stop-instances|reboot-instances|detach-volume|detach-network-interface|disassociate-address|disassociate-route-table|replace-root-volume':
    { ...disrupt, dryRun: ran },
  'ec2 start-instances|create-*|run-instances|modify-*|attach-*|associate-*|authorize-*|revoke-*|allocate-*|copy-*|import-*|register-*|assign-*|unassign-*|replace-*|enable-*|disable-*|monitor-*|unmonitor-*|reset-*|restore-*|export-*|cancel-*|accept-*|reject-*|request-*|move-*|purchase-*|provision-*|send-*|start-*|apply-*|disassociate-*|detach-*|bundle-*|update-*|withdraw-*|advertise-*|unlock-*|lock-*':
    dry,
  'ec2 modify-snapshot-attribute|modify-image-attribute': { ...rights, dryRun: ran },
  'ec2 delete-*|release-*|deregister-*|deprovision-*': { ...destroy, dryRun: ran },
  'ec2 cancel-spot-instance-requests|cancel-spot-fleet-requests|delete-fleets': { ...end, dryRun: ran },
  'ec2-instance-connect ssh|open-tunnel': { is: 'none', why: 'opens a session' },
  'ec2-instance-connect send-ssh-public-key': rights,

  'rds reboot-db-instance|reboot-db-cluster|failover-db-cluster|failover-global-cluster|switchover-read-replica|switchover-blue-green-deployment|switchover-global-cluster|stop-db-instance|stop-db-cluster':
    { is: 'disrupt', why: 'stops, restarts or fails over a database' },
  'rds promote-read-replica|promote-read-replica-db-cluster': {
    is: ['write', 'disrupt'],
    why: 'makes a replica a primary',
  },
  'rds modify-db-instance|modify-db-cluster': {
    is: 'write',
    why: 'changes a database',
    values: '--db-instance-identifier --db-cluster-identifier --master-user-password',
    credentials: '--master-user-password',
    rules: [{ when: { option: '--apply-immediately' }, add: 'disrupt', why: 'at once, which may restart it' }],
  },
  'rds delete-db-snapshot|delete-db-cluster-snapshot|delete-db-instance-automated-backup|delete-db-cluster-automated-backup':
    destroy,
  'rds modify-db-snapshot-attribute|modify-db-cluster-snapshot-attribute|authorize-db-security-group-ingress': rights,
  'docdb|neptune|elasticache|memorydb reboot-*|failover-*|test-failover|stop-*': disrupt,
  'ecs update-service': {
    is: 'write',
    why: 'changes a service',
    values: '--cluster --service --task-definition --desired-count',
    rules: [
      { when: { option: '--desired-count', value: /^0+$/ }, set: 'disrupt', why: 'stops the service: no task is left' },
      { when: { option: '--force-new-deployment' }, add: 'disrupt', why: 'replaces its tasks' },
    ],
  },
  'ecs update-container-instances-state': { is: 'disrupt', why: 'moves tasks off machines' },
  'ecs delete-service|delete-cluster': end,
  'autoscaling set-desired-capacity|update-auto-scaling-group': {
    is: 'write',
    why: 'changes how many machines there are',
    values: '--auto-scaling-group-name --desired-capacity --min-size --max-size',
    rules: [
      {
        when: { option: '--desired-capacity --max-size', value: /^0+$/ },
        set: 'disrupt',
        why: 'ends all machines of the group',
      },
    ],
  },
  'autoscaling terminate-instance-in-auto-scaling-group|start-instance-refresh': end,
  'autoscaling suspend-processes|enter-standby|detach-instances': disrupt,
  'application-autoscaling deregister-scalable-target': destroy,
  'elbv2 deregister-targets': { is: 'disrupt', why: 'takes machines out of a load balancer' },
  'elb deregister-instances-from-load-balancer': { is: 'disrupt', why: 'takes machines out of a load balancer' },
  'elasticbeanstalk terminate-environment': end,
  'elasticbeanstalk restart-app-server|rebuild-environment|swap-environment-cnames|abort-environment-update': disrupt,
  'lambda add-permission|remove-permission': rights,
  'lambda put-function-concurrency': {
    is: 'write',
    why: 'changes how much a function may run',
    values: '--function-name --reserved-concurrent-executions',
    rules: [
      {
        when: { option: '--reserved-concurrent-executions', value: /^0+$/ },
        add: 'disrupt',
        why: 'stops the function',
      },
    ],
  },
  'lambda invoke': { is: ['write', 'unknown'], why: 'runs a function: what it does is written elsewhere' },
  'cloudfront create-invalidation': { is: 'destroy', why: 'empties caches' },
  'route53 change-resource-record-sets': {
    is: 'write',
    why: 'changes names',
    values: '--hosted-zone-id --change-batch',
    rules: [
      { when: { option: '--change-batch', value: /"Action"\s*:\s*"DELETE"/ }, set: 'destroy', why: 'deletes a name' },
    ],
  },
  'route53 update-traffic-policy-instance': { is: ['write', 'disrupt'], why: 'sends traffic elsewhere' },
  'route53-recovery-cluster update-routing-control-state|update-routing-control-states': {
    is: 'disrupt',
    why: 'fails over',
  },
  'cloudformation delete-stack|delete-stack-instances': end,
  'cloudformation delete-stack-set|delete-change-set|delete-generated-template': destroy,
  'cloudformation deploy|update-stack|create-stack|execute-change-set|rollback-stack|continue-update-rollback|cancel-update-stack':
    { is: 'write', why: 'changes the resources of a stack' },
  'cloudformation package': {
    is: 'egress',
    why: 'sends files to a bucket',
    values: '--template-file --s3-bucket --output-template-file',
  },
  'cloudtrail stop-logging': { is: 'disrupt', why: 'ends the record of what is done' },
  'cloudtrail delete-trail': { is: ['destroy', 'disrupt'], why: 'ends the record of what is done' },
  'guardduty delete-detector|stop-monitoring-members': {
    is: ['destroy', 'disrupt'],
    why: 'ends the watch over the account',
  },
  'configservice stop-configuration-recorder': { is: 'disrupt', why: 'ends the record of changes' },
  'cloudwatch disable-alarm-actions': { is: ['write', 'disrupt'], why: 'silences alarms' },
  'backup delete-recovery-point|delete-backup-vault|delete-backup-plan|delete-backup-selection': remoteDelete,
  'backup stop-backup-job|cancel-*': disrupt,
  'backup put-backup-vault-access-policy|delete-backup-vault-access-policy': rights,
  'backup delete-backup-vault-lock-configuration': { is: 'destroy', why: 'lets backups be deleted' },
  'backup start-restore-job': { is: 'write', why: 'restores into new resources' },
  'glacier delete-archive|delete-vault': remoteDelete,
  'dynamodb delete-item|delete-table|delete-backup': destroy,
  'dynamodb batch-write-item|transact-write-items|execute-statement|batch-execute-statement|execute-transaction': {
    is: ['write', 'unknown'],
    why: 'may put or delete: its input says',
  },
  'rds-data execute-statement|batch-execute-statement|execute-sql': {
    is: 'none',
    why: 'runs SQL',
    values: '--resource-arn --secret-arn --database',
    carries: [{ from: { option: '--sql' }, as: 'sql', dialect: 'other', place: 'database' }],
  },
  'redshift-data execute-statement': {
    is: 'none',
    why: 'runs SQL',
    values: '--cluster-identifier --database --workgroup-name',
    carries: [{ from: { option: '--sql' }, as: 'sql', dialect: 'other', place: 'database' }],
  },
  'athena start-query-execution': {
    is: 'none',
    why: 'runs SQL',
    carries: [{ from: { option: '--query-string' }, as: 'sql', dialect: 'other', place: 'database' }],
  },
  'sqs purge-queue': { is: 'destroy', why: 'deletes all messages' },
  'sqs receive-message': { is: 'read', why: 'shows messages' },
  'sqs|sns add-permission|remove-permission': rights,
  'ram create-resource-share|associate-resource-share': rights,

  's3api head-*|list-*|get-*|wait|select-object-content': { ...read, operands: true },
  's3api get-object|get-object-torrent': { is: 'read', why: 'fetches an object into a file' },
  's3api put-object|upload-part': { is: 'egress', why: 'sends a file to a bucket', values: '--bucket --key --body' },
  's3api delete-object|delete-objects|delete-bucket|abort-multipart-upload|delete-object-tagging': remoteDelete,
  's3api put-bucket-policy|put-bucket-acl|put-object-acl|put-public-access-block|put-bucket-ownership-controls': rights,
  's3api delete-bucket-policy|delete-public-access-block': {
    is: ['destroy', 'privilege'],
    why: 'changes who may see the bucket',
  },
  's3api put-bucket-lifecycle-configuration|put-bucket-lifecycle': {
    is: ['write', 'remote-delete'],
    why: 'lets objects be deleted by age, if its rules say so',
  },
  's3control put-bucket-policy|put-public-access-block|put-access-point-policy': rights,
  's3control delete-bucket|delete-job-tagging': remoteDelete,
};

/** The command line of AWS: verbs, the exceptions that access levels name, and what they do not say by hand. */
export const aws: Family = {
  name: 'aws',
  title: 'Amazon Web Services',
  tools: [
    {
      names: ['aws', 'awslocal', 'aws2'],
      style: 'pflag',
      values:
        '--profile --region --output --query --endpoint-url --cli-input-json --cli-input-yaml --ca-bundle --cli-read-timeout --cli-connect-timeout --color --cli-binary-format --secret-id --secret-string --master-user-password --max-items --page-size --starting-token --filters --generate-cli-skeleton --instance-ids --instance-id --bucket --key --name --function-name --cluster --stack-name --group-name --role-name --user-name --policy-arn',
      commands: { ...byVerb, ...exceptions, ...s3, ...byHand },
      examples: [
        ['aws ec2 describe-instances --region eu-west-1', 'read'],
        ['aws --profile prod ec2 terminate-instances --instance-ids i-1', 'destroy', 'disrupt'],
        ['aws ec2 terminate-instances --instance-ids i-1 --dry-run', 'read'],
        ['aws ec2 stop-instances --instance-ids i-1', 'disrupt'],
        ['aws ec2 create-snapshot --volume-id v-1', 'write'],
        ['aws ec2 delete-snapshot --snapshot-id s-1', 'destroy'],
        ['aws ec2 get-password-data --instance-id i-1', 'read', 'secret'],
        ['aws secretsmanager get-secret-value --secret-id db', 'read', 'secret'],
        ['aws secretsmanager list-secrets', 'read'],
        ['aws ssm get-parameter --name /db/password --with-decryption', 'read', 'secret'],
        ['aws ssm get-parameter --name /db/host', 'read'],
        ['aws kms decrypt --ciphertext-blob fileb://x', 'read', 'secret'],
        ['aws kms schedule-key-deletion --key-id k', 'destroy'],
        ['aws sts assume-role --role-arn r --role-session-name s', 'read', 'secret'],
        ['aws sts get-caller-identity', 'read'],
        ['aws iam create-access-key --user-name ops', 'write', 'secret'],
        ['aws iam attach-role-policy --role-name r --policy-arn p', 'write', 'privilege'],
        ['aws iam generate-credential-report', 'read'],
        ['aws rds delete-db-instance --db-instance-identifier prod --skip-final-snapshot', 'destroy'],
        ['aws rds failover-db-cluster --db-cluster-identifier prod', 'disrupt'],
        ['aws rds restore-db-instance-from-db-snapshot --db-instance-identifier drill', 'write'],
        ['aws ecs update-service --cluster c --service web --desired-count 0', 'disrupt'],
        ['aws s3 ls s3://backups', 'read'],
        ['aws s3 cp backup.tar s3://backups/', 'egress'],
        ['aws s3 cp s3://backups/b.tar .', 'read'],
        ['aws s3 cp s3://backups/a s3://cold/a', 'write'],
        ['aws s3 rm s3://backups --recursive', 'remote-delete'],
        ['aws s3 rm s3://backups --recursive --dryrun', 'read'],
        ['aws s3 sync /srv s3://backups --delete', 'egress', 'remote-delete'],
        ['aws s3 sync s3://backups /srv --delete', 'write', 'destroy'],
        ['aws s3 rb s3://backups --force', 'remote-delete'],
        ['aws s3api delete-object --bucket b --key k', 'remote-delete'],
        ['aws s3api list-buckets', 'read'],
        ['aws cloudformation delete-stack --stack-name prod', 'destroy', 'disrupt'],
        ['aws elasticache test-failover --replication-group-id r --node-group-id 1', 'disrupt'],
        ['aws backup delete-recovery-point --backup-vault-name v --recovery-point-arn a', 'remote-delete'],
        ['aws eks update-kubeconfig --name prod', 'write'],
        ['aws eks wait cluster-active --name prod', 'read'],
        ['aws logs tail /app --since 1h', 'read'],
        ['aws configure get aws_secret_access_key', 'read', 'secret'],
        ['aws sqs purge-queue --queue-url u', 'destroy'],
      ],
    },
    {
      names: ['s3cmd', 's4cmd', 's5cmd'],
      style: 'pflag',
      values:
        '-c --config --access_key --secret_key --host --host-bucket --exclude --include --region --storage-class --endpoint-url --profile --numworkers',
      dryRun: { option: '-n --dry-run' },
      commands: {
        'ls|la|du|info|cat|head|select|fixbucket|version': { is: 'read', why: 'looks at buckets', operands: true },
        'put|pipe': { is: 'egress', why: 'sends files to a bucket' },
        get: { is: 'read', why: 'fetches files' },
        'mb|setlifecycle|restore|modify|tag': { is: 'write', why: 'changes a bucket', operands: true },
        'setacl|setpolicy|delpolicy': { is: ['write', 'privilege'], why: 'changes who may see a bucket' },
        'del|rm|rb|expire|abortmp': { is: 'remote-delete', why: 'deletes in a bucket' },
        'cp|sync': {
          is: 'write',
          why: 'copies files',
          rules: [
            { when: { last: toS3 }, set: 'egress', why: 'sends files to a bucket' },
            {
              when: { option: '--delete-removed --delete', last: toS3 },
              add: 'remote-delete',
              why: 'deletes what the source has not',
            },
            {
              when: { option: '--delete-removed --delete', last: local },
              add: 'destroy',
              why: 'deletes what the source has not',
            },
          ],
        },
        mv: { is: ['write', 'remote-delete'], why: 'moves objects' },
      },
      examples: [
        ['s3cmd ls s3://backups', 'read'],
        ['s3cmd del --recursive s3://backups/old', 'remote-delete'],
        ['s3cmd sync --delete-removed /srv/ s3://backups/', 'egress', 'remote-delete'],
      ],
    },
    {
      names: ['mc', 'mcli'],
      style: 'pflag',
      values: '--config-dir -C --older-than --newer-than --storage-class --attr --expire -E --limit-upload',
      commands: {
        'ls|tree|du|stat|cat|head|find|diff|ping|watch|sql|od|version': {
          is: 'read',
          why: 'looks at buckets',
          operands: true,
        },
        'cp|put|pipe|get': { is: ['write', 'egress'], why: 'copies files' },
        mirror: {
          is: ['write', 'egress'],
          why: 'makes two places the same',
          rules: [
            { when: { option: '--remove' }, add: 'remote-delete', why: '--remove deletes what the source has not' },
          ],
          dryRun: { option: '--dry-run' },
        },
        mv: { is: ['write', 'egress', 'remote-delete'], why: 'moves files' },
        'rm|rb': { is: 'remote-delete', why: 'deletes in a bucket', dryRun: { option: '--dry-run' } },
        'mb|tag|retention|legalhold|version|ilm|encrypt|event|replicate|undo|quota|cors': {
          is: 'write',
          why: 'changes a bucket',
          operands: true,
        },
        'alias list|ls': { is: ['read', 'secret'], why: 'prints the settings, credentials among them' },
        'alias set|import|export': { is: 'write', why: 'changes settings' },
        'alias remove|rm': { is: 'destroy', why: 'removes a setting' },
        share: { is: ['read', 'secret'], why: 'makes an address that lets anybody in', operands: true },
        'anonymous|policy': { is: ['write', 'privilege'], why: 'changes who may see a bucket', operands: true },
        'admin info|top|trace|console|logs|prometheus|bucket|decommission': {
          is: 'read',
          why: 'looks at the server',
          operands: true,
        },
        'admin user|policy|group|accesskey': {
          is: ['write', 'privilege'],
          why: 'changes who may do what',
          operands: true,
        },
        'admin service|update|rebalance': { is: 'disrupt', why: 'restarts the server', operands: true },
        'admin heal|config|replicate|cluster|tier|kms|idp|scanner': {
          is: 'write',
          why: 'changes the server',
          operands: true,
        },
      },
      examples: [
        ['mc ls cold/backups', 'read'],
        ['mc rm --recursive --force cold/backups', 'remote-delete'],
        ['mc mirror --remove /srv cold/backups', 'write', 'egress', 'remote-delete'],
        ['mc admin service restart cold', 'disrupt'],
      ],
    },
  ],
};
