import { at, type Visit } from './care.ts';
import { copyLine } from './copy-text.ts';
import { type Random, randomFor } from './random.ts';
import type { TableRows } from './tables.ts';

interface Bill {
  readonly visit: Visit;
  readonly lines: readonly { readonly description: string; readonly quantity: number; readonly price: number }[];
  readonly total: number;
}

/** What care cost and what was paid: every invoice is the sum of its lines, and nobody paid more than it. */
export function accounts(seed: string, visits: readonly Visit[]): readonly TableRows[] {
  const random = randomFor(seed, 'bills');
  const bills = visits.map((visit) => bill(random, visit));
  return [
    {
      table: 'invoices',
      columns: ['id', 'visit_id', 'total', 'status', 'issued_at'],
      lines: invoices(bills),
    },
    {
      table: 'invoice_lines',
      columns: ['invoice_id', 'line', 'description', 'quantity', 'unit_price'],
      lines: invoiceLines(bills),
    },
    { table: 'payments', columns: ['id', 'invoice_id', 'amount', 'method', 'paid_at'], lines: payments(seed, bills) },
  ];
}

const services = [
  ['진찰료', 16_500],
  ['Consultation', 18_000],
  ['검사료', 9_200],
  ['掛號費', 4_000],
  ['처치료', 12_800],
  ['X-ray', 21_000],
  ['약제비', 3_400],
] as const;

function bill(random: Random, visit: Visit): Bill {
  const lines = [];
  let total = 0;
  const count = random.integer(1, 3);
  for (let index = 0; index < count; index += 1) {
    const [description, price] = random.pick(services);
    const quantity = random.integer(1, 3);
    lines.push({ description, quantity, price });
    total += quantity * price;
  }
  return { visit, lines, total };
}

const isPaid = ({ visit }: Bill): boolean => visit.id % 10 !== 0;

function* invoices(bills: readonly Bill[]): Generator<string> {
  for (const bill of bills) {
    const status = isPaid(bill) ? 'paid' : 'open';
    yield copyLine([bill.visit.id, bill.visit.id, bill.total, status, at(bill.visit.time + 5_400_000)]);
  }
}

function* invoiceLines(bills: readonly Bill[]): Generator<string> {
  for (const bill of bills) {
    for (const [index, line] of bill.lines.entries()) {
      yield copyLine([bill.visit.id, index + 1, line.description, line.quantity, line.price]);
    }
  }
}

function* payments(seed: string, bills: readonly Bill[]): Generator<string> {
  const random = randomFor(seed, 'payments');
  let id = 0;
  for (const bill of bills) {
    if (!isPaid(bill)) continue;
    id += 1;
    const method = random.pick(['card', 'card', 'card', 'cash', 'transfer', 'insurance']);
    yield copyLine([id, bill.visit.id, bill.total, method, at(bill.visit.time + 6_000_000)]);
  }
}
