import type { Site } from '../../config/site.ts';

/** What a run says and asks. One catalogue a language; whole sentences, for no language can be put together from pieces of another. */
export interface Words {
  readonly language: Site['language'];
  readonly confirm: (title: string) => string;
  readonly takeBack: (title: string) => string;
  readonly manual: (title: string) => string;
  readonly failed: (title: string) => string;
  readonly unknownOutcome: (title: string) => string;
  readonly alternative: (question: string) => string;
  readonly value: (name: string) => string;
  readonly where: (targets: string) => string;
  readonly placeInText: (place: string) => string;
  readonly effects: (effects: string) => string;
  readonly gates: (gates: string) => string;
  readonly because: (why: string) => string;
  readonly dangerous: string;
  readonly usedBy: (step: string) => string;
  readonly rollbackIs: (command: string) => string;
  readonly takenBack: string;
  readonly keptBefore: (names: string) => string;
  readonly choices: {
    readonly run: string;
    readonly skip: string;
    readonly abort: string;
    readonly done: string;
    readonly retry: string;
    readonly retryFailed: (count: number) => string;
    readonly rollback: string;
    readonly look: string;
    readonly wasDone: string;
    readonly wasNotDone: string;
    readonly give: string;
    readonly leave: string;
    readonly none: string;
  };
  readonly clock: (used: string, objective: string, left: string | undefined) => string;
  readonly notUnderstood: (count: number, lines: string) => string;
}
