import { archiveFor } from './archive';
import { type ComponentCost, costsOf } from './costs';
import { domainFor } from './domain';
import type { DomainSize } from './domain-size';
import { type IndexerSize, indexerFor } from './indexer';
import type { PipelineSize } from './pipeline-size';
import { PRICES_OF } from './prices';
import { shardsOf } from './stream';
import { type SizingProps, type Workload, workloadOf } from './workload';

/** What a pipeline needs, and what that costs. */
export interface Estimate {
  /** How large each part is. */
  readonly size: PipelineSize;
  /** What each part costs, by on-demand list prices of us-east-1. */
  readonly costs: ComponentCost[];
  /** The sum of them, USD. */
  readonly monthlyCost: number;
  /** Of which month the prices are, such as `2026-11`. */
  readonly pricesOf: string;
  /** What has to be done besides, such as quotas of AWS to be raised. */
  readonly notes: string[];
}

/**
 * Works out how large a pipeline has to be, and what it costs.
 *
 * ```ts
 * import { estimate } from 'liveheartrate-constructs';
 *
 * const { size, monthlyCost } = estimate({ wearers: 100 });
 * console.log(size.dataNodes, size.dataNodeInstanceType, Math.round(monthlyCost));
 * size.dataNodes; // => 3
 * ```
 *
 * @param props How many send how much.
 * @throws Error where one of the props cannot be.
 */
export function estimate(props: SizingProps = {}): Estimate {
  const workload = workloadOf(props);
  const shardCount = shardsOf(workload);
  const indexer = indexerFor(workload, shardCount ?? 1);
  const domain = domainFor(workload);
  const { shards: _, ...nodes } = domain;
  const size: PipelineSize = {
    samplesPerSecond: workload.samplesPerSecond,
    recordsPerSecond: workload.recordsPerSecond,
    bytesPerSecond: workload.bytesPerSecond,
    ...(shardCount !== undefined && { shardCount }),
    ...indexer,
    ...nodes,
    ...archiveFor(workload),
  };
  const costs = costsOf(workload, size, domain);
  return {
    size,
    costs,
    monthlyCost: costs.reduce((sum, { monthlyCost }) => sum + monthlyCost, 0),
    pricesOf: PRICES_OF,
    notes: notesOn(workload, shardCount ?? 1, indexer, domain),
  };
}

/** Defaults of an account, above which AWS has to be asked. */
const QUOTAS = { shards: 1_000, anywhere: 20_000, concurrency: 1_000, nodes: 80, mostNodes: 1_000 };
/** From so many records each second on it pays to pack. */
const PACK_FROM = 1_000;

function notesOn(
  workload: Workload,
  shards: number,
  { parallelizationFactor }: IndexerSize,
  { dataNodes, masterNodes, shards: indexShards }: DomainSize,
): string[] {
  const notes: string[] = [];
  if (shards > QUOTAS.shards) {
    notes.push(
      `${shards} shards: raise the quota "Shards per Region" of Kinesis Data Streams, which is ${text(QUOTAS.anywhere)} in us-east-1, us-west-2 and eu-west-1, and may be ${text(QUOTAS.shards)} elsewhere.`,
    );
  }
  const concurrency = shards * parallelizationFactor;
  if (concurrency > QUOTAS.concurrency) {
    notes.push(
      `${concurrency} invocations at once: raise the quota "Concurrent executions" of AWS Lambda, which is ${text(QUOTAS.concurrency)}.`,
    );
  }
  const nodes = dataNodes + masterNodes;
  if (nodes > QUOTAS.mostNodes) {
    notes.push(
      `${nodes} nodes: a domain has ${text(QUOTAS.mostNodes)} at most. Keep samples in the index for a shorter time; the archive has them all.`,
    );
  } else if (nodes > QUOTAS.nodes) {
    notes.push(
      `${nodes} nodes: raise the quota "Instances per domain" of Amazon OpenSearch Service, which is ${QUOTAS.nodes}.`,
    );
  }
  if (indexShards > 75_000) {
    notes.push(
      `${indexShards} shards in the index: more than masters are made for. Keep samples in it for a shorter time; the archive has them all.`,
    );
  }
  if (workload.recordsPerSecond >= PACK_FROM && workload.samplesPerRecord === 1) {
    notes.push(
      'Each sample is a record. Where it may be some seconds later, packing in the producers (packDelay) makes stream and archive several times cheaper.',
    );
  }
  return notes;
}

const text = (value: number) => value.toLocaleString('en-US');
