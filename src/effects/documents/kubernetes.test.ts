import { describe, expect, it } from 'vitest';
import { misplaced } from '../../../test/effects/documents/misplaced.ts';
import { findSnippets } from './index.ts';

const find = (text: string) => findSnippets(text, { language: 'kubernetes' });
const codes = (text: string) =>
  find(text)
    .filter(({ language }) => language !== 'kubernetes')
    .map(({ text: code }) => code);
const effects = (text: string) => find(text)[0]?.around?.effects;

const cronJob = `# 매일 백업
apiVersion: batch/v1
kind: CronJob
metadata: { name: backup }
spec:
  schedule: "0 2 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          initContainers:
          - name: wait
            image: busybox
            command: ["sh", "-c", "until nc -z db 5432; do sleep 1; done"]
          containers:
          - name: backup
            image: restic/restic
            args: [forget, --prune, --keep-last, '1']
            lifecycle:
              preStop:
                exec: { command: [rm, -rf, /data/it's] }
            livenessProbe:
              exec:
                command:
                - cat
                - /tmp/ok
          - name: 정리
            image: vault
            command:
            - /bin/sh
            - -c
            - |
              # 오래된 백업
              aws s3 rm s3://b/$OLD

                rm /tmp/x
            - ignored
`;

describe('the commands of a manifest', () => {
  it('are those of containers, hooks and probes, where they stand', () => {
    expect(codes(cronJob)).toEqual([
      'until nc -z db 5432; do sleep 1; done',
      'restic forget --prune --keep-last 1',
      `rm -rf '/data/it'\\''s'`,
      'cat /tmp/ok',
      '# 오래된 백업\naws s3 rm s3://b/$OLD\n\n  rm /tmp/x\n',
    ]);
    for (const snippet of find(cronJob)) {
      if (!/'/.test(snippet.text) && !/^restic|^cat/.test(snippet.text))
        expect(misplaced(cronJob, snippet)).toEqual([]);
    }
    const script = find(cronJob).at(-1);
    expect(script?.offsets?.[script.text.indexOf('aws')]).toBe(cronJob.indexOf('aws s3'));
    expect(script?.offsets?.[script.text.indexOf('rm /tmp')]).toBe(cronJob.indexOf('rm /tmp'));
    const words = find(cronJob).find(({ text }) => text.startsWith('restic'));
    expect(words?.offsets?.[words.text.indexOf('--prune')]).toBe(cronJob.indexOf('--prune'));
    expect(
      new Set(
        find(cronJob)
          .slice(1)
          .map(({ place }) => place),
      ),
    ).toEqual(new Set(['pod']));
  });

  it.each([
    ['a folded scalar', '>-\n     rm -rf\n     /a\n\n     /b\n', 'rm -rf /a\n/b'],
    ['double quotes', '"rm \\"a b\\" \\u4e2d\\\n    c\\td"\n', 'rm "a b" 中c\td'],
    ['single quotes', "'echo ''a''\n    b'\n", "echo 'a' b"],
    ['several plain lines', 'rm -rf\n    /a\n', 'rm -rf /a'],
    ['an indentation that is said', '|2\n       rm a\n     rm b\n', '  rm a\nrm b\n'],
    ['CRLF', '|\r\n     rm a\r\n     rm b\r\n', 'rm a\nrm b\n'],
  ])('are read out of %s', (_, value, script) => {
    const text = `apiVersion: v1\nkind: Pod\nspec:\n containers:\n - name: a\n   command: [sh, -c]\n   args:\n   - ${value}`;
    expect(codes(text)).toEqual([script]);
  });

  it('are found in the scripts of a ConfigMap, whether it is mounted or not', () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\ndata:\n  run.sh: |\n    rm -rf /a\n  wipe.sql: drop table t;\n  job: |\n    #!/bin/sh\n    ls\n  a.conf: x = 1\n';
    expect(find(text).map(({ language, place }) => [language, place])).toEqual([
      ['kubernetes', 'here'],
      ['sh', 'pod'],
      ['sql', 'database'],
      ['sh', 'pod'],
    ]);
  });

  it('survive the templates of a chart', () => {
    const text =
      'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: {{ include "x.name" . }}\n{{- if .Values.on }}\nspec:\n  template:\n    spec:\n      containers:\n      - name: a\n        image: {{ .Values.image }}\n        command: [sh, -c]\n        args:\n        - |\n          {{- if .x }}\n          rm -rf {{ .Values.dir }}\n          {{- end }}\n{{- end }}\n';
    expect(codes(text).map((code) => code.trim())).toEqual(['rm -rf {{ .Values.dir }}']);
  });

  it('are found in lists, in several documents and in broken YAML', () => {
    const pod = (name: string) =>
      `apiVersion: v1\nkind: Pod\nspec: { containers: [{ name: a, command: [rm, ${name}] }] }\n`;
    expect(codes(`${pod('a')}---\n${pod('b')}`)).toEqual(['rm a', 'rm b']);
    expect(
      codes(
        'apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n  spec:\n    containers:\n    - name: a\n      command: [rm, c]\n',
      ),
    ).toEqual(['rm c']);
    expect(
      codes('apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    command: [rm, d]\n   bad: [\n'),
    ).toContain('rm d');
    expect(codes('{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"a","command":["rm","e"]}]}}')).toEqual(
      ['rm e'],
    );
  });
});

describe('an object', () => {
  const of = (kind: string, rest = '') => `apiVersion: v1\nkind: ${kind}\n${rest}`;
  it.each([
    [of('Deployment'), ['write']],
    [of('Secret'), ['write', 'secret']],
    [of('Secret', 'type: kubernetes.io/service-account-token\n'), ['write', 'secret', 'privilege']],
    [of('ClusterRoleBinding'), ['write', 'privilege']],
    [of('NetworkPolicy'), ['write']],
    [of('Deployment', 'spec:\n  replicas: 0\n'), ['write', 'disrupt']],
    [of('Pod', 'spec:\n  hostPID: true\n'), ['write', 'privilege']],
    [of('Pod', 'spec:\n  volumes:\n  - hostPath: { path: / }\n'), ['write', 'privilege']],
    [
      of('DaemonSet', 'spec: { template: { spec: { containers: [{ securityContext: { privileged: true } }] } } }\n'),
      ['write', 'privilege'],
    ],
    [of('DeleteBackupRequest'), ['remote-delete']],
    ['apiVersion: velero.io/v1\nkind: Restore\n', ['write', 'destroy', 'disrupt']],
    ['apiVersion: chaos-mesh.org/v1alpha1\nkind: PodChaos\n', ['write', 'disrupt']],
    [of('SomethingNew'), ['write']],
  ])('has effects of its own when it is applied: %s', (text, expected) => {
    expect(effects(text)).toEqual(expected);
  });
});
