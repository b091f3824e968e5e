import type { KinesisStreamEvent } from 'aws-lambda';

/** A Kinesis event as Lambda gives it, with sequence numbers from 100. */
export function kinesisEvent(records: readonly (string | Uint8Array)[]): KinesisStreamEvent {
  return {
    Records: records.map((data, at) => ({
      awsRegion: 'eu-central-1',
      eventID: `shardId-000000000000:${100 + at}`,
      eventName: 'aws:kinesis:record',
      eventSource: 'aws:kinesis',
      eventSourceARN: 'arn:aws:kinesis:eu-central-1:123456789012:stream/hr-kinesis-stream',
      eventVersion: '1.0',
      invokeIdentityArn: 'arn:aws:iam::123456789012:role/indexer',
      kinesis: {
        approximateArrivalTimestamp: 1_700_000_000,
        data: Buffer.from(data).toString('base64'),
        kinesisSchemaVersion: '1.0',
        partitionKey: 'ride',
        sequenceNumber: String(100 + at),
      },
    })),
  };
}
