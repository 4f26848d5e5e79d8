import { copyLine } from './copy-text.ts';
import { dayMs, firstDay, lastDay, medicationCount, staffCount, workingTime } from './people.ts';
import { randomFor } from './random.ts';
import type { Census, TableRows } from './tables.ts';
import { labTests, namedStaff, notes } from './words.ts';

export interface Visit {
  readonly id: number;
  readonly patient: number;
  readonly department: number;
  readonly time: number;
}

/** What was done for patients: visits in order of time, and what hangs on each. */
export function care(
  seed: string,
  census: Census,
): { readonly visits: readonly Visit[]; readonly tables: readonly TableRows[] } {
  const visits = planVisits(seed, census);
  const tables: readonly TableRows[] = [
    {
      table: 'visits',
      columns: ['id', 'patient_id', 'department_id', 'doctor_id', 'kind', 'started_at', 'note'],
      lines: visitLines(seed, visits),
    },
    {
      table: 'vitals',
      columns: ['visit_id', 'reading', 'measured_at', 'pulse', 'systolic', 'diastolic', 'temperature'],
      lines: vitals(seed, visits),
    },
    {
      table: 'lab_results',
      columns: ['id', 'visit_id', 'test', 'value', 'unit', 'flag', 'details', 'resulted_at'],
      lines: labResults(seed, visits),
    },
    {
      table: 'prescriptions',
      columns: ['id', 'visit_id', 'medication_id', 'prescribed_by', 'dose', 'days', 'dispensed', 'prescribed_at'],
      lines: prescriptions(seed, visits),
    },
    {
      table: 'admissions',
      columns: ['id', 'visit_id', 'bed_id', 'admitted_at', 'discharged_at'],
      lines: admissions(seed, visits, census.beds),
    },
    {
      table: 'appointments',
      columns: ['id', 'patient_id', 'department_id', 'at', 'status'],
      lines: appointments(seed, visits),
    },
    { table: 'audit_log', columns: ['id', 'actor', 'op', 'table_name', 'row_id', 'ts'], lines: audit(seed, visits) },
  ];
  return { visits, tables };
}

/** Milliseconds as PostgreSQL reads a time. */
export function at(time: number): string {
  return new Date(time).toISOString();
}

function planVisits(seed: string, census: Census): readonly Visit[] {
  const random = randomFor(seed, 'visits');
  const days = (lastDay - firstDay) / dayMs;
  const visits: Visit[] = [];
  for (let id = 1; id <= census.visits; id += 1) {
    const day = firstDay + Math.floor(((id - 1) / census.visits) * days) * dayMs;
    visits.push({
      id,
      patient: random.integer(1, census.patients),
      department: random.integer(1, 10),
      time: day + workingTime(random),
    });
  }
  return visits;
}

function* visitLines(seed: string, visits: readonly Visit[]): Generator<string> {
  const random = randomFor(seed, 'visit details');
  for (const visit of visits) {
    const kind = visit.department === 10 ? 'emergency' : visit.id % 20 === 0 ? 'inpatient' : 'outpatient';
    const doctor = random.integer(1, staffCount);
    yield copyLine([
      visit.id,
      visit.patient,
      visit.department,
      doctor,
      kind,
      at(visit.time),
      random.chance(0.8) ? random.pick(notes) : '',
    ]);
  }
}

function* vitals(seed: string, visits: readonly Visit[]): Generator<string> {
  const random = randomFor(seed, 'vitals');
  for (const visit of visits) {
    const readings = random.integer(1, 2);
    for (let reading = 1; reading <= readings; reading += 1) {
      const systolic = random.integer(96, 168);
      yield copyLine([
        visit.id,
        reading,
        at(visit.time + reading * 1_200_000),
        random.integer(52, 118),
        systolic,
        systolic - random.integer(28, 60),
        (random.integer(358, 392) / 10).toFixed(1),
      ]);
    }
  }
}

function* labResults(seed: string, visits: readonly Visit[]): Generator<string> {
  const random = randomFor(seed, 'lab results');
  let id = 0;
  for (const visit of visits) {
    const count = random.integer(0, 4);
    for (let index = 0; index < count; index += 1) {
      id += 1;
      const [test, unit, low, high] = random.pick(labTests);
      const value = Math.max(0, low + (random.fraction() * 1.5 - 0.25) * (high - low));
      const flag = value < low ? 'L' : value > high ? 'H' : null;
      const details = flag === null ? null : `{"method":"auto","repeat":${random.chance(0.3)},"비고":"재검 권고"}`;
      yield copyLine([
        id,
        visit.id,
        test,
        value.toFixed(2),
        unit,
        flag,
        details,
        at(visit.time + random.integer(1_800_000, 14_400_000)),
      ]);
    }
  }
}

function* prescriptions(seed: string, visits: readonly Visit[]): Generator<string> {
  const random = randomFor(seed, 'prescriptions');
  let id = 0;
  for (const visit of visits) {
    const count = random.integer(0, 2);
    for (let index = 0; index < count; index += 1) {
      id += 1;
      yield copyLine([
        id,
        visit.id,
        random.integer(1, medicationCount),
        random.integer(1, staffCount),
        random.pick(['0.50', '1.00', '2.00']),
        random.pick([3, 5, 7, 14, 28]),
        random.chance(0.95) ? 't' : 'f',
        at(visit.time + 1_500_000),
      ]);
    }
  }
}

/** One visit in twenty stays some nights. The newest stays are still going on, each in a bed of its own. */
function* admissions(seed: string, visits: readonly Visit[], beds: number): Generator<string> {
  const random = randomFor(seed, 'admissions');
  const stays = visits.filter((visit) => visit.id % 20 === 0);
  const going = Math.min(Math.floor(beds / 2), Math.floor(stays.length / 4));
  for (const [index, visit] of stays.entries()) {
    const stillHere = stays.length - index <= going;
    const discharged = stillHere ? null : at(visit.time + random.integer(1, 9) * dayMs);
    yield copyLine([index + 1, visit.id, (index % beds) + 1, at(visit.time + 3_600_000), discharged]);
  }
}

function* appointments(seed: string, visits: readonly Visit[]): Generator<string> {
  const random = randomFor(seed, 'appointments');
  let id = 0;
  for (const visit of visits) {
    if (!random.chance(0.25)) continue;
    id += 1;
    const time = visit.time + random.integer(14, 60) * dayMs;
    const status = time > lastDay ? 'booked' : random.pick(['arrived', 'arrived', 'arrived', 'cancelled', 'missed']);
    yield copyLine([id, visit.patient, random.integer(1, 10), at(time), status]);
  }
}

/** The trail that the application left over the years, as its trigger would have written it. */
function* audit(seed: string, visits: readonly Visit[]): Generator<string> {
  const random = randomFor(seed, 'audit');
  for (const visit of visits) {
    const [actor] = random.pick(namedStaff);
    yield copyLine([visit.id, actor, 'insert', 'visits', String(visit.id), at(visit.time)]);
  }
}
