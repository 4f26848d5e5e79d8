import { join } from 'node:path';
import { openSigningKey } from '../../src/audit/keys.ts';
import { openAuditLog } from '../../src/audit/log.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { PoolDatabase } from '../../src/store/pool-database.ts';

/**
 * Adds leaves and publishes until it is killed: `append-forever.ts <data> <host> <user> <name>`. Each index is printed once it
 * is committed, each size once it is published.
 */
const [data = '', host = '', user = '', name = ''] = process.argv.slice(2);
const database = new PoolDatabase({ host, port: 5432, user, database: 'postgres' });
const key = await openSigningKey(data);
const log = openAuditLog({ database, directory: join(data, 'audit'), key, clock: systemClock });

for (let number = 0; ; number += 1) {
  const time = new Date().toISOString();
  const index = await log.append(
    { kind: 'forever', time, actor: name, facts: { number } },
    { key: `${name}-${number}` },
  );
  process.stdout.write(`leaf ${index}\n`);
  if (number % 7 !== 6) continue;
  const { size } = await log.publish();
  process.stdout.write(`size ${size}\n`);
}
