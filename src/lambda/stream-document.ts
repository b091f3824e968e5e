import type { StreamRecord } from './stream-record.js';

/** A document on its way into an index. */
export interface StreamDocument {
  /** Its index, in whose name nothing has to be escaped. */
  readonly index: string;
  /** Its id in JSON: the same at every delivery, so that a second one changes nothing. */
  readonly id: string;
  /** The document in JSON. */
  readonly source: string;
  /** The record that it comes from. */
  readonly record: StreamRecord;
  /** Its place in the record, from 0. */
  readonly position: number;
  /** The time of the sample, milliseconds since 1970; `undefined` where it is none. */
  readonly measured?: number;
  /** Why it is no sample, as a word that never changes; `undefined` where it is one. */
  readonly code?: string;
}

/** Where in the stream a document stands, for ever. */
export const placeOf = ({ record, position }: Pick<StreamDocument, 'record' | 'position'>): string =>
  `${record.id}:${position}`;
