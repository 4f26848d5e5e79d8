import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Site } from '../../src/config/site.ts';
import { verifyEvidence } from '../../src/evidence/verify-bundle.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { expectedDurations, verificationsOf } from '../../src/procedures/verification.ts';
import { readProcedure } from '../../src/runbooks/index.ts';
import { type Desk, openDesk } from '../runbooks/desk.ts';

const planted = 'correct-horse-battery-7391';
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk({}, [planted]);
});

afterAll(async () => {
  await desk.close();
});

const markdown = `# Look

Say where it is.

\`\`\`sh
uname -s && echo "password ${planted}"
\`\`\`

Say how it is.

\`\`\`sh
uptime > /dev/null; echo fine
\`\`\`
`;

it('a real run ends in evidence that verifies, pages without its secret, and steps that are verified until they are edited', async () => {
  const concluded = await desk.carryOut(markdown);
  expect(concluded.outcome.ending).toBe('completed');
  const verified = verifyEvidence(await readFile(concluded.evidence), { trustedKey: desk.estate.key.publicKey });
  expect(verified).toMatchObject({ about: 'procedure', leaf: concluded.leaf });

  for (const file of await readdir(concluded.directory)) {
    const text = await readFile(join(concluded.directory, file), 'utf8');
    const inside = file.endsWith('.dsse') ? Buffer.from(JSON.parse(text).envelope.payload, 'base64').toString() : '';
    expect(text + inside, file).not.toContain(planted);
  }
  const output = concluded.outcome.steps.flatMap(({ targets }) => targets)[0]?.stdout;
  if (output === undefined) throw new Error('the first step has an output');
  // What the report tells a person to do by hand: decompress, hash, compare.
  expect(sha256(gunzipSync(await readFile(join(desk.data, output.file))))).toBe(output.sha256);

  const site = Site.parse({ site: 'desk' });
  const states = async (text: string) =>
    [...(await verificationsOf(desk.database, site, readProcedure(text), { path: 'runbook.md' })).values()].map(
      ({ state }) => state,
    );
  expect(await states(markdown)).toEqual(['verified', 'verified']);
  expect(await states(markdown.replace('echo fine', 'echo well'))).toEqual(['verified', 'changed']);
  const hashes = concluded.outcome.steps.map(({ hash }) => hash);
  expect((await expectedDurations(desk.database, hashes)).size).toBeGreaterThanOrEqual(2);

  const again = await desk.carryOut(markdown);
  const commands = again.outcome.steps.filter(({ kind }) => kind === 'command');
  expect(commands.every(({ expectedMs }) => expectedMs !== undefined)).toBe(true);
});

it('a program that was replaced on its target makes the steps that used it unverified, and is not run to be asked', async () => {
  const directory = await mkdtemp('/tmp/hf-tools-');
  try {
    const tool = join(directory, 'uptime');
    const used = join(directory, 'used');
    const install = async (version: string) => {
      await writeFile(tool, `#!/bin/sh\n# ${version}\necho used >> ${used}\n`);
      await chmod(tool, 0o755);
    };
    await chmod(directory, 0o755);
    await writeFile(used, '');
    await chmod(used, 0o666);
    await install('1.0');
    const runbook = (options: string) => `# Tools\n\nUse it.\n\n\`\`\`sh\n${tool} ${options}\n\`\`\`\n`;
    const stateOf = async (text: string) =>
      [...(await verificationsOf(desk.database, Site.parse({ site: 'desk' }), readProcedure(text))).values()][0]?.state;

    const first = await desk.carryOut(runbook('--one'));
    expect(first.outcome.ending).toBe('completed');
    const rows = await desk.database.query('select tool, tool_version from step_verifications where run = $1', [
      first.outcome.run,
    ]);
    expect(rows).toContainEqual({ tool, tool_version: expect.stringMatching(/^cksum \d+ \d+$/) });
    expect(await stateOf(runbook('--one'))).toBe('verified');

    await install('2.0');
    await desk.carryOut(runbook('--two'));
    expect(await stateOf(runbook('--one'))).toBe('tool-changed');
    expect(await stateOf(runbook('--two'))).toBe('verified');
    expect((await readFile(used, 'utf8')).trim().split('\n')).toEqual(['used', 'used']);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
