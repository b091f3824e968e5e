import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { fromAwsError } from '../sink/aws-error.js';
import { DeliveryFailedError, defineSink, type Sink, type SinkOptions } from '../sink/index.js';

/** Which delivery stream, and by which client. */
export interface FirehoseSinkOptions extends Omit<SinkOptions, 'partitionKey'> {
  /** Name of the delivery stream. */
  readonly deliveryStreamName: string;
  /** The client to use. Default: one of its own, with region and credentials from the environment. */
  readonly client?: FirehoseClient;
}

/** Limits of PutRecordBatch (Amazon Data Firehose API reference). */
const limits = { records: 500, bytes: 4 * 2 ** 20, recordBytes: 1_000 * 2 ** 10 };

/**
 * Delivers samples straight to a Firehose delivery stream, as JSON documents line by line.
 *
 * @param options - Which delivery stream, and what every sink lets its user set.
 * @returns The sink, ready for `sendTo`. A delivery stream that does not exist, or that the credentials may not
 *   write to, settles the samples as dropped with a `DeliveryRejectedError`.
 *
 * @example
 * ```ts no-run
 * import { heartRate, sendTo } from 'liveheartrate';
 * import { firehoseSink } from 'liveheartrate/firehose';
 * import { nobleCentral } from 'liveheartrate/noble';
 *
 * heartRate(nobleCentral())
 *   .pipe(sendTo(firehoseSink({ deliveryStreamName: 'hr_firehose' })))
 *   .subscribe();
 * ```
 */
export function firehoseSink(options: FirehoseSinkOptions): Sink {
  const { deliveryStreamName, client = new FirehoseClient({}), ...sinkOptions } = options;
  const name = `Firehose delivery stream ${deliveryStreamName}`;
  return defineSink(
    {
      name,
      limits,
      async send(records, abortSignal) {
        const command = new PutRecordBatchCommand({
          DeliveryStreamName: deliveryStreamName,
          Records: records.map(({ data }) => ({ Data: data })),
        });
        const { RequestResponses = [] } = await client
          .send(command, { abortSignal })
          .catch((error: unknown) => {
            throw fromAwsError(error, name);
          });
        return RequestResponses.map(({ ErrorCode }) =>
          ErrorCode === undefined
            ? undefined
            : new DeliveryFailedError(`${name} did not take a record (${ErrorCode}).`),
        );
      },
    },
    sinkOptions,
  );
}
