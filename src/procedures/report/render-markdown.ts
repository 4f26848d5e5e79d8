import type { ProcedureOutcome, StepOutcome, TargetOutcome } from '../../evidence/procedure-model.ts';
import { fence, type Markdown, md, mdBlocks, mdList, mdTable, toMarkdown } from '../../evidence/report/markdown.ts';
import type { Language } from '../../evidence/report/messages/catalogue.ts';
import type { ReportEvidence } from '../../evidence/report/render.ts';
import { version } from '../../lib/version.ts';
import { toReadFirst } from './attention.ts';
import { mdPart } from './markdown-part.ts';
import { mdNotDone, mdSteps } from './markdown-steps.ts';
import { handCommands, proveCommand, verifyCommand } from './proof-commands.ts';
import {
  endingSentence,
  endingWord,
  glassSaid,
  identityOf,
  moment,
  notUnderstoodWhy,
  outcomeWord,
  remarksOf,
  skipReason,
  sourceWord,
  stepStatus,
  together,
  tookOf,
  wordSaid,
} from './say.ts';
import { inTime } from './time.ts';
import { markdownWords, type Words } from './words.ts';

type MdWords = Words<Markdown>;

/** The same report in Markdown, for a ticket or a wiki: what it says cannot become markup of the page around it. */
export function renderReportMarkdown(outcome: ProcedureOutcome, proof: ReportEvidence, language: Language): string {
  const words = markdownWords(outcome, language);
  const report = mdBlocks([
    md`# ${words.say('runReport')}: ${outcome.runbook.title}`,
    head(words, outcome),
    md`## ${words.say('ending')}: ${endingWord(words, outcome)}`,
    endingSentence(words, outcome),
    outcome.error &&
      words.say('errorLine', { message: words.recorded(outcome.error.message), code: words.code(outcome.error.code) }),
    outcome.mode === 'solo' &&
      md`> **${words.say('soloTitle')}.** ${words.say('soloMeans', { actor: words.data(outcome.actor) })}`,
    attention(words, outcome),
    time(words, outcome),
    timeline(words, outcome),
    targets(words, outcome),
    parameters(words, outcome),
    alternatives(words, outcome),
    mdSteps(words, outcome),
    mdNotDone(words, outcome),
    notUnderstood(words, outcome),
    proven(words, outcome, proof),
    md`---`,
    markdownFooter(words, outcome),
  ]);
  return `${toMarkdown(report)}\n`;
}

function head(words: MdWords, outcome: ProcedureOutcome): Markdown {
  const when = words.say('inZone', { time: words.longMoment(outcome.startedAt), zone: words.data(words.zone.name) });
  return mdList([
    md`**${words.say('when')}:** ${when}`,
    md`**${words.say('duration')}:** ${words.duration(outcome.durationMs)}`,
    md`**${words.say('by')}:** ${outcome.actor} (${outcome.site})`,
    md`**${words.say('runbook')}:** ${words.code(outcome.runbook.path)}`,
    md`**${words.say('run')}:** ${words.code(outcome.run)}`,
  ]);
}

function attention(words: MdWords, outcome: ProcedureOutcome): Markdown | undefined {
  const found = toReadFirst(outcome);
  if (found.length === 0) return undefined;
  const item = (step: StepOutcome): Markdown => {
    const said = [
      step.outcome === 'unknown' ? words.say('unknownMeans') : undefined,
      skipReason(words, step) ?? wordSaid(words, outcome, step),
      ...glassSaid(words, step).map((one) => md`${words.say('brokenGlass')}: ${one}`),
      ...step.targets.filter(({ outcome: how }) => how !== 'succeeded').map((target) => whyOf(words, target)),
    ].filter((one) => one !== undefined);
    return md`**${stepStatus(words, step)[1]}:** ${step.title} (${words.code(step.id)})${said.map((one) => md` · ${one}`)}`;
  };
  return mdPart(words.say('attention'), mdList(found.map(item)));
}

function whyOf(words: MdWords, target: TargetOutcome): Markdown {
  const why = together(words, remarksOf(words, target)) ?? outcomeWord(words, target.outcome);
  return words.say('failedOn', { targets: words.data(target.target), why });
}

function time(words: MdWords, { durationMs, rtoMs, expectedMs, ending }: ProcedureOutcome): Markdown | undefined {
  const items: Markdown[] = [];
  const taken = words.duration(durationMs);
  if (rtoMs !== undefined) {
    const done = ending === 'completed' || ending === 'completed-with-gaps';
    const word = durationMs > rtoMs ? words.say('rtoMissed') : words.say(done ? 'rtoMet' : 'rtoOpen');
    const of = words.say('ofRto', { objective: words.objective(rtoMs) });
    items.push(md`${words.say('againstRto')}: ${taken} ${of}. **${word}**`);
  }
  if (expectedMs !== undefined) {
    const of = words.say('ofExpected', { expected: words.duration(expectedMs) });
    const excess = words.duration(Math.abs(durationMs - expectedMs));
    const word = words.say(durationMs > expectedMs ? 'slower' : 'faster', { excess });
    items.push(md`${words.say('againstExpected')}: ${taken} ${of}, ${word}`);
  }
  return items.length === 0 ? undefined : mdPart(words.say('time'), mdList(items));
}

function timeline(words: MdWords, outcome: ProcedureOutcome): Markdown | undefined {
  const begun = inTime(outcome);
  if (begun.length === 0) return undefined;
  return mdPart(
    words.say('timeline'),
    mdTable(
      [words.say('began'), words.say('step'), words.say('result'), words.say('took'), words.say('expected')],
      begun.map(([step, at]) => [
        moment(words, outcome, at),
        md`${step.title} (${words.code(step.id)})`,
        stepStatus(words, step)[1],
        durationOr(words, tookOf(step)),
        durationOr(words, step.expectedMs),
      ]),
    ),
  );
}

function durationOr(words: MdWords, milliseconds: number | undefined): Markdown | string {
  return milliseconds === undefined ? '–' : words.duration(milliseconds);
}

function targets(words: MdWords, outcome: ProcedureOutcome): Markdown | undefined {
  if (outcome.targets.length === 0) return undefined;
  return mdPart(
    words.say('targets'),
    mdTable(
      [words.say('target'), words.say('reachedBy'), words.say('identity'), words.say('result')],
      outcome.targets.map(({ name, kind, pinned }) => [
        name,
        kind,
        identityOf(words, outcome, name) ?? '–',
        words.say(pinned ? 'pinned' : 'notPinned'),
      ]),
    ),
    outcome.targets.some(({ pinned }) => !pinned) && words.say('notPinnedMeans'),
  );
}

function parameters(words: MdWords, outcome: ProcedureOutcome): Markdown | undefined {
  if (outcome.parameters.length === 0) return undefined;
  return mdPart(
    words.say('parameters'),
    mdTable(
      [words.say('name'), words.say('value'), words.say('source')],
      outcome.parameters.map(({ name, value, source }) => [
        words.code(name),
        words.code(value),
        sourceWord(words, source),
      ]),
    ),
  );
}

function alternatives(words: MdWords, outcome: ProcedureOutcome): Markdown | undefined {
  if (outcome.alternatives.length === 0) return undefined;
  return mdPart(
    words.say('alternatives'),
    mdTable(
      [words.say('question'), words.say('chosen'), words.say('who')],
      outcome.alternatives.map(({ question, chosen, by }) => [question, chosen, by]),
    ),
  );
}

function notUnderstood(words: MdWords, outcome: ProcedureOutcome): Markdown | undefined {
  if (outcome.notUnderstood.length === 0) return undefined;
  return mdPart(
    words.say('notUnderstood'),
    words.say('notUnderstoodMeans'),
    mdTable(
      [words.say('line'), words.say('reason')],
      outcome.notUnderstood.map((one) => [words.number(one.line), notUnderstoodWhy(words, one)]),
    ),
  );
}

function proven(words: MdWords, outcome: ProcedureOutcome, proof: ReportEvidence): Markdown {
  const hand = handCommands(outcome, proof);
  return mdPart(
    words.say('proof'),
    words.say('proofIntro'),
    mdList([
      md`**${words.say('evidenceFile')}:** ${words.code(proof.file)}`,
      md`**${words.say('sha256')}:** ${words.code(proof.sha256)}`,
      md`**${words.say('signingKey')}:** ${words.code(proof.keyId)}`,
      md`**${words.say('auditLeaf')}:** ${words.say('leafOf', { leaf: proof.leaf, size: proof.treeSize })}`,
      md`**${words.say('auditRoot')}:** ${words.code(proof.root)}`,
    ]),
    md`**${words.say('verifyTitle')}.** ${words.say('verifyWhy')}`,
    fence(`${verifyCommand(proof)}\n${proveCommand(proof)}`, 'sh'),
    md`**${words.say('byHand')}.** ${words.say('byHandEvidence')}`,
    fence(hand.evidence, 'sh'),
    words.say('byHandSignature', { key: words.code(proof.keyId) }),
    fence(hand.signature, 'sh'),
    words.say('byHandRunbook', { hash: words.code(outcome.runbook.sha256) }),
    fence(hand.runbook, 'sh'),
    hand.output !== undefined && words.say('byHandOutput'),
    hand.output !== undefined && fence(hand.output, 'sh'),
    words.say('byHandLog'),
    fence(hand.proof, 'sh'),
  );
}

export function markdownFooter(words: MdWords, outcome: ProcedureOutcome): Markdown {
  const zone = words.zone.known
    ? words.say('zone', { zone: words.data(words.zone.name) })
    : words.say('zoneUnknown', { zone: words.data(words.zone.id) });
  return md`${zone} ${words.say('recorded')} ${words.say('made', { version, run: words.code(outcome.run) })}`;
}
