/**
 * What this process knows of questions that is in no record: which ones wait here, and the secrets that were answered. One for
 * each process.
 */
export class QuestionDesk {
  readonly #secrets = new Map<string, string>();
  readonly #waiting = new Map<string, () => void>();

  /** Says that the question waits here; `wake` is called when it was answered here. Returns what ends the waiting. */
  waits(run: string, question: string, wake: () => void): () => void {
    const key = keyOf(run, question);
    this.#waiting.set(key, wake);
    return () => this.#waiting.delete(key);
  }

  isWaiting(run: string, question: string): boolean {
    return this.#waiting.has(keyOf(run, question));
  }

  wake(run: string, question: string): void {
    this.#waiting.get(keyOf(run, question))?.();
  }

  keepSecret(run: string, question: string, value: string): void {
    this.#secrets.set(keyOf(run, question), value);
  }

  secret(run: string, question: string): string | undefined {
    return this.#secrets.get(keyOf(run, question));
  }
}

function keyOf(run: string, question: string): string {
  return `${run}\n${question}`;
}
