import { lastValueFrom, Observable, Subject, type Subscriber, takeUntil, timer } from 'rxjs';
import { InvalidArgumentError } from '../errors.js';
import type { HeartRateSample, MalformedSampleError } from '../sample/index.js';
import { checkPath, type RecordingError } from './errors.js';
import { readLines } from './read-lines.js';
import { sampleReader } from './sample-reader.js';
import { timeline } from './timeline.js';

/** How a recording is replayed. */
export interface ReplayOptions {
  /** How many times as fast as it was recorded; `Infinity` is as fast as it can be read. Default 1. */
  readonly speed?: number;
  /**
   * Called with each line that is not a sample, such as a last one that is cut off, and with each `packet` that is not
   * hexadecimal, whose sample comes without it. Default: a warning on the console, without the payload.
   */
  readonly onMalformed?: (error: MalformedSampleError) => void;
  /**
   * Called with each sample after it was emitted; the next one waits for the promise. For what takes samples slower than
   * a file is read, such as `sink.accept`. Default: nothing is waited for.
   */
  readonly hold?: (sample: HeartRateSample) => Promise<unknown>;
}

/**
 * The samples of a file, as {@link record} or any other writer of the wire format wrote them, one JSON object a line;
 * each with its packet where that was recorded. They come in the order of the file, spaced as their timestamps are. A
 * new session, or a step back in time, comes without waiting. Cold: each subscription reads the file from its
 * beginning, no faster than its samples are due, so a file may have any size.
 *
 * Lines of older producers, which know only time and rate, become samples of the sensor `recording` and of one random
 * session, numbered from 0. A line that is not a sample, or longer than 1 MiB, is reported and left out.
 *
 * @param path - Path of the file.
 * @param options - How fast, and what happens to lines that are no samples.
 * @returns The samples; completes at the end of the file. Errors with a {@link RecordingError} where the file cannot be
 *   read, and with what `onMalformed` throws. Unsubscribing closes the file.
 * @throws `InvalidArgumentError` where there is no path, or the speed is not positive.
 *
 * @example
 * ```ts
 * import { lastValueFrom, take, toArray } from 'rxjs';
 * import { heartRate, packetOf } from 'liveheartrate';
 * import { record, replay } from 'liveheartrate/recording';
 * import { simulatedCentral } from 'liveheartrate/simulator';
 *
 * const samples$ = heartRate(simulatedCentral({ speed: 1_000 }));
 * const recorded = await lastValueFrom(samples$.pipe(take(3), record('ride.jsonl'), toArray()));
 * const replayed = await lastValueFrom(replay('ride.jsonl', { speed: Number.POSITIVE_INFINITY }).pipe(toArray()));
 * replayed; // => recorded
 * replayed.map(packetOf); // => recorded.map(packetOf)
 * ```
 */
export function replay(path: string, options: ReplayOptions = {}): Observable<HeartRateSample> {
  const { speed = 1, onMalformed = warn, hold } = options;
  checkPath(path);
  if (typeof speed !== 'number' || !(speed > 0))
    throw new InvalidArgumentError(`speed must be a positive number, but is ${speed}.`);

  return new Observable((subscriber) => {
    play(path, { speed, onMalformed, hold }, subscriber).then(
      () => subscriber.complete(),
      (error: unknown) => subscriber.error(error),
    );
  });
}

/** The options with their defaults. */
type Settings = Required<Omit<ReplayOptions, 'hold'>> & { readonly hold: ReplayOptions['hold'] };

async function play(
  path: string,
  { speed, onMalformed, hold }: Settings,
  subscriber: Subscriber<HeartRateSample>,
): Promise<void> {
  const ended$ = new Subject<void>();
  subscriber.add(() => ended$.next());
  const read = sampleReader(onMalformed);
  const dueTime = timeline(speed);

  for await (const lines of readLines(path)) {
    for (const line of lines) {
      if (subscriber.closed) return;
      for (const sample of read(line)) {
        const due = dueTime(sample);
        for (let left = due - performance.now(); left > 0; left = due - performance.now()) {
          await pause(Math.min(left, LONGEST_TIMER), ended$);
          if (subscriber.closed) return;
        }
        subscriber.next(sample);
        if (hold) await hold(sample);
        if (subscriber.closed) return;
      }
    }
  }
}

/** The longest time that a timer takes, milliseconds: one that is longer goes off at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

const pause = (milliseconds: number, ended$: Observable<void>) =>
  lastValueFrom(timer(milliseconds).pipe(takeUntil(ended$)), { defaultValue: undefined });

const warn = (error: MalformedSampleError) => console.warn(`liveheartrate: ${error.code}: ${error.message}`);
