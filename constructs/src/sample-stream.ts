import { Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import type { Alarm, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { type IStream, Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import { Construct } from 'constructs';
import type { LayerProps } from './layer-props';
import { acknowledge } from './private/acknowledge';
import { Alarms } from './private/alarms';
import { streamMetric } from './private/stream-metric';
import { Sizing } from './sizing/sizing';

/** How the stream of samples is made, or which one is used. */
export interface SampleStreamProps extends LayerProps {
  /**
   * A stream that is there, also an imported one.
   *
   * @default - a stream is made
   */
  readonly stream?: IStream;

  /**
   * Name of the stream that is made.
   *
   * @default - CloudFormation gives it one
   */
  readonly streamName?: string;

  /**
   * So many shards: a provisioned stream, which each second takes 1,000 records and 1 MB for each of them.
   *
   * @default - as many as `wearers` need; on demand without those
   */
  readonly shardCount?: number;

  /**
   * How many people send samples at the same time.
   *
   * @default - not known: the stream is on demand
   */
  readonly wearers?: number;

  /**
   * Samples of one wearer each second.
   *
   * @default 1
   */
  readonly samplesPerSecond?: number;

  /**
   * How long a record can be read.
   *
   * @default Duration.hours(24)
   */
  readonly retention?: Duration;
}

/**
 * The Kinesis stream to which samples are sent: encrypted, on demand or as large as its wearers need, and watched.
 *
 * ```ts
 * import { App, Stack } from 'aws-cdk-lib';
 * import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
 * import { SampleStream } from 'liveheartrate-constructs';
 *
 * const stack = new Stack(new App(), 'HeartRate');
 * const samples = new SampleStream(stack, 'Samples', { shardCount: 2 });
 * const gateway = new Role(stack, 'Gateway', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
 * samples.grantProduce(gateway);
 * samples.alarms.length; // => 2
 * ```
 */
export class SampleStream extends Construct {
  /** The stream. */
  public readonly stream: IStream;
  /** Its alarms. */
  public readonly alarms: Alarm[];

  public constructor(scope: Construct, id: string, props: SampleStreamProps = {}) {
    super(scope, id);
    this.stream = props.stream ? existing(props) : this.create(props);
    this.alarms = this.watch(props).all;
  }

  /**
   * Allows to send samples, and nothing else.
   *
   * @param grantee who sends them
   */
  public grantProduce(grantee: IGrantable): Grant {
    const grant = Grant.addToPrincipal({
      grantee,
      actions: ['kinesis:PutRecord', 'kinesis:PutRecords'],
      resourceArns: [this.stream.streamArn],
    });
    this.stream.encryptionKey?.grant(grantee, 'kms:GenerateDataKey');
    return grant;
  }

  /**
   * A metric of the stream, such as `IncomingRecords`.
   *
   * @param metricName its name
   * @param options what differs from the sum of five minutes
   */
  public metric(metricName: string, options?: MetricOptions): Metric {
    return streamMetric(this.stream, metricName, options).attachTo(this);
  }

  /** The records that have come, each of one or more samples. */
  public metricIncomingRecords(options?: MetricOptions): Metric {
    return this.metric('IncomingRecords', options);
  }

  private create(props: SampleStreamProps): Stream {
    const { wearers, samplesPerSecond } = props;
    if (props.shardCount !== undefined && wearers !== undefined) {
      throw new Error('shardCount and wearers both say how large the stream is: leave one of them out.');
    }
    if (
      props.shardCount !== undefined &&
      !Token.isUnresolved(props.shardCount) &&
      !isShardCount(props.shardCount)
    ) {
      throw new Error('shardCount must be a whole number, 1 at least: leave it out for a stream on demand.');
    }
    const sized = wearers === undefined ? undefined : Sizing.estimate({ wearers, samplesPerSecond });
    const shardCount = props.shardCount ?? sized?.size.shardCount;
    const stream = new Stream(this, 'Stream', {
      streamName: props.streamName,
      retentionPeriod: props.retention ?? Duration.hours(24),
      ...(shardCount === undefined
        ? { streamMode: StreamMode.ON_DEMAND }
        : { streamMode: StreamMode.PROVISIONED, shardCount }),
      ...(props.encryptionKey
        ? { encryption: StreamEncryption.KMS, encryptionKey: props.encryptionKey }
        : { encryption: StreamEncryption.MANAGED }),
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    if (props.encryptionKey) acknowledge(stream, 'KDS3', 'This key is asked for.');
    return stream;
  }

  private watch(props: SampleStreamProps): Alarms {
    const alarms = new Alarms(this, props);
    alarms.add('WriteThrottled', {
      metric: this.metric('WriteProvisionedThroughputExceeded'),
      description:
        'Samples come faster than the stream takes them: give it more shards, or make it on demand.',
      threshold: 0,
      periods: 3,
    });
    alarms.add('ReadThrottled', {
      metric: this.metric('ReadProvisionedThroughputExceeded'),
      description: 'The stream is read faster than its shards allow: fewer readers, or more shards.',
      threshold: 0,
      periods: 6,
    });
    return alarms;
  }
}

const isShardCount = (count: number) => Number.isInteger(count) && count >= 1;

function existing(props: SampleStreamProps): IStream {
  const { stream, streamName, shardCount, retention } = props;
  if (streamName !== undefined || shardCount !== undefined || retention !== undefined) {
    throw new Error(
      'streamName, shardCount and retention are of a stream that is made: leave out either them or stream.',
    );
  }
  return stream as IStream;
}
