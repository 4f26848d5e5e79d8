import { ProcedureOutcome, type StepOutcome, type TargetOutcome } from '../../src/evidence/procedure-model.ts';
import { sha256 } from '../../src/lib/hash.ts';

const begin = Date.parse('2026-11-20T18:04:00.000Z');

export function at(seconds: number): string {
  return new Date(begin + seconds * 1000).toISOString();
}

export function target(name: string, changes: Partial<TargetOutcome> = {}): TargetOutcome {
  return {
    target: name,
    outcome: 'succeeded',
    exitCode: 0,
    startedAt: at(10),
    finishedAt: at(12),
    durationMs: 2000,
    attached: false,
    stdout: output(name, 'stdout', 'ledger-7 ready\n원장 확인 완료\n帳本已就緒\n'),
    ...changes,
  };
}

export function output(target: string, stream: string, tail: string, lines = 3) {
  return {
    file: `outputs/runbook-20261120T180400Z-5e1f00d5/${target}.${stream}.gz`,
    sha256: sha256(`${target} ${stream} ${tail}`),
    bytes: Buffer.byteLength(tail),
    lines,
    tail,
  };
}

export function step(id: string, title: string, changes: Partial<StepOutcome> = {}): StepOutcome {
  const command = changes.command ?? `systemctl status ${id}`;
  return {
    id,
    line: 10,
    kind: 'command',
    title,
    section: ['Restore', 'Database'],
    command,
    effects: ['read'],
    gates: ['host.read'],
    hash: sha256(command),
    outcome: 'succeeded',
    startedAt: at(10),
    finishedAt: at(12),
    durationMs: 2000,
    expectedMs: 1800,
    attempts: 1,
    targets: [target('db1')],
    answers: [],
    approvals: [],
    keptBefore: [],
    ...changes,
  };
}

/** A step that nothing was done of. */
export function untouched(id: string, title: string, changes: Partial<StepOutcome> = {}): StepOutcome {
  const { startedAt: _s, finishedAt: _f, ...whole } = step(id, title, changes);
  return { ...whole, targets: [], attempts: 0, durationMs: 0, outcome: changes.outcome ?? 'not-reached' };
}

export function outcome(changes: Partial<ProcedureOutcome> = {}): ProcedureOutcome {
  const whole: ProcedureOutcome = {
    format: 'holdfast-procedure-v1',
    run: 'runbook-20261120T180400Z-5e1f00d5',
    site: 'harbour-clinic',
    timezone: 'Asia/Seoul',
    actor: 'ada',
    mode: 'team',
    runbook: { title: 'Bring the ledger back', path: 'runbooks/ledger.md', sha256: sha256('ledger.md') },
    startedAt: at(0),
    finishedAt: at(1500),
    durationMs: 1_500_000,
    expectedMs: 1_200_000,
    rtoMs: 3_600_000,
    ending: 'completed',
    targets: [
      { name: 'db1', kind: 'ssh', identity: { 'host-name': 'db1.harbour', 'machine-id': '3f0c9a7d21' }, pinned: true },
    ],
    parameters: [
      { name: 'POINT', value: 'ledger/20261120T020003Z', source: 'given' },
      { name: 'SYSTEM_ID', value: '7412093325', source: 'captured' },
    ],
    alternatives: [{ question: 'Where is the newest copy?', chosen: 'Ring peer', by: 'ada' }],
    steps: [
      step('check-disk', 'Look at the disk', { line: 12, command: 'df -h /var/lib/postgresql' }),
      step('stop', 'Stop the database', {
        line: 20,
        command: 'sudo systemctl stop postgresql',
        effects: ['disrupt', 'privilege'],
        gates: ['service.disrupt'],
        startedAt: at(60),
        finishedAt: at(64),
        durationMs: 4000,
      }),
      step('empty', 'Empty the data directory', {
        line: 26,
        command: 'rm -rf /var/lib/postgresql/15/main/*',
        effects: ['destroy'],
        gates: ['host.destroy'],
        startedAt: at(120),
        finishedAt: at(123),
        durationMs: 3000,
        approvals: [{ id: 'ap-1', by: 'custodian-1', at: at(110) }],
        keptBefore: [{ name: 'snapshot', target: 'db1', stdoutSha256: sha256('snapshot'), durationMs: 45_000 }],
      }),
      step('key', 'Fetch the sealed key from the safe', {
        line: 33,
        kind: 'manual',
        command: '',
        effects: [],
        gates: [],
        targets: [],
        startedAt: at(130),
        finishedAt: at(700),
        durationMs: 0,
        answers: [
          {
            question: 'Fetch the sealed key from the safe',
            choice: 'done',
            reason: 'seal 0417 intact',
            by: 'grace',
            at: at(700),
            attachments: [{ name: 'seal.jpg', sha256: sha256('seal'), bytes: 81_234 }],
          },
        ],
      }),
      step('restore', 'Restore the recovery point', {
        line: 40,
        command: 'pgbackrest --stanza=ledger restore --set=ledger/20261120T020003Z',
        effects: ['write'],
        gates: ['restore.run'],
        startedAt: at(710),
        finishedAt: at(1480),
        durationMs: 770_000,
        expectedMs: 600_000,
        captured: { name: 'SYSTEM_ID', value: '7412093325' },
      }),
      untouched('cold', 'Mount the cold disk', { line: 52, command: 'mount /media/cold-1', outcome: 'not-chosen' }),
    ],
    notUnderstood: [
      { line: 71, why: 'a drawing without words' },
      { line: 74, why: 'nested too deeply to be read', said: { key: 'too-deep', details: {} } },
      { line: 80, why: 'told by a later version', said: { key: 'of-a-later-version', details: {} } },
    ],
  };
  return ProcedureOutcome.parse({ ...whole, ...changes });
}

/** Stopped at a step of which nobody knows what became of it. */
export function stopped(): ProcedureOutcome {
  const whole = outcome();
  const [disk, stop] = whole.steps;
  if (disk === undefined || stop === undefined) throw new Error('the outcome has steps');
  return outcome({
    ending: 'stopped',
    error: { code: 'step-unknown', message: 'Nobody knows what became of step restore on db1.' },
    finishedAt: at(900),
    durationMs: 900_000,
    steps: [
      disk,
      stop,
      step('flush', 'Flush the cache', {
        line: 30,
        command: 'redis-cli FLUSHALL',
        effects: ['destroy'],
        outcome: 'skipped',
        startedAt: at(130),
        finishedAt: at(131),
        durationMs: 1000,
        attempts: 2,
        targets: [
          target('db1', {
            outcome: 'failed',
            exitCode: 2,
            why: 'exit status 2, expected 0',
            stderr: output('db1', 'stderr', 'Could not connect to Redis at 127.0.0.1:6379\n', 1),
          }),
        ],
        answers: [
          { question: 'Step flush failed', choice: 'retry', by: 'ada', at: at(140) },
          {
            question: 'Step flush failed',
            choice: 'skip',
            reason: 'the cache is rebuilt later',
            by: 'ada',
            at: at(150),
          },
        ],
      }),
      step('restore', 'Restore the recovery point', {
        line: 40,
        command: 'pgbackrest --stanza=ledger restore',
        effects: ['write'],
        gates: ['restore.run'],
        outcome: 'unknown',
        startedAt: at(160),
        finishedAt: at(890),
        durationMs: 730_000,
        targets: [
          target('db1', { outcome: 'unknown', exitCode: undefined, why: 'the link broke and db1 does not answer' }),
        ],
      }),
      untouched('start', 'Start the database', {
        line: 48,
        command: 'sudo systemctl start postgresql',
        gates: ['service.disrupt'],
      }),
      untouched('verify', 'Compare the counts', { line: 55, command: 'psql -f counts.sql' }),
    ],
  });
}

export function cancelled(): ProcedureOutcome {
  const whole = outcome();
  return outcome({
    ending: 'cancelled',
    mode: 'solo',
    steps: whole.steps.map((each, index) => {
      if (index < 2) return each;
      if (index > 2) return untouched(each.id, each.title, { line: each.line, command: each.command, kind: each.kind });
      return step(each.id, each.title, {
        ...each,
        outcome: 'cancelled',
        targets: [target('db1', { outcome: 'cancelled', exitCode: undefined, survivors: [] })],
      });
    }),
  });
}

/** Twelve hosts, three of which failed. */
export function group(): ProcedureOutcome {
  const names = Array.from({ length: 12 }, (_, index) => `web${index + 1}`);
  const hosts = names.map((name, index) =>
    index % 5 === 2 || index === 0
      ? target(name, {
          outcome: 'failed',
          exitCode: 1,
          why: 'output does not match /ready/',
          stdout: output(name, 'stdout', `${name}: starting\n`, 1),
          stderr: output(name, 'stderr', `${name}: unit nginx.service has failed | see "journalctl"\n`, 1),
        })
      : target(name, { durationMs: 1000 + index * 130 }),
  );
  return outcome({
    ending: 'stopped',
    error: { code: 'step-failed', message: 'Step restart failed on 3 of 12 targets.' },
    targets: names.map((name) => ({ name, kind: 'ssh', identity: { 'host-name': name }, pinned: false })),
    steps: [
      step('restart', 'Restart the web servers', {
        command: 'sudo systemctl restart nginx && systemctl is-active nginx',
        effects: ['disrupt'],
        gates: ['service.disrupt'],
        outcome: 'failed',
        targets: hosts,
      }),
      untouched('pool', 'Put them back into the pool', { line: 18, command: 'haproxyctl enable all' }),
    ],
  });
}

export function long(): ProcedureOutcome {
  return outcome({
    steps: Array.from({ length: 400 }, (_, index) =>
      step(`s${index + 1}`, `Check shard ${index + 1}`, {
        line: index * 4 + 5,
        command: `shardctl check --shard ${index + 1}`,
        startedAt: at(index * 3),
        finishedAt: at(index * 3 + 2),
      }),
    ),
  });
}

/** Markup, tables and code of Markdown, lines, a turn of the direction of text, and half a character. */
export const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>|a|b| \`\`\`\n# heading\n- [ ] item ![i](http://x/y.png) [l](javascript:1) &lt;b&gt; *bold* _it_ \\ ~~x~~ <!-- c \u202Egnp.exe\u2066\u0007\uD800${'W'.repeat(300)}`;

/** The fullest outcome there is, every text of it hostile. */
export function hostileOutcome(): ProcedureOutcome {
  const { steps, ...whole } = outcome({ notUnderstood: [{ line: 1, why: 'x' }] });
  return ProcedureOutcome.parse(
    poison({
      ...whole,
      ending: 'stopped',
      error: { code: 'x', message: 'x' },
      steps: [...steps, ...stopped().steps, ...group().steps],
    }),
  );
}

/** Words of a fixed list and times stay: the model takes any text elsewhere. */
const fixed = /^(format|mode|ending|outcome|kind|source|startedAt|finishedAt|at|timezone)$/;

function poison(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => poison(item, key));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (key === 'identity') return Object.fromEntries(entries.map(() => [hostile, hostile]));
    return Object.fromEntries(
      entries.map(([name, member]) => [name, name === 'kind' && key === 'targets' ? hostile : poison(member, name)]),
    );
  }
  return typeof value === 'string' && !fixed.test(key) ? hostile : value;
}

export const proof = {
  file: '2026-11-20-ledger-5e1f00d5.dsse',
  sha256: '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881',
  keyId: 'holdfast/3fde03ba0d70d298',
  leaf: 5212,
  treeSize: 5213,
  root: 'PnRLncOTibrwxaBgWIuEAvPbtJuJs+dfLJNVhSw6w2c=',
};

export const fullExtras = {
  openGates: [{ gate: 'host.destroy', until: '2026-11-20T19:00:00.000Z' }],
  questions: [{ title: 'Is the cold disk in the safe?', askedAt: '2026-11-20T18:10:00.000Z' }],
  people: [{ name: 'grace', role: 'custodian', contact: '+82 2 555 0100' }],
};

export const hostileExtras = {
  again: ['holdfast', hostile],
  openGates: [{ gate: hostile, until: hostile }, { gate: hostile }],
  questions: [{ title: hostile, askedAt: hostile }],
  people: [{ name: hostile, role: hostile, contact: hostile }],
};
