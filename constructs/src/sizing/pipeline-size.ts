import type { Duration, Size } from 'aws-cdk-lib';

/** How large each part of a pipeline has to be. */
export interface PipelineSize {
  /** Samples of all wearers, each second. */
  readonly samplesPerSecond: number;
  /** Records into the stream, each second. */
  readonly recordsPerSecond: number;
  /** Bytes into the stream, each second. */
  readonly bytesPerSecond: number;
  /**
   * Shards of a provisioned stream.
   *
   * @default - the stream is on demand
   */
  readonly shardCount?: number;
  /** How many batches of a shard are indexed at once. */
  readonly parallelizationFactor: number;
  /** Records of a batch, at most. */
  readonly batchSize: number;
  /** How long a batch waits for more records. */
  readonly batchingWindow: Duration;
  /** Memory of the indexer, MiB. */
  readonly memorySize: number;
  /** Nodes of the domain that hold data. */
  readonly dataNodes: number;
  /** What they are, such as `t3.small.search`. */
  readonly dataNodeInstanceType: string;
  /** In how many availability zones they are: 1 or 3. */
  readonly availabilityZones: number;
  /** Dedicated master nodes: 0 or 3. */
  readonly masterNodes: number;
  /** What they are, where there are any. */
  readonly masterNodeInstanceType: string;
  /** The gp3 volume of a data node, GiB. The IOPS and throughput that come with its size are enough. */
  readonly volumeSize: number;
  /** Primary shards of each index. */
  readonly indexShards: number;
  /** Copies of each of them. */
  readonly indexReplicas: number;
  /** Whether the samples of a `day` or a `month` share an index. */
  readonly rotation: string;
  /** How much Firehose gathers before it writes a file. */
  readonly firehoseBufferSize: Size;
  /** How long it gathers at most. */
  readonly firehoseBufferInterval: Duration;
}
