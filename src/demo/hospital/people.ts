import { copyLine } from './copy-text.ts';
import { documentFor } from './document-plan.ts';
import { type Random, randomFor } from './random.ts';
import type { Census, TableRows } from './tables.ts';
import { address, allergens, departments, medicines, namedStaff, personName, roles } from './words.ts';

export const staffCount = 120;
export const medicationCount = 240;

/** The first day of the records, and the last: fixed, so that the content is the same whenever it is made. */
export const firstDay = Date.UTC(2023, 0, 1);
export const lastDay = Date.UTC(2026, 9, 31);
export const dayMs = 86_400_000;

/** Who and what the hospital is: departments, staff, patients, beds, medicines and the list of scanned documents. */
export function people(seed: string, census: Census): readonly TableRows[] {
  return [
    {
      table: 'departments',
      columns: ['id', 'code', 'name', 'name_ko', 'name_zh', 'floor'],
      lines: departments.map((words, index) => copyLine([index + 1, ...words, (index % 8) + 1])),
    },
    {
      table: 'staff',
      columns: ['id', 'login', 'full_name', 'role', 'department_id', 'active'],
      lines: staff(randomFor(seed, 'staff')),
    },
    {
      table: 'patients',
      columns: [
        'id',
        'mrn',
        'family_name',
        'given_name',
        'sex',
        'birth_date',
        'phone',
        'address',
        'allergies',
        'registered_at',
      ],
      lines: patients(randomFor(seed, 'patients'), census.patients),
    },
    { table: 'beds', columns: ['id', 'department_id', 'room', 'label'], lines: beds(census.beds) },
    {
      table: 'medications',
      columns: ['id', 'code', 'name', 'name_ko', 'unit', 'unit_price', 'stock'],
      lines: medications(randomFor(seed, 'medications')),
    },
    {
      table: 'documents',
      columns: ['id', 'patient_id', 'kind', 'path', 'added_at'],
      lines: documents(seed, census),
    },
  ];
}

/** A time of day at which a hospital works, as milliseconds from midnight in Seoul. */
export function workingTime(random: Random): number {
  return random.integer(0, 36_000_000) - 3_600_000;
}

function* staff(random: Random): Generator<string> {
  let id = 0;
  for (const [login, name, role, code] of namedStaff) {
    id += 1;
    yield copyLine([id, login, name, role, departments.findIndex(([known]) => known === code) + 1, 't']);
  }
  while (id < staffCount) {
    id += 1;
    const { family, given } = personName(random);
    const role = random.pick(roles);
    const active = random.chance(0.9) ? 't' : 'f';
    yield copyLine([id, `${role}.${id}`, family + given, role, random.integer(1, departments.length), active]);
  }
}

function* patients(random: Random, count: number): Generator<string> {
  for (let id = 1; id <= count; id += 1) {
    const { family, given } = personName(random);
    const born = new Date(Date.UTC(1931, 0, 1) + random.integer(0, 34_000) * dayMs).toISOString().slice(0, 10);
    const phone = random.chance(0.93) ? `010-0000-${String(random.integer(0, 9999)).padStart(4, '0')}` : null;
    const allergies = random.chance(0.12) ? `["${random.pick(allergens)}"]` : '[]';
    const registered = new Date(firstDay + Math.floor((id / count) * 200) * dayMs + workingTime(random));
    yield copyLine([
      id,
      `MRN-${100_000 + id}`,
      family,
      given,
      random.pick(['F', 'M', 'F', 'M', 'X']),
      born,
      phone,
      address(random),
      allergies,
      registered.toISOString(),
    ]);
  }
}

function* beds(count: number): Generator<string> {
  for (let id = 1; id <= count; id += 1) {
    const department = ((id - 1) % 10) + 1;
    const place = Math.floor((id - 1) / 10);
    yield copyLine([id, department, `${department}0${Math.floor(place / 4)}`, ['A', 'B', 'C', 'D'][place % 4] ?? 'A']);
  }
}

function* medications(random: Random): Generator<string> {
  for (let id = 1; id <= medicationCount; id += 1) {
    const [name, korean, unit, price] = medicines[(id - 1) % medicines.length] ?? medicines[0];
    const lot = Math.floor((id - 1) / medicines.length) + 1;
    yield copyLine([
      id,
      `MED-${1000 + id}`,
      `${name} (lot ${lot})`,
      korean,
      unit,
      price + random.integer(0, 40),
      random.integer(200, 9000),
    ]);
  }
}

function* documents(seed: string, census: Census): Generator<string> {
  const random = randomFor(seed, 'documents');
  for (let id = 1; id <= census.documents; id += 1) {
    const plan = documentFor(seed, id);
    yield copyLine([id, random.integer(1, census.patients), plan.kind, plan.path, plan.time.toISOString()]);
  }
}
