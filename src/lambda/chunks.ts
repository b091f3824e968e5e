import { INDEX_LATENCY } from '../sample/index.js';
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

/** A request has at most so many bytes, unless it is a single document: less than the smallest limit of any service. */
const REQUEST_BYTES = 5 * 2 ** 20;

/** Bytes of what is around an index, an id and a document, at most. */
const BESIDES = 72;
/** Milliseconds; a usual event is read in a hundredth of it. */
const READING = 500;

/**
 * Puts documents into as few requests as they fit in, reading no further than the next request needs. Where reading
 * takes long, what there is comes by itself, be it nothing, so that somebody else gets a turn.
 *
 * @param records - The documents of each record.
 */
export function* chunksOf(records: Iterable<readonly StreamDocument[]>): Generator<Chunk> {
  let documents: StreamDocument[] = [];
  let bytes = 0;
  let began = Date.now();
  const next = () => {
    const chunk = chunkOf(documents, bytes);
    documents = [];
    bytes = 0;
    return chunk;
  };
  for (const record of records) {
    for (const document of record) {
      const size = sizeOf(document);
      if (documents.length > 0 && bytes + size > REQUEST_BYTES) {
        yield next();
        began = Date.now();
      }
      documents.push(document);
      bytes += size;
    }
    if (Date.now() - began > READING) {
      yield next();
      began = Date.now();
    }
  }
  if (documents.length > 0) yield next();
}

/**
 * All of the documents in one request.
 *
 * @param bytes - How long its body is at most.
 */
export function chunkOf(
  documents: readonly StreamDocument[],
  bytes = documents.reduce((sum, document) => sum + sizeOf(document), 0),
): Chunk {
  const now = Date.now();
  const first = documents[0]?.index;
  const index = documents.every((document) => document.index === first) ? first : undefined;
  // A text would be put together first, and then once more as bytes. What is allocated makes work for the collector of
  // garbage, used or not.
  const body = Buffer.allocUnsafe(bytes);
  let length = 0;
  for (const document of documents) length = write(document, index, now, body, length);
  return { documents, index, body: body.subarray(0, length) };
}

/** How many bytes of a body a document takes at most. */
const sizeOf = ({ index, id, source }: StreamDocument): number =>
  Buffer.byteLength(index) + Buffer.byteLength(id) + Buffer.byteLength(source) + BESIDES;

/**
 * Writes the two lines of a document, and answers where they end. How late a sample is stands in its document; that it
 * is there for the second time changes nothing.
 */
function write(
  { index, id, source, measured }: StreamDocument,
  common: string | undefined,
  now: number,
  body: Buffer,
  start: number,
): number {
  const into = common === undefined ? `"_index":"${index}",` : '';
  let end = start + body.write(`{"create":{${into}"_id":${id}}}\n`, start);
  end += body.write(source, end);
  if (measured === undefined) return end + body.write('\n', end);
  // Instead of the bracket at its end.
  const comma = source === '{}' ? '' : ',';
  return end - 1 + body.write(`${comma}"${INDEX_LATENCY}":${now - measured}}\n`, end - 1);
}
