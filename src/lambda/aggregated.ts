import { createHash } from 'node:crypto';

/** What a record begins with that the Kinesis Producer Library has made of several ("KPL Aggregated Record Format"). */
const MAGIC = 0xf3899ac2;
const MAGIC_BYTES = 4;
const DIGEST_BYTES = 16;
/** Numbers of the fields in the protocol buffers of that format, and of what they hold. */
const RECORDS = 3;
const DATA = 3;
const [VARINT, LENGTH_DELIMITED] = [0, 2];

/** Whether a record is an aggregated one. */
export const isAggregated = (data: Buffer): boolean =>
  data.length >= MAGIC_BYTES && data.readUInt32BE() === MAGIC;

/**
 * Takes an aggregated record apart.
 *
 * @param most - So many user records it may have.
 * @returns The data of each user record in their order; `undefined` where there are more, or the checksum or the format
 *   is wrong.
 */
export function deaggregate(data: Buffer, most = Number.POSITIVE_INFINITY): Buffer[] | undefined {
  const message = data.subarray(MAGIC_BYTES, -DIGEST_BYTES);
  const digest = createHash('md5').update(message).digest();
  if (!digest.equals(data.subarray(-DIGEST_BYTES))) return undefined;
  try {
    const records: Buffer[] = [];
    for (const { number, bytes } of fieldsOf(message)) {
      if (number === RECORDS && records.push(dataIn(bytes)) > most) return undefined;
    }
    return records;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function dataIn(record: Buffer): Buffer {
  let data: Buffer | undefined;
  // Where a field is there more than once, the last one counts.
  for (const { number, bytes } of fieldsOf(record)) if (number === DATA) data = bytes;
  if (data === undefined) throw new RangeError('A user record without data.');
  return data;
}

/** The fields of a message that have a length; the others are skipped. */
function* fieldsOf(message: Buffer): Generator<{ number: number; bytes: Buffer }> {
  for (let at = 0; at < message.length; ) {
    const key = readVarint(message, at);
    const value = readVarint(message, key.end);
    const type = key.value % 8;
    if (type !== VARINT && type !== LENGTH_DELIMITED) throw new RangeError('A field of an unknown type.');
    at = type === VARINT ? value.end : value.end + value.value;
    if (at > message.length) throw new RangeError('A field that is cut off.');
    if (type === LENGTH_DELIMITED)
      yield { number: Math.floor(key.value / 8), bytes: message.subarray(value.end, at) };
  }
}

/** So many bytes of 7 bits make a number that is still exact. */
const VARINT_BYTES = 7;

function readVarint(bytes: Buffer, from: number): { value: number; end: number } {
  let value = 0;
  for (let at = 0; at < VARINT_BYTES; at++) {
    const byte = bytes[from + at];
    if (byte === undefined) break;
    value += (byte & 0x7f) * 128 ** at;
    if (byte < 0x80) return { value, end: from + at + 1 };
  }
  throw new RangeError('A number that does not end.');
}
