import type { ProcedureOutcome } from '../../evidence/procedure-model.ts';
import type { HandOverExtras } from './hand-over-extras.ts';
import { nextPart, openPart } from './hand-over-next.ts';
import { failedPart, unknownPart } from './hand-over-outcome.ts';
import type { Part } from './hand-over-part.ts';
import { askPart, type Files, filesPart, ranPart } from './hand-over-rest.ts';
import type { Words } from './words.ts';

/** What is read at 3 a.m., in the order of its weight: what is unknown, what is next, who decides. */
export function handOverParts<Text>(
  words: Words<Text>,
  outcome: ProcedureOutcome,
  extras: HandOverExtras,
  files: Files | undefined,
): readonly Part<Text>[] {
  return [
    unknownPart(words, outcome),
    failedPart(words, outcome),
    nextPart(words, outcome, extras),
    askPart(words, outcome, extras),
    openPart(words, outcome, extras),
    ranPart(words, outcome),
    filesPart(words, outcome, files),
  ];
}
