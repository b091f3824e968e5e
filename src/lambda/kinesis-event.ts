import type { BatchResponse, KinesisEvent } from './event.js';
import { arrivalOf, type StreamRecord } from './stream-record.js';

/** The records of a Kinesis event. */
export function* kinesisRecords({ Records }: KinesisEvent): Generator<StreamRecord> {
  let item = 0;
  for (const { eventID, kinesis } of Records) {
    const { data, sequenceNumber, approximateArrivalTimestamp: seconds } = kinesis;
    // Only an event that somebody has made by hand lacks any of these.
    const id = eventID ?? sequenceNumber;
    const arrival = arrivalOf(seconds && seconds * 1_000);
    if (typeof data === 'string') yield { item, id, data, arrival };
    else yield { item, id, data: '', arrival, fault: 'a record without data' };
    item++;
  }
}

/** The lowest sequence number is the checkpoint: from it on everything comes again. */
export function kinesisAnswer({ Records }: KinesisEvent, unsettled: ReadonlySet<number>): BatchResponse {
  const lowest = Records.find((_, item) => unsettled.has(item));
  return { batchItemFailures: lowest ? [{ itemIdentifier: lowest.kinesis.sequenceNumber }] : [] };
}
