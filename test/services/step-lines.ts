/** What a line of plain progress tells: which step began, ended, or was found done before. */
export interface StepLine {
  readonly event: 'started' | 'done' | 'replayed' | 'failed';
  /** `fetch`, in a branch `records fetch`. */
  readonly step: string;
}

const marks = { '·': 'started', '✔': 'done', '↻': 'replayed', '✘': 'failed' } as const;

/** Reads one line of standard error; undefined for one that tells of no step's start or end. */
export function readStepLine(line: string): StepLine | undefined {
  const [, mark, rest = ''] = /^ {2}([·✔↻✘]) (.*)$/u.exec(line.trimEnd()) ?? [];
  if (mark === undefined) return undefined;
  const event = marks[mark as keyof typeof marks];
  if (event === 'started' && !rest.endsWith(' started')) return undefined;
  const named = event === 'started' ? rest.slice(0, -' started'.length) : rest.split(/ (?=\d|done before)/)[0];
  // A step of a runbook is shown with its title behind its name.
  const step = named?.split(/ {2,}/)[0];
  return { event, step: step ?? '' };
}

export function stepLinesOf(text: string): StepLine[] {
  return text.split('\n').flatMap((line) => readStepLine(line) ?? []);
}

/** A moment of a run, to be named: `records fetch started`, `records fetch done`. */
export function momentOf({ step, event }: StepLine): string {
  return `${step} ${event}`;
}
