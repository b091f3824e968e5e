import { InvalidArgumentError } from '../errors.js';
import type { BatchResponse, FirehoseEvent, FirehoseResponse, KinesisEvent, SqsEvent } from './event.js';
import { firehoseAnswer, firehoseRecords } from './firehose-event.js';
import { kinesisAnswer, kinesisRecords } from './kinesis-event.js';
import { sqsAnswer, sqsRecords } from './sqs-event.js';
import type { StreamRecord } from './stream-record.js';

/** An event that an indexer takes. */
export type IndexerEvent = KinesisEvent | SqsEvent | FirehoseEvent;

/** What is read from an event, and how it is answered. */
export interface Source {
  /** How many items the event has. */
  readonly items: number;
  /** The records in them, in their order. */
  readonly records: Iterable<StreamRecord>;
  /** The answer where these items are not done. */
  answer(unsettled: ReadonlySet<number>): BatchResponse | FirehoseResponse;
}

/**
 * Reads an event by its kind.
 *
 * @throws {@link InvalidArgumentError} where it is of no kind that is known.
 */
export function sourceOf(event: IndexerEvent): Source {
  if (isFirehose(event)) {
    const { length: items } = event.records;
    return { items, records: firehoseRecords(event), answer: () => firehoseAnswer(event) };
  }
  if (isSqs(event)) {
    const { length: items } = event.Records;
    return { items, records: sqsRecords(event), answer: (unsettled) => sqsAnswer(event, unsettled) };
  }
  if (isKinesis(event)) {
    const { length: items } = event.Records;
    return { items, records: kinesisRecords(event), answer: (unsettled) => kinesisAnswer(event, unsettled) };
  }
  throw new InvalidArgumentError(
    'The event must be of a Kinesis or SQS event source mapping, or a Firehose transformation.',
  );
}

const isFirehose = (event: IndexerEvent): event is FirehoseEvent => itemsOf(event, 'records') !== undefined;

const isSqs = (event: IndexerEvent): event is SqsEvent =>
  itemsOf(event, 'Records')?.some((record) => 'body' in record) === true;

const isKinesis = (event: IndexerEvent): event is KinesisEvent =>
  itemsOf(event, 'Records')?.every((record) => 'kinesis' in record) === true;

/** Where anybody can send anything. */
function itemsOf(event: unknown, name: string): readonly object[] | undefined {
  const items = (event as Record<string, unknown> | null | undefined)?.[name];
  const isList = Array.isArray(items) && items.every((item) => typeof item === 'object' && item !== null);
  return isList ? items : undefined;
}
