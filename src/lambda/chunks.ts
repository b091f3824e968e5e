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

/** What is around an index, an id and a document. */
const BESIDES = 72;
/** UTF-8 of what a string counts as one. */
const BYTES_MOST = 3;
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
    const chunk = chunkOf(documents);
    documents = [];
    bytes = 0;
    return chunk;
  };
  for (const record of records) {
    for (const document of record) {
      const size =
        document.index.length + Buffer.byteLength(document.id) + Buffer.byteLength(document.source) + BESIDES;
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

/** All of the documents in one request. */
export function chunkOf(documents: readonly StreamDocument[]): Chunk {
  const now = Date.now();
  const first = documents[0]?.index;
  const index = documents.every((document) => document.index === first) ? first : undefined;
  // A text would be put together first, and then once more as bytes. No character of a text takes more than three.
  let most = 0;
  for (const { index, id, source } of documents)
    most += index.length + BYTES_MOST * (id.length + source.length) + BESIDES;
  const body = Buffer.allocUnsafe(most);
  let length = 0;
  for (const document of documents) length += body.write(linesOf(document, index, now), length);
  return { documents, index, body: body.subarray(0, length) };
}

/** How late a sample is stands in its document; that it is there for the second time changes nothing. */
function linesOf(document: StreamDocument, common: string | undefined, now: number): string {
  const { index, id, source, measured } = document;
  const into = common === undefined ? `"_index":"${index}",` : '';
  const action = `{"create":{${into}"_id":${id}}}\n`;
  if (measured === undefined) return `${action}${source}\n`;
  const comma = source === '{}' ? '' : ',';
  return `${action}${source.slice(0, -1)}${comma}"${INDEX_LATENCY}":${now - measured}}\n`;
}
