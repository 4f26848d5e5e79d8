import { type Markup, trustedHtml } from './html.ts';

export type Tone = 'good' | 'bad' | 'unsure' | 'plain';

/** Each tone has a shape of its own, so that it is known without its colour: ring, octagon, triangle, dash. */
const shapes: Readonly<Record<Tone, string>> = {
  good: '<circle cx="12" cy="12" r="10.5"/><path class="stroke" d="M7 12.4l3.5 3.6L17.2 8.6"/>',
  bad: '<path d="M7.7 1.5h8.6l6.2 6.2v8.6l-6.2 6.2H7.7l-6.2-6.2V7.7z"/><path class="stroke" d="M8 8l8 8M16 8l-8 8"/>',
  unsure:
    '<path d="M12 1.6L23.2 21.4H.8z"/><path class="stroke" d="M12 9v6"/><circle class="dot" cx="12" cy="18.2" r="1.3"/>',
  plain: '<circle class="dot" cx="12" cy="12" r="4"/>',
};

/** A drawing that repeats what the word beside it says; hidden from screen readers for that reason. */
export function icon(tone: Tone): Markup {
  return trustedHtml(`<svg class="icon ${tone}" viewBox="0 0 24 24" aria-hidden="true">${shapes[tone]}</svg>`);
}

/** Fills that differ in lightness and in pattern, for bars that are printed without colour. Drawn once, used by name. */
export const patterns: Markup = trustedHtml(
  `<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>
<pattern id="fill-restore" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="base" width="6" height="6"/><rect class="ink" width="2" height="6"/></pattern>
<pattern id="fill-validate" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="base" width="5" height="5"/><circle class="ink" cx="2.5" cy="2.5" r="1"/></pattern>
<pattern id="fill-breach" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect class="base" width="8" height="8"/><rect class="ink" width="3.5" height="8"/></pattern>
</defs></svg>`.replaceAll('\n', ''),
);
