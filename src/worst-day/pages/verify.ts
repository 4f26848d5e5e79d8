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
      html`<p>${speaker.say('verifyBare')}</p>
<p>${speaker.say('verifyKey', { key: html`<a href="#key">${speaker.say('publicKey')}</a>` })}</p>
<pre class="command" id="verify-key"><code>${keyShell}</code></pre>
<p>${speaker.say('verifySignature')}</p>
<pre class="command" id="verify-signature"><code>${signatureShell}</code></pre>
<p>${speaker.say('verifyFiles')}</p>
<pre class="command" id="verify-files"><code>${filesShell}</code></pre>
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

/** The key as it is noted on paper: its kind and its 32 bytes. */
const keyShell = `{ printf '\\001'; openssl pkey -pubin -in signing.pem -outform DER | tail -c 32; } | openssl base64 -A; echo`;

/** What DSSE signs: the type and the text of the manifest, each with its length. OpenSSL wants it in a file. */
const signatureShell = `SIGNED="$(mktemp)"
{ printf 'DSSEv1 ${manifestType.length} ${manifestType} %d ' "$(wc -c < manifest.json)"; cat manifest.json; } > "$SIGNED"
openssl pkeyutl -verify -pubin -inkey signing.pem -rawin -in "$SIGNED" -sigfile manifest.sig; rm "$SIGNED"`;

/** From the manifest that was signed: SHA256SUMS is not, and whoever changes a page can change it as well. */
const filesShell = `LIST="$(mktemp)"
grep -o '"path":"[^"]*","sha256":"[0-9a-f]*"' manifest.json |
  sed 's/^"path":"\\(.*\\)","sha256":"\\(.*\\)"$/\\2  \\1/' > "$LIST"
sha256sum --check --quiet "$LIST" && echo OK
cut -c 67- "$LIST" > "$LIST.names"
find . -type f | cut -c 3- | grep -vxE 'manifest\\.(json|dsse|sig)|SHA256SUMS|notes\\.txt' |
  grep -vxF -f "$LIST.names" || rm "$LIST" "$LIST.names"`;
