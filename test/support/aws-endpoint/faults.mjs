import { Refusal } from './refusal.mjs';

/**
 * @typedef {number | boolean} Chance a probability, or a switch
 *
 * @typedef {object} Faults what goes wrong; everything may be changed at any time
 * @property {Chance} [recordFails] a record fails with InternalFailure
 * @property {Chance} [recordThrottled] a record is throttled, as its service words it
 * @property {Chance} [callThrottled] a whole call is throttled, as its service words it
 * @property {Chance} [limitExceeded] a whole call fails with LimitExceededException
 * @property {Chance} [internalFailure] a whole call fails with InternalFailure, 500
 * @property {Chance} [unavailable] a whole call fails with ServiceUnavailable, 503
 * @property {Chance} [resetBefore] the connection is reset, and nothing was taken
 * @property {Chance} [resetAfter] the connection is reset, and the records were taken
 * @property {Chance} [hangBefore] no answer ever comes, and nothing was taken
 * @property {Chance} [hangAfter] no answer ever comes, and the records were taken
 * @property {Chance} [slow] the answer takes `slowMs` longer
 * @property {number} [slowMs] milliseconds; default 1,000
 * @property {string} [expiredUntil] ExpiredTokenException until a call is signed with this access key id
 * @property {Chance} [accessDenied] AccessDeniedException
 * @property {Chance} [unrecognizedClient] UnrecognizedClientException
 * @property {Chance} [notJson] the answer is no JSON, and the records were taken
 * @property {Chance} [tooFewResults] the answer lacks the last result, and the records were taken
 *
 * @typedef {'PutRecords' | 'PutRecord' | 'PutRecordBatch'} Operation
 */

const SLOW_MS = 1_000;

/** Decides what goes wrong with a call. Nothing is left to chance that is certain, so that a seed tells all. */
export class Fate {
  /** @param {() => number} random */
  constructor(random) {
    this.random = random;
    /** @type {Faults} */
    this.faults = {};
  }

  /** @param {Chance | undefined} chance */
  #hits(chance) {
    if (!chance) return false;
    return chance === true || chance >= 1 || this.random() < chance;
  }

  /** What befalls the connection, before the records are taken or after. @param {'Before' | 'After'} when */
  connection(when) {
    if (this.#hits(this.faults[`reset${when}`])) return 'reset';
    return this.#hits(this.faults[`hang${when}`]) ? 'hang' : undefined;
  }

  /** Why a call is refused before anybody looks into it. @param {string} accessKey @param {Operation} operation */
  door(accessKey, operation) {
    const { unrecognizedClient, expiredUntil, accessDenied, internalFailure, unavailable } = this.faults;
    const token = 'The security token included in the request is';
    if (this.#hits(unrecognizedClient))
      return new Refusal('UnrecognizedClientException', `${token} invalid.`);
    if (expiredUntil !== undefined && accessKey !== expiredUntil) {
      return new Refusal('ExpiredTokenException', `${token} expired`);
    }
    if (this.#hits(accessDenied)) {
      const action = `${operation === 'PutRecordBatch' ? 'firehose' : 'kinesis'}:${operation}`;
      const user = 'arn:aws:iam::000000000000:user/producer';
      return new Refusal('AccessDeniedException', `User: ${user} is not authorized to perform: ${action}`);
    }
    if (this.#hits(internalFailure)) return new Refusal('InternalFailure', 'Internal service failure.', 500);
    if (this.#hits(unavailable)) return new Refusal('ServiceUnavailable', 'Service unavailable.', 503);
    return undefined;
  }

  /** Why a valid call is not taken. @param {string} stream @param {Operation} operation */
  call(stream, operation) {
    if (this.#hits(this.faults.callThrottled)) {
      return operation === 'PutRecordBatch' ? slowDown : rateExceeded('shardId-000000000000', stream);
    }
    if (!this.#hits(this.faults.limitExceeded)) return undefined;
    return new Refusal('LimitExceededException', `Limit exceeded for stream ${stream}.`);
  }

  /** What befalls one record. */
  record() {
    if (this.#hits(this.faults.recordFails)) return 'fails';
    return this.#hits(this.faults.recordThrottled) ? 'throttled' : undefined;
  }

  /** What the answer is like. */
  answer() {
    const { notJson, tooFewResults, slow, slowMs = SLOW_MS } = this.faults;
    return {
      lost: this.connection('After'),
      notJson: this.#hits(notJson),
      tooFew: this.#hits(tooFewResults),
      delay: this.#hits(slow) ? slowMs : 0,
    };
  }
}

/** @param {string} shard @param {string} stream */
export const rateExceeded = (shard, stream) =>
  new Refusal(
    'ProvisionedThroughputExceededException',
    `Rate exceeded for shard ${shard} in stream ${stream} under account 000000000000.`,
  );

/** How Firehose throttles. */
export const slowDown = new Refusal('ServiceUnavailableException', 'Slow down.', 503);

export const internalFailure = new Refusal('InternalFailure', 'Internal service failure.');
