import { describe, expect, it } from 'vitest';
import { readProcedure } from '../index.ts';
import type { Block, Step } from '../types.ts';
import { sentence } from '../words/index.ts';
import { collectParameters, occurrences, parameterNames } from './index.ts';

describe('parameters of a shell text', () => {
  it.each([
    ['deploy <service> --to <target host>', ['service', 'target host']],
    ['ssh <customer>-mini "ls /data/<each_entity>"', ['customer', 'each_entity']],
    ['ssh &lt;host&gt; uptime', ['host']],
    ['restore {{ snapshot_id }} {{point}}', ['snapshot_id', 'point']],
    ['curl https://{customer}.example.com/', ['customer']],
    ['psql -h $DB_HOST -U "${DB_USER}"', ['DB_HOST', 'DB_USER']],
    ['ls ${DIR:-/srv}', ['DIR']],
    ['psql -c "select pg_terminate_backend(PID)"', ['PID']],
    ['aws waf --addresses "SUSPICIOUS_IP/32"', ['SUSPICIOUS_IP']],
    ['update --task-definition api:PREVIOUS_VERSION', ['PREVIOUS_VERSION']],
    ['mv a YOUR_BUCKET', ['YOUR_BUCKET']],
    ['aws ec2 describe --group-ids sg-xxxxx --vpc vpc-xxx', ['sg-xxxxx', 'vpc-xxx']],
    ['create index idx_xxx', ['idx_xxx']],
    ['restore backup-YYYYMMDD.tar.gz', ['YYYYMMDD']],
    ['echo <고객명> <客戶>', ['고객명', '客戶']],
    ['VAULT_TOKEN="${VAULT_TOKEN}"; vault status', ['VAULT_TOKEN']],
    ["bash -c 'ls <dir>'", ['dir']],
    ['ssh %HOST% uptime', ['HOST']],
    ['psql -d [DB_NAME] -h [YOUR-HOST]', ['DB_NAME', 'YOUR-HOST']],
    ['aws s3 ls --region REGION --db-name=DB_NAME', ['REGION', 'DB_NAME']],
    ['systemctl <start|stop|reboot> web', ['start|stop|reboot']],
    ['service web {start|stop}; curl <http|https>://<host>/[a|b]', ['start|stop', 'http|https', 'host', 'a|b']],
    ['kubectl delete pod -n [NAMESPACE_HERE] web; ls --x=CHANGE_ME', ['NAMESPACE_HERE', 'CHANGE_ME']],
    ['cat <<EOF\n$REGION\nEOF', ['REGION']],
    ['echo $((COUNT + 1))', ['COUNT']],
  ])('%s', (text, names) => {
    expect(parameterNames(text, 'sh')).toEqual(names);
  });

  it.each([
    ['redirections', 'psql db < dump.sql'],
    ['classes of signs', "grep '[HOST]' a; sed 's/[NAME]//' b; ls [PATH]*; date +%DATE%; [[ x == [HOST] ]]"],
    ['a value of its own', 'x --format JSON --log-level INFO'],
    ['redirections without blanks', 'sort <in.txt>out.txt'],
    ['a heredoc', 'cat <<EOF > f\na\nEOF'],
    ['the end of a heredoc', "cat <<'END_FILE' > f\na\nEND_FILE"],
    ['choices of patterns', 'grep -E \'a [x|y]\' f; echo "usage: $0 {start|stop}"; sort <in|uniq>out'],
    ['what mktemp fills in', 'D=$(mktemp -d /tmp/backup-XXXXXX); ls "$D"'],
    ['a process substitution', 'diff <(ls a) <(ls b)'],
    ['a here-string', 'cat <<< "a"'],
    ['comparisons', 'awk "$1 < 5 && $2 > 3" f; [ 1 -lt 2 ]'],
    ['HTML', 'curl -d "<p>text</p><br>" x; echo "<user>a</user>"'],
    ['an address', 'git commit --author "A <a@example.com>"'],
    ['variables it sets', 'NAME=a; echo "$NAME"; for i in 1 2; do echo $i; done; read -r answer; echo $answer'],
    ['variables that every shell has', 'echo $HOME $PATH $PWD $USER $HOSTNAME $RANDOM $LANG $SHELL $UID'],
    ['arguments and special variables', 'echo $1 ${2} $@ $* $# $? $$ $! "${1:-latest}"'],
    ['fields of awk', "ps aux | awk '{print $2, $NF}'"],
    ['a quoted heredoc', "cat <<'EOF'\n$NOT_MINE\nEOF"],
    ['quotes of another shell', "ssh host 'echo $THEIRS'"],
    [
      'templates of other tools',
      "docker ps --format '{{.Names}}'; kubectl get po -o jsonpath='{range .items[*]}{end}'",
    ],
    ['a list of braces and a group', 'cp a{.txt,.bak}; { ls; }; find . -exec ls {} \\;'],
    ['formats of dates', "date '+%Y%m%d'"],
    ['a git revision', 'git log HEAD@{upstream}'],
    ['comments', '# restore <point> to TARGET_HOST\nls'],
    ['its own usage', 'echo "Usage: x.sh <service> <version>"'],
    ['names where a shell wants names', 'export DB_HOST; unset API_KEY; read -p x TARGET_HOST; printenv SERVICE_NAME'],
    ['assignments', 'DB_HOST=a TARGET_IP=b run'],
  ])('are none in %s', (_what, text) => {
    expect(parameterNames(text, 'sh')).toEqual([]);
  });

  it('stand where they were found', () => {
    expect(occurrences('ls <a> {{b}}', 'sh')).toEqual([
      { name: 'a', form: 'angle', start: 3, end: 6 },
      { name: 'b', form: 'mustache', start: 7, end: 12 },
    ]);
  });
});

describe('parameters of SQL', () => {
  it.each([
    ["update users set locked = true where ip = 'SUSPICIOUS_IP'", ['SUSPICIOUS_IP']],
    ['select pg_cancel_backend(PID)', ['PID']],
    ["select * from <schema>.t where a > '<since>'", ['schema', 'since']],
    ['drop database ${NAME}', ['NAME']],
    ["select to_char(now(), 'YYYYMMDD'), CURRENT_USER, $1", []],
    ['select a from t where a <5 and b> 3 and c <> 4 and d <= 5', []],
    ['select USER_ID, SERVICE_NAME from t', []],
    ['-- for <x>\nselect 1', []],
  ])('%s', (text, names) => {
    expect(parameterNames(text, 'sql')).toEqual(names);
  });
});

describe('parameters of a thing to do by hand', () => {
  it('are those that are written as such, not words in capitals', () => {
    expect(parameterNames('Call <name> of {customer} about SUSPICIOUS_IP and $X', undefined)).toEqual([
      'name',
      'customer',
    ]);
  });
});

describe('the parameters of a procedure', () => {
  it('say where they come from, on which lines and in which steps', () => {
    const steps = [
      step('s1', 10, 'POINT=$(restic snapshots | tail -1)\nDIR=/srv/data\necho "$POINT"'),
      step('s2', 20, 'restore <customer> "$POINT"\nls "$DIR" ${TIER:-cold} <customer>'),
      step('s3', 30, 'verify <customer> $TOTAL <region>'),
    ];
    expect(
      collectParameters(
        [{ ...(steps[0] as Step), annotations: { capture: { name: 'TOTAL' } } }, ...steps.slice(1)],
        { 'parameters.region': 'seoul', region: 'x' },
        [],
      ),
    ).toEqual([
      { name: 'customer', forms: ['angle'], lines: [20, 21, 30], source: 'unresolved', steps: ['s2', 's3'] },
      { name: 'POINT', forms: ['shell'], lines: [20], source: 'document', steps: ['s2'] },
      { name: 'DIR', forms: ['shell'], lines: [21], source: 'document', default: '/srv/data', steps: ['s2'] },
      { name: 'TIER', forms: ['shell'], lines: [21], source: 'default', default: 'cold', steps: ['s2'] },
      { name: 'TOTAL', forms: ['shell'], lines: [30], source: 'captured', steps: ['s3'] },
      {
        name: 'region',
        forms: ['angle', 'front-matter'],
        lines: [30],
        source: 'document',
        default: 'seoul',
        steps: ['s3'],
      },
    ]);
  });

  it('are told as the document tells them: in its head, in a table, in an item, in a sentence', () => {
    const source = [
      '---\nparameters:\n  ZONE:\n    description: where it stands\n    default: seoul\n---\n# P\n',
      'Replace `<host>` with the name of the machine.\n',
      '| Variable | Description |\n|---|---|\n| `$DB_HOST` | the **database** |\n| `OTHER` | no parameter |\n',
      '- `${BUCKET}` — where the copies lie\n',
      '```sh\nssh <host> ls $DB_HOST $BUCKET $ZONE <other>\n# - `$ZONE`: not this\n```\n',
    ].join('\n');
    expect(
      readProcedure(source).parameters.map(({ name, description, default: value }) => [name, description, value]),
    ).toEqual([
      ['host', 'the name of the machine', undefined],
      ['DB_HOST', 'the database', undefined],
      ['BUCKET', 'where the copies lie', undefined],
      ['ZONE', 'where it stands', 'seoul'],
      ['other', undefined, undefined],
    ]);
  });

  it('take a value from a block of settings above, not from one below', () => {
    const settings = (line: number): Block => ({
      id: 'b',
      line,
      endLine: line + 2,
      language: 'bash',
      use: 'configuration',
      why: '',
      said: sentence('drawing'),
      text: 'DIR=/srv',
      section: '',
      steps: [],
      effects: [],
    });
    const of = (line: number) => collectParameters([step('s1', 10, 'ls $DIR')], {}, [settings(line)])[0];
    expect(of(2)).toMatchObject({ source: 'document', default: '/srv' });
    expect(of(20)).toMatchObject({ source: 'unresolved' });
  });

  it('take time in proportion to the text, however many there are', () => {
    const many = (count: number) => step('s1', 1, `{a}{b} <c> `.repeat(count));
    const began = performance.now();
    collectParameters([many(20_000)], {}, []);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

function step(id: string, line: number, text: string): Step {
  return {
    id,
    line,
    endLine: line + text.split('\n').length - 1,
    kind: 'command',
    title: id,
    text,
    section: [],
    language: 'sh',
    effects: [],
    places: [],
    parameters: [],
    annotations: {},
    findings: [],
    hash: '',
  };
}
