import type { Duration } from 'aws-cdk-lib';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ArchiveLayout } from './archive-layout';
import type { LayerProps } from './layer-props';
import type { SearchProps } from './search-props';
import type { AlertProps } from './serving-layer-props';

/** What differs from a pipeline for one wearer. */
export interface HeartRatePipelineProps extends LayerProps, SearchProps {
  /**
   * How many people send samples at the same time: from that follow shards, nodes, volumes and batches, as
   * `Sizing.estimate` tells.
   *
   * @default - one, and a stream on demand
   */
  readonly wearers?: number;

  /**
   * Samples of one wearer each second.
   *
   * @default 1
   */
  readonly samplesPerSecond?: number;

  /**
   * When people are told of a heart rate, and how.
   *
   * @default - above 150; messages go to a topic that nobody has subscribed to
   */
  readonly alert?: AlertProps;

  /**
   * Whether there are alerts of heart rates.
   *
   * @default true, but with OpenSearch Serverless, which has none
   */
  readonly alerts?: boolean;

  /**
   * Shards of the stream that is made. Kinesis takes twice as many, or half as many, as it has in one deployment: where
   * `wearers` ask for more than that, these are the steps in between. A stream on demand has four at first.
   *
   * @default - as many as `wearers` need; on demand without those
   */
  readonly shardCount?: number;

  /**
   * Name of the index, or of the alias of its parts. Of pipelines that share a domain or an endpoint, each wants its own:
   * the roles that are put there are named after it.
   *
   * @default 'heart_rate'
   */
  readonly index?: string;

  /**
   * How long a sample can be found in OpenSearch, at least, in whole days.
   *
   * @default Duration.days(90)
   */
  readonly retention?: Duration;

  /**
   * How long a record can be read from the stream that is made, and so how long an outage behind it may last: 1 to 365
   * days.
   *
   * @default Duration.hours(24)
   */
  readonly streamRetention?: Duration;

  /**
   * How soon a sample is found after it has been indexed.
   *
   * @default Duration.seconds(1)
   */
  readonly refreshInterval?: Duration;

  /**
   * How old a record may become while it cannot be indexed: of a stream that is there, less than its retention.
   *
   * @default - an hour less than `streamRetention`, and a week at most
   */
  readonly maxRecordAge?: Duration;

  /**
   * How long samples are kept in the archive.
   *
   * @default - for ever
   */
  readonly archiveRetention?: Duration;

  /**
   * The time zone in which people ask the archive, by its IANA name, such as `Asia/Kolkata`.
   *
   * @default 'UTC'
   */
  readonly timeZone?: string;

  /**
   * Where the second and each further zone of heart rates begins, beats per minute.
   *
   * @default - 95, 114, 133, 152 and 171
   */
  readonly zones?: number[];

  /**
   * A stream that is there, also an imported one.
   *
   * @default - one is made
   */
  readonly stream?: IStream;

  /**
   * Whether Kinesis pushes records to the indexer: see `SpeedLayerProps`.
   *
   * @default false
   */
  readonly enhancedFanOut?: boolean;

  /**
   * A bucket that is there for the archive.
   *
   * @default - one is made
   */
  readonly bucket?: IBucket;

  /**
   * In which folders the archive is.
   *
   * @default ArchiveLayout.DAY
   */
  readonly layout?: ArchiveLayout;

  /**
   * Where the alarms are sent by mail. AWS asks there first whether they are wanted.
   *
   * @default - nowhere: they go to a topic that nobody has subscribed to
   */
  readonly alarmEmail?: string;

  /**
   * Whether samples are archived.
   *
   * @default true
   */
  readonly archive?: boolean;

  /**
   * Whether every record is brought into the wire format before it is archived: see `BatchLayerProps`.
   *
   * @default true
   */
  readonly normalize?: boolean;

  /**
   * Whether dashboards are put into OpenSearch Dashboards.
   *
   * @default true where there is one
   */
  readonly dashboards?: boolean;

  /**
   * Whether there is a CloudWatch dashboard of the pipeline itself.
   *
   * @default true
   */
  readonly operations?: boolean;
}
