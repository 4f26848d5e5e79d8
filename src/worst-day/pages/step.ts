import { type Content, data, html, type Markup } from '../../evidence/report/html.ts';
import { status } from '../../evidence/report/parts.ts';
import type { StepVerification } from '../../procedures/verification.ts';
import type { Expectation, Step } from '../../runbooks/types.ts';
import { blank, labelled } from '../frame.ts';
import type { Speaker } from '../speak.ts';
import { effectMarks, isHard } from './effects.ts';
import { prose } from './prose.ts';

export interface StepView {
  readonly speaker: Speaker;
  /** By step, where records tell. */
  readonly verified?: ReadonlyMap<string, StepVerification>;
  /** Titles of the ways of which one is chosen, by id. */
  readonly ways: ReadonlyMap<string, string>;
  /** All steps of the runbook, by id. */
  readonly steps: ReadonlyMap<string, Step>;
}

/** One step with a box to tick: what it is, the command to copy, what it does, what to expect, and where to write when it was done. */
export function stepItem(view: StepView, step: Step): Markup {
  const { speaker, verified, ways } = view;
  const isCommand = step.kind === 'command';
  const way = step.alternative === undefined ? undefined : ways.get(step.alternative);
  const rest = words(step.text) !== words(step.title);
  return html`<li class="step${isHard(step.effects) && ' hard'}" id="${stepAnchor(step)}"><span class="box"></span><div>
<h4><span class="number">${data(step.id)}</span>${data(step.title)}</h4>
${way !== undefined && html`<p class="badge">${speaker.say('choice', { title: data(way) })}</p>`}
${notInTurn(view, step)}
${isCommand ? html`<pre class="command"><code>${step.text}</code></pre>` : rest && prose(step.text)}
${marksOf(speaker, step, verified?.get(step.id))}
${annotations(view, step)}
<p class="done">${speaker.say('doneAt', { blank: blank('short'), who: blank('short') })} ${isCommand && blank('middle')}</p>
</div></li>
`;
}

/** A title is made of the text's own words: then they are not said twice. */
function words(text: string): string {
  return text.replaceAll(/[\s·]+/gu, ' ').trim();
}

/** A name for links: an author may have chosen any id. */
export function stepAnchor({ id }: Step): string {
  return `step-${id.replaceAll(/[^\w-]/g, '_')}`;
}

function marksOf(speaker: Speaker, step: Step, verification: StepVerification | undefined): Content {
  const marks = step.kind === 'command' ? effectMarks(speaker, step.effects) : [];
  const tried = step.kind === 'command' ? triedMark(speaker, verification) : undefined;
  if (marks.length === 0 && tried === undefined) return undefined;
  return html`<p class="marks">${marks}${tried}</p>`;
}

function triedMark(speaker: Speaker, verification: StepVerification | undefined): Markup | undefined {
  if (verification === undefined) return undefined;
  const { state, at, target = '' } = verification;
  const time = at === undefined ? '' : speaker.moment(at);
  if (state === 'verified') return status('good', speaker.say('verified', { time, target: data(target) }));
  if (at === undefined) return status('unsure', speaker.say('unverified'));
  if (state === 'unverified') return status('bad', speaker.say('failedLast', { time, target: data(target) }));
  const keys = { expired: 'expired', changed: 'changed', 'tool-changed': 'toolChanged' } as const;
  return status('unsure', speaker.say(keys[state], { time }));
}

/** A step that only takes others back is not done when a person comes to it. */
function notInTurn({ speaker, steps }: StepView, { id, of, role }: Step): Markup | undefined {
  const forward = [...steps.values()].filter((each) => each.id === of || each.annotations.rollback === `#${id}`);
  if (role !== 'rollback' && !forward.some(({ annotations: said }) => said.rollback === `#${id}`)) return undefined;
  const back = forward.length === 0 ? data('…') : speaker.list(forward.map((each) => stepLink(each)));
  return html`<p class="badge">${status('unsure', speaker.say('notInTurn', { steps: back }))}</p>`;
}

function annotations({ speaker, steps }: StepView, { annotations: said, target }: Step): Content {
  const place = said.target ?? target;
  const lines: Content[] = [
    place !== undefined && labelled(speaker, speaker.say('onTarget'), html`<code>${data(place)}</code>`),
    said.when !== undefined && labelled(speaker, speaker.say('onlyWhen'), html`<code>${data(said.when)}</code>`),
    said.timeout !== undefined && labelled(speaker, speaker.say('timeLimit'), speaker.objective(said.timeout)),
    said.expect !== undefined &&
      labelled(speaker, speaker.say('expects'), speaker.list(expectations(speaker, said.expect))),
    said.capture !== undefined &&
      speaker.say('captures', { name: html`<code>${data(said.capture.name)}</code>`, blank: blank() }),
    said.approve !== undefined &&
      speaker.say('agreement', {
        need: said.approve.need,
        roles: said.approve.roles.length === 0 ? '' : html` (${speaker.list(said.approve.roles.map(data))})`,
      }),
    said.rollback !== undefined && labelled(speaker, speaker.say('takeBack'), rollbackOf(steps, said.rollback)),
  ].filter((line) => line !== undefined && line !== false);
  return lines.length > 0 && html`<ul class="said">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

/** A command, or a step of the same page. */
function rollbackOf(steps: StepView['steps'], rollback: string): Markup {
  const step = rollback.startsWith('#') ? steps.get(rollback.slice(1)) : undefined;
  return step === undefined ? html`<code>${data(rollback)}</code>` : stepLink(step);
}

/** A step by its id, as a link to it. */
export function stepLink(step: Step, words: Content = data(step.id)): Markup {
  return html`<a href="#${stepAnchor(step)}">${words}</a>`;
}

function expectations(speaker: Speaker, expect: Expectation): readonly Markup[] {
  const code = (value: unknown) =>
    html`<code>${data(typeof value === 'string' ? value : JSON.stringify(value))}</code>`;
  const { exit, text, regex, json, range } = expect;
  return [
    ...(exit === undefined ? [] : [speaker.say('expectExit', { value: String(exit) })]),
    ...(text === undefined ? [] : [speaker.say('expectText', { value: code(text) })]),
    ...(regex === undefined ? [] : [speaker.say('expectPattern', { value: code(regex) })]),
    ...(json === undefined ? [] : [speaker.say('expectJson', { path: code(json.path), value: code(json.equals) })]),
    ...(range === undefined
      ? []
      : [speaker.say('expectRange', { min: code(range.min ?? '-∞'), max: code(range.max ?? '∞') })]),
  ];
}
