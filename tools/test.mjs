// All checks, then all tests. `node tools/test.mjs [vitest arguments]`; the test runner's summary comes last.
import { execute, onOwnNode, root } from './node.mjs';

await onOwnNode();

const checked = await execute(process.execPath, ['tools/check.mjs']);
if (checked !== 0) console.error('Some checks failed: see above. The tests run all the same.');
const tested = await execute(process.execPath, [
  `${root}node_modules/vitest/vitest.mjs`,
  'run',
  ...process.argv.slice(2),
]);
if (checked !== 0) console.error('\nThe tests above do not make up for it: a check failed before them.');
process.exit(tested === 0 ? checked : tested);
