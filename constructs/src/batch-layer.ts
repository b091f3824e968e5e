import { Duration, Names, RemovalPolicy, Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import type { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { type Alarm, Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Database, type S3Table } from 'aws-cdk-lib/aws-glue';
import type { Grant, IGrantable, Role } from 'aws-cdk-lib/aws-iam';
import type { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { type IBucket, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ArchiveLayout } from './archive-layout';
import type { BatchLayerProps } from './batch-layer-props';
import { Alarms } from './private/alarms';
import { Delivery, ERRORS } from './private/delivery';
import { grantQuery } from './private/grant-query';
import { type Layout, layouts } from './private/layouts';
import { nodeFunction } from './private/node-function';
import { Questions } from './private/questions';
import { emptyAfter, sampleBucket } from './private/sample-bucket';
import { sampleTable } from './private/sample-table';
import { checkTimeZone } from './private/time-zone';
import { unread } from './private/unread';
import { Sizing } from './sizing/sizing';

const NAMESPACE = 'liveheartrate';
const BUFFER = Size.mebibytes(128);
const INTERVAL = Duration.minutes(5);
/** Bytes. */
const LEAST_LIMIT = 10_000_000;
/** After so many days in a cheaper class. */
const DAYS = { infrequent: 30, archived: 180 };

/**
 * The archive: Firehose turns the stream into Parquet, which Athena reads by a Glue table with partition projection, and
 * named queries ask what people ask. Nothing has to crawl or to repair it.
 *
 * ```ts
 * import { App, Stack } from 'aws-cdk-lib';
 * import { Stream } from 'aws-cdk-lib/aws-kinesis';
 * import { BatchLayer } from 'liveheartrate-constructs';
 *
 * const stack = new Stack(new App(), 'HeartRate');
 * const stream = Stream.fromStreamArn(stack, 'Stream', 'arn:aws:kinesis:us-east-1:111122223333:stream/heart-rate');
 * const { queries } = new BatchLayer(stack, 'Batch', { stream, timeZone: 'Europe/Berlin' });
 * Object.keys(queries).slice(0, 3); // => ['maximum', 'minimum', 'difference']
 * ```
 */
export class BatchLayer extends Construct {
  /** The bucket of the archive. */
  public readonly bucket: IBucket;
  /** The bucket of the answers of Athena, which are deleted after a week. */
  public readonly results: IBucket;
  /** The Glue database. */
  public readonly database: Database;
  /** The Glue table. */
  public readonly table: S3Table;
  /** The delivery stream. */
  public readonly deliveryStream: CfnDeliveryStream;
  /** The role with which it reads, converts and writes. */
  public readonly deliveryRole: Role;
  /** What brings records into the wire format, where that is asked for. */
  public readonly normalizer?: LambdaFunction;
  /** The Athena workgroup. */
  public readonly workGroup: CfnWorkGroup;
  /** The named queries: `maximum`, `minimum`, `difference`, `sessions`, `zones`, `daily_summary` and `latency`. */
  public readonly queries: Record<string, CfnNamedQuery>;
  /** Its alarms. */
  public readonly alarms: Alarm[];

  private readonly folder: string;
  private readonly service: string;
  private readonly interval: Duration;

  public constructor(scope: Construct, id: string, props: BatchLayerProps) {
    super(scope, id);
    check(props);
    const layout = layouts[props.layout ?? ArchiveLayout.DAY];
    this.folder = layout.folder;
    this.service = Names.uniqueResourceName(this, { maxLength: 64, allowedSpecialCharacters: '-' });
    this.interval = intervalOf(props);
    this.bucket = props.bucket ?? this.createBucket(props, layout);
    this.results = sampleBucket(this, 'Results', {
      ...props,
      versioned: false,
      lifecycleRules: [{ expiration: Duration.days(7) }],
    });
    this.database = new Database(this, 'Database', {
      databaseName: props.databaseName,
      description: 'Heart-rate samples, as they arrived',
      // It holds no samples, and its name would be taken when the stack is deployed again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.table = sampleTable(this, this.database, this.bucket, layout);
    if (props.normalize ?? true) {
      this.normalizer = nodeFunction(this, 'Normalizer', {
        asset: 'normalize',
        description: 'Brings records into the wire format for the archive',
        timeout: Duration.minutes(1),
        memorySize: 256,
      });
      this.normalizer.addEnvironment('POWERTOOLS_METRICS_NAMESPACE', NAMESPACE);
      this.normalizer.addEnvironment('POWERTOOLS_SERVICE_NAME', this.service);
    }
    const encryptionKey = props.encryptionKey ?? this.bucket.encryptionKey;
    const { deliveryStream, role } = new Delivery(this, 'Delivery', {
      stream: props.stream,
      bucket: this.bucket,
      encryptionKey,
      table: this.table,
      layout,
      timeZone: layout === layouts[ArchiveLayout.SESSION] ? (props.timeZone ?? 'UTC') : 'UTC',
      bufferSize: props.bufferSize ?? BUFFER,
      bufferInterval: this.interval,
      normalize: this.normalizer,
    });
    this.deliveryStream = deliveryStream;
    emptyAfter(deliveryStream, this.bucket);
    this.deliveryRole = role;
    const { workGroup, queries } = new Questions(this, 'Questions', {
      table: this.table,
      results: this.results,
      encryptionKey: props.encryptionKey,
      workGroupName: props.workGroupName,
      bytesLimit: (props.queryLimit ?? Size.gibibytes(100)).toBytes(),
      timeZone: props.timeZone ?? 'UTC',
      zones: props.zones,
      dayFormat: layout.dayFormat,
    });
    this.workGroup = workGroup;
    this.queries = queries;
    this.alarms = this.watch(props).all;
  }

  /**
   * Allows to ask questions of the archive in its workgroup, and to read the answers.
   *
   * @param grantee who asks
   */
  public grantQuery(grantee: IGrantable): Grant {
    return grantQuery(this, grantee, `${this.folder}*`);
  }

  /**
   * A metric of the delivery stream, such as `DeliveryToS3.DataFreshness`.
   *
   * @param metricName its name
   * @param options what differs from the sum of five minutes
   */
  public metric(metricName: string, options?: MetricOptions): Metric {
    return new Metric({
      namespace: 'AWS/Firehose',
      metricName,
      statistic: 'Sum',
      dimensionsMap: { DeliveryStreamName: this.deliveryStream.ref },
      ...options,
    }).attachTo(this);
  }

  /** The age of the oldest record that is not in the archive yet, in seconds. */
  public metricFreshness(options?: MetricOptions): Metric {
    return this.metric('DeliveryToS3.DataFreshness', { statistic: 'Maximum', ...options });
  }

  /**
   * Documents that are no samples, and so are not in the archive. There are none without `normalize`, where
   * `FailedConversion.Records` of Firehose counts the records.
   */
  public metricNotArchived(options?: MetricOptions): Metric {
    return new Metric({
      namespace: NAMESPACE,
      metricName: 'NotArchived',
      statistic: 'Sum',
      dimensionsMap: { service: this.service },
      ...options,
    }).attachTo(this);
  }

  private createBucket(props: BatchLayerProps, layout: Layout): IBucket {
    const transitions = [
      { storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(DAYS.infrequent) },
      { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(DAYS.archived) },
    ];
    const { archiveRetention: expiration } = props;
    const days = expiration?.toDays();
    return sampleBucket(this, 'Bucket', {
      ...props,
      lifecycleRules: [
        {
          prefix: layout.folder,
          transitions: transitions.filter(
            ({ transitionAfter }) => days === undefined || transitionAfter.toDays() < days,
          ),
          ...(expiration && { expiration }),
        },
        // What could not be archived may be health data too.
        ...(expiration ? [{ prefix: ERRORS, expiration }] : []),
      ],
    });
  }

  private watch(props: BatchLayerProps): Alarms {
    const alarms = new Alarms(this, props);
    const interval = this.interval.toSeconds();
    alarms.add('Stale', {
      metric: this.metricFreshness(),
      description: 'Samples wait too long for the archive: see the log of the delivery stream.',
      // As long as they may wait for others, twice, and what delivery takes.
      threshold: 2 * interval + 600,
      periods: 2,
    });
    alarms.add('Behind', {
      metric: this.metric('KinesisMillisBehindLatest', { statistic: 'Maximum' }),
      description: 'The stream is read late, which its freshness does not count: may Firehose read it?',
      threshold: Duration.minutes(10).toMilliseconds(),
      periods: 2,
    });
    alarms.add('Unread', {
      metric: unread(props.stream, this.metric('DataReadFromKinesisStream.Records')),
      description: 'Samples come, and Firehose reads none: may it read the stream, and decrypt it?',
      threshold: 0,
      periods: 3,
    });
    alarms.add('NotConverted', {
      metric: this.metric('FailedConversion.Records'),
      description: 'Records are no samples: they are in the bucket, under errors/.',
      threshold: 0,
    });
    alarms.add('ReadThrottled', {
      metric: this.metric('ThrottledGetRecords'),
      description: 'The archive cannot read the stream fast enough: fewer readers, or more shards.',
      threshold: 0,
      periods: 6,
    });
    if (this.normalizer) {
      alarms.add('NotArchived', {
        metric: this.metricNotArchived(),
        description:
          'Documents are no samples: records without any are under errors/, the others are archived without them.',
        threshold: 0,
      });
      alarms.add('NormalizerErrors', {
        metric: this.normalizer.metricErrors(),
        description: 'Records could not be brought into the wire format: see the log of the function.',
        threshold: 0,
      });
    }
    return alarms;
  }
}

function intervalOf({ bufferInterval, wearers, samplesPerSecond }: BatchLayerProps): Duration {
  if (bufferInterval || wearers === undefined) return bufferInterval ?? INTERVAL;
  return Sizing.estimate({ wearers, samplesPerSecond }).size.firehoseBufferInterval;
}

function check(props: BatchLayerProps): void {
  const { bucket, archiveRetention, bufferSize = BUFFER, bufferInterval = INTERVAL } = props;
  checkTimeZone(props.timeZone);
  if (bucket && archiveRetention) {
    throw new Error(
      'archiveRetention is of a bucket that is made: leave it out, and give your bucket a life cycle rule.',
    );
  }
  if (archiveRetention && archiveRetention.toDays() < 1) {
    throw new Error('archiveRetention must be a day at least: leave it out to keep samples for ever.');
  }
  const mebibytes = bufferSize.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
  if (mebibytes < 64 || mebibytes > 128) {
    throw new Error('bufferSize must be 64 to 128 MiB, which is what Firehose takes for Parquet.');
  }
  if (props.queryLimit && props.queryLimit.toBytes() < LEAST_LIMIT) {
    throw new Error('queryLimit must be 10 MB at least, which is the least that Athena takes.');
  }
  const seconds = bufferInterval.toSeconds();
  if (seconds > 900)
    throw new Error('bufferInterval must be 15 minutes at most, which is what Firehose takes.');
}
