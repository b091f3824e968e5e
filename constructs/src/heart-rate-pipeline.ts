import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import type { Alarm, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { BatchLayer } from './batch-layer';
import type { HeartRatePipelineProps } from './heart-rate-pipeline-props';
import { checkEmail } from './private/check-address';
import { refuse } from './private/refuse';
import { SampleStream } from './sample-stream';
import { ServingLayer } from './serving-layer';
import { SpeedLayer } from './speed-layer';

/**
 * The whole pipeline: a stream to which samples are sent, an indexer that has them found in OpenSearch within seconds,
 * an archive that Athena reads, dashboards, alerts, and alarms of the pipeline itself.
 *
 * ```ts
 * import { App, Duration, Stack } from 'aws-cdk-lib';
 * import { HeartRatePipeline } from 'liveheartrate-constructs';
 *
 * const stack = new Stack(new App(), 'HeartRate');
 * const pipeline = new HeartRatePipeline(stack, 'Pipeline', { wearers: 100, retention: Duration.days(30) });
 * pipeline.speed.index; // => 'heart_rate'
 * ```
 */
export class HeartRatePipeline extends Construct {
  /** The stream to which samples are sent. */
  public readonly stream: SampleStream;
  /** The indexer and OpenSearch. */
  public readonly speed: SpeedLayer;
  /** The archive, where there is one. */
  public readonly batch?: BatchLayer;
  /** Dashboards and alerts. */
  public readonly serving: ServingLayer;
  /** Where alarms of the pipeline itself go, where there are any. */
  public readonly alarmTopic?: ITopic;
  /** The alarms of all layers. */
  public readonly alarms: Alarm[];

  public constructor(scope: Construct, id: string, props: HeartRatePipelineProps = {}) {
    super(scope, id);
    check(props);
    if (props.alarms ?? true) this.alarmTopic = props.alarmTopic ?? this.createTopic(props);
    const common = { ...props, ...(this.alarmTopic && { alarmTopic: this.alarmTopic }) };

    this.stream = new SampleStream(this, 'Stream', {
      ...layerOf(common),
      ...(props.stream
        ? { stream: props.stream }
        : {
            ...(props.shardCount === undefined
              ? { wearers: props.wearers, samplesPerSecond: props.samplesPerSecond }
              : { shardCount: props.shardCount }),
            retention: props.streamRetention,
          }),
    });
    const { stream } = this.stream;
    this.speed = new SpeedLayer(this, 'Speed', {
      ...common,
      stream,
      maxRecordAge: props.maxRecordAge ?? longestWait(props),
    });
    if (props.archive ?? true) this.batch = new BatchLayer(this, 'Batch', { ...common, stream });
    this.serving = new ServingLayer(this, 'Serving', {
      ...common,
      stream: this.stream,
      speed: this.speed,
      ...(this.batch && { batch: this.batch }),
    });
    this.alarms = [this.stream, this.speed, this.batch, this.serving].flatMap((layer) => layer?.alarms ?? []);
  }

  /**
   * Allows to send samples, and nothing else.
   *
   * @param grantee who sends them
   */
  public grantProduce(grantee: IGrantable): Grant {
    return this.stream.grantProduce(grantee);
  }

  /**
   * Allows to ask questions of the archive.
   *
   * @param grantee who asks
   */
  public grantQuery(grantee: IGrantable): Grant {
    if (!this.batch) throw new Error('There is no archive to ask: leave out archive: false.');
    return this.batch.grantQuery(grantee);
  }

  /** Milliseconds from the time of a sample until it is indexed: the 99th percentile. */
  public metricLatency(options?: MetricOptions): Metric {
    return this.speed.metricLatency(options);
  }

  /** Documents that are no samples, or were refused for good. */
  public metricRejected(options?: MetricOptions): Metric {
    return this.speed.metricRejected(options);
  }

  private createTopic({ alarmEmail, encryptionKey }: HeartRatePipelineProps): Topic {
    const topic = new Topic(this, 'AlarmTopic', {
      displayName: 'Heart-rate pipeline',
      enforceSSL: true,
      ...(encryptionKey && { masterKey: encryptionKey }),
    });
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
    // A policy of its own, such as enforceSSL makes, takes the place of the one that lets alarms in.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { ArnLike: { 'aws:SourceArn': alarmsOf(this) } },
      }),
    );
    encryptionKey?.grant(cloudWatch, 'kms:GenerateDataKey', 'kms:Decrypt');
    if (alarmEmail !== undefined) topic.addSubscription(new EmailSubscription(alarmEmail));
    return topic;
  }
}

/** The alarms of the account. */
const alarmsOf = (scope: Construct) =>
  Stack.of(scope).formatArn({
    service: 'cloudwatch',
    resource: 'alarm',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/** What a stream shares with the other layers. */
const layerOf = ({ alarms, alarmTopic, encryptionKey, removalPolicy }: HeartRatePipelineProps) => ({
  alarms,
  alarmTopic,
  encryptionKey,
  removalPolicy,
});

/** As long as a record is there, less an hour in which it can still be kept; Lambda takes a week at most. */
function longestWait({ streamRetention }: HeartRatePipelineProps): Duration | undefined {
  if (!streamRetention) return undefined;
  return Duration.hours(Math.min(streamRetention.toHours() - 1, 7 * 24));
}

function check(props: HeartRatePipelineProps): void {
  checkEmail('alarmEmail', props.alarmEmail);
  refuse(
    (props.streamRetention || props.shardCount !== undefined) && props.stream,
    'streamRetention and shardCount are of a stream that is made: leave out either them or stream.',
  );
  refuse(
    props.alarmEmail !== undefined && (props.alarmTopic || props.alarms === false),
    'alarmEmail is for a topic that is made: leave it out with alarmTopic, and with alarms: false.',
  );
  const archived = [props.bucket, props.layout, props.archiveRetention].some((prop) => prop !== undefined);
  refuse(
    archived && props.archive === false,
    'bucket, layout and archiveRetention are of the archive, and archive is false.',
  );
}
