/** What stands in a marker, as the helper shell says it. */
export type MarkerState =
  /** `cut`: not all of its output could be kept there, as on a full disk. */
  | { readonly is: 'exit'; readonly code: number; readonly cut?: true }
  /** It has ended; what it left running still holds its output open. */
  | { readonly is: 'ending'; readonly code: number }
  | { readonly is: 'running'; readonly pid: number }
  | { readonly is: 'starting' }
  /** Nobody has begun it, and nobody has said that it never will. */
  | { readonly is: 'nothing' }
  /** There is no marker: it was never made, or somebody took it away. */
  | { readonly is: 'absent' }
  | { readonly is: 'never' }
  | { readonly is: 'lost'; readonly why: 'restarted' | 'gone' | 'removed' };

/** Throws TypeError for words that are none of them. */
export function readState(words: readonly string[]): MarkerState {
  const [is, value = ''] = words;
  switch (is) {
    case 'exit':
      return { is, code: Number(value), ...(words[2] === 'cut' ? { cut: true } : {}) };
    case 'ending':
      return { is, code: Number(value) };
    case 'running':
      return { is, pid: Number(value) };
    case 'starting':
    case 'nothing':
    case 'absent':
    case 'never':
      return { is };
    case 'lost':
      return { is, why: value === 'restarted' || value === 'removed' ? value : 'gone' };
    default:
      throw new TypeError(`a marker cannot be "${words.join(' ')}"`);
  }
}
