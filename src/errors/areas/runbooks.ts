import { defineErrors } from '../define.ts';

export const runbookErrors = defineErrors({
  'runbook-none-given': {
    title: 'No runbook was given',
    message: 'There is nothing to check: {problem}.',
    why: 'A file, a directory, a pattern in quotes, or - for standard input is needed.',
    hint: 'Write for example `holdfast runbook check runbooks/` or `holdfast runbook check db-down.md`.',
    state: 'Nothing was run.',
    status: 400,
    exit: 'usage',
  },
  'runbook-none-found': {
    title: 'No runbook was found',
    message: 'No runbook was found at {word}.',
    why: '{reason}',
    hint: 'Look at the path. In directories only .md, .mdx, .markdown and .txt are read.',
    state: 'Nothing was run.',
    status: 404,
    exit: 'usage',
  },
  'runbook-no-text': {
    title: 'Runbook is not readable text',
    message: '{file} cannot be read as a runbook: {reason}.',
    why: 'A runbook is a text in UTF-8, with or without a byte order mark, of at most 4 MB.',
    hint: 'Save it as UTF-8: `iconv -f CP949 -t UTF-8`, or -f BIG5, GB18030, SHIFT_JIS, UTF-16, turns other encodings into it.',
    state: 'Nothing was run.',
    status: 400,
    exit: 'usage',
  },
  'runbook-check-conflict': {
    title: 'Options that do not go together',
    message: '{problem}',
    why: 'Each of them says where the runbook comes from.',
    hint: '`holdfast help runbook check` shows what each is for.',
    state: 'Nothing was run.',
    status: 400,
    exit: 'usage',
  },
});
