import type { Alternatives, Step } from '../runbooks/types.ts';
import type { Company } from './company.ts';

const none = 'none';

/** Of several ways one is chosen: ahead, or by a person when the run comes to the first step of any of them. */
export class Alternation {
  readonly #all: readonly Alternatives[];
  readonly #ahead: Readonly<Record<string, string>>;
  readonly #chosen = new Map<string, string>();

  constructor(all: readonly Alternatives[], ahead: Readonly<Record<string, string>>) {
    this.#all = all;
    this.#ahead = ahead;
  }

  /** Whether a step is to be done: it belongs to no alternative, or to the chosen one. */
  async isChosen(company: Company, step: Step): Promise<boolean> {
    if (step.alternative === undefined) return true;
    const { alternative } = step;
    const among = this.#all.find(({ choices }) => choices.some(({ id }) => id === alternative));
    if (among === undefined) return true;
    return (this.#chosen.get(among.id) ?? (await this.#choose(company, among))) === alternative;
  }

  async #choose({ run, words, ledger }: Company, among: Alternatives): Promise<string> {
    const ahead = this.#ahead[among.id];
    const said =
      ahead === undefined
        ? await run.ask({
            name: `${among.id}:choose`,
            kind: 'alternative',
            language: words.language,
            title: words.alternative(among.question),
            details: [],
            choices: [
              ...among.choices.map(({ id, title }) => ({ id, label: title })),
              { id: none, label: words.choices.none, reason: 'required' as const },
            ],
          })
        : { choice: ahead, by: run.actor };
    this.#chosen.set(among.id, said.choice);
    const title = among.choices.find(({ id }) => id === said.choice)?.title ?? words.choices.none;
    ledger.alternatives.push({ question: among.question, chosen: title, by: said.by });
    return said.choice;
  }
}
