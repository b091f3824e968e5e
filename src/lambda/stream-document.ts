import type { StreamRecord } from './stream-record.js';

/** A document on its way into an index. Its texts are bytes, as they came and as they go. */
export interface StreamDocument {
  /** Its index, in whose name nothing has to be escaped. */
  readonly index: string;
  /** What holds it and its id, both in JSON. */
  readonly bytes: Buffer;
  /** Where its id begins: the same at every delivery, so that a second one changes nothing. */
  readonly idStart: number;
  /** Where that ends. */
  readonly idEnd: number;
  /** Where the document begins. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
  /** The record that it comes from. */
  readonly record: StreamRecord;
  /** Its place in the record, from 0. */
  readonly position: number;
  /** The time of the sample, milliseconds since 1970; `undefined` where it is none. */
  readonly measured?: number;
  /** Why it is no sample, as a word that never changes; `undefined` where it is one. */
  readonly code?: string;
}

/** What is known of a document beside its texts. */
type Facts = Omit<StreamDocument, 'bytes' | 'idStart' | 'idEnd' | 'start' | 'end'>;

/**
 * A document of its texts.
 *
 * @param id - Its id in JSON.
 * @param source - The document in JSON.
 */
export function streamDocument(id: string, source: string, facts: Facts): StreamDocument {
  const bytes = Buffer.from(id + source);
  const idEnd = Buffer.byteLength(id);
  return { ...facts, bytes, idStart: 0, idEnd, start: idEnd, end: bytes.length };
}

/** The document in JSON. */
export const sourceOf = ({ bytes, start, end }: StreamDocument): string => bytes.toString('utf8', start, end);

/** Where in the stream a document stands, for ever. */
export const placeOf = ({ record, position }: Pick<StreamDocument, 'record' | 'position'>): string =>
  `${record.id}:${position}`;
