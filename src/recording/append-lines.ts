import { type FileHandle, open } from 'node:fs/promises';
import { fromFileError, RecordingError } from './errors.js';

/** A file that takes lines. */
export interface LineFile {
  /** Takes a line, which goes into the file as soon as those before it are there. */
  append(line: string): void;
  /** Lets go of the file when every line is in it. */
  close(): void;
  /** Settles when the file is closed; rejects with a {@link RecordingError} where some line did not get into it. */
  readonly closed: Promise<void>;
}

/** How many characters may wait for the disk: more than half a day of one sensor, and no burden to a small computer. */
const WAITING_MAX = 16 * 2 ** 20;

/** Opens a file and appends lines to it without ever blocking the process, which has a sensor to listen to. */
export function appendLines(path: string): LineFile {
  let waiting = '';
  let closing = false;
  let wake = () => {};

  async function run(): Promise<void> {
    const file = await open(path, 'a+', 0o600);
    try {
      // A torn line, of a process that was killed or a disk that was full, must not take the next one along.
      if (await endsWithinLine(file)) waiting = `\n${waiting}`;
      for (;;) {
        if (waiting !== '') {
          const lines = waiting;
          waiting = '';
          await file.appendFile(lines);
        } else if (closing) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      await file.close();
    }
  }

  return {
    append(line) {
      if (waiting.length + line.length > WAITING_MAX) {
        const message = `The recording ${path} falls behind: the disk is too slow for so many samples. Use a faster one.`;
        throw new RecordingError(message);
      }
      waiting += line;
      wake();
    },
    close() {
      closing = true;
      wake();
    },
    closed: run().catch((error: unknown) => {
      throw fromFileError(error, path, 'written');
    }),
  };
}

const NEWLINE = 0x0a;

async function endsWithinLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== NEWLINE;
}
