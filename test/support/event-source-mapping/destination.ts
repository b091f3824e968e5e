import type { KinesisStreamRecord } from 'aws-lambda';
import { FUNCTION_ARN, type Outcome } from './invocation.ts';

/** Why records are discarded. */
export type Condition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** What an on-failure destination in S3 is given: the invocation record with the whole event. */
export interface FailureRecord {
  readonly version: '1.0';
  readonly timestamp: string;
  readonly requestContext: {
    readonly requestId: string | undefined;
    readonly functionArn: string;
    readonly condition: Condition;
    readonly approximateInvokeCount: number;
  };
  readonly responseContext: {
    readonly statusCode: 200;
    readonly executedVersion: '$LATEST';
    readonly functionError: 'Unhandled' | null;
  };
  readonly KinesisBatchInfo: {
    readonly shardId: string;
    readonly startSequenceNumber: string;
    readonly endSequenceNumber: string;
    readonly approximateArrivalOfFirstRecord: string;
    readonly approximateArrivalOfLastRecord: string;
    readonly batchSize: number;
    readonly streamArn: string;
  };
  /** The event as a text of JSON. */
  readonly payload: string;
}

/** What happened to the records that are discarded. */
export interface Failure {
  readonly condition: Condition;
  readonly attempts: number;
  /** The last invocation; there was none where the records were too old from the beginning. */
  readonly outcome: Outcome | undefined;
  readonly now: number;
}

/** The record of discarded records, which are at least one. */
export function failureRecord(
  records: readonly KinesisStreamRecord[],
  { condition, attempts, outcome, now }: Failure,
): FailureRecord {
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last) throw new Error('Nothing was discarded.');
  return {
    version: '1.0',
    timestamp: iso(now),
    requestContext: {
      requestId: outcome?.requestId,
      functionArn: FUNCTION_ARN,
      condition,
      approximateInvokeCount: attempts,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: outcome && 'functionError' in outcome ? outcome.functionError : null,
    },
    KinesisBatchInfo: {
      shardId: first.eventID.split(':')[0] ?? '',
      startSequenceNumber: first.kinesis.sequenceNumber,
      endSequenceNumber: last.kinesis.sequenceNumber,
      approximateArrivalOfFirstRecord: iso(arrivalOf(first)),
      approximateArrivalOfLastRecord: iso(arrivalOf(last)),
      batchSize: records.length,
      streamArn: first.eventSourceARN,
    },
    payload: JSON.stringify({ Records: records }),
  };
}

/** When a record came into the stream, milliseconds since 1970. */
export const arrivalOf = ({ kinesis }: KinesisStreamRecord): number =>
  kinesis.approximateArrivalTimestamp * 1_000;

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
