import { filesPerSecond } from './archive';
import { domainUsd } from './domain-cost';
import type { DomainSize } from './domain-size';
import { invocationSeconds } from './indexer';
import type { PipelineSize } from './pipeline-size';
import { HOURS_A_MONTH, PRICES, type PriceStep } from './prices';
import type { Workload } from './workload';

/** What one part of a pipeline costs. */
export interface ComponentCost {
  /** Which part. */
  readonly component: string;
  /** USD. */
  readonly monthlyCost: number;
  /** What is billed. */
  readonly basis: string;
}

const GB = 2 ** 30;
const KB = 1_024;
const MONTH = HOURS_A_MONTH * 3_600;
/** Bytes of a sample in Parquet: 9 with 200 wearers in a file of DuckDB's; more wearers have more, here by assumption. */
const PARQUET_BYTES = 15;
/** Bytes in the log of an invocation: its metrics, and the lines of Lambda. */
const LOG_BYTES = 1_000;
/** Metrics of the functions, alarms of the pipeline, dashboards. */
const WATCHED = { metrics: 9, alarms: 23, dashboards: 1 };
/** Kinesis asks for a new key each five minutes for each who writes or reads: one role of producers, and two readers. */
const KEY_REQUESTS_AN_HOUR = 3 * 12;
/** The function that brings records into the wire format for the archive: a call for each MiB, at least one a minute. */
const NORMALIZER = { bytes: 2 ** 20, seconds: 60, memorySize: 256 };
/** The smallest scan that Athena bills, bytes; one question a day is asked of the day before. */
const LEAST_SCAN = 10 * 2 ** 20;
const DAYS = MONTH / 86_400;

/** What each part costs in a month. */
export function costsOf(workload: Workload, size: PipelineSize, domain: DomainSize): ComponentCost[] {
  const invocations = invocationsPerSecond(workload, size) * workload.busy * MONTH;
  return [
    streamCost(workload, size),
    indexerCost(workload, size, invocations),
    domainCost(domain),
    firehoseCost(workload),
    normalizerCost(workload),
    archiveCost(workload, size),
    athenaCost(workload),
    watchCost(invocations),
    keyCost(),
  ];
}

/** Each shard is asked once a second, and what is there is one event for each of the batches at once. */
const invocationsPerSecond = (workload: Workload, size: PipelineSize) =>
  Math.min(workload.recordsPerSecond, (size.shardCount ?? 1) * size.parallelizationFactor);

function streamCost(workload: Workload, { shardCount }: PipelineSize): ComponentCost {
  const { streamDays, recordBytes } = workload;
  const records = workload.recordsPerSecond * workload.busy * MONTH;
  const storedGb = (days: number) => (workload.bytesPerSecond * workload.busy * 86_400 * days) / GB;
  const longTerm = storedGb(Math.max(0, streamDays - 7)) * PRICES.longTermGbMonth;
  if (shardCount === undefined) {
    const gb = (records * roundUp(recordBytes, KB)) / GB;
    return {
      component: 'Kinesis stream',
      monthlyCost:
        PRICES.onDemandStreamHour * HOURS_A_MONTH +
        gb * (PRICES.onDemandInGb + 2 * PRICES.onDemandOutGb) +
        storedGb(Math.min(7, streamDays) - 1) * PRICES.onDemandExtendedGbMonth +
        longTerm,
      basis: `on demand, ${text(gb)} GB in and twice out, each record as a multiple of 1 KB`,
    };
  }
  const units = records * Math.ceil(recordBytes / (25 * KB));
  const hour = PRICES.shardHour + (streamDays > 1 ? PRICES.extendedShardHour : 0);
  return {
    component: 'Kinesis stream',
    monthlyCost: shardCount * HOURS_A_MONTH * hour + (units / 1e6) * PRICES.millionPayloadUnits + longTerm,
    basis: `${shardCount} shards, ${text(units / 1e6)} million payload units of 25 KB`,
  };
}

function indexerCost(workload: Workload, size: PipelineSize, invocations: number): ComponentCost {
  const documents = (workload.samplesPerSecond * workload.busy * MONTH) / invocations;
  const seconds = invocations * invocationSeconds(documents, size.memorySize);
  return lambdaCost('Lambda indexer', invocations, seconds, size.memorySize);
}

function normalizerCost(workload: Workload): ComponentCost {
  const { bytes, seconds, memorySize } = NORMALIZER;
  const perSecond = Math.max(1 / seconds, workload.bytesPerSecond / bytes);
  const documents = workload.samplesPerSecond / perSecond;
  const invocations = perSecond * workload.busy * MONTH;
  return lambdaCost(
    'Lambda normalizer',
    invocations,
    invocations * invocationSeconds(documents, memorySize),
    memorySize,
  );
}

function lambdaCost(component: string, invocations: number, seconds: number, memorySize: number) {
  const gbSeconds = (seconds * memorySize) / 1_024;
  return {
    component,
    monthlyCost: (invocations / 1e6) * PRICES.millionInvocations + gbSeconds * PRICES.gbSecond,
    basis: `${text(invocations / 1e6)} million invocations, ${text(gbSeconds)} GB-s at ${memorySize} MiB`,
  };
}

function domainCost(domain: DomainSize): ComponentCost {
  const { dataNodes, dataNodeInstanceType, masterNodes, masterNodeInstanceType, volumeSize } = domain;
  const masters = masterNodes > 0 ? `, ${masterNodes} ${masterNodeInstanceType}` : '';
  return {
    component: 'OpenSearch domain',
    monthlyCost: domainUsd(domain),
    basis: `${dataNodes} ${dataNodeInstanceType} with ${volumeSize} GiB each${masters}`,
  };
}

function firehoseCost(workload: Workload): ComponentCost {
  const records = workload.recordsPerSecond * workload.busy * MONTH;
  const gb = (records * roundUp(workload.recordBytes, 5 * KB)) / GB;
  return {
    component: 'Firehose',
    monthlyCost: stepped(gb, PRICES.firehoseGb) + gb * PRICES.firehoseConvertedGb,
    basis: `${text(gb)} GB into Parquet, each record as a multiple of 5 KB`,
  };
}

function archiveCost(workload: Workload, size: PipelineSize): ComponentCost {
  const gb = (workload.samplesPerDay * DAYS * PARQUET_BYTES) / GB;
  const files = filesPerSecond(workload, size.firehoseBufferInterval) * workload.busy * MONTH;
  return {
    component: 'S3 archive',
    monthlyCost:
      gb * PRICES.standardGbMonth + (files / 1_000) * (PRICES.thousandPuts + PRICES.thousandTransitions),
    basis: `${text(gb)} GB of a month, in ${text(files)} files; each month comes on top`,
  };
}

function athenaCost(workload: Workload): ComponentCost {
  const tb = (DAYS * Math.max(LEAST_SCAN, workload.samplesPerDay * PARQUET_BYTES)) / 2 ** 40;
  return {
    component: 'Athena',
    monthlyCost: tb * PRICES.scannedTb,
    basis: `${text(tb)} TB: one question a day about the whole day`,
  };
}

function watchCost(invocations: number): ComponentCost {
  const { metrics, alarms, dashboards } = WATCHED;
  const gb = (invocations * LOG_BYTES) / GB;
  return {
    component: 'CloudWatch',
    monthlyCost:
      metrics * PRICES.metric + alarms * PRICES.alarm + dashboards * PRICES.dashboard + gb * PRICES.logsGb,
    basis: `${metrics} metrics, ${alarms} alarms, a dashboard, ${text(gb)} GB of logs`,
  };
}

function keyCost(): ComponentCost {
  const requests = KEY_REQUESTS_AN_HOUR * HOURS_A_MONTH;
  return {
    component: 'KMS',
    monthlyCost: (requests / 10_000) * PRICES.tenThousandKeyRequests,
    basis: `${text(requests)} requests, where the producers share a role`,
  };
}

/** What a quantity costs of which each part has its own price. */
function stepped(quantity: number, steps: readonly PriceStep[]): number {
  return steps.reduce((cost, { from, price }, at) => {
    const to = Math.min(quantity, steps[at + 1]?.from ?? quantity);
    return cost + Math.max(0, to - from) * price;
  }, 0);
}

const roundUp = (value: number, step: number) => Math.ceil(value / step) * step;

/** Three digits are more than an estimate has. */
const text = (value: number) =>
  Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 20 });
