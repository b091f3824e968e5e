import { INDEX_LATENCY } from '../sample/index.js';
import { copy } from './copy.js';
import type { StreamDocument } from './stream-document.js';

/** Documents that go in one request, and its body. */
export interface Chunk {
  /** The documents. */
  readonly documents: readonly StreamDocument[];
  /** Their index, where it is the same for all. */
  readonly index: string | undefined;
  /** Their lines, in UTF-8. */
  readonly body: Buffer;
}

/** What is before an id, between it and its document, and before how late that is; the last instead of a bracket. */
const CREATE = Buffer.from('{"create":{"_id":');
const SOURCE = Buffer.from('}}\n');
const LATENCY = Buffer.from(`,"${INDEX_LATENCY}":`);
const NEWLINE = 0x0a;
/** More bytes than these, and a number for the last. */
const BESIDES = 60;

/** All of the documents in one request. */
export function chunkOf(documents: readonly StreamDocument[]): Chunk {
  const now = Date.now();
  const first = documents[0]?.index;
  const index = documents.every((document) => document.index === first) ? first : undefined;
  // What is allocated makes work for the collector of garbage, used or not.
  const body = Buffer.allocUnsafe(documents.reduce((sum, document) => sum + sizeOf(document, index), 0));
  let length = 0;
  for (const document of documents) length = write(document, index, now, body, length);
  return { documents, index, body: body.subarray(0, length) };
}

/**
 * How many bytes of a body a document takes at most.
 *
 * @param common - The index of all of its documents, if that is known.
 */
export function sizeOf({ index, idStart, idEnd, start, end }: StreamDocument, common?: string): number {
  const naming = common === undefined ? '"_index":"",'.length + Buffer.byteLength(index) : 0;
  return naming + idEnd - idStart + end - start + BESIDES;
}

/**
 * Writes the two lines of a document, and answers where they end. How late a sample is stands in its document; that it
 * is there for the second time changes nothing.
 */
function write(
  { index, bytes, idStart, idEnd, start, end, measured }: StreamDocument,
  common: string | undefined,
  now: number,
  body: Buffer,
  from: number,
): number {
  let at =
    common === undefined
      ? from + body.write(`{"create":{"_index":"${index}","_id":`, from)
      : copy(CREATE, 0, CREATE.length, body, from);
  at = copy(bytes, idStart, idEnd, body, at);
  at = copy(SOURCE, 0, SOURCE.length, body, at);
  at += bytes.copy(body, at, start, end);
  if (measured === undefined) {
    body[at] = NEWLINE;
    return at + 1;
  }
  const isEmpty = end - start === '{}'.length;
  at = copy(LATENCY, isEmpty ? 1 : 0, LATENCY.length, body, at - 1);
  return at + body.write(`${now - measured}}\n`, at, 'latin1');
}
