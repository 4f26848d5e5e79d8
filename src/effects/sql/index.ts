import { prepareParser } from './parser.ts';

export { judgeSql } from './judge.ts';
export { judgeMongo } from './mongo.ts';
export { judgeRedis } from './redis.ts';

/** Loads PostgreSQL's grammar, once. Await it before `judgeSql`; texts without SQL need not pay for it. Rejects when the package is broken. */
export function prepareSql(): Promise<void> {
  return prepareParser();
}
