// All checks, then all tests. `node tools/test.mjs [vitest arguments]`; the test runner's summary comes last.
import { execute, onOwnNode, root } from './node.mjs';

await onOwnNode();

const checked = await execute(process.execPath, ['tools/check.mjs']);
if (checked !== 0) console.error('A check failed, so this run fails whatever the tests say; they run all the same.');
const tested = await execute(process.execPath, [
  `${root}node_modules/vitest/vitest.mjs`,
  'run',
  ...process.argv.slice(2),
]);
process.exit(tested === 0 ? checked : tested);
