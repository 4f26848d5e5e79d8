import type { Question } from './question.ts';

/**
 * What long work says while it runs. Everything that takes time takes a `Report` and tells it; the faces show it. A report
 * is for people only: nothing durable depends on it.
 */
export type ProgressEvent =
  | { readonly kind: 'run-started'; readonly run: string; readonly operation: string; readonly title: string }
  | {
      readonly kind: 'step-started';
      readonly run: string;
      readonly step: string;
      readonly title: string;
      readonly label?: string;
    }
  | {
      readonly kind: 'step-progress';
      readonly run: string;
      readonly step: string;
      /** How much of the whole is done, in `unit`. */
      readonly done: number;
      readonly total?: number;
      readonly unit: 'bytes' | 'files' | 'rows' | 'tables' | 'checks';
      readonly note?: string;
    }
  | {
      readonly kind: 'step-finished';
      readonly run: string;
      readonly step: string;
      readonly title: string;
      /** What it is called on a line, where its name alone says too little. */
      readonly label?: string;
      readonly outcome: 'succeeded' | 'failed' | 'replayed';
      readonly durationMs: number;
      readonly summary: string;
    }
  | {
      readonly kind: 'output';
      readonly run: string;
      readonly step: string;
      /** Where it came from. */
      readonly target: string;
      /** The step has other targets too: lines are shown with the name of theirs. */
      readonly several?: boolean;
      readonly stream: 'stdout' | 'stderr';
      /** One or more whole lines, redacted, each ended by a line feed. */
      readonly text: string;
    }
  | { readonly kind: 'question'; readonly run: string; readonly question: Question }
  /** A question waits no longer: it was answered, here or elsewhere, or its run stops. */
  | { readonly kind: 'question-closed'; readonly run: string; readonly question: string; readonly answer?: string }
  | { readonly kind: 'run-finished'; readonly run: string; readonly outcome: 'succeeded' | 'failed' | 'cancelled' }
  | { readonly kind: 'note'; readonly level: 'info' | 'warning'; readonly message: string };

export type Report = (event: ProgressEvent) => void;

export const silent: Report = () => undefined;
