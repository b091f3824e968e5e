import type { Observable } from 'rxjs';
import type { LiveHeartRateError } from '../errors.js';
import type { HeartRateSample } from '../sample/index.js';

/** What became of one sample: it settles exactly once. */
export type Settlement =
  | {
      /** It has arrived. */
      readonly outcome: 'delivered';
      /** The sample. */
      readonly sample: HeartRateSample;
    }
  | {
      /** It has been given up. */
      readonly outcome: 'dropped';
      /** The sample. */
      readonly sample: HeartRateSample;
      /** Why. */
      readonly error: LiveHeartRateError;
    };

/** How a sink is doing. Counts are since it was made. */
export interface SinkStats {
  /** Samples taken, those included that its spool still held from before. */
  readonly accepted: number;
  /** Samples that have arrived. */
  readonly delivered: number;
  /** Samples given up. */
  readonly dropped: number;
  /** Samples neither delivered nor dropped, on disk or in memory. */
  readonly unsettled: number;
  /** How long the oldest of these has been waiting, milliseconds; `undefined` where there is none. */
  readonly oldestAge: number | undefined;
  /** How many calls of the service there were, those under way included. */
  readonly calls: number;
  /** Records that failed and were kept, to be sent again. */
  readonly retries: number;
  /** Records that the service throttled. */
  readonly throttles: number;
  /** Bytes that the spool takes on the disk; 0 without a spool. */
  readonly spoolBytes: number;
}

/** Takes samples and settles every one of them. */
export interface Sink {
  /** What it delivers to, for people. */
  readonly name: string;
  /** Every settlement from now on. It completes when the sink is closed. */
  readonly settled$: Observable<Settlement>;
  /**
   * What goes wrong from now on and settles no sample by itself: calls that failed and are tried again, a service that
   * refuses, a spool that cannot be written. It completes when the sink is closed.
   */
  readonly errors$: Observable<LiveHeartRateError>;
  /**
   * Takes one sample. Never throws: what cannot be taken settles as dropped.
   *
   * @param sample - The sample.
   * @returns A promise for sources that can be held back: it resolves when the sample is on the disk, where there is a
   *   spool; when there is room for it, where `overflow` is `wait`; at once otherwise. It never rejects.
   */
  accept(sample: HeartRateSample): Promise<void>;
  /**
   * How it is doing now.
   *
   * @returns The counts of this moment.
   */
  stats(): SinkStats;
  /**
   * Delivers what has been accepted without waiting for more.
   *
   * @param timeout - After how many milliseconds to wait no longer. Default: with a spool, which keeps what is left,
   *   5,000; without one for ever, since each sample has an end of its own.
   * @returns A promise that resolves when everything accepted before the call is settled, or the time is over; it never
   *   rejects.
   */
  flush(timeout?: number): Promise<void>;
  /**
   * Flushes, and takes no more samples; with a spool it takes them until it is closed, and keeps them.
   *
   * @param timeout - After how many milliseconds what is still unsettled stays in the spool, or settles as dropped
   *   where there is none. Default 30,000; with a spool 5,000.
   * @returns A promise that resolves when nothing is left to do; it never rejects.
   */
  close(timeout?: number): Promise<void>;
}

/** What a service takes in one call, and how many calls. */
export interface SinkLimits {
  /** Records in one call. */
  readonly records: number;
  /** Bytes of data and keys in one call. */
  readonly bytes: number;
  /** Bytes of data and key of one record. */
  readonly recordBytes: number;
  /**
   * Records of one key in one call. Default 1: so the samples of a key stay in order, whatever part of a call fails.
   * `Infinity` is for a service that takes the records of a call in order up to the first that fails, or has no order
   * to keep.
   */
  readonly recordsPerKey?: number;
  /** Calls at the same time, each with other keys. Default 4. */
  readonly calls?: number;
}

/** One or, where they are packed, several samples of a key on their way. */
export interface SinkRecord {
  /** What keeps samples in order: the session. */
  readonly key: string;
  /** The samples in the wire format, UTF-8. */
  readonly data: Uint8Array;
}

/** What became of one record of a call: nothing is delivered, an error tells whether a retry may help. */
export type RecordResult = LiveHeartRateError | undefined;

/** What a service has to say to become a sink: its limits, and how to send a batch. */
export interface SinkService {
  /** What it delivers to, for people: no credential in it. */
  readonly name: string;
  /** What one call takes. */
  readonly limits: SinkLimits;
  /**
   * Sends one batch within the limits.
   *
   * @param records - The records, in order.
   * @param signal - Aborted when the call has taken too long, or the sink is closed.
   * @returns One result for each record, in their order. Rejecting says that the whole call failed; an error
   *   that is not a {@link LiveHeartRateError} counts as retriable.
   */
  send(records: readonly SinkRecord[], signal: AbortSignal): Promise<readonly RecordResult[]>;
}
