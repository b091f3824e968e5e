import { appendFile } from 'node:fs/promises';
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
  const name = `file ${path}`;
  return defineSink(
    {
      name,
      limits,
      async send(records) {
        try {
          await appendFile(path, Buffer.concat(records.map(({ data }) => data)), { mode: 0o600 });
        } catch (error) {
          const { code = 'unknown error' } = error as NodeJS.ErrnoException;
          if (PASSING.has(code))
            throw new DeliveryFailedError(`The ${name} cannot be written now (${code}).`, { cause: error });
          throw new DeliveryRejectedError(
            `The ${name} cannot be written (${code}). Check the path and its permissions.`,
            {
              cause: error,
            },
          );
        }
        return records.map(() => undefined);
      },
    },
    options,
  );
}
