import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../../engines/types.ts';
import { sha256File } from '../../lib/hash.ts';
import type { PostgresFacts } from '../facts.ts';
import { check } from '../result.ts';
import type { CheckResult } from '../types.ts';

/** Compares the files of a dump that came back with the hashes recorded when they were written. */
export async function checkArtifacts(
  artifacts: PostgresFacts['artifacts'],
  directory: string,
  bench: Bench,
): Promise<CheckResult> {
  return await check('dump-files', 'Files of the dump', bench, async () => {
    const differences: string[] = [];
    for (const { path, size, sha256 } of artifacts) {
      const found = await stat(join(directory, path)).catch(() => undefined);
      if (found === undefined) differences.push(`${path} is missing`);
      else if (found.size !== size) differences.push(`${path} has ${found.size} bytes, had ${size}`);
      else if ((await sha256File(join(directory, path), bench.signal)) !== sha256)
        differences.push(`${path} was changed`);
    }
    return { summary: `${artifacts.length - differences.length} of ${artifacts.length} dump files`, differences };
  });
}
