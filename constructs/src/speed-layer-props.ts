import type { Duration } from 'aws-cdk-lib';
import type { IStream } from 'aws-cdk-lib/aws-kinesis';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IndexRotation } from './index-rotation';
import type { LayerProps } from './layer-props';
import type { SearchProps } from './search-props';

/** How samples are indexed, and where. */
export interface SpeedLayerProps extends LayerProps, SearchProps {
  /** The stream of samples. */
  readonly stream: IStream;

  /**
   * Name of the index, or of the alias of its parts.
   *
   * @default 'heart_rate'
   */
  readonly index?: string;

  /**
   * How many samples share an index.
   *
   * @default - as many as `wearers` make it fit
   */
  readonly rotation?: IndexRotation;

  /**
   * How long a sample can be found, at least, in whole days.
   *
   * @default Duration.days(90), but for ever where an index or its server deletes nothing by itself
   */
  readonly retention?: Duration;

  /**
   * How soon a sample is found after it has been indexed, at the latest. Of up to 4,000 samples a second most are found
   * at once in a domain, whatever this is: the indexer asks for it.
   *
   * @default Duration.seconds(1)
   */
  readonly refreshInterval?: Duration;

  /**
   * How many people send samples at the same time: from that follow nodes and volumes, shards, and how records are read.
   *
   * @default 1
   */
  readonly wearers?: number;

  /**
   * Samples of one wearer each second.
   *
   * @default 1
   */
  readonly samplesPerSecond?: number;

  /**
   * How many records of a shard are indexed at once, each by its own invocation, 1 to 10.
   *
   * @default - what `wearers` need
   */
  readonly parallelizationFactor?: number;

  /**
   * How many records an invocation is given at most, 1 to 10,000.
   *
   * @default - what `wearers` need
   */
  readonly batchSize?: number;

  /**
   * How long records wait for others.
   *
   * @default - what `wearers` need, less than a second
   */
  readonly batchingWindow?: Duration;

  /**
   * Whether Kinesis pushes records to the indexer, which has shards of its own to read from then. Without it Lambda asks
   * once a second, so that samples are half a second later on the average. AWS bills it by shard and volume.
   *
   * @default false
   */
  readonly enhancedFanOut?: boolean;

  /**
   * How old a record may become while it cannot be indexed. After that it goes into `failures`. Keep it below the
   * retention of the stream.
   *
   * @default Duration.hours(23)
   */
  readonly maxRecordAge?: Duration;

  /**
   * How often a record is tried, 1 to 10,000.
   *
   * @default 10000 - an outage ends by the age of the records, not by the number of attempts
   */
  readonly retryAttempts?: number;

  /**
   * A bucket that is there for what could not be indexed in time, with its payload.
   *
   * @default - one is made
   */
  readonly failures?: IBucket;
}
