import { posix } from 'node:path';
import { HoldfastError } from '../../errors/holdfast-error.ts';
import type { StoredOutput } from '../../evidence/procedure-model.ts';
import { sha256 } from '../../lib/hash.ts';
import { plainText } from '../../lib/plain-text.ts';
import type { Redact } from '../../lib/redact.ts';
import { RedactStream } from '../../lib/redact-stream.ts';
import { StoredFile } from './stored-file.ts';

export type Stream = 'stdout' | 'stderr';

export interface KeepOutput {
  readonly dataDirectory: string;
  /** Id of the run: a directory under `outputs`. */
  readonly run: string;
  /** Step, with its target where there are several: `s3`, `s3@db1`. */
  readonly name: string;
  readonly redact: Redact;
  /** Whole lines for people, redacted and without what a terminal would obey; the last may lack its end. */
  readonly onLines?: (stream: Stream, text: string) => void;
  readonly limits?: {
    /** Bytes kept of each stream; default 4 GiB. What is beyond is shown and not kept, and the file says so. */
    readonly bytes?: number;
  };
}

export interface OutputKeeper {
  /** Raw bytes as they came. Never throws: a disk that is full is told by `finish`. */
  write(stream: Stream, chunk: Buffer): void;
  /** Everything is on disk. Errors: `output-not-kept`. */
  finish(): Promise<{ readonly stdout: StoredOutput; readonly stderr: StoredOutput }>;
}

const defaultBytes = 4 * 1024 ** 3;

/**
 * Keeps what a command says: bytes in, text out. What is no UTF-8 becomes U+FFFD. Secrets are masked before anything is hashed,
 * written or shown, also where a secret came in parts. A crash leaves a part of the files; whoever attaches to the command again
 * gets its output from the beginning and writes them anew.
 */
export function keepOutput(request: KeepOutput): OutputKeeper {
  const streams = { stdout: new KeptStream(request, 'stdout'), stderr: new KeptStream(request, 'stderr') };
  return {
    write: (stream, chunk) => streams[stream].write(chunk),
    async finish() {
      const stdout = streams.stdout.finish();
      const stderr = streams.stderr.finish();
      for (const { problem } of [stdout, stderr]) {
        if (problem !== undefined) throw new HoldfastError('output-not-kept', problem);
      }
      return { stdout: stdout.stored, stderr: stderr.stored };
    },
  };
}

class KeptStream {
  readonly #stream: Stream;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #redacted: RedactStream;
  readonly #file: StoredFile;
  readonly #path: string;
  readonly #onLines: KeepOutput['onLines'];
  #problem: string | undefined;

  constructor(request: KeepOutput, stream: Stream) {
    this.#stream = stream;
    this.#redacted = new RedactStream(request.redact);
    this.#path = outputFile(request.run, request.name, stream);
    this.#file = new StoredFile(request.dataDirectory, this.#path, request.limits?.bytes ?? defaultBytes);
    this.#onLines = request.onLines;
  }

  write(chunk: Buffer): void {
    this.#take(this.#redacted.push(this.#decoder.decode(chunk, { stream: true })));
  }

  finish(): { readonly stored: StoredOutput; readonly problem: { file: string; reason: string } | undefined } {
    this.#take(this.#redacted.push(this.#decoder.decode()) + this.#redacted.end());
    let stored: StoredOutput = { file: this.#path, sha256: '', bytes: 0, lines: 0, tail: '' };
    this.#guarded(() => {
      stored = this.#file.finish();
    });
    const problem = this.#problem === undefined ? undefined : { file: this.#path, reason: this.#problem };
    return { stored: { ...stored, tail: plainText(stored.tail) }, problem };
  }

  #take(text: string): void {
    if (text === '') return;
    this.#guarded(() => this.#file.write(text));
    const shown = this.#onLines === undefined ? '' : plainText(text);
    if (shown !== '') this.#onLines?.(this.#stream, shown);
  }

  #guarded(act: () => void): void {
    if (this.#problem !== undefined) return;
    try {
      act();
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
      this.#file.close();
    }
  }
}

/** Path within the data directory. A name that is no plain file name is written as one, and stays apart from all others by its hash. */
export function outputFile(run: string, name: string, stream: Stream): string {
  return posix.join('outputs', ...run.split('/').map(fileName), `${fileName(name)}.${stream}.gz`);
}

function fileName(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N}._@#=-]/gu, '_').replace(/^\.+/, '_');
  if (plain === name && Buffer.byteLength(name) <= 120) return name;
  return `${[...plain].slice(0, 30).join('')}-${sha256(name).slice(0, 12)}`;
}
