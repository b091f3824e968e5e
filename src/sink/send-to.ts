import { type MonoTypeOperatorFunction, Observable, Subject, takeUntil } from 'rxjs';
import type { HeartRateSample } from '../sample/index.js';
import { DeliveryRejectedError, SinkClosedError } from './errors.js';
import type { Sink } from './sink.js';

/**
 * Hands each sample to a sink and passes it on. Completes, or errors, only after everything accepted is settled; with a
 * spool, after five seconds at the latest, since what is left stays on the disk. Errors with a
 * {@link DeliveryRejectedError} as soon as the sink meets something that cannot succeed, such as a stream that does not
 * exist, and with a {@link SinkClosedError} when it is closed; other drops, those of a source faster than the sink
 * among them, show in {@link Sink.settled$}, and what passes by itself in {@link Sink.errors$}. Unsubscribing leaves
 * the sink to deliver what it has. The sink stays open, so that several operators can share it.
 *
 * @param sink - Where the samples go.
 * @returns An operator that passes every sample through unchanged.
 *
 * @example
 * ```ts
 * import { lastValueFrom, take } from 'rxjs';
 * import { heartRate, sendTo } from 'liveheartrate';
 * import { fileSink } from 'liveheartrate/file';
 * import { simulatedCentral } from 'liveheartrate/simulator';
 *
 * const samples$ = heartRate(simulatedCentral({ speed: 100 })).pipe(take(5), sendTo(fileSink({ path: 'ride.jsonl' })));
 * const last = await lastValueFrom(samples$);
 * last.sequence; // => 4
 * ```
 */
export function sendTo(sink: Sink): MonoTypeOperatorFunction<HeartRateSample> {
  return (source) =>
    new Observable((subscriber) => {
      const ended$ = new Subject<void>();
      subscriber.add(() => ended$.next());
      let ending = false;
      const settleAll = (then: () => void) => {
        ending = true;
        sink.flush().then(then);
      };

      sink.settled$.pipe(takeUntil(ended$)).subscribe({
        next: (settlement) => {
          if (settlement.outcome === 'dropped' && settlement.error instanceof DeliveryRejectedError) {
            subscriber.error(settlement.error);
          }
        },
        complete: () => {
          if (!ending && !subscriber.closed) subscriber.error(new SinkClosedError(sink.name));
        },
      });
      // A service that refuses everything settles nothing where a spool keeps the samples.
      sink.errors$.pipe(takeUntil(ended$)).subscribe((error) => {
        if (error instanceof DeliveryRejectedError) subscriber.error(error);
      });
      if (subscriber.closed) return;
      source.pipe(takeUntil(ended$)).subscribe({
        next: (sample) => {
          sink.accept(sample);
          subscriber.next(sample);
        },
        error: (error: unknown) => settleAll(() => subscriber.error(error)),
        complete: () => settleAll(() => subscriber.complete()),
      });
    });
}
