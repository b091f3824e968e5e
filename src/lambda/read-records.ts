import { parseDocuments, sampleIdentity, toDocument } from '../sample/index.js';
import type { BulkDocument } from './bulk.js';
import type { KinesisEvent } from './event.js';

/** A document and where in the stream it stands. */
export interface StreamDocument extends BulkDocument {
  /** Index of its record within the event. */
  readonly record: number;
  /** What identifies its place for ever: the event id of the record and the position in it. */
  readonly place: string;
}

/** The names of the two indices. */
export interface IndexNames {
  /** Where samples go. */
  readonly samples: string;
  /** Where goes what is no sample. */
  readonly rejected: string;
}

/** Reads the documents of an event: samples for their index, and what is no sample for the other one. */
export function* readRecords(event: KinesisEvent, names: IndexNames): Generator<StreamDocument> {
  for (const [record, { eventID, kinesis }] of event.Records.entries()) {
    for (const document of parseDocuments(Buffer.from(kinesis.data, 'base64'))) {
      const place = `${eventID}:${document.position}`;
      if ('sample' in document) {
        const id = sampleIdentity(document.sample) ?? place;
        yield { index: names.samples, id, source: toDocument(document.sample), record, place };
      } else {
        const { code, reason, payload } = document.error;
        // As a JSON string it begins with a quote, so that no index without a template takes it for a date.
        const why = { code, reason, payload: JSON.stringify(payload) };
        yield { ...rejectedDocument(names, place, why), record, place };
      }
    }
  }
}

/** The document that keeps what could not be indexed. */
export function rejectedDocument(
  names: IndexNames,
  place: string,
  why: { readonly code: string; readonly reason: string; readonly payload: string },
): BulkDocument {
  return { index: names.rejected, id: place, source: { ...why, place } };
}
