import type { IndexNames } from '../opensearch/index-names.js';
import { type ParsedDocument, parseDocuments, sampleIdentity } from '../sample/index.js';
import { readWritten } from './read-written.js';
import { type Rejection, rejectedDocument } from './rejected-document.js';
import { placeOf, type StreamDocument, streamDocument } from './stream-document.js';
import type { StreamRecord } from './stream-record.js';
import { DOCUMENT_LENGTH, type Transform, transformedSource } from './transform.js';
import { unpack } from './unpack.js';

/** A record may hold so many documents, so that a small one full of rubbish cannot make a flood of it. */
const RECORD_DOCUMENTS = 50_000;
/** A clock that is so far ahead, milliseconds, is a broken one; nobody would ever look there. */
const AHEAD = 366 * 24 * 60 * 60 * 1_000;

/**
 * Makes a reader of records: it puts samples behind the others as documents for their index, and what is none, or cannot
 * be one, as those for the index of such.
 */
export function documentReader(names: IndexNames, transform?: Transform) {
  return (record: StreamRecord, documents: StreamDocument[]): void => {
    const latest = Date.now() + AHEAD;
    if (!transform && readWritten(record, names, RECORD_DOCUMENTS, latest, documents)) return;
    const unpacked =
      record.fault === undefined ? unpack(Buffer.from(record.data, 'base64')) : { fault: record.fault };
    const contents = 'fault' in unpacked ? unpacked.fault : readAll(unpacked.contents);
    if (typeof contents === 'string') {
      documents.push(whole(record, contents));
      return;
    }
    for (const [position, content] of contents.entries()) {
      const document = read(content, record, position);
      if (document) documents.push(document);
    }
  };

  function read(
    document: ParsedDocument,
    record: StreamRecord,
    position: number,
  ): StreamDocument | undefined {
    const reject = (rejection: Rejection) =>
      rejectedDocument(names.rejected, { record, position }, rejection);
    if ('error' in document) {
      const { code, reason, payload } = document.error;
      return reject({ code, reason, payload: JSON.stringify(payload) });
    }
    const { sample } = document;
    // What is half a surrogate pair would make the whole request unreadable.
    const id = sampleIdentity(sample)?.toWellFormed() ?? placeOf({ record, position });
    const measured = sample.timestamp.getTime();
    const source = transformedSource(sample, transform);
    if (typeof source !== 'string') return source && reject(source);
    if (measured > Date.now() + AHEAD) {
      const reason = 'timestamp is more than a year ahead';
      return reject({ code: 'TIMESTAMP_OUT_OF_RANGE', reason, payload: source });
    }
    const facts = { index: names.of(measured), record, position, measured };
    return streamDocument(JSON.stringify(id), source, facts);
  }

  function whole(record: StreamRecord, reason: string): StreamDocument {
    const rejection = {
      code: 'MALFORMED_RECORD',
      reason: `${reason} (payload in base64)`,
      payload: JSON.stringify(record.data),
    };
    return rejectedDocument(names.rejected, { record, position: 0 }, rejection);
  }
}

/** The documents, or why they are too many or too long. */
function readAll(contents: readonly Buffer[]): ParsedDocument[] | string {
  const documents: ParsedDocument[] = [];
  for (const content of contents) {
    for (const document of parseDocuments(content, DOCUMENT_LENGTH)) {
      if ('error' in document && document.error.payload.length > DOCUMENT_LENGTH)
        return 'a document of more than 1 MiB';
      if (documents.push(document) > RECORD_DOCUMENTS)
        return `more than ${RECORD_DOCUMENTS} documents in one record`;
    }
  }
  return documents;
}
