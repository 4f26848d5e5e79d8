import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkInput } from '../faces/call.ts';
import { readCommandLine } from '../faces/cli/program.ts';
import { inputFields } from '../faces/input-fields.ts';
import { operations } from './api.ts';
import { soleOperation } from './sole.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const look = { columns: 80, color: false };

describe('the list of operations', () => {
  it('is equal to the records in the folder', async () => {
    const files = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
    const found: string[] = [];
    for (const file of files) {
      const text = await readFile(`${folder}/${file}`, 'utf8');
      for (const [, name] of text.matchAll(/defineOperation\(\{\s*name: '([^']+)'/g)) found.push(name ?? '');
    }
    expect(operations.map(({ name }) => name).sort()).toEqual(found.sort());
  });

  it('has each name once, of one or two lower-case words', () => {
    const names = operations.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z-]*( [a-z][a-z-]*)?$/);
  });
});

describe('a reason that is given', () => {
  it('is masked before it is signed or kept; that of an answer where answers are recorded', () => {
    const reasoned = operations.filter(({ input }) => 'reason' in input.shape).map(({ name }) => name);
    const keeping = operations.filter(({ keepsWords }) => keepsWords === true).map(({ name }) => name);
    expect(keeping).toEqual(expect.arrayContaining(reasoned.filter((name) => name !== 'runs answer')));
  });
});

describe('a one-word command', () => {
  it('is found by its file alone, and nothing else is', async () => {
    for (const { name } of operations.filter((operation) => !operation.name.includes(' '))) {
      expect((await soleOperation([name, '--json']))?.name).toBe(name);
    }
    for (const word of ['services', 'types', 'api', 'audit', 'help', 'nothing', '../main', '--site']) {
      expect(await soleOperation([word])).toBeUndefined();
    }
  });
});

describe.each(operations.map((operation) => [operation.name, operation] as const))('%s', (_name, operation) => {
  it('describes every field of its input', () => {
    for (const { name, describe: text } of inputFields(operation)) expect(text, name).not.toBe('');
  });

  it('takes by position only fields that it has, a list last', () => {
    const fields = inputFields(operation);
    const positional = (operation.positional ?? []).map((name) => fields.find((field) => field.name === name));
    expect(positional).not.toContain(undefined);
    for (const field of positional.slice(0, -1)) expect(field?.kind).not.toBe('list');
  });

  it('has examples that its own command line takes', () => {
    expect(operation.examples.length).toBeGreaterThan(0);
    for (const { command, does } of operation.examples) {
      expect(does).not.toBe('');
      if (!operation.faces.includes('cli')) continue;
      const read = readCommandLine(operations, wordsOf(command), look);
      if ('shown' in read) throw new Error(`\`${command}\` shows help`);
      expect(read.operation.name).toBe(operation.name);
      expect(() => checkInput(operation, read.input, (field) => field), command).not.toThrow();
    }
  });

  it('has a title of one line without a full stop, a description, and a permission', () => {
    expect(operation.title).toMatch(/^[A-Z][^\n]*[^.\n]$/);
    expect(operation.description).toMatch(/\S/);
    expect(operation.permission).toMatch(/^[a-z-]+\.[a-z-]+$/);
  });

  it('names a gate when it changes something of the user, and where it can be reached', () => {
    expect(operation.faces.length).toBeGreaterThan(0);
    expect(operation.effects.length).toBeGreaterThan(0);
    // The demo destroys only the world that it made, through operations that have their gates.
    if (
      operation.name !== 'demo' &&
      operation.effects.some((effect) => effect === 'destroy' || effect === 'remote-delete')
    ) {
      expect(operation.gate).toBeDefined();
    }
  });
});

/** The words of an example as a shell would give them: quotes are taken off, redirections left out. */
function wordsOf(command: string): string[] {
  const [typed = ''] = command.split(' > ');
  return [...typed.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}
