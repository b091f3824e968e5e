/** Of which month the prices are. */
export const PRICES_OF = '2026-11';

/** So many hours of a month are billed, as AWS counts them. */
export const HOURS_A_MONTH = 730;

/** From which quantity on a price holds, up to the next of them. */
export interface PriceStep {
  readonly from: number;
  readonly price: number;
}

/**
 * On-demand list prices of us-east-1 in USD, without free tiers, discounts and taxes. Above each group is the page of AWS
 * at which it can be checked. A GB is 2^30 bytes.
 */
export const PRICES = {
  // "Amazon Kinesis Data Streams pricing", on-demand standard mode.
  onDemandStreamHour: 0.04,
  onDemandInGb: 0.08,
  onDemandOutGb: 0.04,
  /** Of a GB and month, from the second day to the seventh. */
  onDemandExtendedGbMonth: 0.1,
  // The same page, provisioned mode.
  shardHour: 0.015,
  /** Of 25 KB of a record. */
  millionPayloadUnits: 0.014,
  /** Of a shard and hour whose records are kept for more than a day. */
  extendedShardHour: 0.02,
  /** In both modes, from the eighth day. */
  longTermGbMonth: 0.023,
  // "AWS Lambda pricing", arm64.
  millionInvocations: 0.2,
  gbSecond: 0.0000133334,
  // "Amazon OpenSearch Service pricing", of a node and hour, and of a GiB and month.
  nodeHour: {
    't3.small.search': 0.036,
    't3.medium.search': 0.073,
    'm6g.large.search': 0.128,
    'c6g.2xlarge.search': 0.443,
    'c6g.4xlarge.search': 0.886,
    'r6g.large.search': 0.167,
    'r6g.xlarge.search': 0.335,
    'r6g.2xlarge.search': 0.669,
    'r6g.4xlarge.search': 1.339,
    'r6g.12xlarge.search': 4.016,
  } as const satisfies Record<string, number>,
  gp3GibMonth: 0.122,
  // "Amazon Data Firehose pricing", from Kinesis Data Streams; each record as a multiple of 5 KB.
  firehoseGb: [
    { from: 0, price: 0.029 },
    { from: 500 * 1024, price: 0.025 },
    { from: 2000 * 1024, price: 0.02 },
  ] as readonly PriceStep[],
  firehoseConvertedGb: 0.018,
  // "Amazon S3 pricing".
  standardGbMonth: 0.023,
  thousandPuts: 0.005,
  /** Into the class Standard-Infrequent Access. */
  thousandTransitions: 0.01,
  // "Amazon Athena pricing".
  scannedTb: 5,
  // "Amazon CloudWatch pricing".
  metric: 0.3,
  alarm: 0.1,
  dashboard: 3,
  logsGb: 0.5,
  // "AWS Key Management Service pricing".
  tenThousandKeyRequests: 0.03,
} as const;

/** What can be a node. */
export type NodeType = keyof typeof PRICES.nodeHour;
