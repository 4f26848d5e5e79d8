import pg from 'pg';
import type { PostgresConnection } from '../../engines/types.ts';
import { type Random, randomFor } from './random.ts';
import { labTests, notes, personName } from './words.ts';

export interface WorkOptions {
  readonly connection: PostgresConnection;
  readonly seed?: string;
  /** Transactions to do. */
  readonly operations: number;
  /** Spreads the transactions evenly over this many seconds; without it they follow each other at once. */
  readonly seconds?: number;
  readonly signal: AbortSignal;
}

export interface Work {
  readonly transactions: number;
  /** Transactions by actor. */
  readonly actors: Readonly<Record<string, number>>;
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

/**
 * A part of a hospital's day: transactions by named people, each with `app.actor` set so that the audit trigger knows who it
 * was. What is done is chosen by the seed; times are the server's own. The demo's SQL expectations hold after each transaction.
 */
export async function workOn(options: WorkOptions): Promise<Work> {
  const random = randomFor(options.seed ?? 'a day', 'work');
  const { host, port, user, database, password } = options.connection;
  const client = new pg.Client({ host, port, user, database, ...(password === undefined ? {} : { password }) });
  // A server that dies under the work tells so on the client too; the query that it interrupts is where it is reported.
  client.on('error', () => undefined);
  const actors: Record<string, number> = {};
  const startedAt = new Date();
  const began = performance.now();
  await client.connect();
  try {
    for (let index = 0; index < options.operations; index += 1) {
      options.signal.throwIfAborted();
      const task = random.pick(tasks);
      await client.query('begin');
      await client.query(`select set_config('app.actor', $1, true)`, [task.actor]);
      await task.act(client, random);
      await client.query('commit');
      actors[task.actor] = (actors[task.actor] ?? 0) + 1;
      if (options.seconds !== undefined) {
        await until(began + ((index + 1) / options.operations) * options.seconds * 1000, options.signal);
      }
    }
  } finally {
    await client.end().catch(() => undefined);
  }
  return { transactions: options.operations, actors, startedAt, finishedAt: new Date() };
}

interface Task {
  readonly actor: string;
  act(client: pg.Client, random: Random): Promise<void>;
}

const tasks: readonly [Task, ...Task[]] = [
  { actor: 'desk.yoon', act: register },
  { actor: 'nurse.kim', act: measure },
  { actor: 'nurse.kim', act: measure },
  { actor: 'nurse.seo', act: measure },
  { actor: 'dr.chen', act: prescribe },
  { actor: 'dr.han', act: annotate },
  { actor: 'dr.lin', act: visit },
  { actor: 'lab.choi', act: report },
  { actor: 'pharm.wu', act: dispense },
  { actor: 'billing.park', act: bill },
  { actor: 'billing.park', act: collect },
];

/** A row that exists, chosen by the seed rather than by chance: the first at or after a place in the key's range. */
const place = (table: string, key: string): string =>
  `(select ${key} from ${table} where ${key} >= (select 1 + floor($1::float8 * max(${key})) from ${table}) order by ${key} limit 1)`;

async function register(client: pg.Client, random: Random): Promise<void> {
  const { family, given } = personName(random);
  const patient = await client.query<{ id: string }>(
    `insert into patients (family_name, given_name, sex, birth_date, phone, address)
     values ($1, $2, 'X', date '1990-01-01' + $3::int, '010-0000-0000', '{"street": "은하로"}') returning id`,
    [family, given, random.integer(0, 10_000)],
  );
  await client.query(
    `insert into appointments (patient_id, department_id, at, status) values ($1, $2, now() + interval '14 days', 'booked')`,
    [patient.rows[0]?.id, random.integer(1, 10)],
  );
}

async function visit(client: pg.Client, random: Random): Promise<void> {
  await client.query(
    `insert into visits (patient_id, department_id, doctor_id, kind, note)
     values (${place('patients', 'id')}, $2, (select id from staff where login = 'dr.lin'), 'outpatient', $3)`,
    [random.fraction(), random.integer(1, 10), random.pick(notes)],
  );
}

async function measure(client: pg.Client, random: Random): Promise<void> {
  const systolic = random.integer(100, 150);
  await client.query(
    `with v as (select ${place('visits', 'id')} as id)
     insert into vitals (visit_id, reading, measured_at, pulse, systolic, diastolic, temperature)
     select v.id, (select coalesce(max(reading), 0) + 1 from vitals where visit_id = v.id), now(), $2, $3, $4, 36.6 from v`,
    [random.fraction(), random.integer(55, 110), systolic, systolic - 40],
  );
}

async function prescribe(client: pg.Client, random: Random): Promise<void> {
  await client.query(
    `insert into prescriptions (visit_id, medication_id, prescribed_by, dose, days, prescribed_at)
     values (${place('visits', 'id')}, $2, (select id from staff where login = 'dr.chen'), 1, 7, now())`,
    [random.fraction(), random.integer(1, 200)],
  );
}

async function annotate(client: pg.Client, random: Random): Promise<void> {
  await client.query(`update visits set note = note || E'\\n' || $2 where id = ${place('visits', 'id')}`, [
    random.fraction(),
    random.pick(notes),
  ]);
}

async function report(client: pg.Client, random: Random): Promise<void> {
  const [test, unit, low, high] = random.pick(labTests);
  await client.query(
    `insert into lab_results (visit_id, test, value, unit, resulted_at) values (${place('visits', 'id')}, $2, $3, $4, now())`,
    [random.fraction(), test, ((low + high) / 2).toFixed(2), unit],
  );
}

async function dispense(client: pg.Client, random: Random): Promise<void> {
  const dispensed = await client.query<{ medication_id: number }>(
    `update prescriptions set dispensed = true where id = ${place('prescriptions', 'id')} returning medication_id`,
    [random.fraction()],
  );
  await client.query('update medications set stock = greatest(stock - 1, 0) where id = $1', [
    dispensed.rows[0]?.medication_id,
  ]);
}

async function bill(client: pg.Client, random: Random): Promise<void> {
  const invoice = await client.query<{ id: string }>(
    `insert into invoices (visit_id, status, issued_at) values (${place('visits', 'id')}, 'open', now()) returning id`,
    [random.fraction()],
  );
  await client.query(
    `insert into invoice_lines (invoice_id, line, description, quantity, unit_price) values ($1, 1, '진찰료', 1, 16500), ($1, 2, $2, $3, 4000)`,
    [invoice.rows[0]?.id, random.pick(['掛號費', '검사료', 'X-ray']), random.integer(1, 3)],
  );
  await client.query(
    'update invoices set total = (select sum(amount) from invoice_lines where invoice_id = $1) where id = $1',
    [invoice.rows[0]?.id],
  );
}

/** Pays the oldest open invoice at or after a place; when there is none, nothing is owed. */
async function collect(client: pg.Client, random: Random): Promise<void> {
  const paid = await client.query<{ id: string; total: string }>(
    `update invoices set status = 'paid' where id = (
       select id from invoices where status = 'open' and id >= (select floor($1::float8 * max(id)) from invoices)
       order by id limit 1) returning id, total`,
    [random.fraction()],
  );
  const [invoice] = paid.rows;
  if (invoice === undefined || Number(invoice.total) === 0) return;
  await client.query(`insert into payments (invoice_id, amount, method, paid_at) values ($1, $2, $3, now())`, [
    invoice.id,
    invoice.total,
    random.pick(['card', 'cash', 'transfer']),
  ]);
}

function until(moment: number, signal: AbortSignal): Promise<void> {
  const wait = Math.max(0, moment - performance.now());
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, wait);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    }
  });
}
