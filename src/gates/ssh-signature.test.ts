import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isSshSignature } from './ssh-signature.ts';

let place: string;
let count = 0;
beforeAll(() => {
  place = mkdtempSync('/tmp/hf-sign-');
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

const text = '{"format":"holdfast-approval-v1","서명":"同意"}';
const namespace = 'holdfast@clinic';

function made(type: string, bits: readonly string[]): { key: string; signature: string } {
  count += 1;
  const file = join(place, `key-${count}`);
  execFileSync('ssh-keygen', ['-q', '-t', type, ...bits, '-N', '', '-C', 'a comment with blanks', '-f', file]);
  const options = { input: text, encoding: 'utf8' } as const;
  const signature = execFileSync('ssh-keygen', ['-Y', 'sign', '-q', '-f', file, '-n', namespace], options);
  return { key: readFileSync(`${file}.pub`, 'utf8').trim(), signature };
}

test.each([
  ['ed25519', []],
  ['ecdsa', ['-b', '256']],
  ['ecdsa', ['-b', '384']],
  ['ecdsa', ['-b', '521']],
  ['rsa', ['-b', '2048']],
  ['rsa', ['-b', '3072']],
] as const)('what ssh-keygen signs with %s %o is a signature, and nothing else is', (type, bits) => {
  const { key, signature } = made(type, bits);
  expect(isSshSignature({ text, namespace, key, signature })).toBe(true);
  expect(isSshSignature({ text: `${text} `, namespace, key, signature })).toBe(false);
  expect(isSshSignature({ text, namespace: 'holdfast@other', key, signature })).toBe(false);
  const other = made(type, bits);
  expect(isSshSignature({ text, namespace, key: other.key, signature })).toBe(false);
  expect(isSshSignature({ text, namespace, key, signature: other.signature })).toBe(false);
});

test('no byte of a signature can be changed, and no piece of one stands for it', () => {
  const { key, signature } = made('ed25519', []);
  const body = Buffer.from(signature.split('\n').slice(1, -2).join(''), 'base64');
  const armoured = (bytes: Buffer) =>
    `-----BEGIN SSH SIGNATURE-----\n${bytes.toString('base64')}\n-----END SSH SIGNATURE-----\n`;
  expect(isSshSignature({ text, namespace, key, signature: armoured(body) })).toBe(true);
  for (let index = 0; index < body.length; index += 1) {
    const changed = Buffer.from(body);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(isSshSignature({ text, namespace, key, signature: armoured(changed) }), `byte ${index}`).toBe(false);
    const cut = armoured(body.subarray(0, index));
    expect(isSshSignature({ text, namespace, key, signature: cut }), `cut at ${index}`).toBe(false);
  }
  expect(isSshSignature({ text, namespace, key, signature: armoured(Buffer.concat([body, Buffer.alloc(1)])) })).toBe(
    false,
  );
  for (const none of ['', 'x', '-----BEGIN SSH SIGNATURE-----', armoured(Buffer.alloc(0))]) {
    expect(isSshSignature({ text, namespace, key, signature: none })).toBe(false);
  }
  expect(isSshSignature({ text, namespace, key: '', signature })).toBe(false);
});

test('what Holdfast takes for a signature, ssh-keygen takes for one', () => {
  const { key, signature } = made('ed25519', []);
  const allowed = join(place, 'allowed');
  const file = join(place, 'one.sig');
  writeFileSync(allowed, `kim ${key}\n`);
  writeFileSync(file, signature);
  const said = execFileSync('ssh-keygen', ['-Y', 'verify', '-f', allowed, '-I', 'kim', '-n', namespace, '-s', file], {
    input: text,
    encoding: 'utf8',
  });
  expect(said).toContain('Good');
});
