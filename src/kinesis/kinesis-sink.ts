import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { InvalidArgumentError } from '../errors.js';
import { fromAwsError, fromRecordError, isExpired, isUnanswered } from '../sink/aws-error.js';
import { defineSink, type Sink, type SinkOptions } from '../sink/index.js';

/** Which stream, by its name or its ARN, and by which client. */
export type KinesisSinkOptions = SinkOptions & {
  /** The client to use. Default: one of its own, with region and credentials from the environment. */
  readonly client?: KinesisClient;
} & (
    | {
        /** Name of the stream. */
        readonly streamName: string;
        /** Not beside the name. */
        readonly streamArn?: undefined;
      }
    | {
        /** ARN of the stream, for one of another account. */
        readonly streamArn: string;
        /** Not beside the ARN. */
        readonly streamName?: undefined;
      }
  );

/** Limits of PutRecords (Kinesis Data Streams API reference). */
const limits = { records: 500, bytes: 10 * 2 ** 20, recordBytes: 2 ** 20 };

/**
 * Delivers samples to a Kinesis data stream, as many to a PutRecords call as there are within `maxLatency`. Only the
 * records that failed are sent again. PutRecords promises no order among the records of a call, so each call has one
 * record of a session: the samples of a session arrive in order, and 500 sessions share a call. Where one session has
 * many samples to go, after an outage or in a fast replay, `pack` puts them into that one record.
 *
 * @param options - Which stream, and what every sink lets its user set.
 * @returns The sink, ready for `sendTo`. A stream that does not exist, or that the credentials may not write to,
 *   is a `DeliveryRejectedError`: the samples stay in the spool, or settle as dropped where there is none.
 * @throws `InvalidArgumentError` where there is no stream, or an option is out of its range; `SpoolError` where the
 *   spool cannot be used.
 *
 * @example
 * ```ts no-run
 * import { heartRate, sendTo } from 'liveheartrate';
 * import { kinesisSink } from 'liveheartrate/kinesis';
 * import { nobleCentral } from 'liveheartrate/noble';
 *
 * heartRate(nobleCentral())
 *   .pipe(sendTo(kinesisSink({ streamName: 'hr-kinesis-stream', spool: '~/.liveheartrate' })))
 *   .subscribe(({ heartRate }) => console.log(heartRate));
 * ```
 */
export function kinesisSink(options: KinesisSinkOptions): Sink {
  const { streamName, streamArn, client: given, ...sinkOptions } = options;
  const stream = streamName ?? streamArn;
  if (typeof stream !== 'string' || stream === '' || (streamName !== undefined && streamArn !== undefined))
    throw new InvalidArgumentError('streamName must be the name of a stream, or streamArn its ARN.');
  const name = `Kinesis stream ${stream}`;
  let client = given ?? newClient();
  return defineSink(
    {
      name,
      limits,
      async send(records, abortSignal) {
        const command = new PutRecordsCommand({
          ...(streamName === undefined ? { StreamARN: streamArn } : { StreamName: streamName }),
          Records: records.map(({ key, data }) => ({ PartitionKey: key, Data: data })),
        });
        const used = client;
        const { Records = [] } = await used.send(command, { abortSignal }).catch(async (error: unknown) => {
          const failure = await fromAwsError(error, name, used);
          if (!given && used === client && (isExpired(error) || isUnanswered(error))) {
            used.destroy();
            client = newClient();
          }
          throw failure;
        });
        return Records.map(({ ErrorCode }) => fromRecordError(ErrorCode, name));
      },
    },
    sinkOptions,
  );
}

/**
 * One connection for all calls, where the default is a new one for each; no retries, which would only get in the way of
 * those of the sink; and no copies of every call for a log that nobody reads.
 */
function newClient(): KinesisClient {
  const client = new KinesisClient({ maxAttempts: 1, requestHandler: { disableConcurrentStreams: false } });
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}
