import { InvalidArgumentError } from '../../errors.js';
import { fileSink } from '../../file/index.js';
import type { Overflow, Sink, SinkOptions } from '../../sink/index.js';
import { needing } from '../needed.js';
import { clientForStandIn, speakTo } from './aws.js';
import type { DeliveryOptions } from './options.js';

/**
 * Opens the sinks that are asked for: none, one or several.
 *
 * @param overflow - What becomes of a sample for which there is no room, where no spool has it.
 */
export async function openSinks(options: DeliveryOptions, overflow: Overflow): Promise<Sink[]> {
  const { kinesis, firehose, file, spool, pack } = options;
  checkWhere(options);
  speakTo(options);
  const kept = spool === undefined ? { overflow } : { spool };
  const packed = { ...kept, ...(pack !== undefined && { pack: { delay: pack * 1_000 } }) };
  const sinks: Sink[] = [];
  try {
    if (kinesis !== undefined) sinks.push(await openKinesis(kinesis, packed));
    if (firehose !== undefined) sinks.push(await openFirehose(firehose, packed));
    if (file !== undefined) sinks.push(fileSink({ path: file, ...kept }));
  } catch (error) {
    await Promise.all(sinks.map((sink) => sink.close(0)));
    throw error;
  }
  return sinks;
}

function checkWhere({ kinesis, firehose, file, ...how }: DeliveryOptions): void {
  if (kinesis !== undefined || firehose !== undefined) return;
  const [useless] = (['region', 'endpoint', 'pack'] as const).filter((name) => how[name] !== undefined);
  if (useless !== undefined)
    throw new InvalidArgumentError(`--${useless} needs a place to deliver to: --kinesis or --firehose.`);
  if (how.spool !== undefined && file === undefined)
    throw new InvalidArgumentError('--spool needs a place to deliver to: --kinesis, --firehose or --file.');
}

async function openKinesis(stream: string, options: SinkOptions): Promise<Sink> {
  const needed = { by: '--kinesis', name: '@aws-sdk/client-kinesis' };
  const { kinesisSink } = await needing(needed, () => import('../../kinesis/index.js'));
  const client = await clientForStandIn();
  const which = stream.startsWith('arn:') ? { streamArn: stream } : { streamName: stream };
  return kinesisSink({ ...which, ...(client && { client }), ...options });
}

async function openFirehose(deliveryStreamName: string, options: SinkOptions): Promise<Sink> {
  const needed = { by: '--firehose', name: '@aws-sdk/client-firehose' };
  const { firehoseSink } = await needing(needed, () => import('../../firehose/index.js'));
  return firehoseSink({ deliveryStreamName, ...options });
}
