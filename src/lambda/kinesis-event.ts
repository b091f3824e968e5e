import type { BatchResponse, KinesisEvent } from './event.js';
import { arrivalOf, type StreamRecord } from './stream-record.js';

/** The records of a Kinesis event. */
export function* kinesisRecords({ Records }: KinesisEvent): Generator<StreamRecord> {
  for (const [item, { eventID, kinesis }] of Records.entries()) {
    const { data, sequenceNumber, approximateArrivalTimestamp: seconds } = kinesis;
    // Only an event that somebody has made by hand lacks any of these.
    const record = { item, id: eventID ?? sequenceNumber, arrival: arrivalOf(seconds && seconds * 1_000) };
    yield typeof data === 'string'
      ? { ...record, data }
      : { ...record, data: '', fault: 'a record without data' };
  }
}

/** The lowest sequence number is the checkpoint: from it on everything comes again. */
export function kinesisAnswer({ Records }: KinesisEvent, unsettled: ReadonlySet<number>): BatchResponse {
  const lowest = Records.find((_, item) => unsettled.has(item));
  return { batchItemFailures: lowest ? [{ itemIdentifier: lowest.kinesis.sequenceNumber }] : [] };
}
