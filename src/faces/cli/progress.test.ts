import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProgressEvent } from '../../lib/progress.ts';
import { redactor } from '../../lib/redact.ts';
import { textWidth } from '../../lib/width.ts';
import { type ProgressRequest, progressView } from './progress.ts';
import { questionsOn } from './questions.ts';
import { styleFor } from './style.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const started = (step: string, run = 'drill-1'): ProgressEvent => ({ kind: 'step-started', run, step, title: step });
const finished = (
  step: string,
  run = 'drill-1',
  outcome: 'succeeded' | 'failed' | 'replayed' = 'succeeded',
): ProgressEvent => ({
  kind: 'step-finished',
  run,
  step,
  title: step,
  outcome,
  durationMs: 3100,
  summary: '332 MB from ring',
});
const moved = (step: string, done: number, run = 'drill-1'): ProgressEvent => ({
  kind: 'step-progress',
  run,
  step,
  done,
  total: 332_000_000,
  unit: 'bytes',
});

describe('progress on a terminal', () => {
  it('moves one line for a step and leaves one when it has ended', () => {
    const { view, screen, wait } = terminal();
    view.report({ kind: 'run-started', run: 'drill-1', operation: 'drill', title: 'Drill weekly' });
    view.report(started('fetch'));
    view.report(moved('fetch', 120_000_000));
    wait(2000);
    expect(screen()).toEqual([
      'Drill weekly',
      expect.stringMatching(/^ {2}\S fetch +2\.0 s +████░░░░░░ 120 MB of 332 MB · 36 %$/),
    ]);
    view.report(finished('fetch'));
    expect(screen()).toEqual(['Drill weekly', '  ✔ fetch              3.1 s        332 MB from ring']);
  });

  it('shows the steps of parallel runs together, each by the name of its branch', () => {
    const { view, screen, wait } = terminal();
    view.report(started('fetch', 'drill-1/ledger'));
    view.report(started('fetch', 'drill-1/uploads'));
    wait(200);
    expect(screen()).toEqual([expect.stringContaining('ledger fetch'), expect.stringContaining('uploads fetch')]);
    view.report(finished('fetch', 'drill-1/uploads', 'failed'));
    wait(200);
    expect(screen()).toEqual([expect.stringContaining('✘ uploads fetch'), expect.stringContaining('ledger fetch')]);
    view.stop();
    expect(screen()).toEqual([expect.stringContaining('✘ uploads fetch')]);
  });

  it('never paints a line wider than the terminal, also with Chinese and Korean names', () => {
    const { view, screen, wait } = terminal(40);
    view.report(started('備份資料庫', 'drill-1/병원-기록-보관소'));
    view.report({ ...moved('備份資料庫', 1, 'drill-1/병원-기록-보관소'), note: '非常長的說明文字' } as ProgressEvent);
    wait(200);
    for (const line of screen()) expect(textWidth(line)).toBeLessThan(40);
    expect(screen().at(-1)).toContain('병원');
  });

  it('leaves no remains when the terminal becomes narrower', () => {
    const { view, screen, wait, resize } = terminal(80);
    view.report(started('fetch'));
    view.report(moved('fetch', 120_000_000));
    wait(200);
    resize(30);
    wait(200);
    view.report(finished('fetch'));
    expect(screen().filter((line) => line.includes('fetch'))).toHaveLength(1);
  });

  it('hides the cursor while a line moves and gives it back when all is over', () => {
    const { view, written, wait } = terminal();
    view.report(started('fetch'));
    wait(200);
    expect(written().lastIndexOf('\u001b[?25l')).toBeGreaterThan(written().lastIndexOf('\u001b[?25h'));
    view.stop();
    expect(written().lastIndexOf('\u001b[?25h')).toBeGreaterThan(written().lastIndexOf('\u001b[?25l'));
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives the cursor back also when the process just exits', () => {
    const before = process.listeners('exit');
    const { view, written } = terminal();
    view.report(started('fetch'));
    const added = process.listeners('exit').filter((listener) => !before.includes(listener));
    expect(added).toHaveLength(1);
    for (const listener of added) listener(0);
    expect(written().endsWith('\u001b[?25h')).toBe(true);
    view.stop();
    expect(process.listeners('exit')).toEqual(before);
  });

  it('says that a step was done before, after a crash', () => {
    const { view, screen } = terminal();
    view.report(finished('fetch', 'drill-1', 'replayed'));
    expect(screen()).toEqual(['  ↻ fetch              done before  332 MB from ring']);
  });

  it('takes away the steps of a run that ended without them', () => {
    const { view, screen, wait } = terminal();
    view.report(started('fetch'));
    wait(200);
    view.report({ kind: 'run-finished', run: 'drill-1', outcome: 'cancelled' });
    expect(screen()).toEqual([]);
  });
});

const said = (text: string, stream: 'stdout' | 'stderr' = 'stdout', target?: string): ProgressEvent => ({
  kind: 'output',
  run: 'run-1',
  step: 's1',
  target: target ?? 'db1',
  several: target !== undefined,
  stream,
  text,
});

describe('what commands say', () => {
  it('is shown above the moving lines, in the order in which it came', () => {
    const { view, screen, wait } = terminal();
    view.report(started('s1', 'run-1'));
    view.report(said('one\ntwo\n'));
    view.report(said('careful\n', 'stderr'));
    wait(60);
    expect(screen()).toEqual(['  │ one', '  │ two', '  ┃ careful', expect.stringContaining('s1')]);
    view.report(said('three\n'));
    view.report(finished('s1', 'run-1'));
    expect(screen()).toEqual(['  │ one', '  │ two', '  ┃ careful', '  │ three', expect.stringContaining('✔ s1')]);
  });

  it('has the name of its target where there are several', () => {
    const { view, written, wait } = plain();
    view.report(said('one\ntwo\n', 'stdout', 'db1'));
    view.report(said('one\n', 'stdout', 'db2'));
    wait(60);
    expect(written()).toBe('  db1 │ one\n  db1 │ two\n  db2 │ one\n');
  });

  it('is not shown with --json nor with --quiet', () => {
    for (const options of [
      { json: true, quiet: false },
      { json: false, quiet: true },
    ]) {
      const { view, written, wait } = plain(options);
      view.report(said('one\n'));
      wait(100);
      view.stop();
      expect(written()).toBe('');
    }
  });

  it('moves no cursor, whatever a program says', () => {
    const { view, written } = plain();
    view.report(said('a\u001b[2Jb\u001b]52;c;eA==\u0007c\u009b1Ad\u202ee\n'));
    view.stop();
    expect(written()).toBe('  │ abcde\n');
  });

  it('of 300,000 lines holds none back and does not paint the screen for each', () => {
    const { view, writes, wait, lines } = terminal();
    view.report(started('s1', 'run-1'));
    for (let line = 0; line < 300_000; line += 1) {
      view.report(said(`line ${line}\n`));
      if (line % 1000 === 0) wait(1);
    }
    view.report(finished('s1', 'run-1'));
    expect(lines()).toBe(300_000 + 1);
    expect(writes()).toBeLessThan(300);
  });
});

const question: ProgressEvent = {
  kind: 'question',
  run: 'run-1',
  question: {
    name: 's1:confirm',
    kind: 'confirm',
    title: 'Run it, planted-secret?',
    details: ['rm -rf /srv/old\u001b[2J'],
    choices: [
      { id: 'run', label: 'Run it', typed: "db 1's" },
      { id: 'skip', label: 'Leave it out', reason: 'required' },
    ],
  },
};

it('what a runbook calls a step is shown, and nothing of it obeyed', () => {
  const { view, written } = plain();
  const title = 'Clean\u001b]52;c;eA==\u0007 up\u202e';
  view.report({ kind: 'run-started', run: 'run-1', operation: 'runbook', title });
  view.report({ kind: 'note', level: 'info', message: title });
  expect(written()).toBe('Clean[U+001B]]52;c;eA==[U+0007] up[U+202E]\n· Clean[U+001B]]52;c;eA==[U+0007] up[U+202E]\n');
});

describe('a question without somebody to ask', () => {
  it.each([
    { json: false, quiet: false },
    { json: true, quiet: false },
    { json: false, quiet: true },
  ])('is shown once with the commands that answer it, with %j', (options) => {
    const { view, written } = plain(options);
    view.report(question);
    view.report({ kind: 'question-closed', run: 'run-1', question: 's1:confirm', answer: 'run, by kim' });
    expect(written().split('\n')).toEqual([
      '? Run it, [redacted]?',
      // What is decided about is shown whole: what a terminal would obey is named.
      '    rm -rf /srv/old[U+001B][2J',
      "  run  Run it; with the value db 1's",
      "    holdfast runs answer run-1 s1:confirm run --value 'db 1'\\''s'",
      '  skip  Leave it out; with a reason',
      '    holdfast runs answer run-1 s1:confirm skip --reason',
      '  It waits for an answer.',
      '  → s1:confirm: run, by kim',
      '',
    ]);
  });
});

describe('progress without a terminal', () => {
  it('is plain lines: start, finish, and progress at most every five seconds', () => {
    const { view, written, wait } = plain();
    view.report({ kind: 'run-started', run: 'drill-1', operation: 'drill', title: 'Drill weekly' });
    view.report(started('fetch'));
    for (let second = 1; second <= 12; second += 1) {
      wait(1000);
      view.report(moved('fetch', second * 10_000_000));
    }
    view.report(finished('fetch'));
    expect(written().split('\n')).toEqual([
      'Drill weekly',
      '  · fetch started',
      '  · fetch 50.0 MB of 332 MB · 15 %',
      '  · fetch 100 MB of 332 MB · 30 %',
      '  ✔ fetch              3.1 s        332 MB from ring',
      '',
    ]);
  });

  it('is notes alone with --json, and warnings alone with --quiet', () => {
    const events: ProgressEvent[] = [
      started('fetch'),
      finished('fetch'),
      { kind: 'note', level: 'info', message: 'listening' },
      { kind: 'note', level: 'warning', message: 'nearly full' },
    ];
    const json = plain({ json: true, quiet: false });
    const quiet = plain({ json: false, quiet: true });
    for (const event of events) {
      json.view.report(event);
      quiet.view.report(event);
    }
    expect(json.written()).toBe('· listening\n! nearly full\n');
    expect(quiet.written()).toBe('! nearly full\n');
  });

  it('holds no secret', () => {
    const { view, written } = plain();
    view.report({ kind: 'note', level: 'warning', message: 'wrong: planted-secret' });
    view.report({ ...finished('fetch'), summary: 'planted-secret' } as ProgressEvent);
    expect(written()).not.toContain('planted');
    expect(written()).toContain('[redacted]');
  });
});

function plain(options = { json: false, quiet: false }) {
  return viewOn(options, false, 80);
}

function terminal(columns = 80) {
  return viewOn({ json: false, quiet: false }, true, columns);
}

/** A view on a sink that is remembered, and what a terminal of its width would show of it. */
function viewOn(options: { json: boolean; quiet: boolean }, isTerminal: boolean, columns: number) {
  let time = 0;
  let width = columns;
  let text = '';
  let writes = 0;
  let lines = 0;
  const screen = new Screen(columns);
  const sink = {
    write(chunk: string) {
      text = text.length > 1_000_000 ? '' : text + chunk;
      writes += 1;
      lines += chunk.match(/[│✔] /g)?.length ?? 0;
      if (writes < 1000) screen.write(chunk.slice(0, 10_000));
    },
    flushed: async () => undefined,
    isTerminal,
    get columns() {
      return width;
    },
  };
  const clock = { now: () => new Date(time), monotonic: () => time };
  const shown = { sink, style: styleFor(false), redact: redactor(['planted-secret']) };
  const questions: ProgressRequest['questions'] = (area, busy) => questionsOn(shown, area, busy);
  const view = progressView({ options, clock, questions, ...shown });
  return {
    view,
    written: () => text,
    writes: () => writes,
    /** Lines that were printed to stay. */
    lines: () => lines,
    screen: () => screen.lines(),
    wait(milliseconds: number) {
      time += milliseconds;
      vi.advanceTimersByTime(milliseconds);
    },
    resize(to: number) {
      width = to;
      screen.resize(to);
    },
  };
}

/** As much of a terminal as the live view uses: lines, cursor up, clear below, and lines that wrap anew on a resize. */
class Screen {
  #rows: string[] = [''];
  #columns: number;

  constructor(columns: number) {
    this.#columns = columns;
  }

  write(text: string): void {
    for (const [part] of text.matchAll(/\u001b\[[0-9;?]*[A-Za-z]|\r|\n|[^\u001b\r\n]+/g)) {
      const up = /^\u001b\[(\d+)A$/.exec(part)?.[1];
      if (up !== undefined) this.#rows = [...this.#rows.slice(0, Math.max(0, this.#rows.length - 1 - Number(up))), ''];
      else if (part === '\n') this.#rows.push('');
      else if (!part.startsWith('\u001b') && part !== '\r') this.#rows[this.#rows.length - 1] += part;
    }
  }

  resize(columns: number): void {
    this.#columns = columns;
    const wrapped = this.#rows.flatMap((row) => row.match(new RegExp(`.{1,${this.#columns}}`, 'gu')) ?? ['']);
    this.#rows = wrapped;
  }

  lines(): string[] {
    return this.#rows.map((row) => row.trimEnd()).filter((row) => row !== '');
  }
}
