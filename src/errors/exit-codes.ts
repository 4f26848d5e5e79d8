/** What the process exit code of the CLI means. docs/errors.md is generated from here. */
export const exitCodes = {
  ok: { code: 0, meaning: 'It worked. For a drill: the verdict is PROVEN. For a runbook: every step was done.' },
  failed: { code: 1, meaning: 'It failed: the message says what, why, what to do and what state was left.' },
  usage: { code: 2, meaning: 'The command line or the site file is wrong. Nothing was done.' },
  notProven: { code: 3, meaning: 'The work was done and the verdict is FAILED, or a verification found a difference.' },
  couldNotVerify: {
    code: 4,
    meaning:
      'The work was done and the verdict is COULD NOT VERIFY. For a runbook: steps were skipped, or are unknown.',
  },
  refused: { code: 5, meaning: 'Refused: a gate, a target that is not empty, a wrong target. Nothing was changed.' },
  unavailable: { code: 6, meaning: 'A program, a store or a server that is needed is not there or does not answer.' },
  cancelled: { code: 130, meaning: 'Cancelled by Ctrl-C or a signal; every process and directory it had was removed.' },
} as const;

export type ExitCode = keyof typeof exitCodes;
