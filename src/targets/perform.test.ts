import { expect, test } from 'vitest';
import { perform } from './perform.ts';
import type { TargetSession } from './session.ts';
import type { Link, Reply, Take } from './shell/link.ts';

test('what an ended command said late is fetched, though its end was written between two looks', async () => {
  let treesSeen = 0;
  const helper = (line: string, take: Take): string => {
    if (line.startsWith('hf_start ')) return 'started';
    // The command has ended, but a busy machine has not let the reader of its output run yet: nothing was said for over half a second.
    if (line.startsWith('hf_more ') && treesSeen === 0) return 'ending 0';
    if (line.startsWith('hf_more ')) {
      take(0, Buffer.from('said late\n'));
      return 'exit 0';
    }
    if (line.startsWith('hf_tree ')) {
      // Meanwhile the reader ran and the end was written; the wrapper, number 70, is in its last moment.
      treesSeen += 1;
      take(0, Buffer.from('70 (sh) R 1 70 70 0 -1 0 0 0\n'));
      take(1, Buffer.from('/proc/70/environ\n'));
      return '0 exit 0';
    }
    throw new Error(`not expected: ${line}`);
  };
  const said: string[] = [];
  const result = await perform(
    sessionOf(helper),
    { marker: 'run/step', script: 'echo said late', interpreter: 'sh', env: {}, timeoutMs: 30_000 },
    { onStdout: (chunk) => said.push(chunk.toString()), onStderr: () => undefined },
    AbortSignal.timeout(20_000),
  );
  expect(treesSeen).toBe(1);
  expect(result).toMatchObject({ outcome: 'exited', exitCode: 0, stdoutBytes: 10 });
  expect(said).toEqual(['said late\n']);
});

/** A session whose helper answers as it is told to, so that a moment of few microseconds can be had at will. */
function sessionOf(helper: (line: string, take: Take) => string): TargetSession {
  const link: Pick<Link, 'boot' | 'onNotice' | 'request'> = {
    boot: 'boot',
    onNotice: () => () => undefined,
    request: async (line, take = () => undefined): Promise<Reply> => ({
      words: helper(line, take).split(' '),
      text: '',
    }),
  };
  const session: Pick<TargetSession, 'link' | 'target'> = {
    target: { name: 'host1', kind: 'local', identity: {}, live: true, address: { kind: 'local' } },
    link: async () => link as Link,
  };
  return session as TargetSession;
}
