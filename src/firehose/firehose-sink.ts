import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { InvalidArgumentError } from '../errors.js';
import { fromAwsError, fromRecordError, isExpired } from '../sink/aws-error.js';
import { defineSink, type Sink, type SinkOptions } from '../sink/index.js';

/** Which delivery stream, and by which client. */
export interface FirehoseSinkOptions extends Omit<SinkOptions, 'partitionKey'> {
  /** Name of the delivery stream. */
  readonly deliveryStreamName: string;
  /** The client to use. Default: one of its own, with region and credentials from the environment. */
  readonly client?: FirehoseClient;
}

/** Limits of PutRecordBatch (Amazon Data Firehose API reference); Firehose promises no order that could be kept. */
const limits = { records: 500, bytes: 4 * 2 ** 20, recordBytes: 1_000 * 2 ** 10, recordsPerKey: Infinity };

/**
 * Delivers samples straight to a Firehose delivery stream, as JSON documents line by line. Only the records that
 * failed are sent again.
 *
 * @param options - Which delivery stream, and what every sink lets its user set.
 * @returns The sink, ready for `sendTo`. A delivery stream that does not exist, or that the credentials may not
 *   write to, is a `DeliveryRejectedError`: the samples stay in the spool, or settle as dropped where there is none.
 * @throws `InvalidArgumentError` where there is no delivery stream, or an option is out of its range; `SpoolError`
 *   where the spool cannot be used.
 *
 * @example
 * ```ts no-run
 * import { heartRate, sendTo } from 'liveheartrate';
 * import { firehoseSink } from 'liveheartrate/firehose';
 * import { nobleCentral } from 'liveheartrate/noble';
 *
 * heartRate(nobleCentral())
 *   .pipe(sendTo(firehoseSink({ deliveryStreamName: 'hr_firehose', pack: true })))
 *   .subscribe();
 * ```
 */
export function firehoseSink(options: FirehoseSinkOptions): Sink {
  const { deliveryStreamName, client: given, ...sinkOptions } = options;
  if (typeof deliveryStreamName !== 'string' || deliveryStreamName === '')
    throw new InvalidArgumentError('deliveryStreamName must be the name of a delivery stream.');
  const name = `Firehose delivery stream ${deliveryStreamName}`;
  let client = given ?? newClient();
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
          .catch(async (error: unknown) => {
            const failure = await fromAwsError(error, name, client);
            if (!given && isExpired(error)) client = newClient();
            throw failure;
          });
        return RequestResponses.map(({ ErrorCode }) => fromRecordError(ErrorCode, name));
      },
    },
    sinkOptions,
  );
}

/** No retries, which would only get in the way of those of the sink, and no copies of every call for a log. */
function newClient(): FirehoseClient {
  const client = new FirehoseClient({ maxAttempts: 1 });
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
