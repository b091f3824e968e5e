import { type FileHandle, open } from 'node:fs/promises';
import { InvalidArgumentError } from '../errors.js';
import {
  DeliveryFailedError,
  DeliveryRejectedError,
  defineSink,
  type Sink,
  type SinkOptions,
} from '../sink/index.js';

/** Which file. */
export interface FileSinkOptions extends Omit<SinkOptions, 'partitionKey'> {
  /** Path of the file. It is made where it does not exist, with access for its owner alone, and appended to where it does. */
  readonly path: string;
}

const limits = { records: 10_000, bytes: 8 * 2 ** 20, recordBytes: 2 ** 20 };

/** Errors of the file system that pass by themselves, or once there is room again. */
const PASSING = new Set(['EAGAIN', 'EBUSY', 'EDQUOT', 'EINTR', 'EMFILE', 'ENFILE', 'ENOSPC']);

/**
 * Appends samples to a file, one JSON object a line: what `parseSamples` reads.
 *
 * @param options - Which file, and what every sink lets its user set.
 * @returns The sink, ready for `sendTo`. A path that cannot be written to settles the samples as dropped with a
 *   `DeliveryRejectedError`.
 * @throws `InvalidArgumentError` where there is no path.
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 * import { lastValueFrom, take } from 'rxjs';
 * import { heartRate, parseSamples, sendTo } from 'liveheartrate';
 * import { fileSink } from 'liveheartrate/file';
 * import { simulatedCentral } from 'liveheartrate/simulator';
 *
 * const sink = fileSink({ path: 'walk.jsonl' });
 * await lastValueFrom(heartRate(simulatedCentral({ speed: 100 })).pipe(take(3), sendTo(sink)));
 * parseSamples(await readFile('walk.jsonl')).samples.length; // => 3
 * ```
 */
export function fileSink({ path, ...options }: FileSinkOptions): Sink {
  if (typeof path !== 'string' || path === '')
    throw new InvalidArgumentError('path must be the path of a file.');
  const name = `file ${path}`;
  /** Whether the file ends with a whole line; unknown before the first and after each failed write. */
  let whole = false;

  async function append(data: Buffer): Promise<void> {
    const file = await open(path, 'a+', 0o600);
    try {
      // A torn line, of a process that was killed or a disk that was full, must not take the next one along.
      const torn = !whole && (await endsWithinLine(file));
      whole = false;
      await file.appendFile(torn ? Buffer.concat([NEWLINE, data]) : data);
      whole = true;
    } finally {
      await file.close();
    }
  }

  return defineSink(
    {
      name,
      limits,
      async send(records) {
        try {
          await append(Buffer.concat(records.map(({ data }) => data)));
        } catch (error) {
          throw fromFileError(error, name);
        }
        return records.map(() => undefined);
      },
    },
    options,
  );
}

const NEWLINE = Buffer.from('\n');

async function endsWithinLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return !buffer.equals(NEWLINE);
}

function fromFileError(error: unknown, name: string): DeliveryFailedError | DeliveryRejectedError {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  return PASSING.has(code)
    ? new DeliveryFailedError(`The ${name} cannot be written now (${code}).`, { cause: error })
    : new DeliveryRejectedError(
        `The ${name} cannot be written (${code}). Check that its folder exists, and that this process may write to it.`,
        {
          cause: error,
        },
      );
}
