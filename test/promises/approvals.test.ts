import { mkdtemp, rm } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AuditLog } from '../../src/audit/types.ts';
import { openRuns } from '../../src/execution/open-runs.ts';
import type { Run, RunHandle, Runs, StepSpec, Workflow } from '../../src/execution/types.ts';
import { adoptPolicy } from '../../src/gates/adopt-policy.ts';
import { recordRequest } from '../../src/gates/approval-requests.ts';
import { approvalsOfRun } from '../../src/gates/approvals.ts';
import { authorize, type Judgement } from '../../src/gates/authorize.ts';
import { bindingOf } from '../../src/gates/binding.ts';
import { openingText, voteText } from '../../src/gates/decision-text.ts';
import { openGates } from '../../src/gates/open-gates.ts';
import { closeGates } from '../../src/gates/openings.ts';
import type { Policy } from '../../src/gates/policy.ts';
import { neededFor } from '../../src/gates/requirements.ts';
import { type Actor, type Approval, type Effect, gates, type Opening, type Request } from '../../src/gates/types.ts';
import { vote } from '../../src/gates/vote.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { ProgressEvent } from '../../src/lib/progress.ts';
import { type OpenDatabase, openDatabase } from '../../src/store/open-database.ts';
import { openTestAudit } from '../fixtures/test-audit.ts';
import { person, policyOf, type TestPerson } from '../services/people.ts';

const kim = person('kim');
const lee = person('lee');
const park = person('park');
const team = policyOf([kim, lee, park], { roles: { lee: ['dba'], park: ['dba'] } });
const byKim: Actor = { name: 'kim', kind: 'person', face: 'cli' };
const later = '2099-01-01T00:00:00.000Z';

describe('11. An approval does not survive a change of what was approved', () => {
  const effects: fc.Arbitrary<Effect> = fc.constantFrom('read', 'write', 'destroy', 'egress', 'unknown', 'disrupt');
  const subjects = fc.record({
    command: fc.string({ unit: 'grapheme' }),
    sha256: fc.stringMatching(/^[0-9a-f]{64}$/),
    target: fc.constantFrom('target db1', 'target db2', 'db'),
    runbook: fc.constantFrom('a.md', 'b.md'),
    effects: fc.uniqueArray(effects, { minLength: 1 }).map((some) => [...new Set<Effect>([...some, 'destroy'])]),
  });
  const requests = fc.record({ step: fc.constantFrom('s1', 's2'), target: fc.string(), subject: subjects });

  function requestOf({
    step,
    target,
    subject,
  }: {
    step: string;
    target: string;
    subject: Request['subject'];
  }): Request {
    const asked = { site: 'clinic', run: 'run-1', gates: [], effects: [...subject.effects] } as const;
    return { actor: byKim, ...asked, gates: ['host.destroy'], step, target, subject };
  }

  /** Approved by lee, with everything as it must be. */
  function approvedOf(request: Request): Approval {
    const approval: Approval = {
      id: 'approval-1',
      ...{ site: request.site, run: request.run, ahead: false, step: request.step, subject: request.subject },
      ...{ target: request.target, effects: request.effects, binding: bindingOf(request), requestedBy: 'kim' },
      ...{ requestedAt: '2026-11-20T12:00:00.000Z', expiresAt: later, requirements: [{ need: 1, roles: [] }] },
      state: 'granted',
      votes: [],
    };
    const cast = { by: 'lee', kind: 'person', at: '2026-11-20T12:01:00.000Z', grants: true, reason: '' } as const;
    const { key, signature } = lee.signature('clinic', voteText(approval, cast));
    return { ...approval, votes: [{ ...cast, key, signature }] };
  }

  function decided(request: Request, approval: Approval, policy: Policy = team): Judgement {
    const openings = [{ ...openedBy(kim, 'host.destroy'), complete: true }];
    const authority = { policy, teamElsewhere: false, openings, approvals: [approval] };
    return authorize(request, authority, new Date('2026-11-20T12:02:00Z'));
  }

  test('whatever was approved, exactly that runs', () => {
    fc.assert(
      fc.property(requests, (parts) => {
        const request = requestOf(parts);
        expect(decided(request, approvedOf(request))).toMatchObject({ allowed: true, by: ['lee'] });
      }),
      { numRuns: 50 },
    );
  });

  const changes: Readonly<Record<string, (request: Request) => Request>> = {
    command: (request) => ({ ...request, subject: { ...request.subject, command: `${request.subject.command} ` } }),
    'resolved command': (request) => ({ ...request, subject: { ...request.subject, sha256: bindingOf(request) } }),
    target: (request) => ({ ...request, subject: { ...request.subject, target: 'target db3' } }),
    'target of the step': (request) => ({ ...request, target: `${request.target}, target db3` }),
    runbook: (request) => ({ ...request, subject: { ...request.subject, runbook: 'c.md' } }),
    'no runbook': ({ subject: { runbook: _runbook, ...subject }, ...request }) => ({ ...request, subject }),
    effects: (request) => ({
      ...request,
      subject: { ...request.subject, effects: [...request.subject.effects, 'secret'] },
    }),
    'effects of the step': (request) => ({ ...request, effects: [...request.effects, 'secret'] }),
    'fewer effects': (request) => ({
      ...request,
      subject: { ...request.subject, effects: ['unknown', 'remote-delete'] },
    }),
    step: (request) => ({ ...request, step: 's3' }),
    run: (request) => ({ ...request, run: 'run-2' }),
  };
  test.each(Object.keys(changes))('changed: %s', (name) => {
    const change = changes[name] ?? ((same) => same);
    fc.assert(
      fc.property(requests, (parts) => {
        const request = requestOf(parts);
        expect(decided(change(request), approvedOf(request)).allowed).toBe('ask');
      }),
      { numRuns: 50 },
    );
  });

  test('an approval that was rewritten in the database to fit is worth nothing: it is not what was signed', () => {
    const request = requestOf({
      step: 's1',
      target: 'target db1',
      subject: { ...subject, command: 'rm -rf /srv/new' },
    });
    const approval = approvedOf(requestOf({ step: 's1', target: 'target db1', subject }));
    const forged = { ...approval, subject: request.subject, binding: bindingOf(request) };
    expect(decided(request, forged)).toMatchObject({ allowed: 'waiting' });
    const longer = { ...approval, expiresAt: '2199-01-01T00:00:00.000Z' };
    expect(decided(requestOf({ step: 's1', target: 'target db1', subject }), longer)).toMatchObject({
      allowed: 'waiting',
    });
  });

  test('those who agreed must still be people of the site, with the key that they signed with', () => {
    const request = requestOf({ step: 's1', target: 'target db1', subject });
    const approval = approvedOf(request);
    expect(decided(request, approval)).toMatchObject({ allowed: true });
    expect(decided(request, approval, policyOf([kim, park, person('yoon')]))).toMatchObject({ allowed: 'waiting' });
    expect(decided(request, approval, policyOf([kim, person('lee'), park]))).toMatchObject({ allowed: 'waiting' });
  });

  test('two names with one key are one, and so is one who signs twice', () => {
    const policy = policyOf([kim, lee, { ...lee, name: 'twin' }, park], {
      approvals: [{ effects: ['destroy'], need: 2 }],
    });
    const request = requestOf({ step: 's1', target: 'target db1', subject });
    const approval = approvedOf(request);
    const cast = { by: 'twin', kind: 'person', at: '2026-11-20T12:01:00.000Z', grants: true, reason: '' } as const;
    const { key, signature } = lee.signature('clinic', voteText(approval, cast));
    const twice = { ...approval, votes: [...approval.votes, { ...cast, key, signature }] };
    expect(decided(request, twice, policy)).toMatchObject({ allowed: 'waiting' });
    const other = { ...cast, by: 'park' };
    const own = park.signature('clinic', voteText(approval, other));
    const both = { ...approval, votes: [...twice.votes, { ...other, key: own.key, signature: own.signature }] };
    expect(decided(request, both, policy)).toMatchObject({ allowed: true, by: ['lee', 'park'] });
  });
});

const subject: Request['subject'] = {
  command: 'rm -rf /srv/old',
  sha256: 'a'.repeat(64),
  target: 'target db1',
  runbook: 'old.md',
  effects: ['destroy'],
};

function openedBy(
  owner: TestPerson,
  gate: Opening['gate'],
): { opening: Opening; signatures: ReturnType<TestPerson['signature']>[] } {
  const opening: Opening = {
    ...{ id: `opening-${gate}`, site: 'clinic', gate, kind: 'response', mode: 'team', owner: owner.name },
    ...{ openedBy: owner.name, openedAt: '2026-11-20T10:00:00.000Z', expiresAt: later, reason: 'a test' },
    ...{ scope: ['*'], evidence: [], followUpOwner: owner.name, rollbackOwner: owner.name },
    ...{ validationPlan: 'look', signedBy: [owner.name] },
  } as const;
  return { opening, signatures: [owner.signature('clinic', openingText(opening))] };
}

describe('a run whose step needs the agreement of others', () => {
  let data: string;
  let database: OpenDatabase;
  let audit: AuditLog;
  let runs: Runs;
  let events: ProgressEvent[];
  let done: string[];
  let spec: StepSpec<string>;
  let number = 0;
  const desk = () => ({ audit, clock: systemClock });

  beforeAll(async () => {
    data = await mkdtemp('/tmp/hf-agree-');
    database = await openDatabase({ dataDirectory: data, signal: new AbortController().signal });
    audit = await openTestAudit(database, data);
    await adoptPolicy(database, desk(), byKim, { site: 'clinic', policy: team });
    await openAll();
  }, 60_000);
  const openAll = () =>
    openGates(
      database,
      desk(),
      { actor: byKim, site: 'clinic', policy: team, signer: kim.signer('clinic') },
      {
        ...{ gates, until: new Date(Date.now() + 3_600_000), reason: 'a test', scope: ['*'], evidence: [] },
        validationPlan: 'look',
      },
    );
  afterAll(async () => {
    await database?.close();
    await rm(data, { recursive: true, force: true });
  });
  beforeEach(() => {
    done = [];
    number += 1;
    const own = { ...subject, sha256: String(number).padStart(64, '0') };
    const common = { name: 's1', title: 'Remove it', gates: ['host.destroy'], effects: ['destroy'] } as const;
    spec = { ...common, target: 'target db1', subject: own };
    open();
  });
  afterEach(() => runs.close());

  function open(): void {
    events = [];
    const workflow: Workflow<null, string> = {
      name: 'removing',
      execute: async (run: Run) => {
        const act = async () => {
          done.push(run.id);
          return 'removed';
        };
        return (await run.step(spec, act)).result;
      },
    };
    runs = openRuns({
      ...{ database, audit, clock: systemClock, report: (event) => events.push(event), redact: (text) => text },
      ...{ workflows: [workflow], actor: byKim, signal: new AbortController().signal, applicationVersion: 'test' },
    });
  }

  async function start(actor: Actor = byKim): Promise<RunHandle<string>> {
    const workflow: Workflow<null, string> = { name: 'removing', execute: async () => '' };
    const run = await runs.start(workflow, null, { site: 'clinic', id: `removing-${number}`, actor });
    run.result().catch(() => undefined);
    return run;
  }

  async function asked(run: string, but = ''): Promise<Approval> {
    for (const until = Date.now() + 20_000; Date.now() < until; await new Promise((go) => setTimeout(go, 20))) {
      const found = (await approvalsOfRun(database, run)).filter(({ id }) => id !== but).at(-1);
      if (found !== undefined) return found;
    }
    throw new Error('no approval was asked for');
  }

  const says = (who: TestPerson, id: string, grants = true, actor: Actor = { ...byKim, name: who.name }) =>
    vote(
      database,
      desk(),
      { actor, site: 'clinic', policy: team, signer: who.signer('clinic') },
      { id, grants, reason: 'x' },
    );

  test('waits, says how to agree, and runs when one who may has agreed', async () => {
    const run = await start();
    const approval = await asked(run.id);
    expect(approval).toMatchObject({ state: 'waiting', requestedBy: 'kim', requirements: [{ need: 1, roles: [] }] });
    expect(done).toEqual([]);
    expect(await says(lee, approval.id)).toMatchObject({ state: 'granted' });
    expect(await run.result()).toBe('removed');
    const [told] = events.filter((event) => event.kind === 'note');
    expect(told).toMatchObject({ message: expect.stringContaining(`holdfast approval grant ${approval.id}`) });
  });

  test('is not agreed to by the one who runs it, by no path that there is', async () => {
    const run = await start();
    const { id } = await asked(run.id);
    // As the person who asked, with their key; as themself through somebody else's account; as somebody else with their own key.
    await expect(says(kim, id)).rejects.toMatchObject({ code: 'decision-refused' });
    await expect(says(kim, id, true, { ...byKim, name: 'root' })).rejects.toMatchObject({ code: 'decision-refused' });
    await expect(
      says({ ...kim, name: 'lee', signer: (site) => ({ ...kim.signer(site), name: 'lee' }) }, id),
    ).rejects.toMatchObject({ code: 'decision-unsigned' });
    await expect(says(lee, id, true, { name: 'kim', kind: 'assistant', face: 'cli' })).rejects.toMatchObject({
      code: 'decision-refused',
    });
    await expect(says(lee, id, true, { name: 'lee', kind: 'token', face: 'http' })).rejects.toMatchObject({
      code: 'decision-refused',
    });
    expect(done).toEqual([]);
    expect((await runs.show(run.id)).status).toBe('running');
    await says(park, id);
    expect(await run.result()).toBe('removed');
  });

  test('asked for ahead by another, is not agreed to by the one who then runs it', async () => {
    const request = {
      actor: { ...byKim, name: 'lee' },
      site: 'clinic',
      run: '',
      step: 's1',
      effects: ['destroy'] as const,
    };
    const ahead = { ...request, target: 'target db1', subject: spec.subject ?? subject };
    const { id } = await database.transaction((transaction) =>
      recordRequest(transaction, desk(), ahead, neededFor(ahead, team)),
    );
    await says(kim, id);
    const run = await start();
    await new Promise((go) => setTimeout(go, 300));
    expect(await asked(run.id)).toMatchObject({ id, requestedBy: 'lee' });
    expect(done).toEqual([]);
    await says(park, id);
    expect(await run.result()).toBe('removed');
  });

  test('asked for ahead, is taken by the first run that it fits, and by no second', async () => {
    const request = { actor: byKim, site: 'clinic', run: '', step: 's1', effects: ['destroy'] as const };
    const ahead = { ...request, target: 'target db1', subject: spec.subject ?? subject };
    const { id } = await database.transaction((transaction) =>
      recordRequest(transaction, desk(), ahead, neededFor(ahead, team)),
    );
    await says(lee, id);
    expect(await (await start()).result()).toBe('removed');
    number += 1;
    const second = await start();
    expect((await asked(second.id)).id).not.toBe(id);
    await runs.cancel(second.id);
  });

  test('run by an account that is no person of the site, takes one more: whoever runs it may be one of them', async () => {
    const run = await start({ name: 'deploy', kind: 'token', face: 'http' });
    const { id } = await asked(run.id);
    await says(lee, id);
    await new Promise((go) => setTimeout(go, 1500));
    expect(done).toEqual([]);
    await says(park, id);
    expect(await run.result()).toBe('removed');
  });

  test('fails when one says no, also after another said yes', async () => {
    const run = await start();
    const { id } = await asked(run.id);
    await says(lee, id, false);
    await expect(run.result()).rejects.toMatchObject({ code: 'approval-denied' });
    expect(done).toEqual([]);
    await expect(says(park, id)).rejects.toMatchObject({ code: 'approval-closed' });
  });

  test('cancelled while it waits, never begins, whatever is agreed to then', async () => {
    const run = await start();
    const { id } = await asked(run.id);
    await runs.cancel(run.id);
    await says(lee, id);
    await expect(run.result()).rejects.toMatchObject({ code: 'cancelled' });
    expect(done).toEqual([]);
  });

  test('interrupted while it waits, waits for the same approval when it is resumed', async () => {
    const run = await start();
    const { id } = await asked(run.id);
    await runs.close();
    await says(lee, id);
    open();
    const resumed = await runs.resume(run.id);
    expect(await resumed.result()).toBe('removed');
    expect(await approvalsOfRun(database, run.id)).toMatchObject([{ id }]);
  });

  test('agreed to, is refused all the same when its gate was closed before it is resumed', async () => {
    const run = await start();
    const { id } = await asked(run.id);
    await runs.close();
    await says(lee, id);
    const closing = { site: 'clinic', gates: ['host.destroy'], reason: 'x' } as const;
    await database.transaction((transaction) => closeGates(transaction, desk(), byKim, closing));
    try {
      open();
      await expect((await runs.resume(run.id)).result()).rejects.toMatchObject({ code: 'gate-closed' });
      expect(done).toEqual([]);
    } finally {
      await openAll();
    }
  });

  test('changed between asking and running, asks anew: what was agreed to is void', async () => {
    const run = await start();
    const { id } = await asked(run.id);
    await runs.close();
    await says(lee, id);
    spec = { ...spec, subject: { ...subject, sha256: 'f'.repeat(64), command: 'rm -rf /srv/new' } };
    open();
    const resumed = await runs.resume(run.id);
    resumed.result().catch(() => undefined);
    const second = await asked(run.id, id);
    expect((await approvalsOfRun(database, run.id)).find((one) => one.id === id)).toMatchObject({ state: 'void' });
    await expect(says(park, id)).rejects.toMatchObject({ code: 'approval-closed' });
    expect(done).toEqual([]);
    await says(park, second.id);
    expect(await resumed.result()).toBe('removed');
  });
});
