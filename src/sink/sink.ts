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

/** Takes samples and settles every one of them. */
export interface Sink {
  /** What it delivers to, for people. */
  readonly name: string;
  /** Every settlement from now on. It completes when the sink is closed. */
  readonly settled$: Observable<Settlement>;
  /**
   * Takes one sample. Never throws and never waits: what cannot be taken settles as dropped.
   *
   * @param sample - The sample.
   */
  accept(sample: HeartRateSample): void;
  /**
   * Delivers what has been accepted without waiting for more.
   *
   * @returns A promise that resolves when everything accepted before the call is settled; it never rejects.
   */
  flush(): Promise<void>;
  /**
   * Flushes and takes no more samples.
   *
   * @param timeout - After how many milliseconds what is still unsettled settles as dropped. Default 30,000.
   * @returns A promise that resolves when everything is settled; it never rejects.
   */
  close(timeout?: number): Promise<void>;
}

/** What a service takes in one call. */
export interface SinkLimits {
  /** Records in one call. */
  readonly records: number;
  /** Bytes of data and keys in one call. */
  readonly bytes: number;
  /** Bytes of data and key of one record. */
  readonly recordBytes: number;
}

/** One sample on its way. */
export interface SinkRecord {
  /** What keeps samples in order: the session. */
  readonly key: string;
  /** The sample in the wire format, UTF-8. */
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
   * @param signal - Aborted when the call has taken too long.
   * @returns One result for each record, in their order. Rejecting says that the whole call failed; an error
   *   that is not a {@link LiveHeartRateError} counts as retriable.
   */
  send(records: readonly SinkRecord[], signal: AbortSignal): Promise<readonly RecordResult[]>;
}
