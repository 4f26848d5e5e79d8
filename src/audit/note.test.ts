import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openCheckpoint, readCheckpoint, signCheckpoint } from './checkpoint.ts';
import { treeHash } from './merkle.ts';
import { decodeBase64, openNote, parseVerifier, publicKeyOf, type SigningKey, signNote } from './note.ts';

// The example of golang.org/x/mod/sumdb/note, which other implementations of signed notes test with too.
const peter = parseVerifier('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const signature =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

describe('signed notes', () => {
  it('opens a note that another implementation signed', () => {
    if (peter === undefined) throw new Error('the known key was not read');
    expect(openNote(`${text}\n${signature}`, peter)).toEqual({ ok: true, text, signatures: 1 });
  });

  it('opens no note whose text, signature or key was changed', () => {
    const key = makeKey('example.com/log');
    const note = signNote('one\n\ntwo\n', key);
    expect(openNote(note, key.publicKey)).toMatchObject({ ok: true, text: 'one\n\ntwo\n' });
    for (let at = 0; at < note.length; at += 1) {
      const other = note[at] === 'A' ? 'B' : 'A';
      expect(openNote(note.slice(0, at) + other + note.slice(at + 1), key.publicKey).ok).toBe(false);
    }
    expect(openNote(note, makeKey('example.com/log').publicKey).ok).toBe(false);
    expect(openNote(note, makeKey('example.com/other').publicKey).ok).toBe(false);
  });

  it('ignores the signature of an unknown witness, but needs its own', () => {
    const key = makeKey('example.com/log');
    const witness = makeKey('witness.example');
    const cosigned = signNote('one\n', key) + (signNote('one\n', witness).split('\n\n')[1] ?? '');
    expect(openNote(cosigned, key.publicKey)).toMatchObject({ ok: true, signatures: 2 });
    expect(openNote(signNote('one\n', witness), key.publicKey)).toMatchObject({ ok: false });
  });

  it('reads only the one text of a verifier key', () => {
    const { verifier } = makeKey('example.com/log').publicKey;
    expect(parseVerifier(verifier)?.verifier).toBe(verifier);
    for (let at = 0; at < verifier.length; at += 1) {
      const other = verifier[at] === 'A' ? 'B' : 'A';
      expect(parseVerifier(verifier.slice(0, at) + other + verifier.slice(at + 1))).toBeUndefined();
    }
  });

  it('reads base64 only as it would write it', () => {
    expect(decodeBase64('AA==')).toEqual(Buffer.from([0]));
    for (const other of ['AB==', 'AA', 'AA==\n', 'A A=', '_w==']) expect(decodeBase64(other)).toBeUndefined();
  });
});

describe('checkpoints', () => {
  const key = makeKey('example.com/log');

  it('say origin, size and root as C2SP writes them', () => {
    const note = signCheckpoint(20_852_163, treeHash([]), key);
    expect(note.split('\n\n')[0]).toBe('example.com/log\n20852163\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
    expect(openCheckpoint(note, key.publicKey)).toEqual({
      ok: true,
      checkpoint: { origin: 'example.com/log', size: 20_852_163, root: treeHash([]) },
      signatures: 1,
    });
    expect(readCheckpoint(note)?.size).toBe(20_852_163);
  });

  it('are refused with a size that has leading zeroes, a short root or the origin of another log', () => {
    const root = treeHash([]).toString('base64');
    for (const body of [
      `example.com/log\n007\n${root}\n`,
      'example.com/log\n7\nAAAA\n',
      `example.com/other\n7\n${root}\n`,
      `example.com/log\n7\n${root}\nextension\n`,
    ]) {
      expect(openCheckpoint(signNote(body, key), key.publicKey).ok).toBe(false);
    }
  });
});

function makeKey(name: string): SigningKey {
  const pair = generateKeyPairSync('ed25519');
  return { publicKey: publicKeyOf(name, pair.publicKey), sign: (message) => sign(null, message, pair.privateKey) };
}
