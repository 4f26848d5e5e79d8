import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../lib/hash.ts';
import { redactor } from '../../lib/redact.ts';
import { keepOutput, outputFile, readOutput } from './index.ts';

let data: string;
beforeAll(async () => {
  data = await mkdtemp('/tmp/hf-output-');
});
afterAll(async () => await rm(data, { recursive: true, force: true }));

let counter = 0;

function keeper(secrets: readonly string[] = [], limits = {}) {
  counter += 1;
  const shown: string[] = [];
  const name = `s${counter}`;
  const keep = keepOutput({
    dataDirectory: data,
    run: 'run-1',
    name,
    redact: redactor(secrets),
    onLines: (stream, text) => shown.push(`${stream}:${text}`),
    limits,
  });
  return { ...keep, shown, path: (stream: 'stdout' | 'stderr') => join(data, outputFile('run-1', name, stream)) };
}

describe('keepOutput', () => {
  it('keeps both streams apart, compressed, hashed, readable by the owner alone', async () => {
    const { write, finish, path, shown } = keeper();
    write('stdout', Buffer.from('one\ntw'));
    write('stderr', Buffer.from('warning\n'));
    write('stdout', Buffer.from('o\nlast'));
    const { stdout, stderr } = await finish();
    expect(stdout).toEqual({
      file: outputFile('run-1', 's1', 'stdout'),
      sha256: sha256('one\ntwo\nlast'),
      bytes: 12,
      lines: 3,
      tail: 'one\ntwo\nlast',
    });
    expect(stderr).toMatchObject({ sha256: sha256('warning\n'), bytes: 8, lines: 1 });
    expect(gunzipSync(await readFile(path('stdout'))).toString()).toBe('one\ntwo\nlast');
    expect((await stat(path('stdout'))).mode & 0o777).toBe(0o600);
    expect(await readOutput(data, stdout.file)).toEqual({ text: 'one\ntwo\nlast', complete: true });
    expect(await readOutput(data, stdout.file, 5)).toEqual({ text: 'one\nt', complete: false });
    expect(shown.join('')).toBe('stdout:one\nstderr:warning\nstdout:two\nstdout:last');
  });

  it('puts characters together that came in parts, and marks what is no UTF-8', async () => {
    const { write, finish } = keeper();
    const bytes = Buffer.concat([Buffer.from('\u{bcf5}\u{5fa9}\u{1f600}'), Buffer.from([0xff, 0x0a])]);
    for (const byte of bytes) write('stdout', Buffer.from([byte]));
    const { stdout } = await finish();
    expect(stdout.tail).toBe('\u{bcf5}\u{5fa9}\u{1f600}\u{fffd}\n');
  });

  it('keeps what a terminal would obey, and shows none of it', async () => {
    const { write, finish, shown } = keeper();
    const wild =
      '\u001b[31mred\u001b[0m \u001b]0;title\u0007x\u001b]52;c;aGk=\u001b\\y\u009b2Jz\u0008\u202eabc\r\n 10 %\r 20 %\r\n';
    write('stdout', Buffer.from(wild));
    const { stdout } = await finish();
    expect((await readOutput(data, stdout.file)).text).toBe(wild);
    expect(shown).toEqual(['stdout:red xyzabc\n 20 %\n']);
    expect(stdout.tail).toBe('red xyzabc\n 20 %\n');
  });

  it('writes anew what a crash left', async () => {
    const first = keepOutput({ dataDirectory: data, run: 'r', name: 'again', redact: redactor([]) });
    first.write('stdout', Buffer.alloc(2_000_000, 'abc\n'));
    const second = keepOutput({ dataDirectory: data, run: 'r', name: 'again', redact: redactor([]) });
    second.write('stdout', Buffer.from('whole\n'));
    const { stdout } = await second.finish();
    expect((await readOutput(data, stdout.file)).text).toBe('whole\n');
    await first.finish();
  });

  it('of no output there is no file, also none that a crash left', async () => {
    const { finish, path } = keeper();
    await mkdir(dirname(path('stderr')), { recursive: true });
    await writeFile(path('stderr'), 'of an earlier life');
    const { stdout, stderr } = await finish();
    expect([stdout.bytes, stderr.bytes]).toEqual([0, 0]);
    await expect(stat(path('stdout'))).rejects.toThrow('ENOENT');
    await expect(stat(path('stderr'))).rejects.toThrow('ENOENT');
  });

  it('says where it stopped keeping', async () => {
    const { write, finish } = keeper([], { bytes: 1000 });
    for (let line = 0; line < 1000; line += 1) write('stdout', Buffer.from(`line ${line}\n`));
    const { stdout } = await finish();
    expect(stdout.bytes).toBeLessThan(1100);
    expect(stdout.tail.endsWith('[output beyond 1000 bytes is not kept]\n')).toBe(true);
  });

  it('tells of a disk that takes nothing when it is finished, and not before', async () => {
    const keep = keepOutput({ dataDirectory: '/dev/null/nowhere', run: 'r', name: 's', redact: redactor([]) });
    keep.write('stdout', Buffer.alloc(2_000_000, 'x\n'));
    await expect(keep.finish()).rejects.toMatchObject({ code: 'output-not-kept' });
  });

  it('never leaves the directory of outputs, whatever a step is called', () => {
    for (const name of ['../../etc/passwd', '..', '/', 'a/b', '\u0000', 'x'.repeat(500), '\u{bcf5}'.repeat(90)]) {
      const file = outputFile('run/left', name, 'stdout');
      expect(file).toMatch(/^outputs\/run\/left\/[^/]+\.stdout\.gz$/);
      expect(Buffer.byteLength(file)).toBeLessThan(200);
    }
    expect(outputFile('r', 'a/b', 'stdout')).not.toBe(outputFile('r', 'a_b', 'stdout'));
  });

  it('leaves no planted secret in a file, in what is shown, in the tail or in the hash, however it was cut', async () => {
    const secret = fc
      .string({ minLength: 4, maxLength: 30, unit: 'binary' })
      .map((one) => `${one.replaceAll(/[[\]\r]/g, '_')}^`);
    await fc.assert(
      fc.asyncProperty(secret, fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 30 }), async (planted, sizes) => {
        const { write, finish, shown, path } = keeper([planted]);
        const bytes = Buffer.from(`before ${planted} between\n${planted}${planted}\nafter\n`);
        let at = 0;
        for (const size of sizes) {
          write('stdout', bytes.subarray(at, at + size));
          at += size;
        }
        write('stdout', bytes.subarray(at));
        const { stdout } = await finish();
        const kept = gunzipSync(await readFile(path('stdout'))).toString();
        // Binary strings are well formed, so nothing is lost in UTF-8.
        expect(kept.includes(planted)).toBe(false);
        expect(shown.join('').includes(planted)).toBe(false);
        expect(stdout.tail.includes(planted)).toBe(false);
        expect(stdout.sha256).toBe(sha256(kept));
        expect(kept).toBe(redactor([planted])(bytes.toString()));
      }),
      { numRuns: 200 },
    );
  });

  it('takes 300,000 lines in its stride', async () => {
    const { write, finish } = keeper(['correct-horse-battery']);
    const begun = performance.now();
    for (let line = 0; line < 300_000; line += 1) {
      write(
        'stdout',
        Buffer.from(`2026-11-20T02:00:03Z INFO worker ${line % 16} processed batch ${line} \u{bc31}\u{c5c5}\n`),
      );
    }
    const { stdout } = await finish();
    expect(stdout.lines).toBe(300_000);
    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});
