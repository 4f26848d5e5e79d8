import type { Outcome } from '../../src/evidence/model.ts';
import { sha256 } from '../../src/lib/hash.ts';

/** A small but whole outcome of a drill. */
export function outcome(run = 'drill-20261120T040000Z-0badcafe'): Outcome {
  return {
    kind: 'drill',
    run,
    site: 'seoul-clinic',
    actor: 'ada',
    host: 'host-1',
    startedAt: '2026-11-20T04:00:00.000Z',
    finishedAt: '2026-11-20T04:00:20.500Z',
    durationMs: 20_500,
    isolation: 'sandbox',
    negativeControl: false,
    verdict: 'PROVEN',
    assets: [
      {
        asset: 'ledger',
        kind: 'postgres',
        verdict: 'PROVEN',
        recoveryPoint: {
          id: 'ledger/20261120T020003Z',
          takenAt: '2026-11-20T02:00:03.000Z',
          store: 'ring',
          tier: 'ring',
          bytes: 332_000_000,
          files: 41,
          factsSha256: sha256('facts of the ledger'),
        },
        engine: 'PostgreSQL 15.18',
        phases: { fetchMs: 3100, restoreMs: 9800, startMs: 1200, validateMs: 6400 },
        rto: { objectiveMs: 3_600_000, achievedMs: 20_500, met: true },
        rpo: { objectiveMs: 900_000, achievedMs: 7_197_000, met: false },
        checks: [
          {
            name: 'row-counts',
            title: 'Row counts',
            status: 'passed',
            summary: '41 of 41 tables · "quoted" · 한국어',
            details: [],
            durationMs: 12.5,
          },
        ],
      },
    ],
    loss: [],
    timeline: [
      { at: '2026-11-20T04:00:00.000Z', durationMs: 3100, what: 'fetch', asset: 'ledger', outcome: 'succeeded' },
    ],
    tools: [{ name: 'restic', version: '0.14.0' }],
    holdfast: '0.1.0',
  };
}
