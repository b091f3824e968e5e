import { Fate, internalFailure, rateExceeded, slowDown } from './faults.mjs';
import { firehoseLimits, kinesisLimits, measure } from './limits.mjs';
import { Refusal } from './refusal.mjs';
import { Shards } from './shards.mjs';
import { TakenRecord } from './taken-record.mjs';

/**
 * @typedef {import('./faults.mjs').Operation} Operation
 * @typedef {import('./limits.mjs').SentRecord} SentRecord
 *
 * @typedef {object} Request what PutRecords, PutRecord and PutRecordBatch are sent with
 * @property {string} [StreamName]
 * @property {string} [StreamARN]
 * @property {string} [DeliveryStreamName]
 * @property {SentRecord[]} [Records]
 *
 * @typedef {object} ServiceOptions
 * @property {number | undefined} [shards] of every stream; default 1
 * @property {readonly string[] | undefined} [streams] those that exist; default: every name does
 * @property {boolean | undefined} [keepRecords] whether `records` is filled; default `true`
 * @property {(() => number) | undefined} [now] the time of the shards' rates, milliseconds
 * @property {(() => number) | undefined} [random] what decides on faults: from 0, below 1
 *
 * @typedef {ServiceOptions & import('./shards.mjs').ShardRate} RatedServiceOptions
 *
 * @typedef {object} Verdict
 * @property {string} stream
 * @property {number} records that the call brought
 * @property {number} bytes of their data and keys
 * @property {number} taken records that were accepted
 * @property {Refusal | { [result: string]: unknown }[]} result
 */

/** Kinesis and Firehose as one: takes valid records, and says what became of each. */
export class Service {
  /** @type {TakenRecord[]} */
  records = [];
  /** @type {Set<string> | undefined} */
  streams;
  /** @type {Map<string, Shards>} */
  #shards = new Map();
  #options;

  /** @param {RatedServiceOptions} options */
  constructor(options) {
    this.#options = options;
    this.fate = new Fate(options.random ?? Math.random);
    if (options.streams) this.streams = new Set(options.streams);
  }

  /**
   * @param {Operation} operation
   * @param {Request & SentRecord} request
   * @param {string} accessKey
   * @returns {Verdict}
   */
  call(operation, request, accessKey) {
    const { StreamName, StreamARN, DeliveryStreamName } = request;
    const stream = StreamName ?? DeliveryStreamName ?? StreamARN?.split('/').at(-1) ?? '';
    const records = operation === 'PutRecord' ? [request] : request.Records;
    const sizes = measure(records, operation === 'PutRecordBatch' ? firehoseLimits : kinesisLimits);
    const verdict = {
      stream,
      records: records?.length ?? 0,
      bytes: Array.isArray(sizes) ? sizes.reduce((sum, size) => sum + size, 0) : 0,
      taken: 0,
    };
    const refusal = this.fate.door(accessKey, operation);
    if (refusal) return { ...verdict, result: refusal };
    if (sizes instanceof Refusal) return { ...verdict, result: sizes };
    const unwilling = this.#unknown(stream, operation) ?? this.fate.call(stream, operation);
    if (unwilling) return { ...verdict, result: unwilling };

    const take = operation === 'PutRecordBatch' ? this.#firehose(stream) : this.#kinesis(stream);
    const result = (records ?? []).map((record, at) => take(record, sizes[at] ?? 0));
    const failed = result.filter((one) => one instanceof Refusal);
    const taken = result.length - failed.length;
    // A call for a single record has no other way to say what became of it.
    if (operation === 'PutRecord' && failed[0]) {
      const { type, message } = failed[0];
      const status = type === 'InternalFailure' ? 500 : 400;
      return { ...verdict, result: new Refusal(type, message, status) };
    }
    return { ...verdict, taken, result: result.map(plain) };
  }

  /** @param {string} stream @param {Operation} operation */
  #unknown(stream, operation) {
    if (this.streams === undefined || this.streams.has(stream)) return undefined;
    const what = operation === 'PutRecordBatch' ? 'Firehose' : 'Stream';
    return new Refusal(
      'ResourceNotFoundException',
      `${what} ${stream} under account 000000000000 not found.`,
    );
  }

  /** @param {string} stream */
  #kinesis(stream) {
    const { shards = 1, now = () => performance.now() } = this.#options;
    const all = this.#shards.get(stream) ?? new Shards(shards, this.#options, now);
    this.#shards.set(stream, all);
    return (
      /** @type {SentRecord} */ { PartitionKey = '', ExplicitHashKey, Data },
      /** @type {number} */ size,
    ) => {
      const fault = this.fate.record();
      if (fault === 'fails') return internalFailure;
      const shard = all.of(PartitionKey, ExplicitHashKey);
      const ShardId = all.ids[shard] ?? '';
      if (fault === 'throttled' || !all.takes(shard, size)) return rateExceeded(ShardId, stream);
      this.#keep(stream, ShardId, PartitionKey, Data);
      return { SequenceNumber: all.next(), ShardId };
    };
  }

  /** @param {string} stream */
  #firehose(stream) {
    return (/** @type {SentRecord} */ { Data }) => {
      const fault = this.fate.record();
      if (fault) return fault === 'fails' ? internalFailure : slowDown;
      this.#keep(stream, '', '', Data);
      return { RecordId: String(++this.#recordIds) };
    };
  }
  #recordIds = 0;

  /** @param {string} stream @param {string} shard @param {string} key @param {string} base64 */
  #keep(stream, shard, key, base64) {
    if (this.#options.keepRecords ?? true) this.records.push(new TakenRecord(stream, shard, key, base64));
  }
}

/** @param {Refusal | { [name: string]: string }} result */
const plain = (result) =>
  result instanceof Refusal ? { ErrorCode: result.type, ErrorMessage: result.message } : result;
