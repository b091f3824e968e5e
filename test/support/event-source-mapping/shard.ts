import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { KinesisStreamRecord } from 'aws-lambda';
import type { Clock } from './clock.ts';

/** How records become batches. */
export interface Batching {
  /** Most records of a batch. */
  readonly batchSize: number;
  /** How long to gather records for a batch, milliseconds. */
  readonly window: number;
}

/** What an invocation may be given, bytes of JSON. */
const PAYLOAD_LIMIT = 6 * 2 ** 20;
const ENVELOPE = Buffer.byteLength(JSON.stringify({ Records: [] }));

/** Which of the concurrent batches of a shard the records of a key are in: always the same. */
export const laneOf = (partitionKey: string, lanes: number): number =>
  createHash('md5').update(partitionKey).digest().readUInt32BE() % lanes;

/** The records of a shard that are processed one batch after the other, in order. */
export class Lane {
  readonly #batching: Batching;
  readonly #clock: Clock;
  readonly #waiting: { readonly record: KinesisStreamRecord; readonly bytes: number }[] = [];
  readonly #arrivals = new EventEmitter();

  constructor(batching: Batching, clock: Clock) {
    this.#batching = batching;
    this.#clock = clock;
  }

  put(record: KinesisStreamRecord): void {
    this.#waiting.push({ record, bytes: Buffer.byteLength(JSON.stringify(record)) + 1 });
    this.#arrivals.emit('record');
  }

  /** The next batch: as soon as it is full, or the window is over. Empty where the signal is aborted. */
  async next(signal: AbortSignal): Promise<KinesisStreamRecord[]> {
    while (this.#waiting.length === 0 && !signal.aborted) await this.#another(signal);
    const { window } = this.#batching;
    const end = this.#clock.now() + window;
    for (let left = window; left > 0 && !this.#fitting().full; left = end - this.#clock.now()) {
      if (signal.aborted) break;
      const over = new AbortController();
      const either = AbortSignal.any([signal, over.signal]);
      await Promise.race([this.#another(either), this.#clock.sleep(left, either)]);
      over.abort();
    }
    return signal.aborted ? [] : this.#waiting.splice(0, this.#fitting().count).map(({ record }) => record);
  }

  #another(signal: AbortSignal): Promise<unknown> {
    return once(this.#arrivals, 'record', { signal }).catch(() => undefined);
  }

  /** How many of the waiting records go in one batch, and whether no further one would. */
  #fitting(): { count: number; full: boolean } {
    let [count, bytes] = [0, ENVELOPE];
    for (const waiting of this.#waiting) {
      bytes += waiting.bytes;
      // The first goes anyway: it will not become smaller.
      if (count > 0 && bytes > PAYLOAD_LIMIT) return { count, full: true };
      if (++count === this.#batching.batchSize) return { count, full: true };
    }
    return { count, full: false };
  }
}
