import type { Gate, Mode } from './types.ts';

/** The command that opens gates, as a person would type it. */
export function openCommand(closed: readonly Gate[], mode: Mode, length = '8h'): string {
  const common = `holdfast gate open ${closed.join(' ')} --for ${length} --reason "why"`;
  return mode === 'solo' ? common : `${common} --validation-plan "how it is checked" --as NAME --key FILE`;
}
