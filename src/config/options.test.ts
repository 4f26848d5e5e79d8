import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../faces/cli/program.ts';
import { inputFields } from '../faces/input-fields.ts';

const look = { columns: 80, color: false };

import { operations } from '../operations/api.ts';
import { type OptionSources, optionRecords, resolveOptions } from './options.ts';

const sources: OptionSources = { flags: {}, env: {}, cwd: '/work/site', home: '/home/ann', uid: 1000 };

describe('resolveOptions', () => {
  it('has a default for each', () => {
    expect(resolveOptions(sources)).toEqual({
      site: '/work/site/holdfast.yaml',
      data: '/home/ann/.local/state/holdfast',
      json: false,
      quiet: false,
      verbose: false,
      color: 'auto',
    });
  });

  it('keeps data where the platform has it: for root, and by XDG_STATE_HOME when that is absolute', () => {
    expect(resolveOptions({ ...sources, uid: 0 }).data).toBe('/var/lib/holdfast');
    expect(resolveOptions({ ...sources, env: { XDG_STATE_HOME: '/state' } }).data).toBe('/state/holdfast');
    expect(resolveOptions({ ...sources, env: { XDG_STATE_HOME: 'state' } }).data).toBe(
      '/home/ann/.local/state/holdfast',
    );
  });

  it('takes the flag before the environment, and an empty variable as not set', () => {
    const env = { HOLDFAST_SITE: 'env.yaml', HOLDFAST_DATA: '', HOLDFAST_JSON: 'yes' };
    const options = resolveOptions({ ...sources, env, flags: { site: '~/flag.yaml' } });
    expect(options).toMatchObject({ site: '/home/ann/flag.yaml', data: '/home/ann/.local/state/holdfast', json: true });
    expect(resolveOptions({ ...sources, env }).site).toBe('/work/site/env.yaml');
  });

  it('obeys NO_COLOR unless somebody asked for colour', () => {
    const env = { NO_COLOR: '1' };
    expect(resolveOptions({ ...sources, env }).color).toBe('never');
    expect(resolveOptions({ ...sources, env: { ...env, HOLDFAST_COLOR: 'always' } }).color).toBe('always');
    expect(resolveOptions({ ...sources, env, flags: { color: 'auto' } }).color).toBe('auto');
  });

  it.each([
    [{ HOLDFAST_COLOR: 'blue' }, 'HOLDFAST_COLOR is not usable: it must be one of auto, always, never.'],
    [{ HOLDFAST_JSON: 'maybe' }, 'HOLDFAST_JSON is not usable: it is on or off: write 1 or 0.'],
    [{ HOLDFAST_STORE: 'mysql://u:planted@h' }, 'HOLDFAST_STORE is not usable: it must begin with postgres://.'],
  ])('names the source of a wrong value and never the value of a secret: %j', (env, message) => {
    expect(() => resolveOptions({ ...sources, env })).toThrowError(
      expect.objectContaining({ code: 'option-invalid', message }),
    );
  });

  it('gives no secret a flag, where other accounts could see it', () => {
    for (const record of Object.values(optionRecords)) {
      if ('secret' in record) expect('flag' in record).toBe(false);
    }
  });

  it('never swallows an input of an operation that has the same name', () => {
    const names = new Set<string>(
      Object.values(optionRecords).flatMap((record) => ('flag' in record ? [record.flag] : [])),
    );
    const shared: string[] = [];
    for (const operation of operations) {
      for (const { name, flag, choices } of inputFields(operation)) {
        if (operation.positional?.includes(name) || !names.has(`--${flag}`)) continue;
        shared.push(`${operation.name} --${flag}`);
        const value = choices?.[1] ?? 'value';
        const read = readCommandLine(operations, [...operation.name.split(' '), `--${flag}`, value], look);
        if ('shown' in read) throw new Error(`${operation.name} shows help`);
        expect(read.input[name], operation.name).toBe(value);
      }
    }
    expect(shared.sort()).toEqual(['bundle --language', 'explain --language']);
  });
});
