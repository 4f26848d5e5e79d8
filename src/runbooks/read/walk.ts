import { inEnglish, sentence } from '../words/index.ts';
import { merged, noAnnotations, type ReadAnnotations } from './annotations.ts';
import type { ChoiceGroup } from './choices.ts';
import { type ChecklistDraft, type Collected, nothingYet, type StepDraft } from './collected.ts';
import { loginPlace, logsIn } from './login.ts';
import type { MarkupBox } from './markup.ts';
import { hasFence } from './node-text.ts';
import type { CodeNode, HeadingNode, ItemNode, Node } from './nodes.ts';
import { unnumbered } from './plain.ts';
import { soleTitle } from './sections.ts';
import { waysByOffset } from './ways.ts';
import { appendix, collection, forAssistant, notProcedure } from './words.ts';

const reference = [collection, appendix, notProcedure];

/** What the walk needs beside the nodes. */
export interface Document {
  readonly nodes: readonly Node[];
  readonly choices: readonly ChoiceGroup[];
  /** Whether an offset lies in a table of HTML, which is read apart. */
  readonly inMarkupTable: (offset: number) => boolean;
  /** Boxes of HTML, in order. */
  readonly markupBoxes: readonly (MarkupBox & { readonly line: number })[];
  /** What the head of the document says for every step. */
  readonly forAll: ReadAnnotations;
}

/** What stands around a node inside its list, quote or section. */
export interface Context {
  readonly item?: ItemNode;
  /** Whether numbered items tell what to do. */
  readonly procedural: boolean;
  readonly list?: ChecklistDraft;
}

export type NewStep = Omit<StepDraft, 'section' | 'read' | 'way'>;

/** Where a walk through a document stands, and what it has found. */
export interface Walk {
  readonly document: Document;
  readonly into: Collected;
  readonly ways: ReturnType<typeof waysByOffset>;
  /** Whether the document has no code but indented text. */
  readonly fenceless: boolean;
  /** The title of the document says nothing of one section of it. */
  readonly title: HeadingNode | undefined;
  readonly headings: HeadingNode[];
  /** Code that gave no step: it belongs to what is said of it. */
  readonly shown: Set<CodeNode>;
  /** Headings down to here, outermost first, without the title. */
  chapters(): string[];
  section(): string[];
  here(): string;
  /** False in a section for an AI assistant. */
  forPeople(): boolean;
  /** In a collection, an appendix, an overview: commands are named there to be looked up. */
  reference(): boolean;
  /** The command that a check or a rollback is about. */
  lastCommand(): StepDraft | undefined;
  add(step: NewStep, read?: ReadAnnotations, at?: number): StepDraft;
  /** Keeps what a comment says for the step that follows. */
  keep(read: ReadAnnotations, line: number): void;
  /** What was said for this very thing: it is said once. */
  take(): ReadAnnotations;
  /** What was said for the next thing, which stays. */
  kept(): ReadAnnotations;
  enter(heading: HeadingNode): void;
  problems(read: ReadAnnotations, line: number): void;
  /** Tells of a comment that no step followed. */
  end(): void;
}

export function walkOf(document: Document): Walk {
  const into = nothingYet();
  const ways = waysByOffset(document.choices, into);
  const title = soleTitle(document.nodes);
  const headings: HeadingNode[] = [];
  let pending = noAnnotations;
  let pendingLine = 1;
  let lastCommand: StepDraft | undefined;
  let elsewhere: string | undefined;
  const chapters = () => headings.filter((heading) => heading !== title).map(({ text }) => text);
  const section = () => headings.map(({ text }) => text);
  const tell = (code: string, line: number, said: ReadAnnotations['problems'][number]) => {
    into.findings.push({ code, level: 'warning', line, message: inEnglish(said), said });
  };
  return {
    document,
    into,
    ways,
    title,
    headings,
    fenceless: !hasFence(document.nodes),
    shown: new Set(),
    chapters,
    section,
    here: () => headings.at(-1)?.text ?? '',
    forPeople: () => !chapters().some(forAssistant),
    reference: () => chapters().some((text) => reference.some((words) => words.test(unnumbered(text)))),
    lastCommand: () => lastCommand,
    add(draft, read = noAnnotations, at = into.steps.length) {
      const way = ways.innermost();
      const step: StepDraft = {
        ...draft,
        ...(draft.kind === 'command' && draft.target === undefined && elsewhere !== undefined
          ? { target: elsewhere }
          : {}),
        section: section(),
        read: merged(document.forAll, read),
        ...(way === undefined ? {} : { way }),
      };
      into.steps.splice(at, 0, step);
      for (const one of ways.all()) one.steps.push(step);
      if (step.kind === 'command' && step.role === undefined) lastCommand = step;
      // Whoever has logged in does what follows there.
      const last = step.text.slice(step.text.trimEnd().lastIndexOf('\n') + 1);
      if (step.kind === 'manual' && logsIn(last)) elsewhere = loginPlace(last) ?? elsewhere;
      else if (/^(?:exit|logout)$/.test(step.text)) elsewhere = undefined;
      return step;
    },
    keep(read, line) {
      if (Object.keys(pending.annotations).length === 0) pendingLine = line;
      pending = merged(pending, read);
    },
    take() {
      const { annotations } = pending;
      pending = noAnnotations;
      return { annotations, problems: [] };
    },
    kept: () => pending,
    enter(heading) {
      while ((headings.at(-1)?.depth ?? 0) >= heading.depth) headings.pop();
      headings.push(heading);
      elsewhere = undefined;
    },
    problems(read, line) {
      for (const said of read.problems) tell('unknown-annotation', line, said);
    },
    end() {
      if (Object.keys(pending.annotations).length > 0)
        tell('annotation-without-step', pendingLine, sentence('annotation-without-step'));
    },
  };
}
