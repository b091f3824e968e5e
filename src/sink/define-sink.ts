import { Subject } from 'rxjs';
import type { LiveHeartRateError } from '../errors.js';
import type { HeartRateSample } from '../sample/index.js';
import { createBacklog } from './backlog.js';
import { Deque } from './deque.js';
import { BufferOverflowError, DeliveryFailedError, SinkClosedError } from './errors.js';
import { type Prepared, preparer } from './prepare.js';
import { asError } from './send-batch.js';
import { createSender, type Done } from './sender.js';
import type { Settlement, Sink, SinkService } from './sink.js';
import { checkService, type SinkOptions, settingsOf } from './sink-options.js';
import { openSpool } from './spool/open-spool.js';
import { noSpool } from './spool/spool.js';
import { createWaiters } from './waiters.js';
import { LONGEST_TIMER } from './within.js';

/** How long flush() and close() wait, milliseconds; with a spool nothing is lost by an early end. */
const PATIENCE = 30_000;
const PATIENCE_SPOOL = 5_000;
const NOW: Promise<void> = /* @__PURE__ */ Promise.resolve();

/**
 * Makes a sink of a service: batches by count, bytes and time, keeps the samples of a key in order, sends those of
 * different keys at the same time, retries with full-jitter back-off only what failed, goes slower where it is
 * throttled, keeps what waits within bounds, on the disk if asked, and settles every sample.
 *
 * Delivery is at least once: after an answer that was lost, or a crash, a sample may arrive again. Its identity,
 * session and sequence, tells.
 *
 * @param service - Its limits, and how to send a batch.
 * @param options - Latency, capacity, spool, retry and key.
 * @returns The sink, ready for {@link sendTo}.
 * @throws {@link InvalidArgumentError} where an option is out of its range; {@link SpoolError} where the spool cannot
 *   be used, or belongs to another process.
 *
 * @example
 * ```ts
 * import { lastValueFrom, take } from 'rxjs';
 * import { defineSink, heartRate, sendTo } from 'liveheartrate';
 * import { simulatedCentral } from 'liveheartrate/simulator';
 *
 * let delivered = 0;
 * const counter = defineSink({
 *   name: 'counter',
 *   limits: { records: 100, bytes: 100_000, recordBytes: 1_000 },
 *   send: async (records) => {
 *     delivered += records.length;
 *     return records.map(() => undefined);
 *   },
 * });
 * await lastValueFrom(heartRate(simulatedCentral({ speed: 100 })).pipe(take(3), sendTo(counter)));
 * delivered; // => 3
 * counter.stats().delivered; // => 3
 * ```
 */
export function defineSink(service: SinkService, options: SinkOptions = {}): Sink {
  checkService(service);
  const settings = settingsOf(options);
  const { capacity, overflow } = settings;
  const stores = settings.spool !== undefined;
  const settled$ = new Subject<Settlement>();
  const errors$ = new Subject<LiveHeartRateError>();
  const onError = (error: LiveHeartRateError) => errors$.next(error);

  const prepare = preparer(service.limits, settings.partitionKey);
  const spool =
    settings.spool === undefined ? noSpool() : openSpool(settings.spool, service.name, { onError });
  const sender = createSender(service, settings, { onDone, onError });
  const backlog = createBacklog({
    ...{ spool, stores, capacity, prepare, onError },
    onReady: sender.add,
    onUnusable: drop,
    onRoom: release,
  });
  /** What waits for room, where `overflow` is `wait`. */
  const door = new Deque<{ readonly prepared: Prepared; readonly enter: () => void }>();
  const waiters = createWaiters();
  /** One for all: a stack each time would say nothing, and costs much in an outage. */
  const overflowed = new BufferOverflowError(capacity);
  let closing: Promise<void> | undefined;
  let ended = false;
  let crowded = false;
  const counts = { delivered: 0, dropped: 0 };

  function accept(sample: HeartRateSample): Promise<void> {
    let prepared: Prepared;
    try {
      // The spool takes samples up to the end, so that a program that is stopped loses none.
      if (ended || (closing && !stores)) throw new SinkClosedError(service.name);
      prepared = prepare(sample);
    } catch (error) {
      drop(sample, asError(error));
      return NOW;
    }
    if (overflow === 'spool' || (backlog.size < capacity && door.length === 0)) return admit(prepared);
    if (overflow === 'wait' && door.length < capacity)
      return new Promise((enter) => door.push({ prepared, enter }));
    const evicted = overflow === 'drop-oldest' ? backlog.evict() : undefined;
    if (evicted) sender.drop(evicted);
    const stored = evicted && admit(prepared);
    // Last, since a subscriber may well hand in another sample. What is in flight may already be delivered: where
    // everything is, the new sample is the one to go.
    drop((evicted ?? prepared).sample, overflowed);
    return stored ?? NOW;
  }

  function admit(prepared: Prepared): Promise<void> {
    try {
      const stored = backlog.add(prepared);
      noteCrowd();
      return stored;
    } catch (error) {
      drop(prepared.sample, asError(error));
      return NOW;
    }
  }

  /** Where it becomes crowded, nothing waits any longer for others to go with it. */
  function noteCrowd(): void {
    if (crowded === backlog.size >= capacity / 2) return;
    crowded = !crowded;
    sender.crowd(crowded);
  }

  function onDone(done: readonly Done[]): void {
    backlog.remove(done.map(({ entry }) => entry));
    for (const { entry, error } of done) {
      if (error) drop(entry.sample, error);
      else {
        counts.delivered++;
        settled$.next({ outcome: 'delivered', sample: entry.sample });
      }
    }
    release();
  }

  function drop(sample: HeartRateSample, error: LiveHeartRateError): void {
    counts.dropped++;
    settled$.next({ outcome: 'dropped', sample, error });
  }

  /** Lets in what waits for room, and wakes whoever waits for the end of something. */
  function release(): void {
    noteCrowd();
    while (door.length > 0 && backlog.size < capacity) {
      const next = door.shift();
      if (next) admit(next.prepared).then(next.enter);
    }
    waiters.wake(backlog.size + door.length > 0 ? backlog.settledTo : Infinity);
  }

  async function flush(timeout = stores ? PATIENCE_SPOOL : Infinity): Promise<void> {
    if (ended) return;
    const number = backlog.next - 1 + door.length;
    const settled = waiters.wait(number, timeout);
    sender.hurry(number);
    release();
    await settled;
  }

  async function end(): Promise<void> {
    const flushed = flush(Infinity);
    sender.resume(); // There is no time for pauses.
    await flushed;
    ended = true;
    sender.stop();
    const late = `The sink ${service.name} was closed before the sample was delivered.`;
    for (const sample of await backlog.close()) drop(sample, new DeliveryFailedError(late));
    for (let next = door.shift(); next; next = door.shift()) {
      drop(next.prepared.sample, new DeliveryFailedError(late));
      next.enter();
    }
    settled$.complete();
    errors$.complete();
  }

  return {
    name: service.name,
    settled$: settled$.asObservable(),
    errors$: errors$.asObservable(),
    accept,
    flush,
    close(timeout = stores ? PATIENCE_SPOOL : PATIENCE) {
      closing ??= end();
      // Each call has a say in how long that takes.
      const timer = setTimeout(() => waiters.wake(Infinity), Math.min(timeout, LONGEST_TIMER));
      return closing.finally(() => clearTimeout(timer));
    },
    stats() {
      const unsettled = backlog.size + door.length;
      const { oldest } = backlog;
      return {
        ...sender.counts,
        ...counts,
        accepted: counts.delivered + counts.dropped + unsettled,
        unsettled,
        oldestAge:
          unsettled > 0 && oldest ? performance.now() - oldest.acceptedAt + oldest.storedFor : undefined,
        spoolBytes: spool.bytes,
      };
    },
  };
}
