import { html, type Markup } from '../../evidence/report/html.ts';
import { section } from '../../evidence/report/parts.ts';
import { type Desk, type PageText, pages } from '../frame.ts';

/** How to keep notes without Holdfast, so that they can become part of the record afterwards. */
export function notesPage({ speaker, picture }: Desk): PageText {
  const day = picture.madeAt.slice(0, 10);
  const who = speaker.say('exampleWho');
  const what = speaker.say('exampleWhat');
  const example = (time: string): Markup => html`${time} [${who}] ${what}
`;
  return {
    file: pages.notes.file,
    title: speaker.say('notes'),
    lead: speaker.say('notesLead'),
    body: html`${section(
      'stick',
      speaker.say('notesHow'),
      html`<p>${speaker.say('notesHowDo')}</p><p>${speaker.say('notesTimes')}</p>
<pre class="quiet"><code>${[`${day} 14:35`, '14:35:20', '2:35 PM', '오후 2:35', '下午 2:35', `${day}T14:35+09:00`].map(example)}</code></pre>
<p>${speaker.say('notesMerge')}</p>
<pre class="quiet"><code>holdfast bundle notes notes.txt</code></pre>`,
    )}
${section('paper', speaker.say('notesPaper'), html`<p>${speaker.say('notesPaperDo')}</p>`)}
${section(
  'here',
  speaker.say('notesHere'),
  html`<p>${speaker.say('notesHereDo')}</p>
<form><p><label>${speaker.say('notesField')}<br><textarea name="notes" rows="12"></textarea></label></p></form>`,
)}`,
  };
}
