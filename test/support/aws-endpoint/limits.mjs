import { invalid, Refusal } from './refusal.mjs';

/**
 * @typedef {object} SentRecord one record as the SDK sends it
 * @property {string} [PartitionKey]
 * @property {string} [ExplicitHashKey]
 * @property {string} Data in Base64
 *
 * @typedef {object} Limits what a service takes in one call
 * @property {number} records
 * @property {number} bytes of data and keys
 * @property {number} recordBytes of data and key
 * @property {boolean} keyed whether a record has a partition key
 */

/** @type {Limits} PutRecords and PutRecord (Kinesis Data Streams API reference) */
export const kinesisLimits = { records: 500, bytes: 10 * 2 ** 20, recordBytes: 2 ** 20, keyed: true };

/** @type {Limits} PutRecordBatch (Amazon Data Firehose API reference) */
export const firehoseLimits = {
  records: 500,
  bytes: 4 * 2 ** 20,
  recordBytes: 1_000 * 2 ** 10,
  keyed: false,
};

const KEY_LENGTH = 256;

/** How many bytes a text of Base64 stands for, without decoding it. @param {string} base64 */
export function bytesOf(base64) {
  const { length } = base64;
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (length / 4) * 3 - padding;
}

/**
 * How large each record is, data and key; or why the call is refused.
 * @param {readonly SentRecord[] | undefined} records
 * @param {Limits} limits
 * @returns {number[] | Refusal}
 */
export function measure(records, limits) {
  if (!Array.isArray(records)) return invalid('null', 'records', 'not be null');
  if (records.length === 0) return invalid('[]', 'records', 'have length greater than or equal to 1');
  if (records.length > limits.records) {
    return invalid('[…]', 'records', `have length less than or equal to ${limits.records}`);
  }
  let total = 0;
  const sizes = [];
  for (const [at, { Data, PartitionKey }] of records.entries()) {
    const member = `records.${at + 1}.member`;
    if (typeof Data !== 'string') return invalid('null', `${member}.data`, 'not be null');
    const refusal = limits.keyed ? checkKey(PartitionKey, `${member}.partitionKey`) : undefined;
    if (refusal) return refusal;
    const size = bytesOf(Data) + (PartitionKey ? Buffer.byteLength(PartitionKey) : 0);
    if (size > limits.recordBytes) {
      const constraint = `have length less than or equal to ${limits.recordBytes}`;
      return invalid(`java.nio.HeapByteBuffer[pos=0 lim=${size}]`, `${member}.data`, constraint);
    }
    total += size;
    sizes.push(size);
  }
  if (total <= limits.bytes) return sizes;
  return new Refusal('InvalidArgumentException', `Records size exceeds ${limits.bytes / 2 ** 20} MB limit`);
}

/** @param {string | undefined} key @param {string} where */
function checkKey(key, where) {
  if (key === undefined) return invalid('null', where, 'not be null');
  // AWS counts characters, not the two halves of one outside of the basic plane.
  const length = key.length > KEY_LENGTH ? [...key].length : key.length;
  if (length === 0) return invalid('', where, 'have length greater than or equal to 1');
  if (length > KEY_LENGTH) return invalid(key, where, `have length less than or equal to ${KEY_LENGTH}`);
  return undefined;
}
