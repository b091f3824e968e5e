import { type Chunk, chunkOf, sizeOf } from './chunk.js';
import type { StreamDocument } from './stream-document.js';
import type { StreamRecord } from './stream-record.js';

/** A request has at most so many bytes, unless it is a single document: less than the smallest limit of any service. */
const REQUEST_BYTES = 5 * 2 ** 20;
/** Milliseconds; a usual event is read in a hundredth of it. */
const READING = 500;

/**
 * Puts documents into as few requests as they fit in, reading no further than the next request needs. Where reading
 * takes long, what there is comes by itself, be it nothing, so that somebody else gets a turn.
 *
 * @param records - Where they come from.
 * @param read - Puts those of a record behind the others.
 */
export function* chunksOf(
  records: Iterable<StreamRecord>,
  read: (record: StreamRecord, documents: StreamDocument[]) => void,
): Generator<Chunk> {
  let documents: StreamDocument[] = [];
  let bytes = 0;
  let began = Date.now();
  for (const record of records) {
    let at = documents.length;
    read(record, documents);
    for (; at < documents.length; at++) {
      const size = sizeOf(documents[at] as StreamDocument);
      if (at > 0 && bytes + size > REQUEST_BYTES) {
        yield chunkOf(documents.splice(0, at));
        began = Date.now();
        at = 0;
        bytes = 0;
      }
      bytes += size;
    }
    if (Date.now() - began > READING) {
      yield chunkOf(documents);
      documents = [];
      bytes = 0;
      began = Date.now();
    }
  }
  if (documents.length > 0) yield chunkOf(documents);
}
