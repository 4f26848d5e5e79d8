import { HoldfastError } from '../../errors/holdfast-error.ts';

/** A word for a POSIX shell, exactly as it is: line feeds, quotes and all. A NUL byte cannot be in one. */
export function quote(text: string): string {
  if (text.includes('\0')) throw new HoldfastError('target-text', { reason: 'it holds a NUL byte' });
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Names that the helper and its wrapper need for themselves, or whose change would change how a shell reads. */
const reserved = /^(?:_?hf_|HOLDFAST_)|^(?:IFS|PS4|_)$/;

/** Linux starts no program with a longer `NAME=value` (MAX_ARG_STRLEN). */
const longestVariable = 128 * 1024 - 1;

/** A variable for a step, as two words. Throws `target-text` for what cannot be one. */
export function variable(name: string, value: string): readonly [name: string, value: string] {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || reserved.test(name)) {
    throw new HoldfastError('target-text', { reason: `${name} cannot be a variable of a step` });
  }
  if (name.length + 1 + Buffer.byteLength(value) > longestVariable) {
    throw new HoldfastError('target-text', { reason: `${name} is longer than the 128 KiB that a variable may have` });
  }
  return [name, quote(value)];
}
