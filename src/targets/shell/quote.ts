import { HoldfastError } from '../../errors/holdfast-error.ts';

/** A word for a POSIX shell, exactly as it is: line feeds, quotes and all. A NUL byte cannot be in one. */
export function quote(text: string): string {
  if (text.includes('\0')) throw new HoldfastError('target-text', { reason: 'it holds a NUL byte' });
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Names that the helper and its wrapper need for themselves, or whose change would change how a shell reads. */
const reserved = /^(?:_?hf_|HOLDFAST_)|^(?:IFS|PS4|_)$/;

/** The name of a variable for a step. Throws `target-text` for what cannot be one. */
export function variableName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || reserved.test(name)) {
    throw new HoldfastError('target-text', { reason: `${name} cannot be a variable of a step` });
  }
  return name;
}
