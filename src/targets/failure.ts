import { HoldfastError } from '../errors/holdfast-error.ts';
import { commandText } from '../process/child.ts';
import type { LinkLost, Opening } from './shell/link.ts';
import type { Target } from './types.ts';

type Code =
  | 'target-not-reached'
  | 'target-host-key'
  | 'target-login-refused'
  | 'target-no-shell'
  | 'target-no-container'
  | 'target-no-place';

/** What the programs that reach targets say, and what it means. The first that fits. */
const meanings: readonly (readonly [RegExp, Code])[] = [
  [/^marker-directory /m, 'target-no-place'],
  [/^no-shell /m, 'target-no-shell'],
  [
    /executable file not found|sh: no such file|this account is (currently )?not available|nologin|command not found/i,
    'target-no-shell',
  ],
  [
    /host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED|no .*host key is known|host key .*not/i,
    'target-host-key',
  ],
  [
    /permission denied \(|too many authentication failures|no supported authentication|account .*(locked|expired)/i,
    'target-login-refused',
  ],
  [/^error: you must be logged in|unauthorized|forbidden/im, 'target-login-refused'],
  [
    /no such container|is not running|no container with name|container .*not (found|valid)|pods? .*not found|deployments?.* not found/i,
    'target-no-container',
  ],
];

/** Why a connection could not be made, from what its program said, in English whatever the user's language. */
export function connectFailure(target: Target, opening: Opening, lost: LinkLost): HoldfastError {
  const said = lost.said.trim();
  const attempt = `\`${opening.byHand ?? commandText(opening.command)}\``;
  const code = meanings.find(([pattern]) => pattern.test(said))?.[1] ?? byExit(target, lost);
  const reason = reasonOf(said) || lost.message;
  return new HoldfastError(
    code,
    { target: target.name, reason, attempt },
    { cause: lost, ...(said === '' ? {} : { output: said }) },
  );
}

/** OpenSSH ends with 255 when it is its own failure; another status is the shell's, and so is what was said by one that stays and does not answer. */
function byExit({ kind }: Target, { code, said, wasReady }: LinkLost): Code {
  if (kind !== 'ssh' || code === 255) return 'target-not-reached';
  return code === null && (wasReady || said.trim() === '') ? 'target-not-reached' : 'target-no-shell';
}

/** The last line says it; the lines before are banners and warnings. */
function reasonOf(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '' && !/^@+/.test(line));
  return (lines.at(-1) ?? '')
    .replace(/^(?:marker-directory|no-shell|ssh|Error response from daemon|error|Error|mkdir):? /, '')
    .replace(/[.?!]?\s*$/, '');
}
