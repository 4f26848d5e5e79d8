import type { Words } from './types.ts';

export const en: Words = {
  confirm: (title) => `Run this step? ${title}`,
  takeBack: (title) => `Take this step back? ${title}`,
  manual: (title) => `For you to do: ${title}`,
  failed: (title) => `This step failed: ${title}`,
  unknownOutcome: (title) => `Nobody can tell what became of this step: ${title}`,
  alternative: (question) => `Which of these is it? ${question}`,
  value: (name) => `What is ${name}?`,
  where: (targets) => `Where: ${targets}`,
  effects: (effects) => `What it does: ${effects}`,
  gates: (gates) => `Gates it needs: ${gates}`,
  because: (why) => `Why: ${why}`,
  dangerous: 'This cannot be taken back. Type the name of the target to go on.',
  usedBy: (step) => `First used by: ${step}`,
  rollbackIs: (command) => `To take it back: ${command}`,
  takenBack: 'It has been taken back.',
  keptBefore: (names) => `Kept before it destroys: ${names}`,
  choices: {
    run: 'run it',
    skip: 'skip it, and say why',
    abort: 'stop the run here',
    done: 'it is done',
    retry: 'try it again',
    retryFailed: (count) => `try it again on the ${count} that failed`,
    rollback: 'take it back',
    look: 'look again at the target',
    wasDone: 'I know that it was done, and say how',
    wasNotDone: 'I know that it was not done, and say how',
    give: 'give its value',
    leave: "leave it to the target's environment",
    none: 'none of these',
  },
  clock: (used, objective, left) =>
    left === undefined ? `${used} of ${objective} used` : `${used} of ${objective} used, about ${left} to go`,
  notUnderstood: (count, lines) =>
    `${count} parts of the runbook were not understood (lines ${lines}): read them yourself.`,
};
