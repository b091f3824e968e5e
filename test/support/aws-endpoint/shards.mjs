import { createHash } from 'node:crypto';

/**
 * @typedef {object} ShardRate what one shard takes; no bound where it is not given
 * @property {number | undefined} [shardRecordsPerSecond]
 * @property {number | undefined} [shardBytesPerSecond]
 */

const KEPT_KEYS = 10_000;
const HASH_KEYS = 2n ** 128n;

/** A token bucket that holds what comes in one second. */
class Bucket {
  /** @param {number} rate a second @param {() => number} now milliseconds */
  constructor(rate, now) {
    this.rate = rate;
    this.left = rate;
    this.now = now;
    this.filled = now();
  }

  /** @param {number} wanted */
  has(wanted) {
    const now = this.now();
    this.left = Math.min(this.rate, this.left + ((now - this.filled) / 1_000) * this.rate);
    this.filled = now;
    // Fractions of a token add up to one only nearly.
    return this.left + 1e-6 >= wanted;
  }
}

/** The shards of one stream: equal ranges of hash keys, each with its rate. */
export class Shards {
  /** @type {Map<string, number>} */
  #byKey = new Map();
  #sequence = 0;
  #buckets;
  #size;

  /** @param {number} count @param {ShardRate} rate @param {() => number} now milliseconds */
  constructor(count, { shardRecordsPerSecond, shardBytesPerSecond }, now) {
    this.ids = Array.from({ length: count }, (_, at) => `shardId-${String(at).padStart(12, '0')}`);
    this.#size = HASH_KEYS / BigInt(count);
    this.#buckets = this.ids.map(() => ({
      records: shardRecordsPerSecond === undefined ? undefined : new Bucket(shardRecordsPerSecond, now),
      bytes: shardBytesPerSecond === undefined ? undefined : new Bucket(shardBytesPerSecond, now),
    }));
  }

  /**
   * Which shard a record belongs to.
   * @param {string} key
   * @param {string} [explicitHashKey] takes the place of the key's hash, as a decimal
   */
  of(key, explicitHashKey) {
    if (explicitHashKey !== undefined) return this.#at(BigInt(explicitHashKey));
    if (this.ids.length === 1) return 0;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const shard = this.#at(BigInt(`0x${createHash('md5').update(key).digest('hex')}`));
    if (this.#byKey.size === KEPT_KEYS) this.#byKey.clear();
    this.#byKey.set(key, shard);
    return shard;
  }

  /** Whether a shard takes a record of this size now; it is counted then. @param {number} at @param {number} bytes */
  takes(at, bytes) {
    const bucket = this.#buckets[at];
    if (bucket?.records?.has(1) === false || bucket?.bytes?.has(bytes) === false) return false;
    if (bucket?.records) bucket.records.left -= 1;
    if (bucket?.bytes) bucket.bytes.left -= bytes;
    return true;
  }

  /** The next sequence number of the stream. */
  next() {
    return `49${String(++this.#sequence).padStart(54, '0')}`;
  }

  /** @param {bigint} hash */
  #at(hash) {
    // What is left over by the division belongs to the last shard.
    return Math.min(Number(hash / this.#size), this.ids.length - 1);
  }
}
