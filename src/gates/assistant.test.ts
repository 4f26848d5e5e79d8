import { expect, test } from 'vitest';
import { assistantIn } from './assistant.ts';

test.each([
  [{ CLAUDECODE: '1' }, 'Claude Code'],
  [{ CURSOR_AGENT: '1' }, 'Cursor'],
  [{ CODEX_SANDBOX: 'seatbelt' }, 'Codex'],
  [{ CODEX_SANDBOX_NETWORK_DISABLED: '1' }, 'Codex'],
  [{ GEMINI_CLI: '1' }, 'Gemini CLI'],
  [{ OPENCODE: '1' }, 'OpenCode'],
  [{ AI_AGENT: 'other@2' }, 'an AI agent'],
])('the shell of an assistant is known by %o, with a terminal or without', (env, name) => {
  expect(assistantIn(env, false)).toBe(name);
  expect(assistantIn(env, true)).toBe(name);
});

test('a person in the terminal of an editor that has an assistant is a person', () => {
  expect(assistantIn({ CURSOR_TRACE_ID: 'abc' }, true)).toBeUndefined();
  expect(assistantIn({ CURSOR_TRACE_ID: 'abc' }, false)).toBe('Cursor');
});

test('an ordinary shell is no assistant, nor a variable that is switched off', () => {
  expect(
    assistantIn({ HOME: '/root', TERM: 'xterm', ANTHROPIC_API_KEY: 'x', CODEX_HOME: '/x' }, false),
  ).toBeUndefined();
  expect(assistantIn({ CLAUDECODE: '0', OPENCODE: '' }, false)).toBeUndefined();
});
