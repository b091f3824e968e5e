import { gunzipSync } from 'node:zlib';
import { deaggregate, isAggregated } from './aggregated.js';

/** A record may hold so much when it is unpacked, so that a small one cannot fill the memory. */
const UNPACKED_BYTES = 16 * 2 ** 20;

/** And so many records of users. */
const UNPACKED_PARTS = 50_000;

/** What is in a record: texts in the wire format, or in one clause why it cannot be unpacked. */
export type Unpacked = { readonly contents: readonly Buffer[] } | { readonly fault: string };

/** Unpacks a record: one that the Kinesis Producer Library has aggregated, gzip, gzip in the former, or neither. */
export function unpack(data: Buffer): Unpacked {
  const parts = isAggregated(data) ? deaggregate(data, UNPACKED_PARTS) : [data];
  if (parts === undefined) return { fault: 'an aggregated record that is damaged, or of too many' };
  let left = UNPACKED_BYTES;
  const contents: Buffer[] = [];
  for (const part of parts) {
    const content = isGzip(part) ? inflate(part, left) : part;
    if (typeof content === 'string') return { fault: content };
    left -= content.length;
    contents.push(content);
  }
  return { contents };
}

const isGzip = (data: Buffer) => data[0] === 0x1f && data[1] === 0x8b;

function inflate(data: Buffer, most: number): Buffer | string {
  try {
    return gunzipSync(data, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? `larger than ${UNPACKED_BYTES / 2 ** 20} MiB when unpacked`
      : 'gzip that is damaged';
  }
}
