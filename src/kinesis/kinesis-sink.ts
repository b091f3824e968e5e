import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { fromAwsError } from '../sink/aws-error.js';
import { DeliveryFailedError, defineSink, type Sink, type SinkOptions } from '../sink/index.js';

/** Which stream, and by which client. */
export interface KinesisSinkOptions extends SinkOptions {
  /** Name of the stream. */
  readonly streamName: string;
  /** The client to use. Default: one of its own, with region and credentials from the environment. */
  readonly client?: KinesisClient;
}

/** Limits of PutRecords (Kinesis Data Streams API reference). */
const limits = { records: 500, bytes: 10 * 2 ** 20, recordBytes: 2 ** 20 };

/**
 * Delivers samples to a Kinesis data stream, as many to a PutRecords call as there are within `maxLatency`.
 * Only the records that failed are sent again.
 *
 * @param options - Which stream, and what every sink lets its user set.
 * @returns The sink, ready for `sendTo`. A stream that does not exist, or that the credentials may not write to,
 *   settles the samples as dropped with a `DeliveryRejectedError`.
 *
 * @example
 * ```ts no-run
 * import { heartRate, sendTo } from 'liveheartrate';
 * import { kinesisSink } from 'liveheartrate/kinesis';
 * import { nobleCentral } from 'liveheartrate/noble';
 *
 * heartRate(nobleCentral())
 *   .pipe(sendTo(kinesisSink({ streamName: 'hr-kinesis-stream' })))
 *   .subscribe(({ heartRate }) => console.log(heartRate));
 * ```
 */
export function kinesisSink(options: KinesisSinkOptions): Sink {
  const { streamName, client = new KinesisClient({}), ...sinkOptions } = options;
  const name = `Kinesis stream ${streamName}`;
  return defineSink(
    {
      name,
      limits,
      async send(records, abortSignal) {
        const command = new PutRecordsCommand({
          StreamName: streamName,
          Records: records.map(({ key, data }) => ({ PartitionKey: key, Data: data })),
        });
        const { Records = [] } = await client.send(command, { abortSignal }).catch((error: unknown) => {
          throw fromAwsError(error, name);
        });
        return Records.map(({ ErrorCode }) =>
          ErrorCode === undefined
            ? undefined
            : new DeliveryFailedError(`${name} did not take a record (${ErrorCode}).`),
        );
      },
    },
    sinkOptions,
  );
}
