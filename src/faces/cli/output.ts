/** A stream that text goes to. The terminal facts are read when they are needed: they change. */
export interface Sink {
  write(text: string): void;
  /** Resolves when everything written has left, or when the reader is gone. */
  flushed(): Promise<void>;
  readonly isTerminal: boolean;
  /** Columns of the terminal; 80 without one. */
  readonly columns: number;
}

/**
 * A sink that survives its reader: `holdfast runs list | head` ends quietly, and a drill whose output nobody reads any more
 * still goes on to its end.
 */
export function sinkFor(stream: NodeJS.WriteStream): Sink {
  let closed = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    closed = true;
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED' && error.code !== 'EIO') throw error;
  });
  return {
    write(text) {
      if (!closed) stream.write(text);
    },
    async flushed() {
      if (closed || stream.writableLength === 0) return;
      await new Promise<void>((resolve) => {
        stream.once('error', () => resolve());
        stream.write('', () => resolve());
      });
    },
    get isTerminal() {
      return stream.isTTY === true;
    },
    get columns() {
      // A terminal that nobody gave a size says 0.
      return stream.columns === undefined || stream.columns === 0 ? 80 : stream.columns;
    },
  };
}
