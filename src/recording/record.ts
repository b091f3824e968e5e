import { type MonoTypeOperatorFunction, Observable, Subject, takeUntil } from 'rxjs';
import { toHex } from '../profile/bytes.js';
import { type HeartRateSample, packetOf, toDocument } from '../sample/index.js';
import { appendLines } from './append-lines.js';
import { checkPath, type RecordingError } from './errors.js';

/**
 * Writes each sample to a file and passes it on: the wire format, one JSON object a line, and with it the raw packet
 * as hexadecimal digits in `packet`. The file is what {@link replay} reads, and `parseSamples` too.
 *
 * Each line is handed to the operating system at once, so that a process that is killed loses no more than what it
 * is just writing. Completes, or errors, only after the file is closed. Unsubscribing writes what is left and closes
 * the file: to wait for that, limit the samples before they are recorded, as below. A file that fails when nobody is
 * subscribed any more is a warning on the console.
 *
 * @param path - Path of the file. It is made where it does not exist, with access for its owner alone, and appended to
 *   where it does; each subscription opens it anew.
 * @returns An operator that passes every sample through unchanged. Errors with a {@link RecordingError} where the file
 *   cannot be written, or the disk is so slow that 16 MiB wait for it, and with an `InvalidArgumentError` where the
 *   wire format has no way to write a sample.
 * @throws `InvalidArgumentError` where there is no path.
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 * import { lastValueFrom, take } from 'rxjs';
 * import { heartRate, parseSamples } from 'liveheartrate';
 * import { record } from 'liveheartrate/recording';
 * import { simulatedCentral } from 'liveheartrate/simulator';
 *
 * const samples$ = heartRate(simulatedCentral({ speed: 1_000 }));
 * await lastValueFrom(samples$.pipe(take(3), record('ride.jsonl')));
 * parseSamples(await readFile('ride.jsonl')).samples.length; // => 3
 * ```
 */
export function record(path: string): MonoTypeOperatorFunction<HeartRateSample> {
  checkPath(path);
  return (source) =>
    new Observable((subscriber) => {
      const file = appendLines(path);
      file.closed.catch((failure: RecordingError) => {
        if (subscriber.closed) console.warn(`liveheartrate: ${failure.code}: ${failure.message}`);
        else subscriber.error(failure);
      });
      /** Ends with the file; where that fails, its error has ended the subscriber before. */
      const closeFile = (end: () => void) => {
        file.close();
        file.closed.then(end, () => {});
      };

      const ended$ = new Subject<void>();
      subscriber.add(() => {
        ended$.next();
        file.close();
      });
      source.pipe(takeUntil(ended$)).subscribe({
        next: (sample) => {
          try {
            file.append(lineOf(sample));
          } catch (error) {
            subscriber.error(error);
            return;
          }
          subscriber.next(sample);
        },
        error: (error: unknown) => closeFile(() => subscriber.error(error)),
        complete: () => closeFile(() => subscriber.complete()),
      });
    });
}

function lineOf(sample: HeartRateSample): string {
  const packet = packetOf(sample);
  return `${JSON.stringify({ ...toDocument(sample), packet: packet && toHex(packet) })}\n`;
}
