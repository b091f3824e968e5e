/** What Kinesis bills a record by: each beginning 25 KB of data and key. */
const UNIT_BYTES = 25 * 2 ** 10;

const lengthOf = (/** @type {string} */ key) => Buffer.byteLength(key);

/** @param {{ readonly key: string, readonly data: Uint8Array }} record */
export const payloadUnits = ({ key, data }) => Math.ceil((lengthOf(key) + data.length) / UNIT_BYTES);
