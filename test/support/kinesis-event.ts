import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';

/** What makes one record unlike another. */
export interface RecordParts {
  readonly data: string | Uint8Array;
  readonly sequenceNumber: string;
  readonly partitionKey?: string;
  readonly shardId?: string;
  /** When it came into the stream, milliseconds since 1970. */
  readonly arrival?: number;
}

/** A record as Lambda gives it. */
export function kinesisRecord({
  data,
  sequenceNumber,
  partitionKey = 'ride',
  shardId = 'shardId-000000000000',
  arrival = 1_700_000_000_000,
}: RecordParts): KinesisStreamRecord {
  return {
    awsRegion: 'eu-central-1',
    eventID: `${shardId}:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    eventSource: 'aws:kinesis',
    eventSourceARN: 'arn:aws:kinesis:eu-central-1:123456789012:stream/hr-kinesis-stream',
    eventVersion: '1.0',
    invokeIdentityArn: 'arn:aws:iam::123456789012:role/indexer',
    kinesis: {
      approximateArrivalTimestamp: arrival / 1_000,
      data: Buffer.from(data).toString('base64'),
      kinesisSchemaVersion: '1.0',
      partitionKey,
      sequenceNumber,
    },
  };
}

/** A Kinesis event as Lambda gives it, with sequence numbers from 100. */
export function kinesisEvent(records: readonly (string | Uint8Array)[]): KinesisStreamEvent {
  return {
    Records: records.map((data, at) => kinesisRecord({ data, sequenceNumber: String(100 + at) })),
  };
}
