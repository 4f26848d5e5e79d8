import { data, html } from '../../evidence/report/html.ts';
import { section } from '../../evidence/report/parts.ts';
import { blank, type Desk, type PageText, pages } from '../frame.ts';
import { manifestType } from '../manifest.ts';

/** How to tell that nobody changed the bundle and that the proofs are genuine, with and without Holdfast. */
export function verifyPage(desk: Desk): PageText {
  const { speaker, picture } = desk;
  const drills = picture.assets.flatMap(({ lastDrill, lastProven }) => [lastDrill, lastProven]);
  const evidence = [...new Set(drills.flatMap((drill) => drill?.evidence ?? []))].sort();
  return {
    file: pages.verify.file,
    title: speaker.say('verify'),
    lead: speaker.say('verifyLead'),
    body: html`${section(
      'bundle',
      speaker.say('product'),
      html`<p>${speaker.say('verifySums')}</p>
<pre class="command" id="verify-sums"><code>sha256sum --check --quiet SHA256SUMS</code></pre>
<p>${speaker.say('verifySignature', { site: data(picture.site) })}</p>
<pre class="command" id="verify-signature"><code>${signatureShell}</code></pre>
<p>${speaker.say('verifyHoldfast')}</p>
<pre class="quiet"><code>holdfast bundle verify .</code></pre>
<p class="muted">${speaker.say('notSigned')}</p>`,
    )}
${section(
  'key',
  speaker.say('publicKey'),
  html`<p><code class="hash">${data(picture.key)}</code></p><p>${speaker.say('publicKeyPaper', { blank: blank('long') })}</p>`,
)}
${section(
  'evidence',
  speaker.say('evidence'),
  evidence.length === 0
    ? html`<p>${speaker.say('noEvidence')}</p>`
    : html`<p>${speaker.say('evidenceLead')}</p>
<pre class="quiet"><code>${evidence.map((name) => `holdfast evidence verify evidence/${name} --key signing.pub`).join('\n')}</code></pre>
<ul>${evidence.map((name) => html`<li><a href="${desk.top}evidence/${name}">${data(name)}</a></li>`)}</ul>`,
)}`,
  };
}

/** What DSSE signs: the type and the text of the manifest, each with its length. OpenSSL wants it in a file. */
const signatureShell = `SIGNED="$(mktemp)"
{ printf 'DSSEv1 ${manifestType.length} ${manifestType} %d ' "$(wc -c < manifest.json)"; cat manifest.json; } > "$SIGNED"
openssl pkeyutl -verify -pubin -inkey signing.pem -rawin -in "$SIGNED" -sigfile manifest.sig; rm "$SIGNED"`;
