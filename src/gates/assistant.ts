/** Variables by which known assistants mark the shells that they work in. */
const markers: readonly { readonly name: RegExp; readonly assistant: string }[] = [
  { name: /^AI_AGENT$/, assistant: 'an AI agent' },
  { name: /^(CLAUDECODE|CLAUDE_CODE|CLAUDE_CODE_CHILD_SESSION)$/, assistant: 'Claude Code' },
  { name: /^CURSOR_AGENT$/, assistant: 'Cursor' },
  { name: /^CODEX_(SANDBOX.*|CI|THREAD_ID)$/, assistant: 'Codex' },
  { name: /^GEMINI_CLI$/, assistant: 'Gemini CLI' },
  { name: /^AIDER_(CHAT|RUN|AGENT).*$/, assistant: 'Aider' },
  { name: /^OPENCODE$/, assistant: 'OpenCode' },
  { name: /^CLINE_ACTIVE$/, assistant: 'Cline' },
  { name: /^ANTIGRAVITY_(AGENT|CLI_ALIAS)$/, assistant: 'Antigravity' },
  { name: /^AUGMENT_AGENT$/, assistant: 'Augment' },
  { name: /^GOOSE_TERMINAL$/, assistant: 'Goose' },
  { name: /^(COPILOT_AGENT|COPILOT_CLI|GITHUB_COPILOT_AGENT).*$/, assistant: 'Copilot' },
];

/** Editors with an assistant mark every terminal in them: only without a person at a keyboard it is the assistant. */
const editors: readonly { readonly name: RegExp; readonly assistant: string }[] = [
  { name: /^CURSOR_TRACE_ID$/, assistant: 'Cursor' },
  { name: /^REPL_ID$/, assistant: 'Replit' },
];

/**
 * Which AI assistant's shell this is, told by its environment; undefined for none that is known. A help for honest tools, so that
 * records say what acted and nothing is decided by accident; no wall: the wall is the signature that a team asks for.
 */
export function assistantIn(
  env: Readonly<Record<string, string | undefined>>,
  hasTerminal: boolean,
): string | undefined {
  const set = Object.entries(env).flatMap(([name, value]) => (isSet(value) ? [name] : []));
  const known = hasTerminal ? markers : [...markers, ...editors];
  return known.find(({ name }) => set.some((one) => name.test(one)))?.assistant;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
