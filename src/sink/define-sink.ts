import { Subject } from 'rxjs';
import { InvalidArgumentError, type LiveHeartRateError } from '../errors.js';
import { type HeartRateSample, serializeSample } from '../sample/index.js';
import { BufferOverflowError, DeliveryFailedError, SampleTooLargeError, SinkClosedError } from './errors.js';
import { asError, LONGEST_TIMER, sendBatch, within } from './send-batch.js';
import type { RecordResult, Settlement, Sink, SinkRecord, SinkService } from './sink.js';

/** What every sink lets its user set. */
export interface SinkOptions {
  /** How long a sample may wait for others to go with it, milliseconds. Default 200. */
  readonly maxLatency?: number;
  /** How many unsettled samples the sink holds; one more drops the oldest. Default 10,000. */
  readonly capacity?: number;
  /** How long a sample is tried again after failures before it settles as dropped, milliseconds. Default 600,000. */
  readonly retryFor?: number;
  /** What keeps samples in order, and spreads them over shards: 1 to 256 characters. Default: the session. */
  readonly partitionKey?: (sample: HeartRateSample) => string;
}

/** Longest pause before the first retry, milliseconds; it doubles with each, up to the longest of all. */
const RETRY_DELAY = 100;
const RETRY_DELAY_MAX = 20_000;

/** One record with a key that a service refuses would take the whole call along. */
const KEY_LENGTH = 256;
const KEY_FAULT = `The partition key of a sample must have 1 to ${KEY_LENGTH} characters.`;

interface Entry {
  readonly sample: HeartRateSample;
  readonly record: SinkRecord;
  readonly bytes: number;
  /** Its number among all accepted samples. */
  readonly number: number;
  readonly acceptedAt: number;
}

/**
 * Makes a sink of a service: batches by count, bytes and time, sends one batch at a time in the order of the samples,
 * retries with full-jitter back-off only what failed, before what came later, and settles every sample. Where a
 * service takes only a part of a batch, what failed arrives behind the rest of it.
 *
 * @param service - Its limits, and how to send a batch.
 * @param options - Latency, capacity, retry and key.
 * @returns The sink, ready for {@link sendTo}.
 * @throws {@link InvalidArgumentError} where an option is out of its range.
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
 * ```
 */
export function defineSink(service: SinkService, options: SinkOptions = {}): Sink {
  const { maxLatency = 200, capacity = 10_000, retryFor = 600_000 } = options;
  const { partitionKey = (sample: HeartRateSample) => sample.session } = options;
  checkRange('maxLatency', maxLatency, 0);
  checkRange('capacity', capacity, 1);
  checkRange('retryFor', retryFor, 0);

  const { limits } = service;
  const recordBytes = Math.min(limits.recordBytes, limits.bytes);
  const settled$ = new Subject<Settlement>();
  const encoder = new TextEncoder();
  /** Every unsettled sample, oldest first; the first `inFlight` of them are being sent. */
  let queue: Entry[] = [];
  let queuedBytes = 0;
  let inFlight = 0;
  let accepted = 0;
  /** Samples up to this number go without waiting for more. */
  let flushTo = 0;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let waiters: { readonly number: number; readonly resolve: () => void }[] = [];

  function accept(sample: HeartRateSample): void {
    if (closed) {
      drop(sample, new SinkClosedError(service.name));
      return;
    }
    let entry: Entry;
    try {
      const record = { key: partitionKey(sample), data: encoder.encode(serializeSample(sample)) };
      const bytes = record.data.length + encoder.encode(record.key).length;
      if (bytes > recordBytes) throw new SampleTooLargeError(bytes, recordBytes);
      if (record.key === '' || record.key.length > KEY_LENGTH) throw new InvalidArgumentError(KEY_FAULT);
      entry = { sample, record, bytes, number: ++accepted, acceptedAt: performance.now() };
    } catch (error) {
      drop(sample, asError(error));
      return;
    }
    queue.push(entry);
    queuedBytes += entry.bytes;
    // What is in flight may already be delivered; where everything is, the new sample is the one to go.
    const [overflow] = queue.length > capacity ? queue.splice(inFlight, 1) : [];
    if (overflow) queuedBytes -= overflow.bytes;
    schedule();
    // Last, since a subscriber may well hand in another sample.
    if (overflow) drop(overflow.sample, new BufferOverflowError(capacity));
  }

  /** Sends now, or sets the timer for when the oldest sample has waited long enough or the pause is over. */
  function schedule(): void {
    const oldest = queue[0];
    if (inFlight > 0 || oldest === undefined) return;
    if (failures > 0) {
      timer ??= setTimeout(
        send,
        Math.random() * Math.min(RETRY_DELAY * 2 ** (failures - 1), RETRY_DELAY_MAX),
      );
    } else if (oldest.number <= flushTo || queue.length >= limits.records || queuedBytes >= limits.bytes) {
      send();
    } else {
      const rest = oldest.acceptedAt + maxLatency - performance.now();
      timer ??= setTimeout(send, Math.min(Math.max(0, rest), LONGEST_TIMER));
    }
  }

  function nextBatch(): Entry[] {
    let bytes = 0;
    const end = queue.findIndex((entry, index) => {
      bytes += entry.bytes;
      return index >= limits.records || bytes > limits.bytes;
    });
    return end === -1 ? queue.slice() : queue.slice(0, end);
  }

  function send(): void {
    clearTimeout(timer);
    timer = undefined;
    const batch = nextBatch();
    inFlight = batch.length;
    const records = batch.map((entry) => entry.record);
    sendBatch(service, records).then((results) => settle(batch, results));
  }

  function settle(batch: readonly Entry[], results: readonly RecordResult[]): void {
    if (queue[0] !== batch[0]) return; // Closed meanwhile: all of it is settled.
    const now = performance.now();
    const mayRetry = (entry: Entry, error: RecordResult) =>
      error?.retriable && now - entry.acceptedAt < retryFor;
    const again = batch.filter((entry, index) => mayRetry(entry, results[index]));
    queue = [...again, ...queue.slice(batch.length)];
    queuedBytes = queue.reduce((sum, entry) => sum + entry.bytes, 0);
    inFlight = 0;
    failures = again.length === 0 ? 0 : again.length < batch.length ? 1 : failures + 1;
    // Only now that all is in place: a subscriber may well hand in another sample.
    batch.forEach((entry, index) => {
      const error = results[index];
      if (!error) settled$.next({ outcome: 'delivered', sample: entry.sample });
      else if (!mayRetry(entry, error)) drop(entry.sample, error);
    });
    wake();
    schedule();
  }

  function drop(sample: HeartRateSample, error: LiveHeartRateError): void {
    settled$.next({ outcome: 'dropped', sample, error });
  }

  function wake(): void {
    const oldest = queue[0]?.number ?? Number.POSITIVE_INFINITY;
    for (const waiter of waiters) if (waiter.number < oldest) waiter.resolve();
    waiters = waiters.filter((waiter) => waiter.number >= oldest);
  }

  function flush(): Promise<void> {
    flushTo = accepted;
    return new Promise((resolve) => {
      waiters.push({ number: accepted, resolve });
      wake();
      schedule();
    });
  }

  async function close(timeout = 30_000): Promise<void> {
    closed = true;
    failures = 0; // There is no time for pauses.
    await within(timeout, flush());
    clearTimeout(timer);
    const left = queue;
    queue = [];
    inFlight = 0;
    for (const { sample } of left) {
      drop(
        sample,
        new DeliveryFailedError(`The sink ${service.name} was closed before the sample was delivered.`),
      );
    }
    wake();
    settled$.complete();
  }

  return { name: service.name, settled$: settled$.asObservable(), accept, flush, close };
}

function checkRange(name: string, value: number, least: number): void {
  if (value >= least) return;
  throw new InvalidArgumentError(`${name} must be a number from ${least}, but is ${value}.`);
}
