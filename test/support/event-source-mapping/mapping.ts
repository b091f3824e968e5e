import type { KinesisStreamRecord } from 'aws-lambda';
import { checkpointOf } from './checkpoint.ts';
import { type Clock, realClock } from './clock.ts';
import { arrivalOf, type Condition, type FailureRecord, failureRecord } from './destination.ts';
import { type Handler, invoke, type Outcome } from './invocation.ts';
import { Lane, laneOf } from './shard.ts';

/** The options of an event source mapping, by their names at AWS and with the defaults there; times in milliseconds. */
export interface MappingOptions {
  readonly batchSize: number;
  readonly maximumBatchingWindow: number;
  readonly parallelizationFactor: number;
  readonly reportBatchItemFailures: boolean;
  readonly bisectBatchOnFunctionError: boolean;
  /** -1: for ever. */
  readonly maximumRetryAttempts: number;
  /** -1: any age. */
  readonly maximumRecordAge: number;
  /** How long the function may take. */
  readonly timeout: number;
  /** How long to wait after so many failures of a batch; AWS tells nobody. */
  readonly backoff: (failures: number) => number;
  readonly clock: Clock;
}

const defaults: MappingOptions = {
  batchSize: 100,
  maximumBatchingWindow: 0,
  parallelizationFactor: 1,
  reportBatchItemFailures: false,
  bisectBatchOnFunctionError: false,
  maximumRetryAttempts: -1,
  maximumRecordAge: -1,
  timeout: 3_000,
  backoff: (failures) => Math.min(60_000, 500 * 2 ** failures),
  clock: realClock,
};

/**
 * Does with the records of a stream what the event source mapping of AWS Lambda for Kinesis does. Where the
 * documentation is silent, as what was seen there: retries are counted for one and the same batch, so that what is
 * left of a partial success, and each half of a batch, may be tried as often again.
 */
export class EventSourceMapping {
  /** What the on-failure destination was given. */
  readonly discarded: FailureRecord[] = [];
  readonly #handler: Handler;
  readonly #options: MappingOptions;
  readonly #lanes = new Map<string, Lane>();
  readonly #ended = new AbortController();
  readonly #working: Promise<void>[] = [];
  readonly #whenDrained: (() => void)[] = [];
  #open = 0;

  constructor(handler: Handler, options: Partial<MappingOptions> = {}) {
    this.#handler = handler;
    this.#options = { ...defaults, ...options };
  }

  /** A record that has come into its shard, which its event id names; behind all that came before. */
  put(record: KinesisStreamRecord): void {
    const [shard] = record.eventID.split(':');
    this.#open++;
    this.#lane(`${shard}/${laneOf(record.kinesis.partitionKey, this.#options.parallelizationFactor)}`).put(
      record,
    );
  }

  /** Settles when all records are done or discarded, or the polling has been stopped. */
  async drained(): Promise<void> {
    if (this.#open > 0 && !this.#ended.signal.aborted)
      await new Promise<void>((resolve) => this.#whenDrained.push(resolve));
  }

  /** Stops polling, and settles when no invocation is going on any more. */
  async stop(): Promise<void> {
    this.#ended.abort();
    await Promise.all(this.#working);
    this.#release();
  }

  #lane(name: string): Lane {
    const known = this.#lanes.get(name);
    if (known) return known;
    const { batchSize, maximumBatchingWindow: window, clock } = this.#options;
    const lane = new Lane({ batchSize, window }, clock);
    this.#lanes.set(name, lane);
    this.#working.push(this.#poll(lane));
    return lane;
  }

  async #poll(lane: Lane): Promise<void> {
    while (!this.#ended.signal.aborted) {
      const batch = await lane.next(this.#ended.signal);
      await this.#process(batch);
      this.#open -= batch.length;
      if (this.#open === 0) this.#release();
    }
  }

  #release(): void {
    for (const resolve of this.#whenDrained.splice(0)) resolve();
  }

  /** Delivers records, in order, until they are done or discarded. */
  async #process(batch: readonly KinesisStreamRecord[]): Promise<void> {
    const { bisectBatchOnFunctionError, maximumRetryAttempts, timeout, backoff, clock } = this.#options;
    let [records, attempts] = [batch, 0];
    let outcome: Outcome | undefined;
    while (records.length > 0 && !this.#ended.signal.aborted) {
      const old = this.#tooOld(records);
      if (old > 0) {
        this.#discard('RecordAgeExceeded', records.slice(0, old), attempts, outcome);
        records = records.slice(old);
        continue;
      }
      outcome = await invoke(this.#handler, JSON.stringify({ Records: records }), timeout, clock);
      attempts++;
      const done = this.#done(outcome, records);
      if (done === records.length) return;
      if (done > 0) [records, attempts] = [records.slice(done), 0];
      else if (bisectBatchOnFunctionError && records.length > 1) {
        const middle = Math.ceil(records.length / 2);
        await clock.sleep(backoff(0), this.#ended.signal);
        await this.#process(records.slice(0, middle));
        [records, attempts] = [records.slice(middle), 0];
        continue;
      } else if (maximumRetryAttempts !== -1 && attempts > maximumRetryAttempts) {
        return this.#discard('RetryAttemptsExhausted', records, attempts, outcome);
      }
      await clock.sleep(backoff(attempts), this.#ended.signal);
    }
  }

  /** How many records, from the first on, are done. */
  #done(outcome: Outcome, records: readonly KinesisStreamRecord[]): number {
    if ('functionError' in outcome) return 0;
    return this.#options.reportBatchItemFailures ? checkpointOf(outcome.response, records) : records.length;
  }

  /** How many records, from the first on, are too old. */
  #tooOld(records: readonly KinesisStreamRecord[]): number {
    const { maximumRecordAge, clock } = this.#options;
    if (maximumRecordAge === -1) return 0;
    const young = records.findIndex((record) => clock.now() - arrivalOf(record) < maximumRecordAge);
    return young === -1 ? records.length : young;
  }

  #discard(
    condition: Condition,
    records: readonly KinesisStreamRecord[],
    attempts: number,
    outcome: Outcome | undefined,
  ): void {
    const now = this.#options.clock.now();
    this.discarded.push(failureRecord(records, { condition, attempts, outcome, now }));
  }
}
