import type { KinesisStreamRecord } from 'aws-lambda';

/**
 * What a partial batch response means: the index of the first record that is to be delivered again, which is the one
 * with the lowest sequence number of all that are named. The number of records where all is done, 0 where the
 * response names what is no record of the batch.
 */
export function checkpointOf(response: unknown, records: readonly KinesisStreamRecord[]): number {
  const failures = (response as { batchItemFailures?: unknown } | null | undefined)?.batchItemFailures;
  if (failures === undefined || failures === null) return records.length;
  if (!Array.isArray(failures)) return 0;
  const places = new Map<unknown, number>(records.map(({ kinesis }, at) => [kinesis.sequenceNumber, at]));
  const failed = failures.map(
    (failure) => places.get((failure as { itemIdentifier?: unknown } | null)?.itemIdentifier) ?? 0,
  );
  return Math.min(records.length, ...failed);
}
