import { placeOf, type StreamDocument, streamDocument } from './stream-document.js';

/** Why a document is not in the index of samples, and the document. */
export interface Rejection {
  /** What happened, as a word that never changes. */
  readonly code: string;
  /** The same for people. */
  readonly reason: string;
  /** What came, as a JSON text: no index, with a template or without, takes that for a date. */
  readonly payload: string;
}

/** The document that keeps what could not be indexed, for the index of such. */
export function rejectedDocument(
  index: string,
  { record, position }: Pick<StreamDocument, 'record' | 'position'>,
  rejection: Rejection,
): StreamDocument {
  const place = placeOf({ record, position });
  const source = { timestamp: new Date(record.arrival).toISOString(), ...rejection, place };
  const facts = { index, record, position, code: rejection.code };
  return streamDocument(JSON.stringify(place), JSON.stringify(source), facts);
}
